/** Functions of the user's that make batches of batches. */
import { isLakewrightError } from "../errors.ts";
import { batchColumns, batchOf, type ColumnArrays, failure } from "../functions/column-arrays.ts";
import { registerUserFunction } from "../functions/user-function-registry.ts";
import type { InputOf, ValueOf } from "../functions/value-kinds.ts";
import type { UserFunction } from "../plan/expression.ts";
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { parseDdl } from "../types/ddl.ts";

/** The values of a batch by column. */
export type BatchColumns<S> = { readonly [K in keyof S]: ArrayLike<ValueOf<S[K]>> };

/** The values that a function of batches gives by column, all of one length. */
export type BatchResult<S> = { readonly [K in keyof S]: ArrayLike<InputOf<S[K]>> };

type BatchCall = (columns: ColumnArrays, rows: number) => ColumnArrays | Promise<ColumnArrays>;

/**
 * The plan's reference to a function of batches, which the process keeps.
 *
 * @param call - takes the values of a batch by column, and how many rows it has
 * @param schema - the columns that it gives
 */
export function batchFunction(call: BatchCall, schema: StructType): UserFunction {
  const name = functionName(call, "mapBatches");
  const signature = { name, parameters: [], type: schema };
  const mapped = async function* (batches: AsyncIterable<Batch>, input: StructType): AsyncGenerator<Batch> {
    const columnsOf = batchColumns(input.fields.map((field) => field.name));
    for await (const batch of batches)
      yield batchOf(await called(name, () => call(columnsOf(batch), batch.rows)), schema);
  };
  const { id } = registerUserFunction({
    ...signature,
    parameterNames: [],
    takesNull: [],
    shape: "batches",
    call: mapped,
    concurrency: 1,
  });
  const traits = { deterministic: true, vectorized: true, asynchronous: true };
  return Object.freeze({ kind: "user function", id, ...signature, arguments: [], ...traits });
}

/** What plans and errors call a function: its own name where it has one. */
export const functionName = ({ name }: { readonly name: string }, method: string): string =>
  name === "" ? method : name;

/** A schema as programs state it. */
export const statedSchema = (schema: string | StructType): StructType =>
  typeof schema === "string" ? parseDdl(schema) : schema;

async function called<Result>(name: string, call: () => Result): Promise<Awaited<Result>> {
  try {
    return await call();
  } catch (thrown) {
    throw isLakewrightError(thrown) ? thrown : failure(name, thrown);
  }
}
