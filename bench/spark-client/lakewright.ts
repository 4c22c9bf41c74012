/** Our client.  usage: REMOTE CASE ROWS; the last line is the seconds that the case took */
import { SparkSession } from "lakewright";

const [remote, name, rows] = process.argv.slice(2) as [string, string, string];
const spark = SparkSession.create({ "spark.remote": remote });

const one = () => spark.sql("SELECT 1").collect();

const down = () =>
  spark.range(Number(rows)).selectExpr("id", "id * 0.5D AS half", "CAST(id AS STRING) AS name").toArrow();

async function small(): Promise<void> {
  for (let turn = 0; turn < 1000; turn += 1) await spark.sql(`SELECT ${turn} AS n`).collect();
}

/** Rows of a hundred bytes, made before the clock starts. */
const local = spark.createDataFrame(
  name === "up"
    ? Array.from({ length: 1_000_000 }, (_, id): [number, string] => [id, String(id).padStart(92, "x")])
    : [],
  "id BIGINT, name STRING",
);

async function up(): Promise<void> {
  if ((await local.count()) !== 1_000_000) throw new Error("rows are missing");
}

const cases: Readonly<Record<string, () => Promise<unknown>>> = { one, down, small, up };

await one();
const started = performance.now();
await cases[name]!();
console.log((performance.now() - started) / 1000);
await spark.stop();
