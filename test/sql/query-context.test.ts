/** Where errors of data say that they come from, as Spark says it. */
import { afterAll, describe, expect, test } from "vitest";
import { LakewrightError } from "../../src/errors.ts";
import { col, expr, lit, SparkSession } from "../../src/index.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const errorOf = async (work: () => Promise<unknown>): Promise<LakewrightError> => {
  const error = await work().catch((thrown: unknown) => thrown);
  if (!(error instanceof LakewrightError)) throw new Error(`not refused: ${String(error)}`);
  return error;
};

/** The summaries are those of Spark. */
const statements: readonly (readonly [sql: string, summary: string])[] = [
  ["SELECT 1/0", "== SQL (line 1, position 8) ==\nSELECT 1/0\n       ^^^\n"],
  [
    "SELECT id,\n   1 / (id - id) AS x\nFROM range(3)",
    "== SQL (line 2, position 4) ==\n   1 / (id - id) AS x\n   ^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT concat('a', id) :: INT + 1 FROM range(2)",
    "== SQL (line 1, position 8) ==\nSELECT concat('a', id) :: INT + 1 FROM range(2)\n       ^^^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT int(concat('a', id)) FROM range(2)",
    "== SQL (line 1, position 8) ==\nSELECT int(concat('a', id)) FROM range(2)\n       ^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT * FROM range(2) WHERE concat('a', id) > 1",
    "== SQL (line 1, position 30) ==\nSELECT * FROM range(2) WHERE concat('a', id) > 1\n                             ^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT 9223372036854775807 * (id+2) FROM range(2)",
    "== SQL (line 1, position 8) ==\nSELECT 9223372036854775807 * (id+2) FROM range(2)\n       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT element_at(array(1,2), 5)",
    "== SQL (line 1, position 8) ==\nSELECT element_at(array(1,2), 5)\n       ^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT (SELECT id FROM range(3)) AS x",
    "== SQL (line 1, position 8) ==\nSELECT (SELECT id FROM range(3)) AS x\n       ^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT cast(12345.6 + id as decimal(3,1)) FROM range(2)",
    "== SQL (line 1, position 8) ==\nSELECT cast(12345.6 + id as decimal(3,1)) FROM range(2)\n       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n",
  ],
  [
    "SELECT * FROM range(2) ORDER BY 1/ (id-id)",
    "== SQL (line 1, position 33) ==\n...SELECT * FROM range(2) ORDER BY 1/ (id-id)\n                                   ^^^^^^^^^^\n",
  ],
  [
    "SELECT id, count(*) FROM range(2) GROUP BY id HAVING 1 / count(*) > 1 / 0",
    "== SQL (line 1, position 69) ==\n...OUP BY id HAVING 1 / count(*) > 1 / 0\n                                   ^^^^^\n",
  ],
  [
    "SELECT /* a long comment */ 1 + 2,    (1 /\n   /* comment */\n 0)   , 3",
    "== SQL (line 1, position 40) ==\n.../* a long comment */ 1 + 2,    (1 /\n                                   ^^^\n   /* comment */\n^^^^^^^^^^^^^^^^\n 0)   , 3\n^^\n",
  ],
];

describe("the place of what fails on data", () => {
  test.each(statements)("%s", async (sql, summary) => {
    const error = await errorOf(() => spark.sql(sql).collect());
    expect(error.getQueryContext()).toMatchObject([{ contextType: "SQL", summary }]);
    expect(error.message).toContain(`\n${summary.trimEnd()}`);
  });

  test("tells the fragment and its offsets, as PySpark does", async () => {
    const error = await errorOf(() => spark.sql("SELECT 1/0").collect());
    expect(error.getQueryContext()).toMatchObject([{ fragment: "1/0", startIndex: 7, stopIndex: 9, callSite: "" }]);
  });

  test("is one of several operations of a kind", async () => {
    const sql = "SELECT a + b, a + 2147483647, b + a FROM VALUES (1, 2) AS t(a, b)";
    const error = await errorOf(() => spark.sql(sql).collect());
    expect(error.getQueryContext()).toMatchObject([{ fragment: "a + 2147483647" }]);
    const columns = await errorOf(() =>
      spark.sql("SELECT a + c, b + a, c + b FROM VALUES (1, 2147483647, 2) AS t(a, b, c)").collect(),
    );
    expect(columns.getQueryContext()).toMatchObject([{ fragment: "b + a" }]);
  });

  test("is in the text of an expression or of a function's body", async () => {
    const text = await errorOf(() => spark.range(2).select(expr("1 / (id - id)")).collect());
    expect(text.getQueryContext()).toMatchObject([{ startIndex: 0, stopIndex: 12, fragment: "1 / (id - id)" }]);
    await spark.execute("CREATE TEMPORARY FUNCTION ff(x INT) RETURNS INT RETURN 1 div x");
    const body = await errorOf(() => spark.sql("SELECT ff(0)").collect());
    expect(body.getQueryContext()).toMatchObject([{ startIndex: 0, stopIndex: 6, fragment: "1 div x" }]);
  });

  test("is known of errors of analysis too", async () => {
    const error = await errorOf(() => spark.sql("SELECT 1, nope").collect());
    expect(error.getQueryContext()).toMatchObject([{ fragment: "nope", startIndex: 10, stopIndex: 13 }]);
  });

  test("is the method of a DataFrame and the line that calls it", async () => {
    const divided = await errorOf(() =>
      spark
        .range(2)
        .select(lit(1).divide(col("id").minus(col("id"))))
        .collect(),
    );
    expect(divided.getQueryContext()).toMatchObject([{ contextType: "DataFrame", fragment: "divide" }]);
    expect(divided.message).toMatch(/\n== DataFrame ==\n"divide" was called from\n.*query-context\.test\.ts:\d+\n/);
    const cast = await errorOf(() => spark.range(2).select(lit("a").cast("int")).collect());
    expect(cast.getQueryContext()).toMatchObject([{ contextType: "DataFrame", fragment: "cast" }]);
  });
});
