/**
 * What functions of the user's cost: whole queries through the public API over rows that are in memory already, beside the
 * same query without the function.
 */
import { availableParallelism } from "node:os";
import { type Column, col, type DataFrame, lit, SparkSession, udaf, udf } from "lakewright";
import { concat, max, nullif, sum } from "lakewright/functions";
import { quiet } from "../quiet.ts";
import { heavy } from "./heavy.ts";

/** What a case measures: a query over the prepared rows, and how many of them it takes. */
interface Case {
  readonly name: string;
  readonly share: number;
  readonly query: (rows: DataFrame) => DataFrame;
}

const fee = udf({ amount: "double not null" }, "double", ({ amount }) => amount * 2 + 1, { name: "fee" });
const nullableFee = udf({ amount: "double" }, "double", ({ amount }) => (amount === null ? null : amount * 2 + 1));
const bucket = udf({ item: "int not null" }, "int", ({ item }) => item % 100, { name: "bucket" });
const fees = udf.vectorized({ amount: "double not null" }, "double", ({ amount }) => {
  const result = new Float64Array(amount.length);
  for (let row = 0; row < result.length; row++) result[row] = (amount[row] as number) * 2 + 1;
  return result;
});
const lengthOf = udf({ user: "string not null" }, "int", ({ user }) => user.length, { name: "lengthOf" });
const shout = udf({ user: "string not null" }, "string", ({ user }) => user.toUpperCase(), { name: "shout" });
const later = udf({ amount: "double not null" }, "double", async ({ amount }) => amount * 2, { name: "later" });
const here = udf({ amount: "double not null" }, "double", heavy);
const inThreads = udf.fromModule(
  new URL("./heavy.ts", import.meta.url),
  "heavy",
  { amount: "double not null" },
  "double",
);
const mean = udaf({ amount: "double not null" }, "double", {
  zero: () => ({ sum: 0, rows: 0 }),
  reduce: (state, { amount }) => {
    state.sum += amount;
    state.rows++;
    return state;
  },
  merge: (left, right) => ({ sum: left.sum + right.sum, rows: left.rows + right.rows }),
  finish: ({ sum, rows }) => (rows === 0 ? null : sum / rows),
});
const total = (amounts: ArrayLike<unknown>): number => {
  let sum = 0;
  for (let row = 0; row < amounts.length; row++) sum += amounts[row] as number;
  return sum;
};
const doubled = ({ amount }: Record<string, ArrayLike<unknown>>) => ({
  twice: (amount as Float64Array).map((value) => value * 2),
});
/** The groups' totals; the key is any column of the prepared rows. */
const totals = (rows: DataFrame, key: Column): DataFrame =>
  rows.groupBy(key).applyBatches(({ amount }) => ({ total: [total(amount as Float64Array)] }), "total DOUBLE");

const cases: readonly Case[] = [
  { name: "no function: sum", share: 1, query: (rows) => rows.agg(sum("amount")) },
  { name: "row function, double", share: 1, query: (rows) => rows.agg(sum(fee("amount"))) },
  {
    name: "row function, double with nulls",
    share: 1,
    query: (rows) => rows.agg(sum(nullableFee({ amount: "gaps" }))),
  },
  { name: "row function, int", share: 1, query: (rows) => rows.agg(sum(bucket("item"))) },
  { name: "vectorised function, double", share: 1, query: (rows) => rows.agg(sum(fees("amount"))) },
  { name: "row function, short text to int", share: 1, query: (rows) => rows.agg(sum(lengthOf("user"))) },
  { name: "row function, long text to int", share: 1, query: (rows) => rows.agg(sum(lengthOf("note"))) },
  { name: "row function, short text to text", share: 1, query: (rows) => rows.agg(max(shout("user"))) },
  { name: "row function, long text to text", share: 1, query: (rows) => rows.agg(max(shout("note"))) },
  { name: "async function that does not wait", share: 0.1, query: (rows) => rows.agg(sum(later("amount"))) },
  { name: "mapBatches, double", share: 1, query: (rows) => rows.mapBatches(doubled, "twice DOUBLE").agg(sum("twice")) },
  { name: "applyBatches, 1,000 groups", share: 1, query: (rows) => totals(rows, col("item")).agg(sum("total")) },
  {
    name: "applyBatches, 10 rows a group",
    share: 0.1,
    query: (rows) => totals(rows, col("id").divide(10).cast("int")).agg(sum("total")),
  },
  { name: "aggregate, 1,000 groups", share: 1, query: (rows) => rows.groupBy("item").agg(mean("amount").as("mean")) },
  { name: "heavy row function, in this thread", share: 0.1, query: (rows) => rows.agg(sum(here("amount"))) },
  { name: "heavy row function, in threads", share: 0.1, query: (rows) => rows.agg(sum(inThreads("amount"))) },
];

/** Runs the cases whose names hold one of the words of `only`, and prints a table. */
export async function benchUserFunctions(options: {
  readonly rows: number;
  readonly runs: number;
  readonly patience: number;
  readonly only: readonly string[] | undefined;
}): Promise<void> {
  await using spark = SparkSession.create();
  const rows = prepared(spark, options.rows).cache();
  console.log(`${options.rows.toLocaleString("en")} rows, ${availableParallelism()} processors`);
  await rows.count();
  for (const { name, share, query } of cases) {
    if (options.only !== undefined && !options.only.some((word) => name.includes(word))) continue;
    const taken = Math.ceil(options.rows * share);
    const input = share === 1 ? rows : rows.limit(taken).cache();
    await input.count();
    await quiet(options.patience);
    const { seconds, busy } = await best(options.runs, () => query(input).collect());
    const rowsText = taken.toLocaleString("en").padStart(12);
    const times = `${seconds.toFixed(3).padStart(8)} s ${perRow(seconds, taken)} processor ${perRow(busy, taken)}`;
    console.log(
      `${name.padEnd(36)}${rowsText} rows ${times} ${(taken / seconds / 1e6).toFixed(1).padStart(7)} M rows/s`,
    );
  }
}

const perRow = (seconds: number, rows: number): string => `${((seconds * 1e9) / rows).toFixed(1).padStart(8)} ns/row`;

function prepared(spark: SparkSession, rows: number): DataFrame {
  const item = col("id").mod(1000).cast("int");
  return spark
    .range(rows)
    .select(
      col("id"),
      col("id").multiply(1.5).cast("double").as("amount"),
      nullif(item, lit(7)).cast("double").as("gaps"),
      item.as("item"),
      concat(lit("user_"), item.cast("string")).as("user"),
      concat(lit("a longer text than twelve bytes "), item.cast("string")).as("note"),
    ) as unknown as DataFrame;
}

/** The least time, and the least time of all processors together, which other work on the machine disturbs less. */
async function best(runs: number, run: () => Promise<unknown>): Promise<{ seconds: number; busy: number }> {
  let [seconds, busy] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let turn = 0; turn < runs; turn++) {
    const [started, before] = [performance.now(), process.cpuUsage()];
    await run();
    const { user, system } = process.cpuUsage(before);
    seconds = Math.min(seconds, (performance.now() - started) / 1000);
    busy = Math.min(busy, (user + system) / 1e6);
  }
  return { seconds, busy };
}
