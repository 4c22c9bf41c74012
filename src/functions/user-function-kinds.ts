/** The types of functions of the user's: what they are given and what they give, by the types that a program states. */
import type { UserFunction } from "../plan/expression.ts";
import type { Column } from "./column-methods.ts";
import type { ModuleFunctionOptions } from "./module-function.ts";
import type { ColumnExp, ColumnLike, LiteralValue, Ref, UserCall } from "./phantom.ts";
import type { StatedKind } from "./sql-kinds.ts";
import type { Stated } from "./stated-type.ts";
import type { InputOf, ValueOf } from "./value-kinds.ts";

/** The parameters of a function by name: types as SQL writes them, or data types. */
export type UserParameters = Readonly<Record<string, Stated>>;

/** What a function is called with: the values of one row, by the names of its parameters. */
export type ParameterValues<P> = { readonly [K in keyof P]: ValueOf<StatedKind<P[K]>> };

/** What a function of columns is called with: the values of many rows, by the names of its parameters. */
export type ParameterArrays<P> = { readonly [K in keyof P]: ArrayLike<ValueOf<StatedKind<P[K]>> | null> };

/** What a function gives for a row. */
export type Returned<R> = InputOf<StatedKind<R>>;

/** What the types do not say of a function. */
export interface UserFunctionOptions {
  /** What plans and errors call it; the name of the TypeScript function when absent. */
  readonly name?: string;
  /** False when equal arguments may give different results. */
  readonly deterministic?: boolean;
  /** True when it returns promises; known by itself of an `async` function. */
  readonly asynchronous?: boolean;
  /** How many calls of an asynchronous function may be under way at once. */
  readonly concurrency?: number;
}

type NamedArguments<P> = { readonly [K in keyof P]?: ColumnLike | LiteralValue };
type Filled<P, A> = { readonly [K in keyof P]: K extends keyof A ? ColumnExp<A[K]> : Ref<K & string> };
type Single<P, A> = { readonly [K in keyof P]: ColumnExp<A> };

/**
 * A user's function as a maker of columns.
 *
 * Arguments are given by name, those left out being the columns of the same name; or by position, which the compiler
 * checks when there is one.
 */
export interface UserFunctionOf<P, R> {
  (): Column<UserCall<P, R, Filled<P, unknown>>>;
  <const A extends NamedArguments<P>>(args: A): Column<UserCall<P, R, Filled<P, A>>>;
  <const A extends ColumnLike | LiteralValue>(argument: A): Column<UserCall<P, R, Single<P, A>>>;
  (...args: readonly (ColumnLike | LiteralValue)[]): Column<UserCall<P, R, unknown>>;
  /** What a plan holds of it. */
  readonly definition: UserFunction;
}

/** What `udf` is. */
export interface UserFunctionMaker {
  /**
   * A column function made of a TypeScript function, called once a row.
   *
   * A parameter of type `"double"` may be null; with `"double not null"` the function is not called for a row where it
   * is, and the result is null. It runs in this process: the embedded engine only.
   *
   * Spark: `pyspark.sql.functions.udf`.
   *
   * @param parameters - types by name
   * @param type - the type of the result
   * @param call - takes the values of a row by name; may be async
   * @param options - `name`, `deterministic`, `asynchronous`, `concurrency`
   * @throws ParseError when a type cannot be read
   * @throws AnalysisError when a parameter's name is a number, which would lose its place
   * @example
   * ```ts
   * const fee = udf({ amount: "double not null" }, "double", ({ amount }) => amount * 0.01);
   * sales.withColumn("fee", fee({ amount: "price" }));
   * ```
   */
  <const P extends UserParameters, const R extends Stated>(
    parameters: P,
    type: R,
    call: (values: ParameterValues<P>) => Returned<R> | Promise<Returned<R>>,
    options?: UserFunctionOptions,
  ): UserFunctionOf<P, R>;
  /**
   * A column function made of a TypeScript function of whole columns: it is called with an array of values for each
   * parameter, null where there is none, and gives an array of as many. Numbers may come, and be given, as typed arrays.
   *
   * Spark: `pyspark.sql.functions.pandas_udf`.
   *
   * @param parameters - types by name
   * @param type - the type of the result
   * @param call - takes arrays by name, and how many rows they have
   * @param options - `name`, `deterministic`
   * @throws ParseError when a type cannot be read
   * @example
   * ```ts
   * const fee = udf.vectorized({ amount: "double" }, "double", ({ amount }) => Array.from(amount, (a) => a && a * 0.01));
   * ```
   */
  vectorized<const P extends UserParameters, const R extends Stated>(
    parameters: P,
    type: R,
    call: (columns: ParameterArrays<P>, rows: number) => ArrayLike<Returned<R>>,
    options?: Pick<UserFunctionOptions, "name" | "deterministic">,
  ): UserFunctionOf<P, R>;
  /**
   * A column function that a module exports, called once a row in worker threads: with several processors several rows at
   * once. The threads load the module themselves and share nothing with the program.
   *
   * It runs on this machine: the embedded engine only.
   *
   * @param url - of the module, such as `new URL("./scores.ts", import.meta.url)`
   * @param name - of the export: a function of the values of a row by name; may be async
   * @param parameters - types by name
   * @param type - the type of the result
   * @param options - `name`, `deterministic`, `concurrency`, `workers`, `memoryMegabytes`
   * @throws ParseError when a type cannot be read
   * @throws AnalysisError when the URL is not absolute
   * @example
   * ```ts
   * const score = udf.fromModule(new URL("./scores.ts", import.meta.url), "score", { text: "string" }, "double");
   * reviews.withColumn("score", score());
   * ```
   */
  fromModule<const P extends UserParameters, const R extends Stated>(
    url: string | URL,
    name: string,
    parameters: P,
    type: R,
    options?: ModuleFunctionOptions,
  ): UserFunctionOf<P, R>;
}
