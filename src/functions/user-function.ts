/** Functions of the user's: TypeScript functions as columns. */
import { AnalysisError, ExecutionError, listed } from "../errors.ts";
import type { Expression, UserFunction } from "../plan/expression.ts";
import { type Column, columnExpression, expressionOf, makeColumn } from "./column.ts";
import type { ColumnExp, ColumnLike, LiteralValue, Ref, UserCall } from "./phantom.ts";
import type { StatedKind } from "./sql-kinds.ts";
import { type Stated, statedType } from "./stated-type.ts";
import { registerUserFunction } from "./user-function-registry.ts";
import type { InputOf, ValueOf } from "./value-kinds.ts";

/** The parameters of a function by name: types as SQL writes them, or data types. */
export type UserParameters = Readonly<Record<string, Stated>>;

/** What a function is called with: the values of one row, by the names of its parameters. */
export type ParameterValues<P> = { readonly [K in keyof P]: ValueOf<StatedKind<P[K]>> };

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
}

/**
 * A column function made of a TypeScript function, called once a row.
 *
 * A parameter of type `"double"` may be null; with `"double not null"` the function is not called for a row where it is,
 * and the result is null. It runs in this process: the embedded engine only.
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
export function udf<const P extends UserParameters, const R extends Stated>(
  parameters: P,
  type: R,
  call: (values: ParameterValues<P>) => Returned<R> | Promise<Returned<R>>,
  options: UserFunctionOptions = {},
): UserFunctionOf<P, R> {
  const names = Object.keys(parameters);
  assertOrdered(names);
  const stated = names.map((name) => statedType(parameters[name]!));
  const asynchronous = options.asynchronous ?? call.constructor.name === "AsyncFunction";
  const implementation = registerUserFunction({
    name: options.name ?? (call.name === "" ? "udf" : call.name),
    parameters: stated.map(({ type }) => type),
    parameterNames: names,
    type: statedType(type).type,
    shape: "row",
    call: byName(
      call as RowFunction,
      names,
      stated.map(({ nullable }) => nullable),
      asynchronous,
    ),
    concurrency: options.concurrency ?? 16,
  });
  const { id, name } = implementation;
  const signature = { id, name, parameters: implementation.parameters, type: implementation.type };
  const traits = { deterministic: options.deterministic ?? true, vectorized: false, asynchronous };
  return callable({ kind: "user function", ...signature, ...traits }, names) as UserFunctionOf<P, R>;
}

type RowFunction = (values: Record<string, unknown>) => unknown;

/** Object keys that are numbers come first, whatever the program wrote. */
function assertOrdered(names: readonly string[]): void {
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (numeric === undefined) return;
  throw new AnalysisError(`a parameter of a function cannot be called '${numeric}'`, {
    hint: "Give parameters names that are not numbers, so that they keep their order.",
  });
}

/** The function by position, as engines call it. */
function byName(call: RowFunction, names: readonly string[], nullable: readonly boolean[], asynchronous: boolean) {
  return (...values: readonly unknown[]): unknown => {
    const row: Record<string, unknown> = {};
    for (let index = 0; index < names.length; index++) {
      if (values[index] === null && !nullable[index]) return null;
      row[names[index]!] = values[index];
    }
    const result = call(row);
    if (!asynchronous && isPromise(result)) throw unexpectedPromise();
    return result;
  };
}

const isPromise = (value: unknown): boolean =>
  typeof value === "object" && value !== null && typeof (value as { then?: unknown }).then === "function";

const unexpectedPromise = (): ExecutionError =>
  new ExecutionError("the function returned a promise", {
    hint: "Declare it async, or pass { asynchronous: true } to udf(…).",
  });

function callable(template: Omit<UserFunction, "arguments">, names: readonly string[]) {
  return (...args: readonly unknown[]): Column =>
    makeColumn(Object.freeze({ ...template, arguments: Object.freeze(argumentsOf(template.name, names, args)) }));
}

function argumentsOf(name: string, names: readonly string[], args: readonly unknown[]): Expression[] {
  const [first] = args;
  if (args.length === 0) return names.map((parameter) => columnExpression(parameter));
  if (args.length === 1 && isNamed(first)) return namedArguments(name, names, first);
  if (args.length === names.length) return args.map((argument) => columnExpression(argument));
  throw new AnalysisError(
    `The function ${name} takes ${names.length} arguments (${listed(names)}), not ${args.length}`,
    {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
    },
  );
}

function namedArguments(name: string, names: readonly string[], args: Record<string, unknown>): Expression[] {
  const unknown = Object.keys(args).find((argument) => !names.includes(argument));
  if (unknown !== undefined) {
    throw new AnalysisError(`The function ${name} has no parameter '${unknown}'`, {
      condition: "UNRECOGNIZED_PARAMETER_NAME",
      sqlState: "4274K",
      hint: `Its parameters are: ${listed(names)}.`,
    });
  }
  return names.map((parameter) => columnExpression(Object.hasOwn(args, parameter) ? args[parameter] : parameter));
}

function isNamed(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || expressionOf(value) !== undefined) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
