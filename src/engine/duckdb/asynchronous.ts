/** Asynchronous functions over batches: several calls under way at once, results in the order of the rows. */
import { acceptorOf } from "../../types/acceptor.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { objectMaker } from "../../types/row-compiler.ts";
import type { StoredValue } from "../../types/stored-value.ts";
import { vectorBuilder } from "../../types/vector-builder.ts";
import { vectorValues } from "../../types/vector-values.ts";
import type { FunctionImplementation } from "../engine.ts";
import { type RowFunction, rowFailure } from "./per-row.ts";

type AsynchronousFunction = RowFunction & Pick<FunctionImplementation, "concurrency">;

/**
 * Adds a column with the results of an asynchronous function.
 *
 * @param implementation - the function
 * @param kept - how many columns of the input are passed on; the function's arguments follow them
 */
export function asynchronousColumn(implementation: FunctionImplementation, kept: number) {
  return async function* (input: AsyncIterable<Batch>): AsyncGenerator<Batch> {
    for await (const { rows, columns } of input) {
      const result = await asynchronousResult(implementation as AsynchronousFunction, columns.slice(kept), rows);
      yield { rows, columns: [...columns.slice(0, kept), result] };
    }
  };
}

/** The results of an asynchronous function for some rows, in their order. */
export async function asynchronousResult(
  implementation: AsynchronousFunction,
  columns: readonly Vector[],
  rows: number,
): Promise<Vector> {
  const { parameterNames, takesNull } = implementation;
  const call = implementation.call as unknown as (values: object) => Promise<unknown>;
  const values = columns.map((column, index) => vectorValues(column, { column: parameterNames[index] }));
  const objects = objectMaker(parameterNames)(values, rows);
  const isSkipped = (row: number): boolean => values.some((column, index) => !takesNull[index] && column[row] === null);
  const accept = acceptorOf(implementation.type, true, {});
  const results = new Array<StoredValue>(rows);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let row = next++; row < rows; row = next++) {
      try {
        results[row] = isSkipped(row) ? null : accept(await call(objects[row]!));
      } catch (error) {
        next = rows;
        throw rowFailure(
          implementation,
          values.map((column) => column[row]),
          error,
        );
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(implementation.concurrency, rows) }, worker));
  const builder = vectorBuilder(implementation.type, rows);
  for (const result of results) builder.append(result);
  return builder.finish();
}
