/** Groups, windows, joins, sets and shapes of rows, against the answers of real Spark in `test/answers/results/relations/`. */
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Answer, answersOf, comparable, type Outcome, outcomeOf, scopeOf } from "../answers/results.ts";

let spark: SparkSession;
let scope: ReturnType<typeof scopeOf>;

beforeAll(() => {
  spark = SparkSession.create();
  scope = scopeOf(spark);
});
afterAll(() => spark.stop());

const named = (answers: readonly Answer[]) => answers.map((answer) => [answer.program, answer] as const);

describe.each(["aggregates", "windows", "shapes", "subqueries", "table-functions", "statistics"])("%s", (topic) => {
  it.each(named(answersOf(`relations/${topic}`)))("%s", async (program, answer) => {
    const outcome = await outcomeOf(program, scope);
    expect(comparable(outcome, answer, true)).toEqual(comparable(answer, answer, true));
  });
});

describe("known differences", () => {
  it.each(named(answersOf("relations/differences")))("%s", async (program, answer) => {
    const outcome: Outcome = await outcomeOf(program, scope).catch(({ message }: Error) => ({ condition: message }));
    const ours = comparable(outcome, answer, true);
    expect(ours, "It is as Spark's now: move the program to its topic.").not.toEqual(comparable(answer, answer, true));
  });
});
