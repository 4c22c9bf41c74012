/** Views with a collation of their own; the answers are those of Spark 4.2. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const rowsOf = async (sql: string): Promise<unknown> => (await spark.execute(sql)).collect({ rows: "array" });

test("a view that lasts keeps its collation, says so, and gives it to another query", async () => {
  await spark.execute("CREATE TABLE t (c1 STRING) USING parquet");
  await spark.execute("INSERT INTO t VALUES ('a'), ('A')");
  await spark.execute(
    "CREATE VIEW v DEFAULT COLLATION UTF8_LCASE AS SELECT c1, 'x' AS c2, CAST(c1 AS STRING) AS c3, c1 || 'z' AS c4 FROM t",
  );
  expect(((await rowsOf("DESCRIBE v")) as unknown[][]).map((row) => row.slice(0, 2))).toEqual([
    ["c1", "string"],
    ["c2", "string collate UTF8_LCASE"],
    ["c3", "string collate UTF8_LCASE"],
    ["c4", "string"],
  ]);
  expect(await rowsOf("SELECT count(*) FROM v WHERE c2 = 'X'")).toEqual([[2]]);
  expect(String(await rowsOf("SHOW CREATE TABLE v"))).toContain(
    "c4)\nDEFAULT COLLATION UTF8_LCASE\nWITH SCHEMA COMPENSATION",
  );
  expect(await rowsOf("DESCRIBE EXTENDED v")).toContainEqual(["Collation", "UTF8_LCASE", ""]);
  await spark.execute("ALTER VIEW v AS SELECT 'r' AS d WHERE 'b' = 'B'");
  expect(await rowsOf("SELECT collation(d), d = 'R' FROM v")).toEqual([["SYSTEM.BUILTIN.UTF8_LCASE", true]]);
});
