import { afterAll, describe, expect, test } from "vitest";
import { SparkSession, simpleString } from "../../src/index.ts";

const spark = SparkSession.create({ "lakewright.recordOrigins": false });
afterAll(() => spark.stop());

/** Queries with the columns and rows that Spark 4.2 gives; rows of queries without an order are sorted. */
const answers: readonly (readonly [sql: string, columns: string, rows: readonly (readonly unknown[])[]])[] = [
  [
    "SELECT a + 1 AS b, count(*) FROM VALUES (1), (2), (2) t(a) GROUP BY b HAVING count(*) > 1 ORDER BY sum(a), 2",
    "b: int, count(1): bigint",
    [[3, 2]],
  ],
  ["SELECT a x, x + 1 FROM VALUES (1) t(a)", "x: int, (lateralAliasReference(x) + 1): int", [[1, 2]]],
  ["SELECT sum(a) s, s + 1 FROM VALUES (1) t(a)", "s: bigint, (lateralAliasReference(s) + 1): bigint", [[1, 2]]],
  ["SELECT a, sum(b) FROM VALUES (1, 2), (1, 3) t(a, b) GROUP BY ALL ORDER BY ALL", "a: int, sum(b): bigint", [[1, 5]]],
  [
    "SELECT a, b FROM VALUES (1, 2), (1, 3) t(a, b) QUALIFY row_number() OVER (PARTITION BY a ORDER BY b DESC) = 1",
    "a: int, b: int",
    [[1, 3]],
  ],
  [
    "SELECT a, row_number() OVER (ORDER BY b) AS rn FROM VALUES (1, 2), (4, 3) t(a, b) QUALIFY rn = 1",
    "a: int, rn: int",
    [[1, 1]],
  ],
  [
    "SELECT * FROM VALUES (1, 'x', 2), (1, 'y', 3) t(a, k, v) PIVOT (sum(v) FOR k IN ('x', 'y' AS yy))",
    "a: int, x: bigint, yy: bigint",
    [[1, 2, 3]],
  ],
  [
    "SELECT * FROM VALUES (1, 2, 3) t(id, x, y) UNPIVOT (v FOR n IN (x, y AS why)) ORDER BY v",
    "id: int, n: string, v: int",
    [
      [1, "x", 2],
      [1, "why", 3],
    ],
  ],
  [
    "SELECT k, sum(v) OVER w AS s FROM VALUES (1, 2), (1, 3) t(k, v) WINDOW w AS (PARTITION BY k ORDER BY v) ORDER BY s",
    "k: int, s: bigint",
    [
      [1, 2],
      [1, 5],
    ],
  ],
  ["SELECT 1 HAVING true", "1: int", [[1]]],
  [
    "WITH c(x) AS (SELECT 1 UNION ALL SELECT 2) SELECT x, (SELECT max(x) FROM c) m FROM c WHERE x IN (SELECT x FROM c) ORDER BY x",
    "x: int, m: int",
    [
      [1, 2],
      [2, 2],
    ],
  ],
  ["SELECT e.col FROM VALUES (array(1, 2)) t(a) LATERAL VIEW explode(a) e ORDER BY 1", "col: int", [[1], [2]]],
  [
    "SELECT a, grouping(a), sum(b) FROM VALUES (1, 2), (2, 3) t(a, b) GROUP BY ROLLUP(a) ORDER BY a NULLS LAST",
    "a: int, grouping(a): tinyint, sum(b): bigint",
    [
      [1, 0, 2],
      [2, 0, 3],
      [null, 1, 5],
    ],
  ],
  [
    "FROM VALUES (1, 2), (1, 3) t(a, b) |> WHERE b > 1 |> AGGREGATE sum(b) AS s GROUP BY a |> EXTEND s * 2 AS d",
    "a: int, s: bigint, d: bigint",
    [[1, 5, 10]],
  ],
  ["SELECT * FROM VALUES (1, 2) a(x, y) NATURAL JOIN VALUES (1, 3) b(x, z)", "x: int, y: int, z: int", [[1, 2, 3]]],
  ["SELECT * FROM explode(array(1, 2)) ORDER BY col", "col: int", [[1], [2]]],
  ["SELECT * EXCEPT (x) FROM (SELECT 1 x, 2 y) a", "y: int", [[2]]],
  ["SELECT a + 1 FROM VALUES (1) t(a) GROUP BY a + 1 ORDER BY a + 1", "(a + 1): int", [[2]]],
  [
    "SELECT -1, -(1), +1, ~ 0, 4 >> 1 FROM VALUES (1) t(a)",
    "-1: int, (- 1): int, (+ 1): int, ~0: int, (4 >> 1): int",
    [[-1, -1, 1, -1, 2]],
  ],
  [
    "SELECT 1 BETWEEN 0 AND 2, 'a' LIKE ALL ('a', 'b'), 'a' NOT LIKE ANY ('a')",
    "between(1, 0, 2): boolean, likeall(a): boolean, notlikeany(a): boolean",
    [[true, false, false]],
  ],
  [
    "SELECT date('2020-01-01'), int('3'), decimal(3)",
    "2020-01-01: date, 3: int, 3: decimal(10,0)",
    [["2020-01-01", 3, "3"]],
  ],
];

test("the body of a scalar function may be a query without parentheses", async () => {
  await spark.execute("CREATE TEMPORARY FUNCTION most() RETURNS BIGINT RETURN SELECT max(id) FROM range(5)");
  expect(await spark.sql("SELECT most()").collect({ rows: "array" })).toEqual([[4]]);
});

test("a parameter that a body reads twice takes no value that differs from time to time", async () => {
  await spark.execute("CREATE TEMPORARY FUNCTION nothing(x DOUBLE) RETURNS DOUBLE RETURN x - x");
  expect(await spark.sql("SELECT nothing(2.5)").collect({ rows: "array" })).toEqual([[0]]);
  await expect(spark.sql("SELECT nothing(rand())").collect()).rejects.toThrow(/parameter x more than once/);
});

test.each(answers)("%s", async (sql, columns, rows) => {
  const frame = spark.sql(sql);
  const { fields } = await frame.schema();
  expect(fields.map(({ name, type }) => `${name}: ${simpleString(type)}`).join(", ")).toBe(columns);
  const collected = (await frame.collect({ rows: "array" })) as unknown[][];
  expect(
    collected.map((row) => row.map((value) => (typeof value === "object" && value !== null ? String(value) : value))),
  ).toEqual(rows);
});

describe("what Spark refuses", () => {
  test.each([
    ["SELECT a, b FROM VALUES (1, 2) t(a, b) GROUP BY 1", "MISSING_AGGREGATION", "42803"],
    ["SELECT a FROM (SELECT 1 AS a) WHERE sum(a) > 1", "INVALID_WHERE_CONDITION", "42903"],
    ["SELECT a FROM VALUES (1), (2) t(a) ORDER BY 3", "ORDER_BY_POS_OUT_OF_RANGE", "42805"],
    ["SELECT a, sum(b) FROM VALUES (1, 2) t(a, b)", "MISSING_GROUP_BY", "42803"],
    ["SELECT INTERVAL 1 MONTH 2 DAYS", "_LEGACY_ERROR_TEMP_0029", undefined],
    ["SELECT CAST('10:00:00' AS TIME)", "UNSUPPORTED_TIME_TYPE", "0A000"],
    ["SELECT foo(1)", "UNRESOLVED_ROUTINE", "42883"],
    ["SELECT * FROM nope", "TABLE_OR_VIEW_NOT_FOUND", "42P01"],
    ["SELECT 1 + true", "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES", "42K09"],
  ])("%s: %s", async (sql, condition, sqlState) => {
    const failure = await (async () => spark.sql(sql).collect())().catch((error: unknown) => error);
    expect(failure).toMatchObject({ condition, sqlState });
  });
});
