/** A scan of files as a table that SQL can name. */
import { stat } from "node:fs/promises";
import { InternalError } from "../../../errors.ts";
import type { ListedFile, ListedFiles } from "../../../plan/listed-files.ts";
import type { Leaf, OutputColumn, Scan } from "../../../plan/resolved.ts";
import { type StructType, structField, structType } from "../../../types/data-type.ts";
import type { Preparation } from "../preparation.ts";
import { nullColumn } from "../preparation-columns.ts";
import { columnName } from "../sql-text.ts";
import type { SourceDetails } from "./describe.ts";
import type { ScanContext, ScanSource } from "./format.ts";
import { fileFormat } from "./index.ts";
import { listedScan } from "./listed/listed-scan.ts";
import type { MomentBound } from "./moment-bounds.ts";
import { parquetFormat } from "./parquet.ts";
import { passedOver, withoutFaulty } from "./passed-over.ts";
import { preparedFiles } from "./prepared-files.ts";
import { filesOf } from "./source-files.ts";
import { flag } from "./text/options.ts";

/** Text files up to this size become temporary tables, whose statistics the join order needs. */
const stagedBytes = 64 * 1024 * 1024;

export interface ScanColumns {
  readonly needed: ReadonlySet<number>;
  readonly mentioned: ReadonlySet<number>;
  readonly summed: ReadonlySet<number>;
  /** Rows beyond them may be left out. */
  readonly bounds: readonly MomentBound[];
}

/**
 * A table expression with the scan's columns under their ids; columns that the plan does not read are null.
 *
 * @param columns - the ids of the columns that the plan reads, and of those that it mentions even where nobody wants
 * what is made of them, and of those that sums of decimals are made of
 */
export async function scanOf(
  scan: Scan,
  leaf: Leaf,
  { needed, mentioned, summed, bounds }: ScanColumns,
  preparation: Preparation,
): Promise<string> {
  const all = [...scan.output, ...(scan.hidden ?? []).filter(({ id }) => mentioned.has(id))];
  const wanted = all.filter(({ id }) => needed.has(id));
  const schema = structType(
    wanted.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata)),
  );
  const source = await (leaf.listed === undefined
    ? describedScan(leaf, schema, { bounds, summed: namesOf(wanted, summed) }, preparation)
    : listedScan(await withoutPassedOver(leaf.listed, preparation), {
        schema,
        bounds,
        database: preparation.database,
        signal: preparation.signal,
        temporaryTable: () => preparation.temporaryTable(),
        onEnd: (cleanup) => preparation.onEnd(cleanup),
      }));
  for (const [name, digits] of source.digits ?? []) {
    const column = wanted.find((other) => other.name === name);
    if (column !== undefined) preparation.noteDigits(column.id, digits);
  }
  const columns = [
    ...wanted.map(({ id }, index) => `${columnName(index)} AS ${columnName(id)}`),
    ...all.filter(({ id }) => !needed.has(id)).map(nullColumn),
  ];
  const sql = `SELECT ${columns.length === 0 ? "1 AS none" : columns.join(", ")} FROM ${source.sql}`;
  return isSmallText(leaf) ? stagedOnce(sql, preparation) : `(${sql})`;
}

const namesOf = (columns: readonly OutputColumn[], ids: ReadonlySet<number>): ReadonlySet<string> =>
  new Set(columns.filter(({ id }) => ids.has(id)).map(({ name }) => name));

/** The files of a table without those that the session lets pass. */
async function withoutPassedOver({ groups }: ListedFiles, { request, database }: Preparation): Promise<ListedFiles> {
  const options = passedOver(request.settings);
  const faultOf = (file: ListedFile): Promise<Error | undefined> =>
    flag(options, "ignoreCorruptFiles")
      ? parquetFormat.faultOf!({ ...file, partitionValues: [] }, database)
      : stat(file.path).then(
          () => undefined,
          (error: Error) => error,
        );
  const kept = groups.map(async (group) => ({ ...group, files: await withoutFaulty(options, group.files, faultOf) }));
  return { groups: await Promise.all(kept) };
}

async function describedScan(
  leaf: Leaf,
  schema: StructType,
  asked: Pick<ScanContext, "bounds" | "summed">,
  preparation: Preparation,
): Promise<ScanSource> {
  const details = leaf.details as SourceDetails | undefined;
  if (details === undefined) throw new InternalError(`the leaf ${leaf.id} was not described`);
  const format = fileFormat(leaf.format);
  const files = await preparedFiles({
    format: format.name,
    files: details.files,
    options: details.options,
    signal: preparation.signal,
    onEnd: (cleanup) => preparation.onEnd(cleanup),
  });
  return format.scan({
    files,
    schema,
    ...asked,
    partitionSchema: details.partitionSchema,
    fileSchema: details.fileSchema,
    options: details.options,
    timeZone: preparation.request.settings.timeZone,
    caseSensitive: preparation.request.settings.caseSensitive,
    database: preparation.database,
    signal: preparation.signal,
    isPlain: preparation.isPlain(leaf),
    temporaryTable: () => preparation.temporaryTable(),
    onLongRecord: (path, bytes) => preparation.longRecords.note(path, bytes),
    onEnd: (cleanup) => preparation.onEnd(cleanup),
  });
}

const bytesOf = (leaf: Leaf): number => filesOf(leaf).reduce((bytes, { size }) => bytes + size, 0);

const isSmallText = (leaf: Leaf): boolean => leaf.format !== "parquet" && bytesOf(leaf) < stagedBytes;

/** Whether a source is text whose number of rows DuckDB cannot know. */
export const isLargeText = (leaf: Leaf): boolean => leaf.format !== "parquet" && bytesOf(leaf) >= stagedBytes;

async function stagedOnce(sql: string, preparation: Preparation): Promise<string> {
  const name = preparation.temporaryTable();
  await preparation.run(`CREATE TABLE ${name} AS ${sql}`);
  return name;
}
