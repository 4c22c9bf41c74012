/** What a statement comes to, in the form in which the recorders of `test/answers/` write down Spark's. */
import { readFileSync } from "node:fs";
import { isLakewrightError, type SparkSession } from "lakewright";
import { rowsOf } from "../answers/results.ts";

export type Outcome =
  | { readonly columns: readonly string[]; readonly rows: readonly unknown[] }
  | { readonly condition: string; readonly sqlState: string | null };
/** What Spark made of a statement. */
export type Answer = Outcome & { readonly script: string };

/** The recorded statements of a topic, `scripts/scripts` say, with what Spark made of them. */
export const answersOf = (topic: string): (readonly [string, Answer])[] => {
  const text = readFileSync(new URL(`../answers/${topic}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as Answer[]).map((answer) => [answer.script, answer]);
};

/** What our engine makes of a statement. */
export async function outcomeOf(spark: SparkSession, script: string): Promise<Outcome> {
  try {
    return await rowsOf(await spark.execute(script));
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return { condition: error.condition ?? error.message, sqlState: error.sqlState ?? null };
  }
}

/** The outcome of an answer. */
export const told = ({ script: _, ...outcome }: Answer): Outcome => outcome;
