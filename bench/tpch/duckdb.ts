/** Runs the SQL of the queries on DuckDB by the same npm package, and prints a line of JSON each. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { queries } from "./queries/index.ts";
import { SCHEMAS, tableFile } from "./tables.ts";

const [folder = "", scale = "1", names = ""] = process.argv.slice(2);
const chosen = names === "" ? Object.keys(queries) : names.split(",");
const connection = await (await DuckDBInstance.create(":memory:")).connect();
for (const table of Object.keys(SCHEMAS)) {
  await connection.run(`CREATE VIEW ${table} AS FROM read_parquet('${tableFile(folder, table)}')`);
}
for (const name of chosen) {
  const sql = readFileSync(join(import.meta.dirname, "sql", `${name}.sql`), "utf8").replaceAll("{scale}", scale);
  const started = performance.now();
  const reader = await connection.runAndReadAll(sql);
  const rows = reader.getRowsJson();
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(`${JSON.stringify({ name, seconds, rows })}\n`);
}
