/** What functions give, against the answers of real Spark in `test/answers/results/` (`record-results.py`). */
import { readdirSync, readFileSync } from "node:fs";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, answersOf, comparable, type Outcome, outcomeOf, scopeOf } from "../answers/results.ts";

const folder = new URL("../answers/results/", import.meta.url);
const topics = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => name.replace(".txt", ""));

/** The programs that do not give yet what Spark gives, one a line. */
const different = new Set(readFileSync(new URL("differences.txt", import.meta.url), "utf8").split("\n"));

let spark: SparkSession;

beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

const named = (answers: readonly Answer[]) => answers.map((answer) => [answer.program, answer] as const);

const all = topics.map((topic) => [topic, answersOf(topic)] as const);

describe.each(all)("%s", (_topic, answers) => {
  it.each(named(answers.filter(({ program }) => !different.has(program))))("%s", async (program, answer) => {
    const outcome = await outcomeOf(program, scopeOf(spark));
    expect(comparable(outcome, answer)).toEqual(comparable(answer, answer));
  });
});

describe("known differences", () => {
  const answers = all.flatMap(([, answers]) => answers).filter(({ program }) => different.has(program));
  it.each(named(answers))("%s", async (program, answer) => {
    const outcome: Outcome = await outcomeOf(program, scopeOf(spark)).catch(({ message }) => ({ condition: message }));
    const ours = comparable(outcome, answer);
    expect(ours, "It is as Spark's now: take it out of differences.txt.").not.toEqual(comparable(answer, answer));
  });
});
