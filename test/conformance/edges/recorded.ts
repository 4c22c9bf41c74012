/** Statements with values at the edges of types: Spark's recorded answers (`test/answers/record-edges.py`) and ours to them. */
import { readFileSync } from "node:fs";
import type { SparkSession } from "lakewright";
import type { Outcome, Verdict } from "../case.ts";
import { familyOfStatement } from "../family.ts";
import { outcomeOf } from "../ours.ts";
import { judge } from "../verdict.ts";

/** The seed whose answers show what to mend, and the one that is only measured. */
export const seeds = { shown: "A", heldOut: "B" } as const;

/** Of an error only its condition is recorded. */
type Recorded = { readonly sql: string } & (
  | Extract<Outcome, { readonly rows: unknown }>
  | { readonly condition: string | null }
);

const outcome = (answer: Recorded): Outcome =>
  "rows" in answer ? answer : { ...answer, message: "an error without a name" };

const recorded = (seed: string): readonly Recorded[] =>
  JSON.parse(readFileSync(new URL(`../../answers/edges/${seed}.json`, import.meta.url), "utf8")) as readonly Recorded[];

/** How our answers to the statements of a seed stand to Spark's. */
export async function edgeVerdicts(ours: SparkSession, seed: string): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const answer of recorded(seed)) {
    const { sql } = answer;
    verdicts.push(judge({ family: familyOfStatement(sql), sql }, outcome(answer), await outcomeOf(ours, sql)));
  }
  return verdicts;
}
