/** The scans and writes of the Delta benchmarks by DuckDB alone, on the Parquet files.  usage: CASE and its arguments */
import { globSync } from "node:fs";
import { mkdir, open, rm } from "node:fs/promises";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { spanOfTime, wholeTable } from "./queries.ts";
import { tell, timed } from "./report.ts";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

async function scan(table: string, rows: string, times: string): Promise<void> {
  const files = globSync(join(table, "*.parquet")).map((path) => `'${path}'`);
  const source = `read_parquet([${files.join(", ")}])`;
  const queries = { "the whole table": wholeTable(source), "a span of time": spanOfTime(source, Number(rows)) };
  const valuesOf = async (sql: string): Promise<string> =>
    (await connection.runAndReadAll(sql)).getRows().flat().join(" ");
  for (const [name, query] of Object.entries(queries)) {
    await valuesOf(query);
    tell(await timed(name, Number(times), () => valuesOf(query)));
  }
}

/** A file of a thousand rows, made durable together with its folder. */
async function commit(table: string, times: string): Promise<void> {
  const folder = `${table}-plain`;
  await mkdir(folder);
  const write = async (turn: number): Promise<string> => {
    const path = join(folder, `${turn}.parquet`);
    await connection.run(`COPY (SELECT i AS id, make_timestamp(i) AS moment, 'country' AS country,
      (i % 100)::DECIMAL(10, 2) AS amount, (i % 9)::INTEGER AS quantity, 'sale number ' || i AS note
      FROM range(${turn * 1000}, ${(turn + 1) * 1000}) AS r(i)) TO '${path}'`);
    for (const made of [path, folder]) {
      const file = await open(made);
      await file.sync();
      await file.close();
    }
    return times;
  };
  for (let turn = 0; turn < 5; turn++) await write(turn);
  tell(await timed("Parquet alone", Number(times), write));
  await rm(folder, { recursive: true });
}

const [name, ...args] = process.argv.slice(2);
await (name === "scan" ? scan : commit)(...(args as [string, string, string]));
