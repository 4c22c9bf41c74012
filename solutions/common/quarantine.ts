/** The quarantine: records that must not count, each with its reason, its file and itself, and the way back. */
import { existsSync } from "node:fs";
import { col, type DataFrame, lit, type SparkSession, when } from "lakewright";
import { coalesce, count, struct, toJson } from "lakewright/functions";
import { type Records, recordsOfLines } from "./records.ts";

/** Somebody may fill in `corrected` before a replay; the original line stays as it came. */
export const QUARANTINE = "reason STRING, source_file STRING, line STRING, corrected STRING";

/** The reason of a record that counts as somebody has corrected it. */
export const CORRECTED = "CORRECTED";

/** Records with the reason for which they must not count; null for those that do. */
export type Judged = DataFrame;

/** The line that a record came from; as JSON where it came from none. */
const original = (fields: readonly string[]) =>
  coalesce("line", "_corrupt_record", toJson(struct(...fields.map((field) => `\`${field}\``))));

/**
 * What the quarantine has to hold: rejected records, and those that count because somebody has corrected them, since the
 * next run meets their original lines again.
 *
 * @param judged - records with `reason`
 * @param fields - the names of their fields
 */
export const quarantined = (judged: Judged, fields: readonly string[]): DataFrame =>
  judged
    .filter(col("reason").isNotNull().or(col("corrected").isNotNull()))
    .select(
      when(col("reason").isNotNull(), col("reason")).otherwise(CORRECTED).as("reason"),
      "source_file",
      original(fields).as("line"),
      "corrected",
    );

/**
 * The records of an input with those of the quarantine in place of the ones that were rejected before, so that none
 * counts twice. A quarantined record is its corrected line, where there is one.
 *
 * @param folder - the quarantine that an earlier run has written
 * @throws Error when there is none
 */
export function replayed<Field extends string>(
  spark: SparkSession,
  records: Records<Field>,
  folder: string,
  fields: readonly Field[],
): Records<Field> {
  if (!existsSync(folder)) throw new Error(`There is no quarantine in ${folder}: run without --replay first.`);
  const kept: DataFrame = spark.read.schema(QUARANTINE).parquet(folder).drop("reason").cache();
  const untouched = (records as DataFrame)
    .withColumn("line", original(fields))
    .join(kept.select("line").distinct(), "line", "anti");
  const again = recordsOfLines(kept, coalesce("corrected", "line"), fields);
  return untouched.unionByName(again) as unknown as Records<Field>;
}

/**
 * Refuses to go on when a new run would forget corrections.
 *
 * @throws Error that says how many there are
 */
export async function refuseToForget(spark: SparkSession, folder: string): Promise<void> {
  if (!existsSync(folder)) return;
  const lines = await spark.read.schema(QUARANTINE).parquet(folder).filter(col("corrected").isNotNull()).count();
  if (lines === 0) return;
  throw new Error(
    `${folder} holds ${lines} corrected lines: run with --replay to count them, or delete it to forget them.`,
  );
}

/** Quarantined records by reason, the most frequent first. */
export async function recordsByReason(spark: SparkSession, folder: string): Promise<ReadonlyMap<string, number>> {
  const groups = spark.read
    .schema(QUARANTINE)
    .parquet(folder)
    .groupBy("reason")
    .agg(count(lit(1)).as("records"));
  const rows = await groups.collect();
  return new Map(
    rows.toSorted((a, b) => b.records - a.records).map(({ reason, records }) => [String(reason), records]),
  );
}

/** How many records were rejected, and why. */
export function reportRejected(
  reasons: ReadonlyMap<string, number>,
  kind: string,
  report: (line: string) => void,
): void {
  const parts = [...reasons].filter(([reason]) => reason !== CORRECTED);
  const total = parts.reduce((sum, [, records]) => sum + records, 0);
  const named = parts.map(([reason, records]) => `${reason} ${records.toLocaleString("en")}`).join(", ");
  report(total === 0 ? `Rejected ${kind}: none` : `Rejected ${kind}: ${total.toLocaleString("en")} (${named})`);
  const corrected = reasons.get(CORRECTED);
  if (corrected !== undefined) report(`Corrected ${kind} that count: ${corrected.toLocaleString("en")}`);
}
