/** What functions give, against the answers of real Spark in `test/answers/results/` (`record-results.py`). */
import { readdirSync } from "node:fs";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, answersOf, comparable, outcomeOf, scopeOf } from "../answers/results.ts";

const folder = new URL("../answers/results/", import.meta.url);
const topics = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => name.replace(".txt", ""));

let spark: SparkSession;

beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

const named = (answers: readonly Answer[]) => answers.map((answer) => [answer.program, answer] as const);

const all = topics.map((topic) => [topic, answersOf(topic)] as const);

describe.each(all)("%s", (_topic, answers) => {
  it.each(named(answers))("%s", async (program, answer) => {
    const outcome = await outcomeOf(program, scopeOf(spark));
    expect(comparable(outcome, answer)).toEqual(comparable(answer, answer));
  });
});
