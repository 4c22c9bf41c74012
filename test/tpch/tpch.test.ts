/** The 22 queries of TPC-H by the DataFrame API, and the same questions as SQL to DuckDB. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DuckDBConnection, DuckDBInstance } from "@duckdb/node-api";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asText, sameRows } from "../../bench/tpch/answer.ts";
import { queries } from "../../bench/tpch/queries/index.ts";
import { readTables, SCHEMAS, type Tables, tableFile } from "../../bench/tpch/tables.ts";
import { writeSmallTables } from "./small-tables.ts";

let folder: string;
let spark: SparkSession;
let tables: Tables;
let connection: DuckDBConnection;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tpch-"));
  spark = SparkSession.create();
  await writeSmallTables(spark, folder);
  tables = readTables(spark, folder);
  connection = await (await DuckDBInstance.create(":memory:")).connect();
  for (const table of Object.keys(SCHEMAS)) {
    await connection.run(`CREATE VIEW ${table} AS FROM read_parquet('${tableFile(folder, table)}')`);
  }
});
afterAll(async () => {
  await spark.stop();
  connection.closeSync();
  await rm(folder, { recursive: true });
});

const sqlOf = async (name: string): Promise<string> =>
  (await readFile(join(import.meta.dirname, "../../bench/tpch/sql", `${name}.sql`), "utf8")).replaceAll("{scale}", "1");

it.each(Object.keys(queries))("%s gives the rows that DuckDB gives", async (name) => {
  const expected = (await connection.runAndReadAll(await sqlOf(name))).getRowsJson();
  const rows = asText(await queries[name]!(tables, 1).collect({ rows: "array" }));
  expect(rows.length).toBeGreaterThan(0);
  const told = `${JSON.stringify(rows.slice(0, 3))} is not ${JSON.stringify(expected.slice(0, 3))}`;
  expect(sameRows(rows, asText(expected)), told).toBe(true);
});

it.each(Object.keys(queries))("%s as SQL text gives the rows of the DataFrame API", async (name) => {
  for (const [table, frame] of Object.entries(tables)) await frame.createOrReplaceTempView(table);
  const rows = await spark.sql(await sqlOf(name)).collect({ rows: "array" });
  const expected = await queries[name]!(tables, 1).collect({ rows: "array" });
  expect(sameRows(asText(rows), asText(expected))).toBe(true);
});
