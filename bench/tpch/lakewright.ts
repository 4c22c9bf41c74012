/** Runs the queries on Lakewright and prints a line of JSON each: its name, its rows, its seconds. */
import { SparkSession } from "lakewright";
import { queries } from "./queries/index.ts";
import { readTables } from "./tables.ts";

const [folder = "", scale = "1", names = ""] = process.argv.slice(2);
const chosen = names === "" ? Object.keys(queries) : names.split(",");
const spark = SparkSession.create();
const tables = readTables(spark, folder);
for (const name of chosen) {
  const started = performance.now();
  const rows = await queries[name]!(tables, Number(scale)).collect({ rows: "array", longs: "bigint" });
  const seconds = (performance.now() - started) / 1000;
  process.stdout.write(
    `${JSON.stringify({ name, seconds, rows }, (_, value) => (typeof value === "bigint" ? Number(value) : value))}\n`,
  );
}
await spark.stop();
