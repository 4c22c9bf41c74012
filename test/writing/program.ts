/** Runs the cases of `cases.json` with Lakewright, as `record-writing.py` runs them with Spark. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { type DataFrame, isLakewrightError, type SparkSession } from "lakewright";
import { col, sparkPartitionId } from "lakewright/functions";

export interface Case {
  readonly name: string;
  readonly input: string;
  readonly format: string;
  readonly steps?: readonly Readonly<Record<string, unknown>>[];
  readonly options?: Readonly<Record<string, string>>;
  readonly partitionBy?: readonly string[];
  readonly zone?: string;
  /** The column of which the recorder kept the sorted values of each file. */
  readonly shows?: string;
}

/** The files by name, with their content; or Spark's condition. */
export type Answer = Readonly<Record<string, unknown>> | string;

const column = (name: string) => (name.startsWith("-") ? col(name.slice(1)).desc() : col(name));
const names = (value: unknown): string[] => value as string[];

const steps: Readonly<Record<string, (frame: DataFrame, argument: never) => DataFrame>> = {
  select: (frame, columns: string[]) => frame.select(...columns) as DataFrame,
  limit: (frame, count: number) => frame.limit(count),
  below: (frame, limit: number) => frame.filter(col("id").lt(limit)),
  coalesce: (frame, count: number) => frame.coalesce(count),
  repartition: (frame, [count, ...columns]: [number | string, ...string[]]) => frame.repartition(count, ...columns),
  repartitionByRange: (frame, [count, ...columns]: [number, ...string[]]) =>
    frame.repartitionByRange(count, ...columns.map(column)),
  orderBy: (frame, columns: string[]) => frame.orderBy(...columns.map(column)),
  sortWithinPartitions: (frame, columns: string[]) => frame.sortWithinPartitions(...columns.map(column)),
  partitionId: (frame, name: string) => frame.withColumn(name, sparkPartitionId()) as DataFrame,
  union: (frame, count: number) => frame.union(frame.repartition(count, "id")),
  count: (frame, name: string) => frame.groupBy(name).count() as unknown as DataFrame,
  distinct: (frame, columns: string[]) => frame.select(...columns).distinct() as DataFrame,
};

/** Writes a case below a folder. */
export async function written(spark: SparkSession, given: Case, folder: string): Promise<Answer> {
  spark.conf.set("spark.sql.session.timeZone", given.zone ?? "UTC");
  try {
    const input = spark.read.parquet(join(import.meta.dirname, "inputs", `${given.input}.parquet`));
    const frame = (given.steps ?? []).reduce((made, step) => {
      const [[name, argument]] = Object.entries(step) as [[string, never]];
      return steps[name]!(made, argument);
    }, input as DataFrame);
    const writer = frame.write.format(given.format).options(given.options ?? {});
    await writer.partitionBy(...names(given.partitionBy ?? [])).save(folder);
  } catch (error) {
    if (isLakewrightError(error)) return `!${error.condition}`;
    throw error;
  }
  return filesOf(spark, given, folder);
}

async function filesOf(spark: SparkSession, given: Case, folder: string): Promise<Answer> {
  const paths = (await readdir(folder, { recursive: true })).filter((path) => /(^|\/)part-[^/]*$/.test(path)).sort();
  const entries = [];
  for (const path of paths) {
    entries.push([
      path.replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/, "ID"),
      await contentOf(spark, given, join(folder, path)),
    ]);
  }
  return Object.fromEntries(entries);
}

async function contentOf(spark: SparkSession, { format, shows, options }: Case, path: string): Promise<unknown> {
  if (format === "parquet")
    return shows === undefined ? spark.read.parquet(path).count() : columnOf(spark, path, shows);
  const bytes = await readFile(path);
  const expanded = path.endsWith(".gz") ? await promisify(gunzip)(bytes) : bytes;
  return expanded.toString(options?.encoding === undefined ? "utf8" : "hex");
}

async function columnOf(spark: SparkSession, path: string, name: string): Promise<unknown> {
  const rows = await spark.read.parquet(path).select(name).orderBy(name).collect();
  return rows.map((row) => (row as Record<string, unknown>)[name]);
}
