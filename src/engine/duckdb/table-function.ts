/** Table functions over batches: each row's columns come with the rows that the function gives for it. */

import { rowAcceptor } from "../../types/accept-value.ts";
import { type Batch, chunkRows } from "../../types/batch.ts";
import { type BatchBuilder, batchBuilder } from "../../types/batch-builder.ts";
import type { StructType } from "../../types/data-type.ts";
import { objectMaker } from "../../types/row-compiler.ts";
import { selectRows } from "../../types/select-rows.ts";
import { type Values, vectorValues } from "../../types/vector-values.ts";
import type { FunctionImplementation } from "../engine.ts";
import { assertRow, iterable, type Rows, type TableMethod, tableFailure } from "./table-failure.ts";

interface Handler {
  eval(values: object): Rows | null | undefined;
  terminate?(): Rows | null | undefined;
}

/**
 * The rows of a table function.
 *
 * @param implementation - the function
 * @param kept - how many columns of the input are passed on; the function's arguments follow them
 */
export async function* tableRows(
  implementation: FunctionImplementation,
  kept: number,
  input: AsyncIterable<Batch>,
): AsyncGenerator<Batch, void, void> {
  const handler = started(implementation);
  const output = new GeneratedRows(implementation);
  let last: Batch | undefined;
  for await (const batch of input) {
    const columns = batch.columns.slice(0, kept);
    last = { rows: batch.rows, columns };
    yield* generated(implementation, handler, output, last, argumentsOf(implementation, batch, kept));
    yield* output.finish(last);
  }
  if (last === undefined || handler.terminate === undefined) return;
  const row = last.rows - 1;
  yield* rowsOf(implementation, output, last, row, [], "terminate", () => handler.terminate!());
  yield* output.finish(last);
}

/**
 * The rows of a table function whose argument is a table in partitions, with an object for each.
 *
 * @param input - the arguments, the keys of the partitions, and the number of the partition, which only grows
 */
export async function* partitionRows(
  implementation: FunctionImplementation,
  input: AsyncIterable<Batch>,
): AsyncGenerator<Batch, void, void> {
  const output = new GeneratedRows(implementation);
  let open: { readonly number: unknown; readonly handler: Handler } | undefined;
  for await (const batch of input) {
    for (const part of partsOf(batch)) {
      if (open?.number !== part.number) {
        yield* ended(implementation, output, open?.handler);
        open = { number: part.number, handler: started(implementation) };
      }
      yield* generated(
        implementation,
        open!.handler,
        output,
        noColumns,
        argumentsOf(implementation, part, 0),
        part.rows,
      );
    }
    yield* output.finish(noColumns);
  }
  yield* ended(implementation, output, open?.handler);
  yield* output.finish(noColumns);
}

/** What a row is given with where no columns are passed on. */
const noColumns: Batch = { rows: 1, columns: [] };

async function* ended(
  implementation: FunctionImplementation,
  output: GeneratedRows,
  handler: Handler | undefined,
): AsyncGenerator<Batch, void, void> {
  if (handler?.terminate === undefined) return;
  yield* rowsOf(implementation, output, noColumns, 0, [], "terminate", () => handler.terminate!());
}

/** The parts of a batch that belong to one partition each. */
function* partsOf({ rows, columns }: Batch): Generator<Batch & { readonly number: unknown }> {
  const numbers = vectorValues(columns.at(-1)!);
  for (let from = 0, to = 1; from < rows; from = to++) {
    while (to < rows && numbers[to] === numbers[from]) to++;
    const at = Int32Array.from({ length: to - from }, (_, index) => from + index);
    yield { rows: to - from, columns: columns.map((column) => selectRows(column, at)), number: numbers[from] };
  }
}

const argumentsOf = ({ parameterNames }: FunctionImplementation, { columns }: Batch, kept: number): readonly Values[] =>
  columns
    .slice(kept, kept + parameterNames.length)
    .map((column, index) => vectorValues(column, { column: parameterNames[index] }));

async function* generated(
  implementation: FunctionImplementation,
  handler: Handler,
  output: GeneratedRows,
  batch: Batch,
  values: readonly Values[],
  rows = batch.rows,
): AsyncGenerator<Batch, void, void> {
  const { parameterNames, takesNull } = implementation;
  const objects = objectMaker(parameterNames)(values, rows);
  for (let row = 0; row < rows; row++) {
    const args = values.map((column) => column[row]);
    if (args.some((value, index) => value === null && !takesNull[index])) continue;
    yield* rowsOf(implementation, output, batch, row, args, "eval", () => handler.eval(objects[row]!));
  }
}

/** Puts the rows of one call behind those before; gives the batches that are full with them. */
async function* rowsOf(
  implementation: FunctionImplementation,
  output: GeneratedRows,
  batch: Batch,
  row: number,
  args: readonly unknown[],
  method: TableMethod,
  call: () => Rows | null | undefined,
): AsyncGenerator<Batch, void, void> {
  try {
    const rows = iterable(call() ?? [], method);
    if (Symbol.iterator in rows) {
      for (const made of rows) if (output.add(row, made, method)) yield* output.finish(batch);
    } else {
      for await (const made of rows) if (output.add(row, made, method)) yield* output.finish(batch);
    }
  } catch (thrown) {
    throw tableFailure(implementation, method, args, thrown);
  }
}

function started(implementation: FunctionImplementation): Handler {
  try {
    return (implementation.call as unknown as () => Handler)();
  } catch (thrown) {
    throw tableFailure(implementation, "constructor", [], thrown);
  }
}

/** Rows that were generated, each with the row of the input that it comes with. */
class GeneratedRows {
  readonly #builder: BatchBuilder;
  readonly #accept: ReturnType<typeof rowAcceptor>;
  readonly #width: number;
  #from: number[] = [];

  constructor({ type }: FunctionImplementation) {
    this.#builder = batchBuilder(type as StructType);
    this.#accept = rowAcceptor(type as StructType);
    this.#width = (type as StructType).fields.length;
  }

  /** Adds a row; true when there are enough for a batch. */
  add(from: number, row: unknown, method: TableMethod): boolean {
    assertRow(row, this.#width, method);
    this.#builder.append(this.#accept(row, this.#builder.rows));
    this.#from.push(from);
    return this.#from.length >= chunkRows;
  }

  *finish({ columns }: Batch): Generator<Batch, void, void> {
    if (this.#from.length === 0) return;
    const from = Int32Array.from(this.#from);
    this.#from = [];
    const made = this.#builder.finish();
    yield { rows: made.rows, columns: [...columns.map((column) => selectRows(column, from)), ...made.columns] };
  }
}
