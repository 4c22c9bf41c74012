/** Batches of JavaScript as a table of the engine. */
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import type { Database } from "./database.ts";
import { duckType } from "./duck-type.ts";
import { columnName } from "./sql-text.ts";

/** How many rows are handed to the engine in one statement: two of DuckDB's row groups. */
const usualRows = 245_760;

/**
 * Makes a table of batches, a few at a time, so that they need not all be in JavaScript's memory. While the engine takes
 * some, the next ones are made.
 *
 * @param table - the name of the table, which must not exist; its columns are `c0`, `c1`, …
 * @param rowsPerInsert - how many rows may wait in JavaScript's memory before they are handed over
 */
export async function fillTable(
  database: Database,
  table: string,
  schema: StructType,
  batches: AsyncIterable<Batch>,
  signal: AbortSignal | undefined,
  rowsPerInsert = usualRows,
): Promise<void> {
  const columns = schema.fields.map(({ type }, index) => `${columnName(index)} ${duckType(type)}`);
  await database.run(`CREATE TABLE ${table} (${columns.join(", ")})`, signal);
  const inserted = new Inserted((waiting) => insert(database, table, schema, waiting, signal));
  let waiting: Batch[] = [];
  let rows = 0;
  try {
    for await (const batch of batches) {
      signal?.throwIfAborted();
      waiting.push(batch);
      rows += batch.rows;
      if (rows < rowsPerInsert) continue;
      await inserted.add(waiting);
      waiting = [];
      rows = 0;
    }
    await inserted.add(waiting);
  } finally {
    await inserted.finish();
  }
}

/** Inserts on their way, one at a time and in order. */
class Inserted {
  readonly #insert: (batches: readonly Batch[]) => Promise<void>;
  #last: Promise<void> = Promise.resolve();

  constructor(insert: (batches: readonly Batch[]) => Promise<void>) {
    this.#insert = insert;
  }

  /** Starts an insert as soon as the one before is done. */
  async add(batches: readonly Batch[]): Promise<void> {
    await this.#last;
    this.#last = this.#insert(batches);
    // Its error is told by whoever waits for it next.
    this.#last.catch(() => {});
  }

  finish(): Promise<void> {
    return this.#last;
  }
}

async function insert(
  database: Database,
  table: string,
  schema: StructType,
  batches: readonly Batch[],
  signal: AbortSignal | undefined,
): Promise<void> {
  if (batches.length === 0) return;
  using fed = database.feed.add(schema, batches, signal);
  await database.run(`INSERT INTO ${table} SELECT * FROM ${fed.sql}`, signal);
}
