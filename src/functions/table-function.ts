/** Table functions of the user's: TypeScript generators as relations. */
import type { UserTableFunction } from "../plan/expression.ts";
import { parseDdl } from "../types/ddl.ts";
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
  const { name = handler.name === "" ? "udtf" : handler.name, deterministic = true } = options;
  const { names, types, nullable } = describeParameters(parameters);
  const type = parseDdl(schema);
  const { id } = registerUserFunction({
    ...{ name, parameters: types, parameterNames: names, takesNull: nullable, type },
    shape: "table",
    call: starterOf(handler),
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
function starterOf(handler: Handler): () => object {
  const isClass = typeof (handler.prototype as { eval?: unknown } | undefined)?.eval === "function";
  return isClass ? () => new (handler as new () => object)() : () => ({ eval: handler });
}

/** Whether a value is a call of a table function. */
export const isTableCall = (value: unknown): value is TableCall<unknown> =>
  typeof value === "object" &&
  value !== null &&
  (value as { call?: { kind?: unknown } }).call?.kind === "user table function";
