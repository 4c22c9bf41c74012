/** The files that all contestants read, and what has to be found in them. */
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { generate, type PlantedTruth } from "../../solutions/daily-kpi/generate.ts";

export const FORMATS = ["jsonl", "parquet"] as const;
export type Format = (typeof FORMATS)[number];

export interface BenchData {
  /** The folder of a format's `events`, `users` and `items`. */
  readonly folder: (format: Format) => string;
  readonly truth: PlantedTruth;
}

/** The schemas of the job, as DuckDB writes them. */
const SCHEMAS = {
  events: {
    event_id: "VARCHAR",
    user_id: "VARCHAR",
    item_id: "VARCHAR",
    event_type: "VARCHAR",
    ts: "BIGINT",
    props: "MAP(VARCHAR, VARCHAR)",
  },
  users: { user_id: "VARCHAR", country: "VARCHAR", age: "INTEGER", gender: "VARCHAR", registration_date: "VARCHAR" },
  items: { item_id: "VARCHAR", category: "VARCHAR", price: "DOUBLE", brand: "VARCHAR", name: "VARCHAR" },
} as const;

/**
 * Makes the files once for each number of rows; they are kept in the cache.
 *
 * @param cache - the folder that holds them
 * @param rows - how many events
 */
export async function benchData(cache: string, rows: number): Promise<BenchData> {
  const folder = resolve(cache, `daily-kpi-${rows}`);
  if (!existsSync(folder)) await make(folder, rows);
  const truth = JSON.parse(await readFile(join(folder, "truth.json"), "utf8")) as PlantedTruth;
  return { folder: (format) => join(folder, format), truth };
}

// Made beside and renamed, so that an interrupted run leaves nothing that looks complete.
async function make(folder: string, rows: number): Promise<void> {
  const partial = `${folder}.partial`;
  await rm(partial, { recursive: true, force: true });
  const truth = await generate(join(partial, "jsonl"), { events: rows });
  await writeFile(join(partial, "truth.json"), JSON.stringify(truth));
  await mkdir(join(partial, "parquet"));
  await convert(join(partial, "jsonl"), join(partial, "parquet"));
  await rename(partial, folder);
}

async function convert(from: string, to: string): Promise<void> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  for (const [name, columns] of Object.entries(SCHEMAS)) {
    const fields = Object.entries(columns).map(([field, type]) => `${field}: '${type}'`);
    const source = `read_json('${from}/${name}.jsonl', format = 'newline_delimited', columns = {${fields.join(", ")}})`;
    await connection.run(`COPY (FROM ${source}) TO '${to}/${name}.parquet' (FORMAT parquet, COMPRESSION snappy)`);
  }
  connection.closeSync();
  instance.closeSync();
}
