/** What Lakewright does in the Delta benchmarks.  usage: CASE and its arguments; a line of JSON for each figure */
import { rm } from "node:fs/promises";
import { type DataFrame, SparkSession } from "lakewright";
import { hundredth, mergedSums, spanOfTime, wholeTable } from "./queries.ts";
import { tell, timed, timedBeside } from "./report.ts";

const spark = SparkSession.create();

const delta = (table: string): string => `delta.\`${table}\``;

const valuesOf = async (sql: string): Promise<string> =>
  (await spark.sql(sql).collect({ rows: "array" }))
    .flat()
    .map((value) => String(value).replace("T", " ").replace("Z", ""))
    .join(" ");

async function scan(source: string, rows: string, times: string): Promise<void> {
  const queries = { "the whole table": wholeTable(source), "a span of time": spanOfTime(source, Number(rows)) };
  for (const [name, query] of Object.entries(queries)) {
    await valuesOf(query);
    tell(await timed(name, Number(times), () => valuesOf(query)));
  }
}

async function snapshot(table: string): Promise<void> {
  const count = async (): Promise<string> => {
    const [detail] = await spark.sql(`DESCRIBE DETAIL ${delta(table)}`).collect();
    return String((detail as { readonly numFiles: number }).numFiles);
  };
  tell(await timed("snapshot", 1, count));
}

/** A thousand rows, other ones each turn. */
const appended = (turn: number): DataFrame =>
  spark
    .range(turn * 1000, (turn + 1) * 1000)
    .selectExpr(
      "id",
      "timestamp_micros(id) AS moment",
      "'country' AS country",
      "CAST(id % 100 AS DECIMAL(10, 2)) AS amount",
      "CAST(id % 9 AS INT) AS quantity",
      "concat('sale number ', id) AS note",
    ) as DataFrame;

async function commit(table: string, times: string): Promise<void> {
  const plain = `${table}-plain`;
  const append = async (turn: number): Promise<void> => appended(turn).write.format("delta").mode("append").save(table);
  const parquet = async (turn: number): Promise<void> => appended(turn).write.mode("append").parquet(plain);
  for (const figure of await timedBeside(Number(times), append, parquet)) tell(figure);
  await rm(plain, { recursive: true });
}

async function merge(table: string, changes: string): Promise<void> {
  const statement = `MERGE INTO ${delta(table)} AS t USING parquet.\`${changes}\` AS s ON t.id = s.id
    WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`;
  const { seconds, cpuSeconds } = await timed("merge", 1, async () => {
    await spark.execute(statement);
    return "";
  });
  tell({ name: "merge", seconds, cpuSeconds, answer: await valuesOf(mergedSums(delta(table))) });
}

async function plan(table: string, files: string, small: string, times: string): Promise<void> {
  const { condition } = hundredth(Number(files));
  const filesOf = async (path: string): Promise<string> =>
    String((await spark.read.format("delta").load(path).filter(condition).inputFiles()).length);
  await filesOf(small);
  // The snapshot is read; what it says of the values in files is not.
  await spark.sql(`DESCRIBE DETAIL ${delta(table)}`).collect();
  const planned = (): Promise<string> => filesOf(table);
  tell(await timed("the first plan", 1, planned));
  tell(await timed("a later plan", Number(times), planned));
}

const cases: Readonly<Record<string, (...args: string[]) => Promise<void>>> = {
  scan: (table, ...rest) => scan(delta(table!), ...(rest as [string, string])),
  "scan-parquet": (table, ...rest) => scan(`parquet.\`${table}\``, ...(rest as [string, string])),
  snapshot,
  commit,
  merge,
  plan,
};

const [name = "", ...args] = process.argv.slice(2);
await cases[name]!(...args);
await spark.stop();
