/** The types of table functions of the user's. */
import type { UserTableFunction } from "../plan/expression.ts";
import type { ColumnLike, LiteralValue } from "./phantom.ts";
import type { Ddl } from "./sql-kinds.ts";
import type { TableArgument } from "./table-argument.ts";
import type { ParameterValues, UserParameters } from "./user-function-kinds.ts";
import type { InputOf } from "./value-kinds.ts";

/** A row that a table function gives: an object by name, or an array by position. */
export type TableRow<S> = { readonly [K in keyof S]: InputOf<S[K]> } | readonly unknown[];

/** The rows of one call: from a generator, in an array, or none. */
export type TableRows<S> = Iterable<TableRow<S>> | AsyncIterable<TableRow<S>> | null | undefined;

/** A table function with a state of its own: one object serves all rows. */
export interface TableFunctionHandler<P, S> {
  /**
   * Is called for each row, and gives the rows that come of it.
   *
   * @param values - those of the parameters by name, null where one is null and may be
   */
  eval(values: ParameterValues<P>): TableRows<S>;
  /** Is called after the last row; what it gives comes with the last row. */
  terminate?(): TableRows<S>;
}

/** What the types do not say of a table function. */
export interface TableFunctionOptions {
  /** What plans and errors call it; the name of the function or class when absent. */
  readonly name?: string;
  /** False when equal arguments may give different rows. */
  readonly deterministic?: boolean;
}

/** The key under which a call carries the schema of its rows; it exists for the compiler only. */
export declare const tableSchema: unique symbol;

/** The rows of a table function, to be read with `spark.table` or joined with `lateralJoin`. */
export interface TableCall<out S> {
  readonly [tableSchema]: S;
  readonly call: UserTableFunction;
}

/** A table function: its call with columns or values, by position or by the names of the parameters. */
export interface TableFunctionOf<P, S> {
  (args: { readonly [K in keyof P]?: ColumnLike | LiteralValue | TableArgument }): TableCall<S>;
  (...args: readonly (ColumnLike | LiteralValue | TableArgument)[]): TableCall<S>;
  /** What a plan holds of it. */
  readonly definition: UserTableFunction;
}

/**
 * A table function made of a TypeScript generator: each row becomes any number of rows.
 *
 * Where a parameter that is `not null` is null the function is not called, and gives no rows. A class whose objects have
 * `eval`, and `terminate` if they like, keeps a state from row to row. It runs in this process: the embedded engine only.
 *
 * Spark: `pyspark.sql.functions.udtf`.
 *
 * @param parameters - types by name
 * @param schema - the columns of its rows, as DDL text
 * @param handler - a generator function of the values of a row by name, or a class; may be async
 * @param options - `name`, `deterministic`
 * @throws ParseError when a type or the schema cannot be read
 * @example
 * ```ts
 * const words = udtf({ text: "string not null" }, "word STRING, length INT", function* ({ text }) {
 *   for (const word of text.split(" ")) yield { word, length: word.length };
 * });
 * spark.table(words(lit("to be or not to be")));
 * ```
 */
export type TableFunctionMaker = <const P extends UserParameters, const T extends string>(
  parameters: P,
  schema: T,
  handler: ((values: ParameterValues<P>) => TableRows<Ddl<T>>) | (new () => TableFunctionHandler<P, Ddl<T>>),
  options?: TableFunctionOptions,
) => TableFunctionOf<P, Ddl<T>>;
