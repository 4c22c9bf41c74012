/** `df.stat`: statistics of columns. */
import { AnalysisError } from "../errors.ts";
import { columnExpression } from "../functions/column.ts";
import type { Untyped } from "../functions/kinds.ts";
import { literalOf } from "../functions/literal.ts";
import type { ColumnLike, LiteralValue } from "../functions/phantom.ts";
import type { Literal } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { expectArgument } from "./arguments.ts";
import type { DataFrame } from "./dataframe.ts";
import type { Derive } from "./derive.ts";
import type { DataFrameLike, frameSchema } from "./frame-like.ts";
import type { Suggest, ValidName, ValidNames } from "./schema-kinds.ts";

/** A fraction for each value of a column: an object for texts, a map or pairs for others. */
export type Fractions =
  | ReadonlyMap<LiteralValue, number>
  | readonly (readonly [LiteralValue, number])[]
  | { readonly [value: string]: number };

/**
 * Statistics of columns. Spark: `pyspark.sql.DataFrameStatFunctions`.
 *
 * @example
 * ```ts
 * await sales.stat.corr("amount", "tax");
 * ```
 */
export class StatisticFunctions<out S> implements DataFrameLike<S> {
  /** For the compiler only. */
  declare readonly [frameSchema]: S;
  readonly #derive: Derive;

  /** Programs reach it by `df.stat`. */
  constructor(derive: Derive) {
    this.#derive = derive;
  }

  /**
   * Quantiles of columns of numbers; null and NaN are left out. The embedded engine gives exact ones.
   *
   * @param column - a name
   * @param probabilities - from 0 (smallest) to 1 (largest)
   * @param relativeError - how far off a rank may be, as a share of the rows; 0 for exact
   * @returns the quantiles, or a list of them for each column; empty where a column has no number
   * @throws AnalysisError when a probability or the error is out of range, or a column holds no numbers
   * @example const [median] = await sales.stat.approxQuantile("amount", [0.5], 0);
   */
  approxQuantile<S, const N extends Suggest<S>>(
    this: DataFrameLike<S>,
    column: ValidName<S, N>,
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[]>;
  /**
   * The quantiles of each of several columns.
   *
   * @param columns - names, in the order of the result
   */
  approxQuantile<S, const N extends Suggest<S>>(
    this: DataFrameLike<S>,
    columns: readonly ValidName<S, N>[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[][]>;
  async approxQuantile(
    columns: string | readonly string[],
    probabilities: readonly number[],
    relativeError: number,
  ): Promise<number[] | number[][]> {
    checkQuantiles(probabilities, relativeError);
    const names = typeof columns === "string" ? [columns] : columns;
    const made = this.#derive<Untyped>("approxQuantile", (input) => ({
      kind: "approximate quantile",
      input,
      columns: names,
      probabilities,
      relativeError,
    }));
    const quantiles = (await firstValue(made)) as number[][];
    return typeof columns === "string" ? quantiles[0]! : quantiles;
  }

  /**
   * Pearson's correlation of two columns of numbers.
   *
   * @param column1 - a name
   * @param column2 - a name
   * @returns from -1 to 1; NaN where it is not defined, as without rows
   * @throws AnalysisError when a column holds no numbers
   * @example const correlation = await numbers.stat.corr("a", "b");
   */
  async corr<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): Promise<number> {
    return (this as unknown as StatisticFunctions<S>).#pair("corr", "correlation", column1, column2);
  }

  /**
   * The sample covariance of two columns of numbers.
   *
   * @param column1 - a name
   * @param column2 - a name
   * @returns NaN for fewer than two rows
   * @throws AnalysisError when a column holds no numbers
   * @example const covariance = await numbers.stat.cov("a", "b");
   */
  async cov<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): Promise<number> {
    return (this as unknown as StatisticFunctions<S>).#pair("cov", "covariance", column1, column2);
  }

  /**
   * How often pairs of values occur: a row for each value of one column, a column for each value of the other.
   *
   * @param column1 - gives the rows, and with the other the name of the first column, `a_b`
   * @param column2 - gives the columns
   * @example await sales.stat.crosstab("user", "country").show();
   */
  crosstab<S, const A extends Suggest<S>, const B extends Suggest<S>>(
    this: DataFrameLike<S>,
    column1: ValidName<S, A>,
    column2: ValidName<S, B>,
  ): DataFrame {
    expectArgument("crosstab", "names one after the other", [column1, column2], 'crosstab("user", "country")');
    const names = { column1: column1 as string, column2: column2 as string };
    return (this as unknown as StatisticFunctions<S>).#derive("crosstab", (input) => ({
      kind: "crosstab",
      input,
      ...names,
    }));
  }

  /**
   * Values that occur often, in one row with an array for each column, `name_freqItems`; null is a value too.
   *
   * The algorithm is Spark's (Karp, Papadimitriou and Shenker): every value that is frequent is found, and perhaps others.
   * The order in an array has no meaning. Spark: `pyspark.sql.DataFrameStatFunctions.freqItems`.
   *
   * @param columns - names
   * @param support - the share of the rows from which a value is frequent, from 0.0001 to 1
   * @throws AnalysisError when the share is out of range, or there is no such column
   * @example await sales.stat.freqItems(["user", "country"], 0.4).show();
   */
  freqItems<S, const N extends readonly Suggest<S>[]>(
    this: DataFrameLike<S>,
    columns: ValidNames<S, N>,
    support = 0.01,
  ): DataFrame {
    expectArgument("freqItems", "a list", columns, 'freqItems(["user", "day"])');
    const names = [...(columns as readonly string[])];
    return (this as unknown as StatisticFunctions<S>).#derive("freqItems", (input) => ({
      kind: "frequent items",
      input,
      columns: names,
      support,
    }));
  }

  /**
   * Each row with the chance that its value of a column has.
   *
   * @param column - a name or column
   * @param fractions - the chances, from 0 to 1; 0 for values without one
   * @param seed - for the same rows each time
   * @throws AnalysisError `INVALID_SAMPLE_FRACTION` when a chance is out of range
   * @example
   * ```ts
   * sales.stat.sampleBy("country", { IN: 0.1, US: 0.5 }, 7);
   * ```
   */
  sampleBy(column: ColumnLike | string, fractions: Fractions, seed?: number | bigint): DataFrame<S> {
    const pairs = Array.isArray(fractions)
      ? (fractions as readonly (readonly [LiteralValue, number])[])
      : fractions instanceof Map
        ? [...(fractions as ReadonlyMap<LiteralValue, number>)]
        : Object.entries(fractions as { readonly [value: string]: number });
    return this.#derive("sampleBy", (input) => ({
      kind: "sample by",
      input,
      column: columnExpression(column),
      fractions: pairs.map(([value, fraction]) => [literalOf(value) as Literal, fraction] as const),
      seed: seed === undefined ? randomSeed() : BigInt(seed),
    }));
  }

  async #pair(method: string, statistic: "correlation" | "covariance", a: unknown, b: unknown): Promise<number> {
    const columns = { column1: a as string, column2: b as string };
    const value = await firstValue(
      this.#derive<Untyped>(method, (input: Relation) => ({ kind: "pair statistic", input, statistic, ...columns })),
    );
    return (value as number | null) ?? Number.NaN;
  }
}

const firstValue = async (frame: DataFrame): Promise<unknown> =>
  ((await frame.collect({ rows: "array" })) as unknown as unknown[][])[0]![0];

/** A seed that is another each time. */
export const randomSeed = (): bigint => BigInt(Math.floor(Math.random() * 2 ** 52));

function checkQuantiles(probabilities: readonly number[], relativeError: number): void {
  const wrong = probabilities.find((probability) => !(probability >= 0 && probability <= 1));
  if (wrong !== undefined)
    throw new AnalysisError(`A probability must be between 0 and 1, but got ${wrong}`, {
      hint: "0 is the smallest value, 0.5 the median and 1 the largest.",
    });
  if (relativeError >= 0) return;
  throw new AnalysisError(`Value for \`relativeError\` must be greater than or equal to 0, got '${relativeError}'`, {
    condition: "NEGATIVE_VALUE",
    parameters: { arg_name: "relativeError", arg_value: String(relativeError) },
  });
}
