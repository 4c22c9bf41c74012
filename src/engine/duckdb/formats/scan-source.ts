/** A scan of files as a table that SQL can name. */
import { InternalError } from "../../../errors.ts";
import type { Leaf, Scan } from "../../../plan/resolved.ts";
import { structField, structType } from "../../../types/data-type.ts";
import type { Preparation } from "../preparation.ts";
import { nullColumn } from "../preparation-columns.ts";
import { columnName } from "../sql-text.ts";
import type { SourceDetails } from "./describe.ts";
import { fileFormat } from "./index.ts";
import { preparedFiles } from "./prepared-files.ts";

/** Text files up to this size become temporary tables, whose statistics the join order needs. */
const stagedBytes = 64 * 1024 * 1024;

export interface ScanColumns {
  readonly needed: ReadonlySet<number>;
  readonly mentioned: ReadonlySet<number>;
}

/**
 * A table expression with the scan's columns under their ids; columns that the plan does not read are null.
 *
 * @param columns - the ids of the columns that the plan reads, and of those that it mentions even where nobody wants
 * what is made of them
 */
export async function scanOf(
  scan: Scan,
  leaf: Leaf,
  { needed, mentioned }: ScanColumns,
  preparation: Preparation,
): Promise<string> {
  const details = leaf.details as SourceDetails | undefined;
  if (details === undefined) throw new InternalError(`the leaf ${leaf.id} was not described`);
  const all = [...scan.output, ...(scan.hidden ?? []).filter(({ id }) => mentioned.has(id))];
  const wanted = all.filter(({ id }) => needed.has(id));
  const schema = structType(
    wanted.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata)),
  );
  const format = fileFormat(leaf.format);
  const files = await preparedFiles({
    format: format.name,
    files: details.files,
    options: details.options,
    signal: preparation.signal,
    onEnd: (cleanup) => preparation.onEnd(cleanup),
  });
  const source = await format.scan({
    files,
    schema,
    partitionSchema: details.partitionSchema,
    fileSchema: structType(leaf.schema.fields.filter(({ name }) => !leaf.partitionColumns.includes(name))),
    options: details.options,
    timeZone: preparation.request.settings.timeZone,
    database: preparation.database,
    signal: preparation.signal,
    isPlain: preparation.isPlain(leaf),
    temporaryTable: () => preparation.temporaryTable(),
    onEnd: (cleanup) => preparation.onEnd(cleanup),
  });
  const columns = [
    ...wanted.map(({ id }, index) => `${columnName(index)} AS ${columnName(id)}`),
    ...all.filter(({ id }) => !needed.has(id)).map(nullColumn),
  ];
  const sql = `SELECT ${columns.length === 0 ? "1 AS none" : columns.join(", ")} FROM ${source.sql}`;
  return isSmallText(leaf, details) ? stagedOnce(sql, preparation) : `(${sql})`;
}

const bytesOf = ({ files }: SourceDetails): number => files.reduce((bytes, { size }) => bytes + size, 0);

const isSmallText = ({ format }: Leaf, details: SourceDetails): boolean =>
  format !== "parquet" && bytesOf(details) < stagedBytes;

/** Whether a source is text whose number of rows DuckDB cannot know. */
export const isLargeText = (leaf: Leaf): boolean =>
  leaf.format !== "parquet" && bytesOf(leaf.details as SourceDetails) >= stagedBytes;

async function stagedOnce(sql: string, preparation: Preparation): Promise<string> {
  const name = preparation.temporaryTable();
  await preparation.run(`CREATE TABLE ${name} AS ${sql}`);
  return name;
}
