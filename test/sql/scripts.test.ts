/** SQL scripts, against the answers of real Spark in `test/answers/scripts/` (`record-scripts.py`). */
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";
import { type Answer, answersOf, type Outcome, outcomeOf, told } from "./outcome.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());

// Spark names a column that is computed of a variable by an id that is another each time.
const unnamed = /^.*variablereference\(.*: /;

function comparable(outcome: Outcome, answer: Answer): Outcome {
  if ("condition" in outcome || "condition" in answer) return outcome;
  const columns = outcome.columns.map((column, index) => {
    const { length } = unnamed.exec(answer.columns[index] ?? "")?.[0] ?? "";
    return length === 0 ? column : column.slice(column.lastIndexOf(": "));
  });
  return { columns, rows: outcome.rows };
}

describe.each(["scripts", "sql_functions", "collated_views"])("%s", (topic) => {
  test.each(answersOf(`scripts/${topic}`))("%s", async (script, answer) => {
    expect(comparable(await outcomeOf(spark, script), answer)).toEqual(comparable(told(answer), answer));
  });
});

describe("known differences", () => {
  test.each(answersOf("scripts/differences"))("%s", async (script, answer) => {
    const ours = comparable(await outcomeOf(spark, script), answer);
    expect(ours, "It is as Spark's now: move the script.").not.toEqual(comparable(told(answer), answer));
  });
});

describe("a script", () => {
  const rows = async (text: string, parameters?: Readonly<Record<string, unknown>>) =>
    (await spark.execute(text, parameters)).collect();

  test("takes parameters, and stands among other statements", async () => {
    const text = "DECLARE OR REPLACE total INT DEFAULT 1; BEGIN SET total = total + :more; END; SELECT total";
    expect(await rows(text, { more: 4 })).toEqual([{ total: 5 }]);
  });

  test("is refused by spark.sql, which runs nothing", () => {
    expect(() => spark.sql("BEGIN SELECT 1; END")).toThrow("await spark.execute(text)");
  });

  test("tells a fault of syntax with its place before anything runs", async () => {
    await expect(spark.execute("BEGIN\n  IF true THEN SELECT 1; END;\nEND")).rejects.toThrow(/line 2, column 29/);
  });

  test("that never ends is cancelled", async () => {
    const abort = new AbortController();
    const endless = spark.execute("BEGIN l: LOOP ITERATE l; END LOOP; END", undefined, { signal: abort.signal });
    setTimeout(() => abort.abort(new Error("enough")), 20);
    await expect(endless).rejects.toThrow("enough");
  });

  test("goes on behind the statement that failed where CONTINUE handlers are on", async () => {
    spark.conf.set("spark.sql.scripting.continueHandlerEnabled", true);
    const text = `BEGIN DECLARE seen = 0; DECLARE CONTINUE HANDLER FOR DIVIDE_BY_ZERO SET seen = seen + 1;
      SELECT 1 / 0; BEGIN SELECT 2 / 0; SET seen = seen * 10; END; SELECT seen; END`;
    expect(await rows(text)).toEqual([{ seen: 20 }]);
    spark.conf.unset("spark.sql.scripting.continueHandlerEnabled");
  });

  test("lets refusals of Lakewright pass by its handlers", async () => {
    const text =
      "BEGIN DECLARE EXIT HANDLER FOR SQLEXCEPTION SELECT 1; CREATE FLOW f AS INSERT INTO t BY NAME SELECT 1; END";
    await expect(spark.execute(text)).rejects.toThrow("pipelines run it");
  });
});
