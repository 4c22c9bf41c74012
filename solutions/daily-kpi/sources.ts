/** Reads events, users and items from a folder, in whichever of three formats each of them comes. */
import { type Column, col, type DataFrame, lit, type SparkSession } from "lakewright";
import { fromJson } from "lakewright/functions";
import { findSource, type Source } from "../common/sources.ts";
import { EVENTS, EVENTS_CSV, EVENTS_JSON, ITEMS, USERS } from "./schemas.ts";

/** Where the three inputs lie. */
export interface Sources {
  readonly events: Source;
  readonly users: Source;
  readonly items: Source;
}

/**
 * Finds `events`, `users` and `items` as `.jsonl`, `.csv` or `.parquet` in a folder.
 *
 * @throws Error when one is missing, or there in two formats
 */
export const findSources = (folder: string): Sources => ({
  events: findSource(folder, "events"),
  users: findSource(folder, "users"),
  items: findSource(folder, "items"),
});

/** The events with the text that each came from; rows of Parquet and records of CSV that could be read have none. */
export function readEvents(spark: SparkSession, { path, format }: Source) {
  if (format === "jsonl") return eventsOfLines(linesOf(spark, path));
  return format === "csv" ? eventsOfCsv(spark, path) : eventsOfParquet(spark, path);
}

/** Of no schema, so that the compiler takes it as it is. */
const sourceFile = (col("_metadata.file_path") as Column).cast("string");
const nothing = lit(null).cast("string");

const linesOf = (spark: SparkSession, path: string) =>
  spark.read
    .text(path)
    .select(sourceFile.as("source_file"), col("value").as("line"), nothing.as("corrected"), col("value").as("text"));

export type Lines = DataFrame<Record<"source_file" | "line" | "corrected" | "text", "string" | null>>;

/** The JSON in `text` as events; `_corrupt_record` holds a text that is none. */
export const eventsOfLines = (lines: Lines) =>
  lines.withColumn("event", fromJson("text", EVENTS_JSON)).select("source_file", "line", "corrected", "event.*");

export type Events = ReturnType<typeof eventsOfLines>;

function eventsOfCsv(spark: SparkSession, path: string): Events {
  return spark.read
    .schema(EVENTS_CSV)
    .csv(path, { header: true, escape: '"' })
    .withColumns({ source_file: sourceFile, line: col("_corrupt_record"), corrected: nothing })
    .withColumn("props", fromJson("props", "MAP<STRING, STRING>"));
}

const eventsOfParquet = (spark: SparkSession, path: string): Events =>
  spark.read
    .schema(EVENTS)
    .parquet(path)
    .withColumns({ source_file: sourceFile, line: nothing, corrected: nothing, _corrupt_record: nothing });

export type Users = ReturnType<typeof readUsers>;
export type Items = ReturnType<typeof readItems>;

export const readUsers = (spark: SparkSession, { path, format }: Source) => {
  const reader = spark.read.schema(USERS);
  if (format === "jsonl") return reader.json(path);
  return format === "csv" ? reader.csv(path, { header: true }) : reader.parquet(path);
};

export const readItems = (spark: SparkSession, { path, format }: Source) => {
  const reader = spark.read.schema(ITEMS);
  if (format === "jsonl") return reader.json(path);
  return format === "csv" ? reader.csv(path, { header: true }) : reader.parquet(path);
};
