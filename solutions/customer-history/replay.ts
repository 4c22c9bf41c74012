/** Replaying the quarantine: rejected updates are judged again, after somebody has corrected them. */
import { existsSync } from "node:fs";
import type { DataFrame, SparkSession } from "lakewright";
import { coalesce } from "lakewright/functions";
import { QUARANTINE } from "../common/quarantine.ts";
import { type Records, recordsOfLines } from "../common/records.ts";
import { judge, UPDATE_FIELDS } from "./pipeline.ts";

/**
 * The updates of the quarantine, judged anew: each is its corrected line, where there is one. The others are in the
 * dimension already.
 *
 * @param folder - the quarantine that an earlier run has written
 * @throws Error when there is none
 */
export async function correctedUpdates(spark: SparkSession, folder: string) {
  if (!existsSync(folder)) throw new Error(`There is no quarantine in ${folder}: run without --replay first.`);
  const kept: DataFrame = await spark.read.schema(QUARANTINE).parquet(folder).drop("reason").localCheckpoint();
  const records = recordsOfLines(kept, coalesce("corrected", "line"), UPDATE_FIELDS);
  return judge(records as unknown as Records<(typeof UPDATE_FIELDS)[number]>);
}
