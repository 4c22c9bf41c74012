/** Functions of the user's: TypeScript functions as columns. */
import { AnalysisError, listed } from "../errors.ts";
import type { Expression, UserFunction } from "../plan/expression.ts";
import { type Column, columnExpression, expressionOf, makeColumn } from "./column.ts";
import { columnFunction } from "./column-arrays.ts";
import { type ModuleFunctionOptions, moduleReference } from "./module-function.ts";
import { type Stated, statedType } from "./stated-type.ts";
import { TableArgument } from "./table-argument.ts";
import type { UserFunctionMaker, UserFunctionOptions, UserParameters } from "./user-function-kinds.ts";
import { registerUserFunction } from "./user-function-registry.ts";

/** Makes column functions of TypeScript functions. */
export const udf: UserFunctionMaker = /* @__PURE__ */ Object.assign(rowFunction, {
  vectorized,
  fromModule,
}) as UserFunctionMaker;

type Call = (...values: never[]) => unknown;

function rowFunction(parameters: UserParameters, type: Stated, call: Call, options: UserFunctionOptions = {}) {
  assertMaking("udf", parameters, call);
  const asynchronous = options.asynchronous ?? call.constructor.name === "AsyncFunction";
  return defineFunction(parameters, type, call, { ...options, name: nameOf(call, options), asynchronous }, "row");
}

function vectorized(parameters: UserParameters, type: Stated, call: Call, options: UserFunctionOptions = {}) {
  assertMaking("udf.vectorized", parameters, call);
  const name = nameOf(call, options);
  const result = { name, type: statedType(type).type };
  const ofBatch = columnFunction(call as never, describeParameters(parameters).names, result);
  return defineFunction(parameters, type, ofBatch, { ...options, name, asynchronous: false }, "vectorized");
}

function fromModule(
  url: string | URL,
  exported: string,
  parameters: UserParameters,
  type: Stated,
  options: ModuleFunctionOptions = {},
) {
  const reference = moduleReference(url, exported, options);
  const { name = exported } = options;
  return defineFunction(parameters, type, () => reference, { ...options, name, asynchronous: true }, "module");
}

// PySpark's `udf(f, type)` has no types of parameters.
function assertMaking(maker: string, parameters: unknown, call: unknown): void {
  if (isNamed(parameters) && typeof call === "function") return;
  const wrong = isNamed(parameters) ? call : parameters;
  throw new AnalysisError(
    `${maker} takes the types of the parameters by name, the type of the result and a function, not ${Array.isArray(wrong) ? "an array" : wrong === undefined ? "nothing" : `a ${typeof wrong}`} ${wrong === parameters ? "first" : "third"}`,
    { hint: `Write it as ${maker}({ id: "BIGINT" }, "STRING", ({ id }) => …).` },
  );
}

const nameOf = (call: Call, { name }: UserFunctionOptions): string => name ?? (call.name === "" ? "udf" : call.name);

/** Registers a function, and makes what programs call. */
export function defineFunction(
  parameters: UserParameters,
  type: Stated,
  call: Call,
  {
    name,
    asynchronous,
    deterministic = true,
    concurrency = 16,
  }: UserFunctionOptions & { name: string; asynchronous: boolean },
  shape: "row" | "vectorized" | "aggregate" | "module",
) {
  const { names, types, nullable } = describeParameters(parameters);
  const signature = { name, parameters: types, type: statedType(type).type };
  const calling = { parameterNames: names, takesNull: nullable, shape, call, concurrency };
  const { id } = registerUserFunction({ ...signature, ...calling });
  const aggregate = shape === "aggregate" ? { aggregate: true } : {};
  const traits = { deterministic, vectorized: shape === "vectorized", asynchronous, ...aggregate };
  return callable({ kind: "user function", id, ...signature, ...traits }, names);
}

/** The names and types of a function's parameters. */
export function describeParameters(parameters: UserParameters) {
  const names = Object.keys(parameters);
  assertOrdered(names);
  const stated = names.map((name) => statedType(parameters[name]!));
  return { names, types: stated.map(({ type }) => type), nullable: stated.map(({ nullable }) => nullable) };
}

/** Object keys that are numbers come first, whatever the program wrote. */
function assertOrdered(names: readonly string[]): void {
  const numeric = names.find((name) => /^\d+$/.test(name));
  if (numeric === undefined) return;
  throw new AnalysisError(`a parameter of a function cannot be called '${numeric}'`, {
    hint: "Give parameters names that are not numbers, so that they keep their order.",
  });
}

function callable(template: Omit<UserFunction, "arguments">, names: readonly string[]) {
  const definition: UserFunction = Object.freeze({ ...template, arguments: [] });
  const called = (...args: readonly unknown[]): Column =>
    makeColumn(Object.freeze({ ...template, arguments: Object.freeze(argumentsOf(template.name, names, args)) }));
  return Object.assign(called, { definition });
}

/** The arguments of a call by position, where they were given by position, by name, or not at all. */
export function argumentsOf(name: string, names: readonly string[], args: readonly unknown[]): Expression[] {
  const [first] = args;
  if (args.length === 0) return names.map((parameter) => columnExpression(parameter));
  if (args.length === 1 && isNamed(first)) return namedArguments(name, names, first);
  if (args.length === names.length) return args.map(argumentExpression);
  throw new AnalysisError(
    `The function ${name} takes ${names.length} arguments (${listed(names)}), not ${args.length}`,
    {
      condition: "WRONG_NUM_ARGS.WITHOUT_SUGGESTION",
      sqlState: "42605",
    },
  );
}

const argumentExpression = (value: unknown): Expression =>
  value instanceof TableArgument ? value.expression : columnExpression(value);

function namedArguments(name: string, names: readonly string[], args: Record<string, unknown>): Expression[] {
  const unknown = Object.keys(args).find((argument) => !names.includes(argument));
  if (unknown !== undefined) {
    throw new AnalysisError(`The function ${name} has no parameter '${unknown}'`, {
      condition: "UNRECOGNIZED_PARAMETER_NAME",
      sqlState: "4274K",
      hint: `Its parameters are: ${listed(names)}.`,
    });
  }
  return names.map((parameter) => argumentExpression(Object.hasOwn(args, parameter) ? args[parameter] : parameter));
}

function isNamed(value: unknown): value is Record<string, unknown> {
  if (typeof value !== "object" || value === null || expressionOf(value) !== undefined) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
