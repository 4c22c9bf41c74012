/** The rows of files that are left out or read, as a table that scans are joined with. */
import type { ListedFile } from "../../../../plan/listed-files.ts";
import type { Batch } from "../../../../types/batch.ts";
import { bigintType, intType, structField, structType } from "../../../../types/data-type.ts";
import type { Database } from "../../database.ts";
import { fillTable } from "../../table-filler.ts";

const schema = structType([structField("file", intType, false), structField("row", bigintType, false)]);

/** How many rows a batch takes, since vectors of the engine are short. */
const rowsPerBatch = 65_536;

interface TableParts {
  readonly database: Database;
  readonly signal: AbortSignal | undefined;
  readonly temporaryTable: () => string;
}

/**
 * Makes a table of the rows that files list: which file, counted from 0, and which row of it.
 *
 * @returns its name
 */
export async function rowsTable(files: readonly ListedFile[], parts: TableParts): Promise<string> {
  const name = parts.temporaryTable();
  await fillTable(parts.database, name, schema, batchesOf(files), parts.signal);
  return name;
}

async function* batchesOf(files: readonly ListedFile[]): AsyncGenerator<Batch> {
  for (const [index, { rows }] of files.entries()) {
    const { numbers } = rows!;
    for (let from = 0; from < numbers.length; from += rowsPerBatch)
      yield batchOf(index, numbers.subarray(from, from + rowsPerBatch));
  }
}

const batchOf = (file: number, numbers: BigInt64Array): Batch => ({
  rows: numbers.length,
  columns: [
    { layout: "fixed", type: intType, length: numbers.length, values: new Int32Array(numbers.length).fill(file) },
    { layout: "fixed", type: bigintType, length: numbers.length, values: numbers },
  ],
});
