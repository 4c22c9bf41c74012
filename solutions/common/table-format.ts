/** The format of a system's outputs: plain Parquet, or tables of Delta Lake. */
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { DataFrame, PlannedWrite, SparkSession } from "lakewright";

export const TABLE_FORMATS = ["parquet", "delta"] as const;

/** One of these: an option has been compared with its choices. */
export type TableFormat = string;

/** The option by which a system lets its user choose. */
export const formatOption = {
  type: "string",
  description: "what the tables are: plain Parquet, or Delta Lake, which keeps their versions",
  choices: TABLE_FORMATS,
  default: "parquet",
} as const;

/** The write of a table in place of what is there; a Delta table takes the columns that it has now. */
export const tableWrite = (
  rows: DataFrame,
  path: string,
  format: TableFormat,
  partitionBy: readonly string[] = [],
): PlannedWrite =>
  rows.write
    .mode("overwrite")
    .options(format === "delta" ? { overwriteSchema: true } : {})
    .partitionBy(...partitionBy)
    .to(path, { format });

/** A table as it was written; the schema, in DDL, where folders of Parquet do not tell it. */
export const readTable = (spark: SparkSession, path: string, format: TableFormat, schema?: string): DataFrame => {
  if (format === "delta") return spark.read.format("delta").load(path);
  return (schema === undefined ? spark.read : spark.read.schema(schema)).parquet(path) as DataFrame;
};

/**
 * Refuses to write a table over one of the other format, whose files would stay between the new ones.
 *
 * @throws Error that names the folder
 */
export async function refuseOtherFormat(path: string, format: TableFormat): Promise<void> {
  const names = existsSync(path) ? await readdir(path) : [];
  if (names.length === 0 || existsSync(join(path, "_delta_log")) === (format === "delta")) return;
  const found = format === "delta" ? "plain Parquet" : "a Delta table";
  throw new Error(`${path} holds ${found}: choose another --out or --format, or empty the folder.`);
}
