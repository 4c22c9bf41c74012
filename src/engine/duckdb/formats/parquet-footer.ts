/** What the footers of Parquet files say, asked once as long as the files stay what they are. */
import { createHash } from "node:crypto";
import type { StructType } from "../../../types/data-type.ts";
import { schemaFromJson } from "../../../types/schema-json.ts";
import type { SmallRow } from "../batch/small-rows.ts";
import type { Database } from "../database.ts";
import { schemaTree } from "../parquet-footer/file-metadata.ts";
import { readFooter } from "../parquet-footer/footer-bytes.ts";
import { text } from "../sql-text.ts";
import { type FileType, parseFileType } from "./file-type.ts";
import type { SourceFile } from "./format.ts";
import { childOf, withVoids } from "./parquet-void.ts";

/** A column as the files have it. */
export interface FileColumn {
  readonly type: FileType;
  /** INT96: a moment that DuckDB shows without a zone. */
  readonly isLegacyTimestamp: boolean;
}

const pathList = (files: readonly SourceFile[]): string => `[${files.map(({ path }) => text(path)).join(", ")}]`;

/**
 * SQL of all rows of Parquet files, with the columns that any of them has.
 *
 * @param areAlike - whether the first file tells the columns of all: the others then are opened only when they are read
 */
export const parquetRows = (files: readonly SourceFile[], areAlike = files.length === 1): string =>
  `read_parquet(${pathList(files)}, hive_partitioning = false, union_by_name = ${!areAlike})`;

/** The columns of files together, by name. */
export const fileColumns = remembered(async (files, database): Promise<ReadonlyMap<string, FileColumn>> => {
  const stored = storedOtherwise(files[0]!, database);
  // What is wrong with the file is told by what is asked first.
  stored.catch(() => {});
  const rows = await database.rows(`DESCRIBE SELECT * FROM ${parquetRows(files)}`);
  const { moments, whole, hasVoids } = await stored;
  const marks = hasVoids ? schemaTree(await readFooter(files[0]!.path)) : undefined;
  return new Map(
    rows.map((row) => {
      const name = String(row.column_name);
      const type = withVoids(parseFileType(String(row.column_type)), childOf(marks, name));
      const isWhole = type.is === "plain" && whole.has(name);
      return [name, { type: isWhole ? { ...type, isWhole } : type, isLegacyTimestamp: moments.has(name) }];
    }),
  );
});

/** What DuckDB's types do not tell of the columns of a file. */
interface StoredOtherwise {
  /** The names of moments in INT96. */
  readonly moments: ReadonlySet<string>;
  /** The names of decimals and times that are whole numbers of the smallest part that Spark has. */
  readonly whole: ReadonlySet<string>;
  /** Whether any column is void. */
  readonly hasVoids: boolean;
}

async function storedOtherwise({ path }: SourceFile, database: Database): Promise<StoredOtherwise> {
  const rows = await database.rows(
    `SELECT name, type, converted_type, logical_type FROM parquet_schema(${text(path)})`,
  );
  const columns = Map.groupBy(rows, ({ name }) => String(name));
  const named = (isSo: (columns: readonly SmallRow[]) => boolean): ReadonlySet<string> =>
    new Set([...columns].filter(([, alike]) => isSo(alike)).map(([name]) => name));
  return {
    moments: named((alike) => alike.some(({ type }) => type === "INT96")),
    whole: named((alike) => alike.every(isWhole)),
    hasVoids: rows.some(({ type, logical_type: logical }) => type === "BOOLEAN" && logical === "NullType()"),
  };
}

const isWhole = ({ type, converted_type: converted, logical_type: logical }: SmallRow): boolean =>
  (type === "INT32" || type === "INT64") &&
  (converted === "DECIMAL" || /TimestampType\(.*MICROS=Micro/.test(String(logical)));

/** One file of each kind of footer: enough to know the types of all. */
export async function representatives(
  files: readonly SourceFile[],
  database: Database,
): Promise<readonly SourceFile[]> {
  if (files.length === 1) return files;
  const paths = await differentPaths(files, database);
  return files.filter(({ path }) => paths.has(path));
}

const differentPaths = remembered(async (files, database): Promise<ReadonlySet<string>> => {
  const shapes = `SELECT file_name, list((name, type, converted_type, logical_type, num_children, repetition_type = 'REPEATED')) AS shape FROM parquet_schema(${pathList(files)}) GROUP BY file_name`;
  const rows = await database.rows(`SELECT min(file_name) AS path FROM (${shapes}) GROUP BY shape`);
  return new Set(rows.map((row) => String(row.path)));
});

/** The most digits that the numbers of columns have, by name; those of which a footer does not tell are left out. */
export const columnDigits = remembered(async (files, database): Promise<ReadonlyMap<string, number>> => {
  const digits = (value: string): string => `len(ltrim(replace(${value}, '.', ''), '-0'))`;
  const most = `max(greatest(${digits("stats_min_value")}, ${digits("stats_max_value")}))::INTEGER`;
  const isTold = "type IN ('INT32', 'INT64') AND stats_min_value IS NOT NULL AND stats_max_value IS NOT NULL";
  const rows = await database.rows(
    `SELECT path_in_schema AS name, ${most} AS digits FROM parquet_metadata(${pathList(files)}) GROUP BY name HAVING bool_and(${isTold})`,
  );
  return new Map(rows.map((row) => [String(row.name), Number(row.digits)]));
});

const rowMetadata = "org.apache.spark.sql.parquet.row.metadata";

/** The schema that Spark noted in a file, if it did. */
export const notedSchema = (file: SourceFile, database: Database): Promise<StructType | undefined> =>
  notedSchemas([file], database);

const notedSchemas = remembered(async ([file], database): Promise<StructType | undefined> => {
  const rows = await database.rows(
    `SELECT decode(value) AS value FROM parquet_kv_metadata(${text(file!.path)}) WHERE decode(key) = ${text(rowMetadata)}`,
  );
  return rows.length === 0 ? undefined : schemaFromJson(String(rows[0]!.value));
});

type Question<Answer> = (files: readonly SourceFile[], database: Database) => Promise<Answer>;

const mostAnswers = 1000;
/** Milliseconds within which a file may change again without a sign of it. */
const unsettled = 2000;

/** A question that is asked once of the same files: those of the same paths, sizes and times of change. */
function remembered<Answer>(ask: Question<Answer>): Question<Answer> {
  const answers = new WeakMap<Database, Map<string, Promise<Answer>>>();
  return (files, database) => {
    const known = answers.get(database) ?? new Map<string, Promise<Answer>>();
    answers.set(database, known);
    const key = identityOf(files);
    const asked = known.get(key);
    if (asked !== undefined) return asked;
    const answer = ask(files, database);
    if (known.size >= mostAnswers) known.delete(known.keys().next().value!);
    known.set(key, answer);
    const forget = (): void => void known.delete(key);
    answer.then(() => isSettled(files) || forget(), forget);
    return answer;
  };
}

const isSettled = (files: readonly SourceFile[]): boolean =>
  files.every(({ modifiedAt }) => Date.now() - modifiedAt >= unsettled);

function identityOf(files: readonly SourceFile[]): string {
  const hash = createHash("sha256");
  for (const { path, size, modifiedAt } of files) hash.update(`${path}\0${size}\0${modifiedAt}\0`);
  return hash.digest("base64");
}
