/** Reads back what was written and compares it with what was computed. */
import type { DataFrame, Observation } from "lakewright";
import { count, max, min, sum } from "lakewright/functions";
import type { Check } from "../common/checks.ts";
import type { DailyFigures } from "./pipeline.ts";

/** The sums that tell figures apart, by the names under which they are compared. */
const SUMS = [
  count("*").as("rows"),
  min("date").as("first day"),
  max("date").as("last day"),
  sum("events_total").as("events"),
  sum("purchases").as("purchases"),
  sum("revenue").as("revenue"),
  sum("unique_users").as("users, day by day"),
] as const;

/** The figures, with their sums noted while they are computed. */
export const noted = (figures: DailyFigures, observation: Observation): DailyFigures =>
  figures.observe(observation, ...SUMS);

/**
 * Compares what is in the folder with what was noted.
 *
 * @param figures - as they are read from the folder
 * @param computed - the sums noted during the run
 */
export async function readBack(figures: DataFrame, computed: Observation): Promise<readonly Check[]> {
  const [written] = await figures.agg(...SUMS).collect();
  const expected = await computed.get();
  return Object.entries(written!).map(([check, found]) => ({
    check,
    expected: plain(expected[check]),
    found: plain(found),
  }));
}

/** Sums of nothing are null. */
const plain = (value: unknown): number | string => (typeof value === "string" ? value : Number(value ?? 0));
