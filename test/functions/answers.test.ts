/** What functions give, against the answers of real Spark in `test/answers/results/` (`record-results.py`). */
import { readdirSync } from "node:fs";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answersOf, comparable, outcomeOf, scopeOf } from "../answers/results.ts";

const folder = new URL("../answers/results/", import.meta.url);
const topics = readdirSync(folder)
  .filter((name) => name.endsWith(".txt"))
  .map((name) => name.replace(".txt", ""));

let spark: SparkSession;

beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

describe.each(topics)("%s", (topic) => {
  it.each(answersOf(topic).map((answer) => [answer.program, answer] as const))("%s", async (program, answer) => {
    const outcome = await outcomeOf(program, scopeOf(spark));
    expect(comparable(outcome, answer)).toEqual(comparable(answer, answer));
  });
});
