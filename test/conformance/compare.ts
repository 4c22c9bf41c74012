/** The comparison itself: both engines run every case, what was found is recorded, and a loss is told. */
import type { SparkSession } from "lakewright";
import type { SparkPeer } from "../../services/client.ts";
import type { Case, Outcome, Verdict } from "./case.ts";
import { outcomeOf } from "./ours.ts";
import { countsByFamily, type EdgeCounts, page } from "./page.ts";
import { settle } from "./ratchet.ts";
import { judge } from "./verdict.ts";

type Asked = Pick<SparkPeer, "attempt">;

export interface Comparison {
  readonly spark: Asked;
  readonly ours: SparkSession;
  readonly cases: readonly Case[];
  readonly edges: EdgeCounts;
  /** Where the page and the list of equal statements are. */
  readonly folder: string;
}

async function sparkOutcome(spark: Asked, sql: string): Promise<Outcome> {
  const outcome = await spark.attempt({ op: "sql", text: sql });
  return "answer" in outcome ? outcome.answer : outcome.error;
}

async function judgeAll({ spark, ours, cases }: Comparison): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const given of cases) {
    const [expected, actual] = await Promise.all([sparkOutcome(spark, given.sql), outcomeOf(ours, given.sql)]);
    verdicts.push(judge(given, expected, actual));
  }
  return verdicts;
}

/**
 * Compares, prints the counts and records what was found.
 *
 * @returns the exit code of the command: 1 when a case that was equal is no more, and nothing is recorded then
 */
export async function compare(comparison: Comparison): Promise<0 | 1> {
  const verdicts = await judgeAll(comparison);
  for (const line of countsByFamily(verdicts)) console.log(line.map((cell) => cell.padEnd(18)).join(" "));
  return settle(verdicts, page(verdicts, comparison.edges, "4.2.0"), comparison.folder);
}
