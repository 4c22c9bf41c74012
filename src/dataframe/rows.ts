/** Rows of batches, as programs ask for them. */
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { rowMaker } from "../types/row-maker.ts";
import type { RowOptions } from "./row-kinds.ts";
import type { Execution } from "./session-state.ts";

/**
 * The rows of a plan that is run, one after the other; a batch is read when its first row is asked for.
 *
 * @param start - runs the plan; called once, with the first row
 * @param options - what rows and long integers are
 */
export function rowsOf<Row>(start: () => Promise<Execution>, options: RowOptions): AsyncIterableIterator<Row> {
  return new RowIterator(batchesOfRows<Row>(start, options));
}

/**
 * All rows of a plan that is run.
 *
 * @param start - runs the plan
 * @param options - what rows and long integers are
 */
export async function collectRows<Row>(start: () => Promise<Execution>, options: RowOptions): Promise<Row[]> {
  const all: Row[] = [];
  for await (const rows of batchesOfRows<Row>(start, options)) for (const row of rows) all.push(row);
  return all;
}

/**
 * The rows of a batch as objects.
 *
 * @throws AnalysisError `AMBIGUOUS_COLUMN_OR_FIELD` when two columns have one name
 */
export const objectsOf = (batch: Batch, schema: StructType): Record<string, unknown>[] =>
  rowMaker(schema, {})(batch) as Record<string, unknown>[];

async function* batchesOfRows<Row>(
  start: () => Promise<Execution>,
  options: RowOptions,
): AsyncGenerator<Row[], void, void> {
  const { schema, batches } = await start();
  const make = rowMaker(schema, options);
  for await (const batch of batches) yield make(batch) as Row[];
}

/** Gives rows one by one without the cost of a generator's `yield` for each. */
class RowIterator<Row> implements AsyncIterableIterator<Row> {
  readonly #batches: AsyncGenerator<Row[], void, void>;
  #rows: Row[] = [];
  #next = 0;
  #done = false;
  #loading: Promise<void> | undefined;

  constructor(batches: AsyncGenerator<Row[], void, void>) {
    this.#batches = batches;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  async next(): Promise<IteratorResult<Row>> {
    while (this.#next === this.#rows.length) {
      if (this.#done) return { done: true, value: undefined };
      // Calls that do not wait for one another share the batch that is on its way.
      this.#loading ??= this.#load();
      await this.#loading;
    }
    return { done: false, value: this.#rows[this.#next++]! };
  }

  async return(): Promise<IteratorResult<Row>> {
    await this.#batches.return();
    return { done: true, value: undefined };
  }

  async #load(): Promise<void> {
    try {
      const { done, value } = await this.#batches.next();
      this.#done = done === true;
      this.#rows = value ?? [];
      this.#next = 0;
    } finally {
      this.#loading = undefined;
    }
  }
}
