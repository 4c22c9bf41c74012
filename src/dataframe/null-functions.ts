/** `df.na`: methods for null and NaN. */

import { AnalysisError } from "../errors.ts";
import type { Dynamic, NonNull, Numeric } from "../functions/kinds.ts";
import { literalOf } from "../functions/literal.ts";
import type { Literal } from "../plan/expression.ts";
import { doubleType } from "../types/data-type.ts";
import { expectArgument } from "./arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import type { Derive } from "./derive.ts";
import type { DataFrameLike, frameSchema } from "./frame-like.ts";
import type { Settled, Suggest, ValidName, ValidNames } from "./schema-kinds.ts";

/** A value that takes the place of null. */
export type FillValue = string | number | bigint | boolean;
/** A value to look for, and what takes its place. */
export type ReplaceValue = FillValue | null;

interface Subset<N> {
  /** The columns to look at; all when absent. */
  readonly subset?: N;
}

type Takes<V> = V extends string ? "string" : V extends boolean ? "boolean" : Numeric;
type Filled<S, V, N> = Settled<{
  [K in keyof S]: K extends N ? (NonNull<S[K]> extends Takes<V> | Dynamic ? NonNull<S[K]> : S[K]) : S[K];
}>;
type FilledBy<S, M> = Settled<{
  [K in keyof S]: K extends keyof M ? (NonNull<S[K]> extends Takes<M[K]> | Dynamic ? NonNull<S[K]> : S[K]) : S[K];
}>;
type Complete<S, N> = Settled<{ [K in keyof S]: K extends N ? NonNull<S[K]> : S[K] }>;
type Names<S, N extends readonly string[]> = readonly string[] extends N ? keyof S : N[number];

/**
 * Methods for null and NaN. Spark: `pyspark.sql.DataFrameNaFunctions`.
 *
 * @example
 * ```ts
 * sales.na.fill(0, { subset: ["amount"] }).na.drop();
 * ```
 */
export class NullFunctions<out S> implements DataFrameLike<S> {
  /** For the compiler only. */
  declare readonly [frameSchema]: S;
  readonly #derive: Derive;

  /** Programs reach it by `df.na`. */
  constructor(derive: Derive) {
    this.#derive = derive;
  }

  /**
   * Nulls, and NaN where the value is a number, replaced in the columns whose type fits the value.
   *
   * @param value - one for all columns; columns of another kind of type stay as they are
   * @param options - `subset`, the columns to look at
   * @throws AnalysisError `UNRESOLVED_COLUMN` at the first action for a column that there is not
   * @example await sales.na.fill(0, { subset: ["amount"] }).show();
   */
  fill<S, const V extends FillValue, const N extends readonly Suggest<S>[] = readonly string[]>(
    this: DataFrameLike<S>,
    value: V,
    options?: Subset<ValidNames<S, N>>,
  ): DataFrame<Filled<S, V, Names<S, N>>>;
  /**
   * Nulls, and NaN where the value is a number, replaced by a value for each column.
   *
   * @param values - by column; a column of another kind of type stays as it is
   */
  fill<S, const M extends { readonly [name: string]: FillValue }>(
    this: DataFrameLike<S>,
    values: { [K in keyof M]: ValidName<S, K> extends K ? M[K] : ValidName<S, K> },
  ): DataFrame<FilledBy<S, M>>;
  fill<T>(this: DataFrameLike<unknown>, value: unknown, options: Subset<readonly string[]> = {}): DataFrame<T> {
    expectArgument("na.fill", "one last object of options", options, 'na.fill(0, { subset: ["amount"] })');
    const filled =
      typeof value === "object" && value !== null
        ? { columns: Object.keys(value), values: Object.values(value).map(filling) }
        : { ...subset(options), values: [fillingAll(value)] };
    return deriveOf(this)("fill", (input) => ({ kind: "fill nulls", input, ...filled }));
  }

  /**
   * The rows without null or NaN.
   *
   * @param options - `how` is `"any"` (a row goes with any null, the default) or `"all"`; `thresh` keeps rows with at least
   * so many values and overrides `how`; `subset`
   * @throws AnalysisError `UNRESOLVED_COLUMN` at the first action for a column that there is not
   * @example await sales.na.drop({ how: "all", subset: ["country", "amount"] }).show();
   */
  drop<
    S,
    const N extends readonly Suggest<S>[] = readonly string[],
    const How extends "any" | "all" = "any",
    const Least extends number | undefined = undefined,
  >(
    this: DataFrameLike<S>,
    options: Subset<ValidNames<S, N>> & { readonly how?: How; readonly thresh?: Least } = {},
  ): DataFrame<[How, Least] extends ["any", undefined] ? Complete<S, Names<S, N>> : S> {
    expectArgument("na.drop", "one last object of options", options, 'na.drop({ how: "all", subset: ["amount"] })');
    const least = options.thresh ?? (options.how === "all" ? 1 : undefined);
    const minimum = least === undefined ? {} : { minimumNonNulls: least };
    return deriveOf(this)("drop", (input) => ({ kind: "drop nulls", input, ...subset(options), ...minimum }));
  }

  /**
   * Values replaced by others in the columns whose type fits.
   *
   * @param from - a value, several, or a map of values to their replacements
   * @param to - what takes their place: one value, or one for each; options when `from` is a map
   * @param options - `subset`
   * @throws AnalysisError when there are not as many replacements as values
   * @example
   * ```ts
   * sales.na.replace(new Map([["UK", "GB"], ["EL", "GR"]]), { subset: ["country"] });
   * ```
   */
  replace<S, const N extends readonly Suggest<S>[] = readonly string[]>(
    this: DataFrameLike<S>,
    from: ReadonlyMap<ReplaceValue, ReplaceValue>,
    options?: Subset<ValidNames<S, N>>,
  ): DataFrame<S>;
  replace<S, const N extends readonly Suggest<S>[] = readonly string[]>(
    this: DataFrameLike<S>,
    from: ReplaceValue | readonly ReplaceValue[],
    to: ReplaceValue | readonly ReplaceValue[],
    options?: Subset<ValidNames<S, N>>,
  ): DataFrame<S>;
  replace<T>(this: DataFrameLike<unknown>, from: unknown, to: unknown, options?: unknown): DataFrame<T> {
    const example = 'na.replace(1, 2, { subset: ["n"] }), or na.replace(new Map([[1, 2]]))';
    expectArgument("na.replace", "a value, a list or a Map", from, example);
    expectArgument("na.replace", "one last object of options", from instanceof Map ? to : options, example);
    const chosen = subset((from instanceof Map ? to : options) as Subset<readonly string[]> | undefined);
    const pairs = from instanceof Map ? [...from] : paired(from, to);
    const replacements = pairs.map(([value, other]) => [constant(value), constant(other)] as const);
    return deriveOf(this)("replace", (input) => ({ kind: "replace values", input, ...chosen, replacements }));
  }

  /** @internal */
  static deriveOf(functions: DataFrameLike<unknown>): Derive {
    return (functions as unknown as NullFunctions<unknown>).#derive;
  }
}

const deriveOf = NullFunctions.deriveOf;

const constant = (value: unknown): Literal => literalOf(value) as Literal;

// Spark fills with long numbers and doubles only, whatever the column is; PySpark takes one number for all as a double.
const filling = (value: unknown): Literal => constant(Number.isSafeInteger(value) ? BigInt(value as number) : value);
const fillingAll = (value: unknown): Literal =>
  typeof value === "number" ? Object.freeze({ kind: "literal", type: doubleType, value }) : constant(value);

const subset = (options: Subset<unknown> | undefined): { columns?: readonly string[] } =>
  options?.subset === undefined ? {} : { columns: [...(options.subset as readonly string[])] };

function paired(from: unknown, to: unknown): [unknown, unknown][] {
  const values = Array.isArray(from) ? (from as unknown[]) : [from];
  const others = Array.isArray(to) ? (to as unknown[]) : values.map(() => to);
  if (values.length !== others.length) {
    throw new AnalysisError(`replace() was given ${values.length} values and ${others.length} replacements`, {
      condition: "LENGTH_SHOULD_BE_THE_SAME",
      hint: "Give one replacement for each value, or one for all.",
    });
  }
  return values.map((value, index) => [value, others[index]]);
}
