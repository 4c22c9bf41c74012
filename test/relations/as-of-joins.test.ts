/** Joins with the nearest row: a day of quotes and trades worked by hand, and that both ways to compute one agree. */
import { col, SparkSession } from "lakewright";
import { afterAll, describe, expect, it } from "vitest";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const trades = spark.createDataFrame(
  [
    ["A", 10],
    ["A", 20],
    ["B", 20],
    ["C", 5],
    [null, 7],
    ["A", null],
  ],
  "ticker STRING, time INT",
);
const quotes = spark.createDataFrame(
  [
    ["A", 8, 1.5],
    ["A", 10, 1.6],
    ["A", 23, 1.7],
    ["B", 21, 9.5],
    [null, 7, 0],
    ["B", null, 0],
  ],
  "of STRING, at INT, price DOUBLE",
);
const on = col("ticker").eq(col("of"));
type Options = Parameters<typeof trades.joinAsOf<never, never, never, never>>[3];

const pricesBy = async (options: Options): Promise<unknown[]> => {
  const joined = trades.joinAsOf(quotes, "time", "at", { on, how: "left", ...options });
  const rows = await joined.select("ticker", "time", "price").collect({ rows: "array" });
  return (rows as unknown as [string | null, number | null, number | null][])
    .sort((a, b) => `${a[0]}${a[1]}`.localeCompare(`${b[0]}${b[1]}`))
    .map(([ticker, time, price]) => `${ticker} ${time}: ${price}`);
};
const unmatched = ["C 5: null", "null 7: null"];

describe("each trade with its quote", () => {
  it.each<[Options, string[]]>([
    [{}, ["A 10: 1.6", "A 20: 1.6", "A null: null", "B 20: null"]],
    [{ allowExactMatches: false }, ["A 10: 1.5", "A 20: 1.6", "A null: null", "B 20: null"]],
    [{ direction: "forward" }, ["A 10: 1.6", "A 20: 1.7", "A null: null", "B 20: 9.5"]],
    [{ direction: "nearest" }, ["A 10: 1.6", "A 20: 1.7", "A null: null", "B 20: 9.5"]],
    [{ tolerance: 9 }, ["A 10: 1.6", "A 20: null", "A null: null", "B 20: null"]],
    [{ tolerance: 10, allowExactMatches: false }, ["A 10: 1.5", "A 20: null", "A null: null", "B 20: null"]],
    [{ direction: "forward", tolerance: 1 }, ["A 10: 1.6", "A 20: null", "A null: null", "B 20: 9.5"]],
  ])("%j", async (options, expected) => {
    expect(await pricesBy(options)).toEqual([...expected, ...unmatched]);
  });

  it("without those that have none", async () => {
    expect(await trades.joinAsOf(quotes, "time", "at", { on, tolerance: 9 }).count()).toBe(1);
  });
});

// A condition that is no equality is computed over all pairs.
it.each(["backward", "forward"] as const)("is the same whichever way it is computed: %s", async (direction) => {
  const left = spark.range(400).select(col("id").mod(7).as("k"), col("id").multiply(7919).mod(1009).as("t"));
  const right = spark.range(400).select(col("id").mod(7).as("q"), col("id").multiply(104729).mod(1013).as("u"));
  const same = left.col("k").eq(right.col("q"));
  const options = { direction, how: "left", tolerance: 9 } as const;
  const [fast, slow] = [same, same.and(right.col("u").geq(0))].map((condition) =>
    left.joinAsOf(right, "t", "u", { ...options, on: condition }),
  );
  expect(await fast!.filter(col("u").isNotNull()).count()).toBeGreaterThan(50);
  expect(await fast!.exceptAll(slow!).count()).toBe(0);
  expect(await slow!.exceptAll(fast!).count()).toBe(0);
});
