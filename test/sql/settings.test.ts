/** Settings that change what SQL text means, and variables of the session. Spark's own answers. */
import { SparkSession } from "lakewright";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

let spark: SparkSession;
beforeEach(() => {
  spark = SparkSession.create();
});
afterEach(() => spark.stop());

const rows = async (text: string) => (await spark.execute(text)).collect({ rows: "array" });
const refuses = (text: string, condition: string) =>
  expect(rows(text), text).rejects.toThrow(expect.objectContaining({ condition }));

describe("positions and aliases", () => {
  test("are numbers where spark.sql.orderByOrdinal is off", async () => {
    spark.conf.set("spark.sql.orderByOrdinal", false);
    expect(await rows("SELECT id FROM (SELECT id FROM range(3) ORDER BY id) ORDER BY 5")).toHaveLength(3);
    spark.conf.set("spark.sql.orderByOrdinal", true);
    await refuses("SELECT id FROM range(3) ORDER BY 5", "ORDER_BY_POS_OUT_OF_RANGE");
  });

  test("are numbers where spark.sql.groupByOrdinal is off", async () => {
    spark.conf.set("spark.sql.groupByOrdinal", false);
    expect(await rows("SELECT count(*) FROM range(3) GROUP BY 7")).toEqual([[3]]);
    await refuses("SELECT id, count(*) FROM range(3) GROUP BY 1", "MISSING_AGGREGATION");
  });

  test("are no columns where spark.sql.groupByAliases is off", async () => {
    const text = "SELECT id % 2 AS k, count(*) FROM range(3) GROUP BY k ORDER BY k";
    expect(await rows(text)).toEqual([
      [0, 2],
      [1, 1],
    ]);
    spark.conf.set("spark.sql.groupByAliases", false);
    await refuses(text, "UNRESOLVED_COLUMN.WITH_SUGGESTION");
  });
});

describe("spark.sql.ansi.doubleQuotedIdentifiers", () => {
  beforeEach(() => spark.conf.set("spark.sql.ansi.doubleQuotedIdentifiers", true));

  test("makes names of what stands in double quotes", async () => {
    const frame = await spark.execute(
      `SELECT "id" + 1 AS "the ""next""", 'a' "b" FROM range(2) AS "r" ORDER BY "r"."id"`,
    );
    expect(await frame.collect()).toEqual([
      { 'the "next"': 1, b: "a" },
      { 'the "next"': 2, b: "a" },
    ]);
    await refuses('SELECT "nope" FROM range(1)', "UNRESOLVED_COLUMN.WITH_SUGGESTION");
  });

  test("does nothing without the ANSI mode", async () => {
    spark.conf.set("spark.sql.ansi.enabled", false);
    expect(await rows('SELECT "nope"')).toEqual([["nope"]]);
  });

  test("is kept by functions, whose text is read anew", async () => {
    await spark.execute('CREATE TEMPORARY FUNCTION quotes("a" INT) RETURNS INT RETURN "a" + 1');
    spark.conf.unset("spark.sql.ansi.doubleQuotedIdentifiers");
    expect(await rows("SELECT quotes(1)")).toEqual([[2]]);
  });
});

test("spark.sql.legacy.identifierClause leaves IDENTIFIER for whole names", async () => {
  spark.conf.set("spark.sql.legacy.identifierClause", true);
  expect(await rows("SELECT IDENTIFIER('abs')(IDENTIFIER('id') - 1) FROM range(1)")).toEqual([[1]]);
  await refuses("SELECT 1 AS IDENTIFIER('a')", "PARSE_SYNTAX_ERROR");
  await refuses("SELECT * FROM VALUES (1) AS IDENTIFIER('t')", "PARSE_SYNTAX_ERROR");
  await refuses("WITH IDENTIFIER('v') AS (SELECT 1) SELECT * FROM v", "PARSE_SYNTAX_ERROR");
});

describe("a variable", () => {
  beforeEach(async () => {
    await spark.execute("DECLARE v STRING DEFAULT 'first'; SET VARIABLE v = 'second'");
  });

  test.each([
    "SET VARIABLE (v) = (SELECT DEFAULT FROM VALUES (1) AS t(c))",
    "SET VARIABLE (v) = (WITH t(c) AS (VALUES (1)) SELECT DEFAULT FROM t LIMIT 1)",
    "SET VARIABLE (v) = (VALUES (DEFAULT))",
  ])("takes its default back: %s", async (text) => {
    await spark.execute(text);
    expect(await rows("SELECT v")).toEqual([["first"]]);
  });

  test.each([
    ["SET VARIABLE v = 'a' || DEFAULT", "DEFAULT_PLACEMENT_INVALID"],
    ["SET VARIABLE (v) = (SELECT DEFAULT || 'a')", "DEFAULT_PLACEMENT_INVALID"],
    ["SET VARIABLE () = (SELECT 1)", "INVALID_SET_SYNTAX"],
    ["SET v = 5", "UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET"],
    ["SET session.v = 5", "UNSUPPORTED_FEATURE.SET_VARIABLE_USING_SET"],
    ["DECLARE w", "INVALID_SQL_SYNTAX.VARIABLE_TYPE_OR_DEFAULT_REQUIRED"],
    ["DECLARE VARIABLE a, b, A INT", "DUPLICATE_VARIABLE_NAME_INSIDE_DECLARE"],
    ["DECLARE builtin.w INT", "UNRESOLVED_VARIABLE"],
    ["DROP VARIABLE v", "PARSE_SYNTAX_ERROR"],
    ["EXECUTE IMMEDIATE 'SELECT :a' USING 1 AS a, 2 AS a", "EXEC_IMMEDIATE_DUPLICATE_ARGUMENT_ALIASES"],
  ])("is not %s", refuses);
});

describe("settings of Spark that would change answers", () => {
  test.each([
    ["spark.sql.path.enabled", "true"],
    ["spark.sql.crossJoin.enabled", "false"],
    ["spark.sql.legacy.nullInEmptyListBehavior", "true"],
    ["spark.sql.analyzer.lowerEmptyGroupingSetToGlobalAggregate.enabled", "false"],
    ["spark.sql.legacy.scalarSubqueryCountBugBehavior", "true"],
  ])("%s keeps its default", async (key, other) => {
    await refuses(`SET ${key} = ${other}`, "INVALID_CONF_VALUE.DEFAULT");
    expect(await rows(`SET ${key}`)).toEqual([[key, String(other !== "true")]]);
  });

  test("SET PATH is refused, and a setting of that name is one", async () => {
    await refuses("SET PATH = spark_catalog.default, system.builtin", "UNSUPPORTED_FEATURE.SET_PATH_WHEN_DISABLED");
    expect(await rows("SET path = 1")).toEqual([["path", "1"]]);
  });
});

describe("SET TIME ZONE", () => {
  test("LOCAL is the zone of the machine", async () => {
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    expect(await rows("SET TIME ZONE LOCAL")).toEqual([["spark.sql.session.timeZone", timeZone]]);
  });

  test("asks for a zone", () => refuses("SET TIME ZONE", "_LEGACY_ERROR_TEMP_0045"));
});

describe("null in a query without rows", () => {
  const text = "SELECT NULL IN (SELECT id FROM range(0)), NULL NOT IN (SELECT id FROM range(0))";
  test("is false", async () => expect(await rows(text)).toEqual([[false, true]]));

  test("is null outside the ANSI mode", async () => {
    spark.conf.set("spark.sql.ansi.enabled", false);
    expect(await rows(text)).toEqual([[null, null]]);
  });
});
