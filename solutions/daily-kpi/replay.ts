/** Replaying the quarantine: rejected events are judged again, after somebody has mended what was wrong. */
import { existsSync } from "node:fs";
import { col, lit, type SparkSession } from "lakewright";
import { coalesce } from "lakewright/functions";
import { CORRECTED, QUARANTINE } from "../common/quarantine.ts";
import { type Judged, original, type Rejected, rejected } from "./pipeline.ts";
import { type Events, eventsOfLines } from "./sources.ts";

/**
 * The events of the input with those of the quarantine in place of the lines that were rejected before, so that no event
 * counts twice. A quarantined event is its corrected line, where there is one.
 *
 * @param quarantine - the folder that an earlier run has written
 * @throws Error when there is none
 */
export function replayed(spark: SparkSession, events: Events, quarantine: string): Events {
  if (!existsSync(quarantine)) throw new Error(`There is no quarantine in ${quarantine}: run without --replay first.`);
  const kept = spark.read.schema(QUARANTINE).parquet(quarantine).drop("reason").cache();
  const untouched = events.withColumn("line", original).join(kept.select("line").distinct(), "line", "anti");
  return untouched.unionByName(eventsOfLines(kept.withColumn("text", coalesce("corrected", "line"))));
}

/**
 * What the quarantine holds after a replay: corrected events stay when they count, since the next run meets their
 * original lines again.
 */
export const stillQuarantined = (judged: Judged): Rejected =>
  rejected(judged).unionByName(
    judged
      .filter(col("reason").isNull().and(col("corrected").isNotNull()))
      .select(lit(CORRECTED).as("reason"), "source_file", "line", "corrected"),
  );
