import { afterAll, describe, expect, test } from "vitest";
import { col, expr, ident, ParseError, SparkSession } from "../../src/index.ts";

const spark = SparkSession.create();
afterAll(() => spark.stop());
const sales = spark.createDataFrame(
  [
    ["ann", "CH", 12],
    ["bob", "IN", 3],
    ["ann", "CH", 7],
  ],
  "user STRING, `unit country` STRING, amount INT",
);

describe("spark.sql", () => {
  test("computes a query without tables", async () => {
    const rows = await spark.sql("SELECT 1 + 2 * 3 AS n, 'a' || 'b' AS s").collect();
    expect(rows).toEqual([{ n: 7, s: "ab" }]);
  });

  test("reads temporary views, groups, sorts and cuts", async () => {
    await sales.createOrReplaceTempView("sales");
    const query =
      "SELECT user, sum(amount) AS total FROM sales WHERE amount > 2 GROUP BY user ORDER BY total DESC LIMIT 1";
    expect(await spark.sql(query).collect()).toEqual([{ user: "ann", total: 19 }]);
  });

  test("binds markers by name and in order", async () => {
    expect(await spark.sql("SELECT :a + :b AS n", { a: 1, b: 2 }).collect()).toEqual([{ n: 3 }]);
    expect(await spark.sql("SELECT ? || ? AS s", ["x", "y"]).collect()).toEqual([{ s: "xy" }]);
    expect(() => spark.sql("SELECT :a", { b: 1 })).toThrow("UNBOUND_SQL_PARAMETER");
  });

  test("leaves names that IDENTIFIER computes to the time when the query runs", async () => {
    await sales.createOrReplaceTempView("sales");
    await spark.execute("DECLARE OR REPLACE wanted STRING DEFAULT 'amount'");
    const query = spark.sql("SELECT IDENTIFIER(wanted) AS it FROM IDENTIFIER(lower('SALES')) WHERE amount > :least", {
      least: 5,
    });
    expect(await query.filter(col("it").lt(12)).collect()).toEqual([{ it: 7 }]);
    await spark.execute("SET VARIABLE wanted = 'user'");
    expect(await query.limit(1).collect()).toEqual([{ it: "ann" }]);
    await expect(spark.sql("SELECT IDENTIFIER(uuid())").collect()).rejects.toThrow(
      "NOT_A_CONSTANT_STRING.NOT_CONSTANT",
    );
    await spark.execute("DROP TEMPORARY VARIABLE wanted");
  });

  test("throws syntax errors at once, with the place", () => {
    expect(() => spark.sql("SELECT a\nFROM")).toThrow(ParseError);
    expect(() => spark.sql("SELECT (1")).toThrow(/line 1, column 10[\s\S]*Expected '\)'/);
  });

  test("refuses what changes something", () => {
    expect(() => spark.sql("CREATE TEMPORARY VIEW v AS SELECT 1")).toThrow("await spark.execute");
  });
});

describe("the template tag", () => {
  test("takes DataFrames, columns, names and values", async () => {
    const country = "CH";
    const query = spark.sql`SELECT ${ident("unit country")} AS c, ${col("amount").multiply(2)} AS twice
      FROM ${sales} WHERE \`unit country\` = ${country} ORDER BY twice`;
    expect(await query.collect()).toEqual([
      { c: "CH", twice: 14 },
      { c: "CH", twice: 24 },
    ]);
  });

  test("binds what looks like SQL as a value", async () => {
    const attack = "' OR 1 = 1 --";
    expect(await spark.sql`SELECT ${attack} AS s`.collect()).toEqual([{ s: attack }]);
    expect(await spark.sql`SELECT count(*) AS n FROM ${sales} WHERE user = ${attack}`.collect()).toEqual([{ n: 0 }]);
  });

  test("refuses other objects, and values inside quotes", () => {
    expect(() => spark.sql`SELECT ${{ toString: () => "1" }}`).toThrow("a literal cannot be made of");
    expect(() => spark.sql`SELECT 'x ${"a"}'`).toThrow("inside quotes");
  });
});

test("execute runs statements in order and gives the rows of the last", async () => {
  const last = await spark.execute("CREATE OR REPLACE TEMP VIEW w AS SELECT 3 AS n; SELECT n + 1 AS m FROM w;");
  expect(await last.collect()).toEqual([{ m: 4 }]);
});

test("SQL text stands in expr, selectExpr, filter and where", async () => {
  const frame = sales.filter("amount > 5").selectExpr("user", "amount * 2 AS twice").where("twice < 20");
  expect(await frame.select("user", expr("twice + 1 AS more")).collect()).toEqual([{ user: "ann", more: 15 }]);
});

test("EXPLAIN tells in rows what is wrong with a query, as Spark does", async () => {
  const rows = await spark.sql("EXPLAIN SELECT nope").collect();
  expect(rows.slice(0, 2).map(({ plan }) => plan)).toEqual([
    "Error occurred during query planning: ",
    expect.stringContaining("[UNRESOLVED_COLUMN.WITHOUT_SUGGESTION]"),
  ]);
});

test("EXPLAIN gives the plan as text", async () => {
  const [row] = await spark.sql("EXPLAIN EXTENDED SELECT 1").collect();
  expect(String(row!.plan)).toContain("== Analyzed Logical Plan ==");
});

describe("TIMESTAMP literals that name no zone", () => {
  test("are moments of the session's clocks, in text without a session too", async () => {
    await using zoned = SparkSession.create({ "spark.sql.session.timeZone": "America/New_York" });
    const frame = zoned.range(1);
    const literal = "CAST(TIMESTAMP '2021-07-01 12:00:00' AS BIGINT) AS n";
    const expected = [{ n: 1625155200 }];
    expect(await zoned.sql(`SELECT ${literal}`).collect()).toEqual(expected);
    expect(await frame.select(expr(literal)).collect()).toEqual(expected);
    expect(await frame.selectExpr(literal).collect()).toEqual(expected);
    const same = "TIMESTAMP '2021-07-01 12:00:00' = CAST('2021-07-01 12:00:00' AS TIMESTAMP)";
    expect(await frame.filter(same).count()).toBe(1);
  });

  test("are shown in the session's zone", async () => {
    await using zoned = SparkSession.create({ "spark.sql.session.timeZone": "America/New_York" });
    const query = "SELECT TIMESTAMP '2021-07-01 12:00:00', array(TIMESTAMP '2021-07-01 12:00:00Z')";
    expect(await zoned.sql(query).columns()).toEqual([
      "TIMESTAMP '2021-07-01 12:00:00'",
      "array(TIMESTAMP '2021-07-01 08:00:00')",
    ]);
    expect(await zoned.range(1).select(expr("TIMESTAMP '2021-07-01 12:00:00'")).columns()).toEqual([
      "TIMESTAMP '2021-07-01 12:00:00'",
    ]);
  });
});
