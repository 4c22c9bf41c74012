/** COPY statements. */
import { rm } from "node:fs/promises";
import type { OutputColumn } from "../../../plan/resolved.ts";
import { type DataType, stringType } from "../../../types/data-type.ts";
import type { WrittenFile } from "../../engine.ts";
import type { SmallRow } from "../batch/small-rows.ts";
import { compileCast } from "../compile/cast.ts";
import type { Preparation } from "../preparation.ts";
import { columnName, text } from "../sql-text.ts";
import { withCollections } from "./collection-nulls.ts";
import { columnStatistics } from "./column-statistics.ts";
import type { FileNames, FilePlace } from "./file-names.ts";
import type { FileWriting } from "./output-format.ts";

/** Rows to copy into files. */
export interface CopyRequest {
  readonly sql: string;
  readonly writing: FileWriting;
  readonly preparation: Preparation;
  readonly folders: readonly OutputColumn[];
  /** The column that says which partition a row lies in. */
  readonly partitionId: number | undefined;
  readonly names: FileNames;
  /** Whether files are told of with their partitions and statistics. */
  readonly logged: boolean;
  /** The arrays and maps of logged files, as lists of names. */
  readonly collections: readonly (readonly string[])[];
}

const first: FilePlace = { task: 0, values: [], counter: 0 };

/** Copies all rows, or those of `source`, into one file. */
export async function copyFile(request: CopyRequest, source = request.sql, place = first): Promise<WrittenFile> {
  const { writing, preparation, names } = request;
  const path = await names.made(place);
  const condition = writing.condition === undefined ? "" : ` WHERE ${writing.condition}`;
  const options = request.logged ? [...writing.copy, "RETURN_STATS true"] : writing.copy;
  const [row] = await preparation.rows(
    `COPY (SELECT ${writing.columns.join(", ")} FROM (${source})${condition}) TO ${text(path)} (${options.join(", ")})`,
  );
  await writing.finish?.(path, preparation);
  return names.written(path, Number(row!.Count ?? row!.count), await told(request, path, place, row!));
}

/** What is told of a logged file besides its size. */
async function told(
  { logged, collections, preparation }: CopyRequest,
  path: string,
  { values }: FilePlace,
  row: SmallRow,
): Promise<Partial<WrittenFile>> {
  if (!logged) return {};
  const leaves = columnStatistics(row.column_statistics);
  return { partition: values, columns: await withCollections(leaves, collections, path, preparation) };
}

/** The columns that part rows into files: the partition, then the folders' texts, without a value for empty ones. */
export function parting({ folders, partitionId, preparation, logged }: CopyRequest): readonly string[] {
  const task = partitionId === undefined ? "0" : columnName(partitionId);
  const textOf = logged ? loggedText : folderText;
  const texts = folders.map(({ id, type }) => `nullif(${textOf(columnName(id), type, preparation)}, '')`);
  return [`${task} AS task`, ...texts.map((value, index) => `${value} AS folder${index}`)];
}

const folderText = (value: string, type: DataType, { context }: Preparation): string =>
  compileCast(value, type, stringType, "ansi", context);

/** A moment in a log must not depend on the session's zone. */
const loggedText = (value: string, type: DataType, preparation: Preparation): string =>
  type.kind === "timestamp" ? `strftime(${value}, '%Y-%m-%dT%H:%M:%S.%fZ')` : folderText(value, type, preparation);

export const partingNames = ({ folders }: CopyRequest): readonly string[] => [
  "task",
  ...folders.map((_, index) => `folder${index}`),
];

/** Copies the rows in one pass into files that DuckDB parts, and gives those their names. */
export async function copyFolders(request: CopyRequest): Promise<readonly WrittenFile[]> {
  const { sql, writing, preparation, names } = request;
  const columns = [...parting(request), ...writing.columns].join(", ");
  const keys = partingNames(request);
  const options = [...writing.copy, `PARTITION_BY (${keys.join(", ")})`, "RETURN_STATS true"].join(", ");
  const rows = await preparation.rows(`COPY (SELECT ${columns} FROM (${sql})) TO ${text(names.unnamed)} (${options})`);
  const counters = new Map<string, number>();
  const files: WrittenFile[] = [];
  for (const row of rows) {
    const [task, ...values] = partitionKeys(row.partition_keys, keys);
    const shared = JSON.stringify([task, values]);
    const counter = counters.get(shared) ?? 0;
    counters.set(shared, counter + 1);
    const place = { task: Number(task), values, counter };
    const path = await names.moved(String(row.filename), place);
    await writing.finish?.(path, preparation);
    files.push(await names.written(path, Number(row.count), await told(request, path, place, row)));
  }
  await rm(names.unnamed, { recursive: true, force: true });
  return files;
}

function partitionKeys(map: unknown, keys: readonly string[]): readonly (string | null)[] {
  const values = map as ReadonlyMap<string, string | null> | null;
  return keys.map((name) => values?.get(name) ?? null);
}
