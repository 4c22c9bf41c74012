/** Views whose tables have changed, with the answers of Spark 4.2. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeEach, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-changed-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

const run = async (...statements: readonly string[]): Promise<void> => {
  for (const statement of statements) await spark.execute(statement);
};
const table = (columns: string) => run("DROP TABLE IF EXISTS t", `CREATE TABLE t (${columns}) USING parquet`);
const view = (mode: string, query = "SELECT * FROM t") => run(`CREATE OR REPLACE VIEW v ${mode} AS ${query}`);
const rows = () => spark.table("v").collect({ rows: "array" });
const fails = (condition: string) => expect(rows()).rejects.toMatchObject({ condition });
const modeShown = async () => {
  const described = await spark.sql("DESCRIBE EXTENDED v").collect({ rows: "array" });
  return described.find(([name]) => name === "View Schema Mode")?.[1];
};
beforeEach(() => {
  for (const key of ["spark.sql.ansi.enabled", "spark.sql.legacy.viewSchemaCompensation"]) spark.conf.unset(key);
});

test.each(["", "WITH SCHEMA COMPENSATION", "WITH SCHEMA TYPE EVOLUTION", "WITH SCHEMA BINDING"])(
  "a view %s misses a column that is gone",
  async (mode) => {
    await table("a BIGINT, b INT");
    await view(mode);
    await table("a BIGINT");
    await fails("INCOMPATIBLE_VIEW_SCHEMA_CHANGE");
    const [first, second] = await spark.sql("DESCRIBE v").collect({ rows: "array" });
    expect([first?.slice(0, 2), second?.slice(0, 2)]).toEqual([
      ["a", "bigint"],
      ["b", "int"],
    ]);
  },
);

test("the error tells how to make the view anew", async () => {
  await table("a BIGINT, b INT");
  await run("CREATE OR REPLACE VIEW v (x, y) WITH SCHEMA EVOLUTION AS SELECT * FROM t");
  await table("a BIGINT");
  await expect(rows()).rejects.toMatchObject({
    sqlState: "51024",
    parameters: {
      viewName: "`spark_catalog`.`default`.`v`",
      colName: "b",
      actualCols: "[]",
      suggestion: "CREATE OR REPLACE VIEW spark_catalog.default.v (x, y) AS SELECT * FROM t",
    },
  });
});

test.each([
  ["a INT", "a SMALLINT"],
  ["a DECIMAL(10,2)", "a DECIMAL(8,2)"],
  ["a DECIMAL(10,2)", "a SMALLINT"],
  ["a INT", "a DECIMAL(5,0)"],
  ["a FLOAT", "a BIGINT"],
  ["a ARRAY<INT>", "a ARRAY<SMALLINT>"],
  ["a STRUCT<x: INT>", "a STRUCT<y: INT>"],
  ["a TIMESTAMP", "a DATE"],
  ["a TIMESTAMP", "a TIMESTAMP_NTZ"],
  ["a BIGINT", "a TIMESTAMP"],
  ["a STRING", "a BINARY"],
])("a bound view of %s reads %s", async (before, after) => {
  await table(before);
  await view("WITH SCHEMA BINDING");
  await table(after);
  expect(await rows()).toEqual([]);
  expect(await modeShown()).toBe("BINDING");
});

test.each([
  ["a ARRAY<INT>", "a ARRAY<BIGINT>"],
  ["a DECIMAL(10,2)", "a DECIMAL(10,3)"],
  ["a DECIMAL(10,2)", "a INT"],
  ["a INT", "a BOOLEAN"],
  ["a DATE", "a TIMESTAMP"],
  ["a FLOAT", "a DECIMAL(20,2)"],
  ["a STRING", "a VARIANT"],
  ["a TIMESTAMP", "a STRING"],
  ["a STRING", "a ARRAY<INT>"],
])("a bound view of %s refuses %s", async (before, after) => {
  await table(before);
  await view("WITH SCHEMA BINDING");
  await table(after);
  await fails("CANNOT_UP_CAST_DATATYPE");
  await run("ALTER VIEW v WITH SCHEMA TYPE EVOLUTION");
  expect(await rows()).toEqual([]);
});

test("values that do not fit the old type are told, whatever mode the view was made in", async () => {
  await table("a BIGINT, b STRING");
  spark.conf.set("spark.sql.ansi.enabled", false);
  await view("", "SELECT a, CAST(b AS INT) AS d FROM t");
  await table("a STRING, b STRING");
  await run("INSERT INTO t VALUES ('x', 'y')");
  await fails("CAST_INVALID_INPUT");
  expect(await spark.sql("SELECT d FROM v").collect({ rows: "array" })).toEqual([[null]]);
});

test("a setting says what views without a mode do", async () => {
  spark.conf.set("spark.sql.legacy.viewSchemaCompensation", false);
  await view("", "SELECT 1");
  expect(await modeShown()).toBe("BINDING");
  const [text] = await spark.sql("SHOW CREATE TABLE v").collect({ rows: "array" });
  expect(text).toEqual(["CREATE VIEW default.v (\n  `1`)\nWITH SCHEMA BINDING\nAS SELECT 1\n"]);
  await view("WITH SCHEMA COMPENSATION", "SELECT 1");
  expect(await modeShown()).toBe("COMPENSATION");
});
