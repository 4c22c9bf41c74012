/** Scans of files that a table lists itself. */

import type { ColumnOfFiles, FileGroup, ListedColumn, ListedFile, ListedFiles } from "../../../../plan/listed-files.ts";
import { bigintType, intType, type StructField, type StructType } from "../../../../types/data-type.ts";
import { holdsVariant } from "../../../../types/some-type.ts";
import { metadataName, metadataType } from "../../../metadata-column.ts";
import type { Database } from "../../database.ts";
import { columnName } from "../../sql-text.ts";
import { metadataOf, perFile } from "../constant-columns.ts";
import type { ScanContext, ScanSource } from "../format.ts";
import { whereMoments } from "../moment-bounds.ts";
import { missing, reading } from "../parquet-value.ts";
import { pathList } from "../path-list.ts";
import { type FileColumns, fileColumns } from "./file-columns.ts";
import { rowsTable } from "./rows-table.ts";
import { type AlikeFiles, alikeFiles } from "./variant-files.ts";

type ListedContext = Pick<ScanContext, "schema" | "bounds" | "temporaryTable" | "signal"> & {
  readonly database: Database;
  /** Takes what is to be done when the query is over. */
  readonly onEnd: (cleanup: () => Promise<void>) => void;
};

/** A table expression with the wanted columns as `c0`, `c1`, …, one after the other of the context's schema. */
export async function listedScan({ groups }: ListedFiles, context: ListedContext): Promise<ScanSource> {
  const parts: string[] = [];
  for (const group of groups) {
    for (const part of partsOf(group))
      for (const alike of await alikeIn(part, context)) parts.push(await scanOfPart({ ...part, ...alike }, context));
  }
  return { sql: `(${parts.length === 0 ? noRows(context.schema) : parts.join(" UNION ALL ")})` };
}

/** Files that are read whole cost nothing more for those beside them of which some rows are. */
function partsOf(group: FileGroup): readonly FileGroup[] {
  const ways = [undefined, "left out", "read"] as const;
  return ways.flatMap((way) => {
    const part = group.files.filter(({ rows }) => rows?.are === way);
    return part.length === 0 ? [] : [{ ...group, files: part }];
  });
}

/** The files of a part by how they hold the columns that are wanted. */
function alikeIn({ files, columns }: FileGroup, context: ListedContext): Promise<readonly Partial<AlikeFiles>[]> {
  const types = context.schema.fields.map((field) => columns.get(field.name)?.from === "file" && field.type);
  const isPlain = !types.some((type) => type !== false && holdsVariant(type));
  return isPlain ? Promise.resolve([{}]) : alikeFiles(files, context.database, context.onEnd);
}

async function scanOfPart(
  { files, columns, metadata = [], held }: FileGroup & Partial<AlikeFiles>,
  context: ListedContext,
): Promise<string> {
  const wanted = context.schema.fields.map((field) => ({ field, column: columns.get(field.name) }));
  const told = wanted.some(({ field }) => field.name === metadataName) ? metadata : [];
  const reader = fileColumns(
    readColumns([...wanted.map(({ column }) => column), ...told], columns),
    reading(context.database),
    held,
  );
  const select = wanted.map(
    ({ field, column }, index) => `${valueOf(field, column ?? metadata, files, reader)} AS ${columnName(index)}`,
  );
  const from = reader.from(
    `read_parquet(${pathList(files.map(({ path }) => path))}, hive_partitioning = false, schema = ${reader.schema}${cardinality(files, columns)})`,
  );
  const sql = `SELECT ${select.join(", ") || "1 AS none"} FROM ${from}`;
  const where = whereMoments(context.bounds, (name) => storedMoment(wanted, name, reader));
  const way = files[0]!.rows?.are;
  if (way === undefined) return `${sql}${where}`;
  const rows = await rowsTable(files, context);
  const join = way === "left out" ? "ANTI" : "SEMI";
  return `${sql} ${join} JOIN ${rows} ON file_index::INTEGER = ${rows}.${columnName(0)} AND file_row_number = ${rows}.${columnName(1)}${where}`;
}

/** What a value takes in a file, about. */
const bytesOfValue = 4;

/**
 * About how many rows there are, where the sizes of files are known. DuckDB takes every file that it is told the schema of
 * for one of 1,000 rows: of joins it would keep the rows of a large table in memory.
 */
function cardinality(files: FileGroup["files"], columns: FileGroup["columns"]): string {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  const rows = Math.round(bytes / (bytesOfValue * Math.max(1, columns.size)));
  return bytes === 0 ? "" : `, explicit_cardinality = ${Math.max(files.length, rows)}`;
}

interface Wanted {
  readonly field: StructField;
  readonly column: ListedColumn | undefined;
}

function storedMoment(wanted: readonly Wanted[], name: string, reader: FileColumns): string | undefined {
  const column = wanted.find(({ field }) => field.name === name)?.column;
  const isMoment = column?.from === "file" && column.otherwise === undefined && column.type.kind === "timestamp";
  return isMoment ? reader.stored(column) : undefined;
}

// The reader has to be asked for something, or it compares the columns of all files with those of the first.
function readColumns(
  wanted: readonly (ListedColumn | undefined)[],
  columns: ReadonlyMap<string, ListedColumn>,
): readonly ColumnOfFiles[] {
  const asked = wanted.flatMap((column) => (column?.from === "file" ? [column] : []));
  if (asked.length > 0) return asked;
  const any = [...columns.values()].find((column) => column.from === "file");
  return [any ?? { from: "file", path: ["none"], type: intType }];
}

function valueOf(
  field: StructField,
  column: ListedColumn | readonly ListedColumn[],
  files: readonly ListedFile[],
  reader: FileColumns,
): string {
  if (isMetadata(column)) {
    if (field.name !== metadataName) return missing(field.type);
    return withFields(
      metadataOf(files),
      column.map((further) => valueOf({ ...field, type: bigintType }, further, files, reader)),
    );
  }
  switch (column.from) {
    case "file": {
      const value = reader.value(column);
      return column.otherwise === undefined
        ? value
        : `coalesce(${value}, ${valueOf(field, column.otherwise, files, reader)})`;
    }
    case "list":
      return perFile(files, column.index, field.type);
    case "position":
      return column.index === undefined
        ? "file_row_number"
        : `(${perFile(files, column.index, bigintType)} + file_row_number)`;
  }
}

const isMetadata = (column: ListedColumn | readonly ListedColumn[]): column is readonly ListedColumn[] =>
  Array.isArray(column);

/** `_metadata` with further fields. */
function withFields(metadata: string, further: readonly string[]): string {
  if (further.length === 0) return metadata;
  const first = metadataType.fields.length;
  return `struct_insert(${metadata}, ${further.map((sql, index) => `f${first + index} := ${sql}`).join(", ")})`;
}

const noRows = ({ fields }: StructType): string =>
  `SELECT ${fields.map(({ type }, index) => `${missing(type)} AS ${columnName(index)}`).join(", ") || "1 AS none"} WHERE false`;
