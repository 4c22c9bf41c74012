/**
 * Inputs as records of text fields: nothing is converted while reading, so that a field that does not fit is told by its
 * name later, and the record can be kept as it came.
 */
import { type Column, col, type DataFrame, lit, type SparkSession } from "lakewright";
import { fromJson } from "lakewright/functions";
import type { Source } from "./sources.ts";

/** Beside its fields, what a record came from; `line` is null where it came from no line of text. */
export const ORIGIN = ["source_file", "line", "corrected", "_corrupt_record"] as const;

/** Records whose fields are text; `_corrupt_record` holds a line that is no record. */
export type Records<Field extends string> = DataFrame<Record<Field | (typeof ORIGIN)[number], "string" | null>>;

/** Of no schema, so that the compiler takes it as it is. */
const sourceFile = (col("_metadata.file_path") as Column).cast("string");
const nothing = lit(null).cast("string");

/** Everything as text, with the column of lines that cannot be read. */
const textSchema = (fields: readonly string[]): string =>
  [...fields, "_corrupt_record"].map((field) => `\`${field}\` STRING`).join(", ");

/**
 * Reads an input as records.
 *
 * @param source - a file or folder of JSON lines, CSV with a header, or Parquet
 * @param fields - the names of its fields, in the order of a CSV file
 */
export function readRecords<const Field extends string>(
  spark: SparkSession,
  { path, format }: Source,
  fields: readonly Field[],
): Records<Field> {
  const read = { jsonl: readLines, csv: readCsv, parquet: readParquet }[format];
  return read(spark, path, fields) as unknown as Records<Field>;
}

const readLines = (spark: SparkSession, path: string, fields: readonly string[]): DataFrame =>
  recordsOfLines(
    spark.read.text(path).select(sourceFile.as("source_file"), col("value").as("line"), nothing.as("corrected")),
    "line",
    fields,
  );

const readCsv = (spark: SparkSession, path: string, fields: readonly string[]): DataFrame =>
  spark.read
    .schema(textSchema(fields))
    .csv(path, { header: true, enforceSchema: false, escape: '"' })
    .withColumns({ source_file: sourceFile, line: col("_corrupt_record"), corrected: nothing });

const readParquet = (spark: SparkSession, path: string, fields: readonly string[]): DataFrame =>
  (spark.read.parquet(path) as DataFrame).select(
    ...fields.map((field) => col(`\`${field}\``).cast("string").as(field)),
    sourceFile.as("source_file"),
    ...ORIGIN.slice(1).map((name) => nothing.as(name)),
  );

/**
 * The JSON in a column as records.
 *
 * @param lines - with `source_file`, `line` and `corrected`
 * @param text - the column that holds the JSON
 */
export const recordsOfLines = (lines: DataFrame, text: string | Column, fields: readonly string[]): DataFrame =>
  lines.withColumn("record", fromJson(text, textSchema(fields))).select("source_file", "line", "corrected", "record.*");
