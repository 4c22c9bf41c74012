/** Asynchronous functions over batches: several calls under way at once, results in the order of the rows. */
import { acceptorOf } from "../../types/acceptor.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import type { StoredValue } from "../../types/stored-value.ts";
import { vectorBuilder } from "../../types/vector-builder.ts";
import { vectorValues } from "../../types/vector-values.ts";
import type { FunctionImplementation } from "../engine.ts";
import { rowFailure } from "./per-row.ts";

/**
 * Adds a column with the results of an asynchronous function.
 *
 * @param implementation - the function
 * @param kept - how many columns of the input are passed on; the function's arguments follow them
 */
export function asynchronousColumn(implementation: FunctionImplementation, kept: number) {
  return async function* (input: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const { rows, columns } of input) {
      const result = await resultColumn(implementation, columns.slice(kept), rows);
      yield { rows, columns: [...columns.slice(0, kept), result] };
    }
  };
}

async function resultColumn(
  implementation: FunctionImplementation,
  columns: readonly Vector[],
  rows: number,
): Promise<Vector> {
  const call = implementation.call as unknown as (...values: readonly unknown[]) => Promise<unknown>;
  const values = columns.map((column) => vectorValues(column));
  const accept = acceptorOf(implementation.type, true, {});
  const results = new Array<StoredValue>(rows);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let row = next++; row < rows; row = next++) {
      const args = values.map((column) => column[row]);
      try {
        results[row] = accept((await call(...args)) ?? null);
      } catch (error) {
        next = rows;
        throw rowFailure(implementation, args, error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(implementation.concurrency, rows) }, worker));
  const builder = vectorBuilder(implementation.type, rows);
  for (const result of results) builder.append(result);
  return builder.finish();
}
