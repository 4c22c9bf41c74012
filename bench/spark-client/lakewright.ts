/** Our client.  usage: REMOTE CASE ROWS; the last line is the seconds that the case took, and those of a processor */
import { type DataFrame, SparkSession } from "lakewright";

const [remote, name, count] = process.argv.slice(2) as [string, string, string];
const spark = SparkSession.create({ "spark.remote": remote });

const one = () => spark.sql("SELECT 1").collect();

const wide = spark.range(Number(count)).selectExpr("id", "id * 0.5D AS half", "CAST(id AS STRING) AS name");

async function rows(): Promise<void> {
  if ((await wide.collect()).length !== Number(count)) throw new Error("rows are missing");
}

const arrow = () => wide.toArrow();

async function small(): Promise<void> {
  for (let turn = 0; turn < 1000; turn += 1) await spark.sql(`SELECT ${turn} AS n`).collect();
}

async function up(local: DataFrame): Promise<void> {
  if ((await local.count()) !== 1_000_000) throw new Error("rows are missing");
}

/** Rows of a hundred bytes, made before the clock starts. */
const local = Array.from({ length: name.startsWith("up") ? 1_000_000 : 0 }, (_, id) => ({
  id: BigInt(id),
  name: String(id).padStart(92, "x"),
}));

/** As PySpark's program has them: in chunks of Arrow that are held before the clock starts. */
async function asArrow(): Promise<Uint8Array> {
  await using embedded = SparkSession.create({});
  return await embedded.createDataFrame(local, "id BIGINT, name STRING").toArrow();
}
const table = name === "up" ? await asArrow() : undefined;
if (table !== undefined) local.length = 0;

const cases: Readonly<Record<string, () => Promise<unknown>>> = {
  ...{ one, rows, arrow, small },
  up: () => up(spark.createDataFrame(table!)),
  "up-rows": () => up(spark.createDataFrame(local, "id BIGINT, name STRING")),
};

await one();
const [started, before] = [performance.now(), process.cpuUsage()];
await cases[name]!();
const { user, system } = process.cpuUsage(before);
console.log((performance.now() - started) / 1000, (user + system) / 1_000_000);
await spark.stop();
