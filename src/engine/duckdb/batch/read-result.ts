import duckdb from "@duckdb/node-bindings";
import { ExecutionError } from "../../../errors.ts";
import { type Batch, columnTypes, type Vector } from "../../../types/batch.ts";
import type { DataType, StructType } from "../../../types/data-type.ts";
import { checkColumns } from "./check-columns.ts";
import { readVector } from "./read-vector.ts";

export interface ResultOptions {
  /** Ends the reading, which then rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Stops the engine's work on the result, such as `() => duckdb.interrupt(connection)`. */
  readonly interrupt?: (() => void) | undefined;
  /**
   * Finds out why a result ended early: the bindings tell that a stream failed, not why. `failureOf` is one way.
   *
   * The answer is thrown, unless it is undefined.
   */
  readonly failure?: (() => Promise<unknown>) | undefined;
  /** Whether columns are copied when they are first looked at: for whoever looks at some of them only. */
  readonly isLate?: boolean | undefined;
}

/**
 * Reads a streaming result as batches of up to 2,048 rows, fetching the next chunk while the last one is in use.
 *
 * Leaving the loop early interrupts the query.
 *
 * @param result - what `execute_prepared_streaming` gave
 * @param schema - the Spark types of its columns
 * @param options - cancellation and diagnosis
 * @throws InternalError when a column does not have the type in which `duckType` stores the schema's
 * @throws ExecutionError when the query fails and `failure` does not say why; else what it says
 * @example
 * ```ts
 * for await (const batch of batches(result, schema, { signal })) rows += batch.rows;
 * ```
 */
export async function* batches(
  result: duckdb.Result,
  schema: StructType,
  options: ResultOptions = {},
): AsyncGenerator<Batch, void, void> {
  const { signal, interrupt, isLate = false } = options;
  signal?.throwIfAborted();
  checkColumns(result, schema);
  const types = columnTypes(schema);
  const stop = () => interrupt?.();
  signal?.addEventListener("abort", stop);
  let next = fetchChunk(result);
  let rows = 0;
  let chunk = await next;
  try {
    while (chunk !== undefined) {
      signal?.throwIfAborted();
      next = fetchChunk(result);
      const batch = (isLate ? readLate : readChunk)(chunk, types);
      rows += batch.rows;
      yield batch;
      chunk = await next;
    }
  } finally {
    signal?.removeEventListener("abort", stop);
    if (chunk !== undefined) stop();
    await next;
  }
  signal?.throwIfAborted();
  if (hasFailed(result)) throw await reasonOf(options, rows);
}

/** The next chunk; nothing at the end, and nothing after a failure. */
export async function fetchChunk(result: duckdb.Result): Promise<duckdb.DataChunk | undefined> {
  const chunk = await duckdb.fetch_chunk(result);
  return chunk === null || duckdb.data_chunk_get_size(chunk) === 0 ? undefined : chunk;
}

const hasFailed = (result: duckdb.Result): boolean => duckdb.result_return_type(result) === duckdb.ResultType.INVALID;

/** Copies a data chunk out of the engine. */
export function readChunk(chunk: duckdb.DataChunk, types: readonly DataType[], first = 0): Batch {
  const rows = duckdb.data_chunk_get_size(chunk);
  const columns = types.map((type, index) =>
    readVector(duckdb.data_chunk_get_vector(chunk, first + index), type, rows),
  );
  return { rows, columns };
}

/** A data chunk of which each column is copied out of the engine when it is first looked at. */
function readLate(chunk: duckdb.DataChunk, types: readonly DataType[]): Batch {
  const rows = duckdb.data_chunk_get_size(chunk);
  const columns: Vector[] = [];
  for (const [index, type] of types.entries()) {
    const get = (): Vector => {
      const value = readVector(duckdb.data_chunk_get_vector(chunk, index), type, rows);
      Object.defineProperty(columns, index, { value });
      return value;
    };
    Object.defineProperty(columns, index, { get, enumerable: true, configurable: true });
  }
  return { rows, columns };
}

async function reasonOf({ failure }: ResultOptions, rows: number): Promise<unknown> {
  const reason = await failure?.();
  return reason ?? new ExecutionError(`The query failed after ${rows} rows, and the engine did not keep the reason`);
}

/**
 * Runs a query that failed again, for its error alone: every row is made and none is kept.
 *
 * @param connection - a connection that runs no query now
 * @param sql - the query
 * @returns the error, or undefined when the query does not fail this time
 */
export async function failureOf(connection: duckdb.Connection, sql: string): Promise<unknown> {
  try {
    await duckdb.query(connection, `SELECT bit_xor(hash(every_row)) FROM (${sql}) AS every_row`);
    return undefined;
  } catch (error) {
    return error;
  }
}
