/** Scans of formats whose rows are made in JavaScript. */
import type { Batch } from "../../../types/batch.ts";
import { batchBuilder } from "../../../types/batch-builder.ts";
import { bigintType, type StructType, structField, structType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { columnName } from "../sql-text.ts";
import { fillTable } from "../table-filler.ts";
import { constantColumns } from "./constant-columns.ts";
import type { ScanContext, ScanSource } from "./format.ts";

/** A row of a file. */
export interface FileRow {
  /** The number of the file within the scan. */
  readonly file: number;
  /** The values of the columns asked for, in order. */
  readonly values: readonly StoredValue[];
  /** About how much memory it takes, where that is much. */
  readonly bytes?: number;
}

const rowsPerBatch = 2048;
const bytesPerBatch = 64 * 1024 * 1024;

/**
 * Reads rows into a table of the engine, which goes to disk where memory ends.
 *
 * @param rows - gives the rows with the columns that are read from the files
 */
export async function scanRows(
  context: ScanContext,
  rows: (wanted: StructType) => AsyncIterable<FileRow>,
): Promise<ScanSource> {
  const constants = constantColumns(context);
  const wanted = structType(context.schema.fields.filter(({ name }) => !constants.has(name)));
  const table = context.temporaryTable();
  const stored = structType([...wanted.fields, structField("file", bigintType)]);
  // A batch may be large: none waits for another.
  await fillTable(context.database, table, stored, batchesOf(rows(wanted), stored, context), context.signal, 1);
  const columns = context.schema.fields.map((field, index) => {
    const value = constants.get(field.name) ?? `data.${columnName(wanted.fields.indexOf(field))}`;
    return `${value} AS ${columnName(index)}`;
  });
  const from = `(SELECT *, ${columnName(wanted.fields.length)} AS file_index FROM ${table}) AS data`;
  return { sql: `(SELECT ${columns.join(", ") || "1 AS none"} FROM ${from})` };
}

async function* batchesOf(
  rows: AsyncIterable<FileRow>,
  schema: StructType,
  { files, onLongRecord }: ScanContext,
): AsyncGenerator<Batch> {
  const builder = batchBuilder(schema);
  let size = 0;
  for await (const { file, values, bytes = 0 } of rows) {
    builder.append([...values, BigInt(file)]);
    onLongRecord(files[file]!.path, bytes);
    size += bytes;
    if (builder.rows < rowsPerBatch && size < bytesPerBatch) continue;
    size = 0;
    yield builder.finish();
  }
  if (builder.rows > 0) yield builder.finish();
}
