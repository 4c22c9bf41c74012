/** Table functions of the user's: TypeScript generators as relations. */
import { AnalysisError } from "../errors.ts";
import type { UserTableFunction } from "../plan/expression.ts";
import { parseDdl } from "../types/ddl.ts";
import { kindOf } from "../types/value-fault.ts";
import type { TableCall, TableFunctionMaker, TableFunctionOptions } from "./table-function-kinds.ts";
import { argumentsOf, describeParameters } from "./user-function.ts";
import type { UserParameters } from "./user-function-kinds.ts";
import { registerUserFunction } from "./user-function-registry.ts";

export type { TableCall, TableFunctionHandler, TableFunctionOf } from "./table-function-kinds.ts";

/** Makes table functions of TypeScript generators. */
export const udtf: TableFunctionMaker = tableFunction as unknown as TableFunctionMaker;

type Handler = ((values: never) => unknown) | (new () => object);

function tableFunction(
  parameters: UserParameters,
  schema: string,
  handler: Handler,
  options: TableFunctionOptions = {},
) {
  assertHandler(handler);
  const { name = handler.name === "" ? "udtf" : handler.name, deterministic = true } = options;
  const { names, types, nullable } = describeParameters(parameters);
  const type = parseDdl(schema);
  const { id } = registerUserFunction({
    ...{ name, parameters: types, parameterNames: names, takesNull: nullable, type },
    shape: "table",
    call: starterOf(name, handler),
    concurrency: 1,
  });
  const definition: UserTableFunction = Object.freeze({
    ...{ kind: "user table function", id, name, arguments: [], parameters: types, schema: type, deterministic },
  });
  const called = (...args: readonly unknown[]): TableCall<unknown> => {
    const call = Object.freeze({ ...definition, arguments: Object.freeze(argumentsOf(name, names, args)) });
    return Object.freeze({ call }) as TableCall<unknown>;
  };
  return Object.assign(called, { definition });
}

/** What makes the object that serves the rows of one run. */
function starterOf(name: string, handler: Handler): () => object {
  const isClass = typeof (handler.prototype as { eval?: unknown } | undefined)?.eval === "function";
  if (!isClass && /^class\b/.test(Function.prototype.toString.call(handler))) throw withoutEval(name);
  return isClass ? () => new (handler as new () => object)() : () => ({ eval: handler });
}

const withoutEval = (name: string): AnalysisError =>
  new AnalysisError(`The UDTF '${name}' is invalid. It does not implement the required 'eval' method`, {
    condition: "INVALID_UDTF_NO_EVAL",
    parameters: { name },
    hint: "Give the class a method eval, such as *eval({ text }) { yield { word: text }; }.",
  });

function assertHandler(handler: unknown): void {
  if (typeof handler === "function") return;
  throw new AnalysisError(`The UDTF is invalid. Its handler is ${kindOf(handler)}`, {
    condition: "INVALID_UDTF_HANDLER_TYPE",
    parameters: { type: kindOf(handler) },
    hint: "Give a generator function, or a class with a method eval.",
  });
}

/** Whether a value is a call of a table function. */
export const isTableCall = (value: unknown): value is TableCall<unknown> =>
  typeof value === "object" &&
  value !== null &&
  (value as { call?: { kind?: unknown } }).call?.kind === "user table function";
