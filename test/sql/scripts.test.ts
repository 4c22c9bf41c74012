/** SQL scripts, against the answers of real Spark in `test/answers/scripts/` (`record-scripts.py`). */
import { readFileSync } from "node:fs";
import { isLakewrightError, SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";
import { nameOf } from "../functions/named-types.ts";
import { sparkValue } from "../services/spark-value.ts";

type Outcome =
  | { readonly columns: readonly string[]; readonly rows: readonly unknown[] }
  | { readonly condition: string; readonly sqlState: string | null };
type Answer = Outcome & { readonly script: string };

const answersOf = (topic: string): (readonly [string, Answer])[] => {
  const text = readFileSync(new URL(`../answers/scripts/${topic}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as Answer[]).map((answer) => [answer.script, answer]);
};

const spark = SparkSession.create();
afterAll(() => spark.stop());

async function outcomeOf(script: string): Promise<Outcome> {
  try {
    const frame = await spark.execute(script);
    const { fields } = await frame.schema();
    const rows = (await frame.collect({ rows: "array", longs: "bigint" })) as unknown as unknown[][];
    return {
      columns: fields.map(({ name, type, nullable }) => `${name}: ${nameOf(type)}${nullable ? "" : " not null"}`),
      rows: rows.map((row) => fields.map((field, index) => sparkValue(row[index], field.type))),
    };
  } catch (error) {
    if (!isLakewrightError(error)) throw error;
    return { condition: error.condition ?? error.message, sqlState: error.sqlState ?? null };
  }
}

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

const told = ({ script: _, ...outcome }: Answer): Outcome => outcome;

test.each(answersOf("scripts"))("%s", async (script, answer) => {
  expect(comparable(await outcomeOf(script), answer)).toEqual(comparable(told(answer), answer));
});

describe("known differences", () => {
  test.each(answersOf("differences"))("%s", async (script, answer) => {
    const ours = comparable(await outcomeOf(script), answer);
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
