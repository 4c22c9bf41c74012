/** Parquet as Spark reads it: columns by name, missing ones null, Spark's own schema from the footer. */
import { AnalysisError, ExecutionError, isLakewrightError } from "../../../errors.ts";
import { type StructField, type StructType, structField, structType } from "../../../types/data-type.ts";
import { schemaFromJson } from "../../../types/schema-json.ts";
import { sameShape } from "../../../types/same-type.ts";
import type { Database } from "../database.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { type FileType, parseFileType } from "./file-type.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource, SourceFile } from "./format.ts";
import { constantColumns } from "./constant-columns.ts";
import { fromFile, sparkType } from "./parquet-value.ts";

const rowMetadata = "org.apache.spark.sql.parquet.row.metadata";

export const parquetFormat: FileFormat = { name: "parquet", inferSchema, scan };

async function inferSchema({ files, options, database }: FormatContext): Promise<StructType> {
  const merged = options.get("mergeschema") === "true";
  const schemas: StructType[] = [];
  for (const file of merged ? files : files.slice(0, 1)) schemas.push(await schemaOf(file, database));
  return schemas.reduce(mergeSchemas);
}

async function schemaOf(file: SourceFile, database: Database): Promise<StructType> {
  const described = await columnsOf([file], database);
  const noted = await notedSchema(file, database);
  const fields = [...described].map(([name, type]) => {
    const known = noted?.fields.find((field) => field.name === name);
    return known ?? structField(name, sparkType(type.type, type.isLegacyTimestamp));
  });
  return structType(fields);
}

async function notedSchema(file: SourceFile, database: Database): Promise<StructType | undefined> {
  const rows = await database.rows(
    `SELECT decode(value) AS value FROM parquet_kv_metadata(${text(file.path)}) WHERE decode(key) = ${text(rowMetadata)}`,
  );
  return rows.length === 0 ? undefined : schemaFromJson(String(rows[0]!["value"]));
}

interface FileColumn {
  readonly type: FileType;
  /** INT96: a moment that DuckDB shows without a zone. */
  readonly isLegacyTimestamp: boolean;
}

async function columnsOf(files: readonly SourceFile[], database: Database): Promise<ReadonlyMap<string, FileColumn>> {
  const rows = await guarded(files, () => database.rows(`DESCRIBE SELECT * FROM ${source(files)}`));
  const legacy = await database.rows(`SELECT name FROM parquet_schema(${text(files[0]!.path)}) WHERE type = 'INT96'`);
  const legacyNames = new Set(legacy.map((row) => String(row["name"])));
  return new Map(
    rows.map((row) => {
      const name = String(row["column_name"]);
      return [name, { type: parseFileType(String(row["column_type"])), isLegacyTimestamp: legacyNames.has(name) }];
    }),
  );
}

const source = (files: readonly SourceFile[]): string =>
  `read_parquet([${files.map(({ path }) => text(path)).join(", ")}], hive_partitioning = false, union_by_name = ${files.length > 1})`;

async function scan(context: ScanContext): Promise<ScanSource> {
  const { files, schema, database } = context;
  if (files.length === 0) return { sql: emptyRows(schema) };
  const present = await columnsOf(files, database);
  const constants = constantColumns(context);
  const columns = schema.fields.map((field, index) => `${columnSql(field, present, constants)} AS ${columnName(index)}`);
  return { sql: `(SELECT ${columns.length === 0 ? "1 AS none" : columns.join(", ")} FROM ${source(files)})` };
}

function columnSql(field: StructField, present: ReadonlyMap<string, FileColumn>, constants: ReadonlyMap<string, string>): string {
  const constant = constants.get(field.name);
  if (constant !== undefined) return constant;
  const name = present.has(field.name) ? field.name : [...present.keys()].find((other) => other.toLowerCase() === field.name.toLowerCase());
  const column = name === undefined ? undefined : present.get(name);
  return fromFile(name === undefined ? undefined : identifier(name), column?.type, field.type);
}

const emptyRows = (schema: StructType): string =>
  `(SELECT ${schema.fields.map(({ type }, index) => `${fromFile(undefined, undefined, type)} AS ${columnName(index)}`).join(", ") || "1 AS none"} WHERE false)`;

function mergeSchemas(left: StructType, right: StructType): StructType {
  const conflict = right.fields.find((field) => {
    const known = left.fields.find(({ name }) => name === field.name);
    return known !== undefined && !sameShape(known.type, field.type);
  });
  if (conflict !== undefined) {
    throw new AnalysisError(`Failed to merge the schemas of Parquet files: the column \`${conflict.name}\` has different types`, {
      condition: "CANNOT_MERGE_SCHEMAS",
      sqlState: "42KD9",
      hint: "Read the files with a schema, or without mergeSchema.",
    });
  }
  return structType([...left.fields, ...right.fields.filter((field) => !left.fields.some(({ name }) => name === field.name))]);
}

// DuckDB says what is wrong with a file, not always which file.
async function guarded<Result>(files: readonly SourceFile[], read: () => Promise<Result>): Promise<Result> {
  try {
    return await read();
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    const empty = files.find(({ size }) => size < 12);
    const path = empty?.path ?? files.find(({ path }) => error.message.includes(path))?.path ?? files[0]!.path;
    throw new ExecutionError(`Encountered error while reading file ${path}: ${empty === undefined ? reasonOf(error) : "it is too short to be a Parquet file"}`, {
      condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      sqlState: "KD001",
      parameters: { path },
      cause: error,
      hint: "The file may be truncated or not be Parquet at all: remove it or write it again.",
    });
  }
}

const reasonOf = (error: Error): string => error.message.split("\n")[0]!.replace(/\.$/, "");

