import { type AcceptOptions, rowAcceptor } from "./accept-value.ts";
import { type Batch, chunkRows, columnTypes } from "./batch.ts";
import type { StructType } from "./data-type.ts";
import type { StoredValue } from "./stored-value.ts";
import { vectorBuilder } from "./vector-builder.ts";

/** Makes a batch of stored rows, one after the other. */
export interface BatchBuilder {
  /** How many rows the batch has so far. */
  readonly rows: number;
  /** Adds a row: a stored value a column. */
  append(row: readonly StoredValue[]): void;
  /** The batch; the next row starts another one. */
  finish(): Batch;
}

/**
 * Starts batches of a schema.
 *
 * @param schema - the columns
 * @param rows - how many rows to expect of a batch; more are welcome
 */
export function batchBuilder(schema: StructType, rows = chunkRows): BatchBuilder {
  const start = () => columnTypes(schema).map((type) => vectorBuilder(type, rows));
  let columns = start();
  let count = 0;
  return {
    get rows() {
      return count;
    },
    append(row) {
      for (let index = 0; index < columns.length; index++) columns[index]!.append(row[index]!);
      count++;
    },
    finish() {
      const batch = { rows: count, columns: columns.map((column) => column.finish()) };
      columns = start();
      count = 0;
      return batch;
    },
  };
}

export interface BatchesOptions extends AcceptOptions {
  /** The most rows of a batch. */
  readonly rowsPerBatch?: number | undefined;
}

/**
 * Makes batches of rows that a program has.
 *
 * @param schema - the columns
 * @param rows - objects with the columns as properties, or arrays by position
 * @param options - the session's time zone, and how long batches are
 * @throws ExecutionError as `acceptValue` throws it, naming the row and the column
 * @example
 * ```ts
 * const batches = [...batchesOf(schema, [{ user: "ann", amount: 3.5 }, ["bob", null]])];
 * ```
 */
export function* batchesOf(
  schema: StructType,
  rows: Iterable<unknown>,
  { rowsPerBatch = chunkRows, ...options }: BatchesOptions = {},
): Generator<Batch, void, void> {
  const accept = rowAcceptor(schema, options);
  const builder = batchBuilder(schema, rowsPerBatch);
  let row = 0;
  for (const value of rows) {
    builder.append(accept(value, row++));
    if (builder.rows === rowsPerBatch) yield builder.finish();
  }
  if (builder.rows > 0) yield builder.finish();
}
