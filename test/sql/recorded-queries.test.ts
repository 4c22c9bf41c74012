/** Queries, against the answers of real Spark in `test/answers/queries/` (`record-scripts.py`). */
import { readdirSync } from "node:fs";
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";
import { answersOf, type Outcome, outcomeOf, told } from "./outcome.ts";

const topics = readdirSync(new URL("../answers/queries/", import.meta.url))
  .filter((name) => name.endsWith(".json"))
  .map((name) => name.replace(".json", ""));

/** Without an ORDER BY rows come in any order. */
function comparable(outcome: Outcome, query: string): Outcome {
  if ("condition" in outcome || /order by/i.test(query)) return outcome;
  return { ...outcome, rows: outcome.rows.map((row) => JSON.stringify(row)).toSorted() };
}

describe.each(topics)("%s", (topic) => {
  // As the answers are recorded: what a topic declares is its own.
  const spark = SparkSession.create({ "spark.sql.timeType.enabled": "true" });
  afterAll(() => spark.stop());

  test.each(answersOf(`queries/${topic}`))("%s", async (query, answer) => {
    expect(comparable(await outcomeOf(spark, query), query)).toEqual(comparable(told(answer), query));
  });
});
