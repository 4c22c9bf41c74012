/** What the job tells the person who started it. */
import type { SparkSession } from "lakewright";
import { count } from "lakewright/functions";
import { CORRECTED } from "./replay.ts";
import { QUARANTINE } from "./schemas.ts";
import { type Check, holds } from "./verify.ts";

type Say = (line: string) => void;

/** Quarantined events by reason, the most frequent first. */
export async function eventsByReason(spark: SparkSession, quarantine: string): Promise<ReadonlyMap<string, number>> {
  const groups = spark.read.schema(QUARANTINE).parquet(quarantine).groupBy("reason").agg(count("*").as("events"));
  const rows = await groups.collect();
  return new Map(rows.toSorted((a, b) => b.events - a.events).map(({ reason, events }) => [String(reason), events]));
}

/** A line for each check. */
export function reportChecks(checks: readonly Check[], say: Say): void {
  say("Read back and compared with what was computed:");
  for (const check of checks) {
    const verdict = holds(check) ? "ok" : `WRONG: ${number(check.expected)} was expected`;
    say(`  ${check.check.padEnd(18)} ${number(check.found).padStart(16)}  ${verdict}`);
  }
}

/** How many events were rejected, and why. */
export function reportRejected(reasons: ReadonlyMap<string, number>, say: Say): void {
  const rejected = [...reasons].filter(([reason]) => reason !== CORRECTED);
  const total = rejected.reduce((sum, [, events]) => sum + events, 0);
  const parts = rejected.map(([reason, events]) => `${reason} ${number(events)}`);
  say(total === 0 ? "No event was rejected." : `Rejected events: ${number(total)} (${parts.join(", ")})`);
  const corrected = reasons.get(CORRECTED);
  if (corrected !== undefined) say(`Corrected events that count: ${number(corrected)}`);
}

/** Where everything lies, and what one may do next. */
export function reportNext(
  { out, quarantine, data }: Readonly<Record<"out" | "quarantine" | "data", string>>,
  say: Say,
): void {
  say(`Input       ${data}`);
  say(`Figures     ${out}`);
  say(`Quarantine  ${quarantine}`);
  say("Next (in a checkout, npm run -s lakewright -- …):");
  say(`  lakewright show ${out} --limit 20`);
  say(`  lakewright show ${quarantine}`);
  say("  lakewright run daily-kpi --damaged 20       broken lines among the events");
  say("  lakewright run daily-kpi --experiments      what repartition and coalesce do");
  say("  lakewright run daily-kpi --rows 10_000_000  more events");
  say("  lakewright run daily-kpi --data FOLDER      events, users and items of your own");
}

const number = (value: number | string): string =>
  typeof value === "string" ? value : value.toLocaleString("en", { maximumFractionDigits: 2 });
