/**
 * How a function of the catalogue is made: one line of text that the compiler and the analyzer both read.
 *
 * ```ts
 * export const dateAdd = scalar("date_add(start: date, days: integral): date");
 * dateAdd("day", 7);            // a call; a string is the name of a column
 * dateAdd.definition.parameters // what the analyzer reads
 * ```
 *
 * A parameter whose rule starts with `value` takes a plain string as a value, as PySpark does for formats, patterns and
 * separators: `split(text: string, pattern: value string, limit?: integral): array<string>`. Numbers, booleans and
 * dates are values everywhere. A parameter of rule `lambda` takes a JavaScript function of columns.
 */
import type { Expression } from "../plan/expression.ts";
import { deferred } from "../types/deferred.ts";
import { type Column, columnExpression, makeColumn, valueExpression } from "./column.ts";
import { type FunctionClass, type FunctionDefinition, nameIn, type Parameter, parseDefinition } from "./definition.ts";
import { lambdaExpression } from "./lambda.ts";
import type { Arguments, FunctionCall } from "./signature.ts";

/** A function of the catalogue: callable, and carrying its definition. */
export interface FunctionOf<Signature extends string> {
  <const A extends Arguments<Signature>>(...args: A): Column<FunctionCall<Signature, A>>;
  /** The line of text that defines the function. */
  readonly signature: Signature;
  readonly definition: FunctionDefinition;
}

/** What the line of text does not say. */
export interface FunctionOptions {
  /** Other SQL names of the same function. */
  readonly aliases?: readonly string[];
  /** False for functions that give another value at each row, such as `rand`. */
  readonly deterministic?: boolean;
}

/** Defines a function of the values of one row. */
export const scalar = maker("scalar");
/** Defines a function of the rows of a group. */
export const aggregate = maker("aggregate");
/** Defines a function that has a meaning only over a window. */
export const windowFunction = maker("window");
/** Defines a function that gives several rows, or columns, for one. */
export const generator = maker("generator");
/** Defines a function that takes functions. */
export const higherOrder = maker("higher-order");

/** Defines an aggregate of the distinct values of its arguments: `countDistinct` is `count(DISTINCT …)`. */
export function distinctAggregate<const Signature extends string>(
  signature: Signature,
): FunctionOf<`DISTINCT ${Signature}`> {
  return define(signature, () => parseDefinition(signature, { class: "aggregate" }), { distinct: true }) as never;
}

/** A function under another of its names; the analyzer and the engine know only the function itself. */
export interface Synonym {
  readonly synonymOf: FunctionDefinition;
}

/**
 * Defines another name of a function, with a line of its own because a plain string may be a column in one and a value in
 * the other.
 *
 * ```ts
 * export const ucase = synonym("ucase(text: string): string", upper);
 * ```
 */
export function synonym<const Signature extends string>(
  signature: Signature,
  canonical: { readonly definition: FunctionDefinition },
  called?: Called,
): FunctionOf<Signature> & Synonym {
  const named = define(signature, () => parseDefinition(signature, { class: canonical.definition.class }), { called });
  return Object.defineProperty(named, "synonymOf", { get: () => canonical.definition, enumerable: true }) as never;
}

function maker(functionClass: FunctionClass) {
  return <const Signature extends string>(
    signature: Signature,
    { called, ...options }: FunctionOptions & { readonly called?: Called } = {},
  ): FunctionOf<Signature> =>
    define(signature, () => parseDefinition(signature, { class: functionClass, ...options }), {
      called,
      aliases: options.aliases,
    }) as never;
}

/** The function that a program calls in place of one of some name, by how many arguments it gives: PySpark's `mean` is `avg`. */
type Called = (given: number, name: string) => string;

/** The function that is called by one argument alone. */
export const alone =
  (called: string): Called =>
  (given, name) =>
    given === 1 ? called : name;

interface CallParts {
  readonly distinct?: boolean;
  readonly aliases?: readonly string[] | undefined;
  readonly called?: Called | undefined;
}

function define(
  signature: string,
  parse: () => FunctionDefinition,
  { distinct = false, aliases = [], called = (_, name) => name }: CallParts = {},
) {
  const definition = deferred(parse);
  const own = nameIn(signature);
  const call = (...args: readonly unknown[]) => {
    const { parameters } = definition();
    const expressions = args.map((arg, index) => argumentExpression(parameters[index] ?? parameters.at(-1), arg));
    const flags = distinct ? { distinct } : {};
    const name = [called(args.length, own)];
    return makeColumn(Object.freeze({ kind: "call", name, arguments: Object.freeze(expressions), ...flags }));
  };
  return Object.defineProperties(call, {
    signature: { value: distinct ? `DISTINCT ${signature}` : signature, enumerable: true },
    definition: { get: definition, enumerable: true },
    aliases: { value: aliases },
  });
}

function argumentExpression(parameter: Parameter | undefined, value: unknown): Expression {
  if (typeof value === "function") return lambdaExpression(value as (...columns: Column[]) => Column);
  return parameter?.takesValue === true ? valueExpression(value) : columnExpression(value);
}
