import { col, type ExecutionError, udaf, udf, Window } from "lakewright";
import { callFunction, count, sum } from "lakewright/functions";
import { assertDataFrameEqual, testSession } from "lakewright/testing";
import { afterAll, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const sales = spark.createDataFrame(
  [
    ["ann", "IN", 3],
    ["bob", "US", 5],
    ["ann", "IN", 1],
    ["ann", "US", null],
    ["eve", "US", null],
  ],
  "user STRING, country STRING, amount DOUBLE",
);

const mean = udaf({ amount: "double not null" }, "double", {
  zero: () => ({ sum: 0, rows: 0 }),
  reduce: (state, { amount }) => ({ sum: state.sum + amount, rows: state.rows + 1 }),
  merge: (left, right) => ({ sum: left.sum + right.sum, rows: left.rows + right.rows }),
  finish: ({ sum, rows }) => (rows === 0 ? null : sum / rows),
});

test("groups, beside Spark's own aggregates and inside of expressions", async () => {
  const means = sales
    .groupBy("user")
    .agg(mean("amount").as("mean"), sum("amount").as("sum"), mean().plus(1).as("more"));
  await assertDataFrameEqual(means, [
    { user: "ann", mean: 2, sum: 4, more: 3 },
    { user: "bob", mean: 5, sum: 5, more: 6 },
    { user: "eve", mean: null, sum: null, more: null },
  ]);
});

test("of all rows, and of none", async () => {
  expect(await sales.agg(mean("amount").as("mean")).collect()).toEqual([{ mean: 3 }]);
  expect(await sales.filter(col("amount").gt(9)).agg(mean("amount").as("mean")).collect()).toEqual([{ mean: null }]);
});

test("a parameter that may be null takes nulls, and there may be several or none", async () => {
  const gaps = udaf({ country: "string", amount: "double" }, "string", {
    zero: () => [] as string[],
    reduce: (found, { country, amount }) => (amount === null ? [...found, String(country)] : found),
    merge: (left, right) => [...left, ...right],
    finish: (found) => found.sort().join(),
  });
  const rows = udaf({}, "int", {
    zero: () => 0,
    reduce: (n) => n + 1,
    merge: (left, right) => left + right,
    finish: (n) => n,
  });
  const frame = sales.groupBy("user").agg(gaps({}).as("gaps"), rows().as("rows"));
  await assertDataFrameEqual(frame, [
    { user: "ann", gaps: "US", rows: 3 },
    { user: "bob", gaps: "", rows: 1 },
    { user: "eve", gaps: "US", rows: 1 },
  ]);
});

test("over windows, their frames included", async () => {
  const running = Window.partitionBy("user")
    .orderBy("country")
    .rowsBetween(Window.unboundedPreceding, Window.currentRow);
  const frame = spark
    .createDataFrame(
      [
        ["ann", "a", 2],
        ["ann", "b", 4],
        ["bob", "a", 8],
      ],
      "user STRING, country STRING, amount DOUBLE",
    )
    .select("user", mean().over(running).as("mean"), mean().over(Window.partitionBy()).as("all"));
  await assertDataFrameEqual(frame, [
    { user: "ann", mean: 2, all: 14 / 3 },
    { user: "ann", mean: 3, all: 14 / 3 },
    { user: "bob", mean: 8, all: 14 / 3 },
  ]);
});

test("large groups are reduced in parts that are merged", async () => {
  let merged = 0;
  const total = udaf({ id: "bigint not null" }, "bigint", {
    zero: () => 0,
    reduce: (state, { id }) => state + id,
    merge: (left, right) => {
      merged++;
      return left + right;
    },
    finish: (state) => state,
  });
  expect(await spark.range(100_000).agg(total("id").as("total")).collect()).toEqual([{ total: 4_999_950_000 }]);
  expect(merged).toBeGreaterThan(10);
});

test("with subtotals and pivots", async () => {
  await assertDataFrameEqual(sales.rollup("user").agg(mean("amount").as("mean")), [
    { user: null, mean: 3 },
    { user: "ann", mean: 2 },
    { user: "bob", mean: 5 },
    { user: "eve", mean: null },
  ]);
  await assertDataFrameEqual(sales.groupBy("user").pivot("country", ["IN", "US"]).agg(mean("amount")), [
    { user: "ann", IN: 2, US: null },
    { user: "bob", IN: null, US: 5 },
    { user: "eve", IN: null, US: null },
  ]);
});

test("by name, and over the result of another function", async () => {
  spark.udf.register("my_mean", mean);
  const twice = udf({ amount: "double not null" }, "double", ({ amount }) => amount * 2);
  const frame = sales.agg(callFunction("MY_MEAN", "amount").as("a"), mean(twice("amount")).as("b"), count("*").as("n"));
  expect(await frame.collect()).toEqual([{ a: 3, b: 6, n: 5 }]);
});

test("an error names the aggregate and the row", async () => {
  const failing = udaf(
    { amount: "double not null" },
    "double",
    {
      zero: () => 0,
      reduce: (state, { amount }) => {
        if (amount === 5) throw new RangeError("five");
        return state + amount;
      },
      merge: (left, right) => left + right,
      finish: (state) => state,
    },
    { name: "failing" },
  );
  const error = (await sales
    .agg(failing("amount"))
    .collect()
    .catch((thrown) => thrown)) as ExecutionError;
  expect(error.condition).toBe("FAILED_EXECUTE_UDF");
  expect(error.message).toMatch(/`failing` \(double\) => double\) failed due to: five.*amount = 5/s);
  const wrong = udaf({}, "int", { zero: () => 0, reduce: (n) => n, merge: (n) => n, finish: () => "x" as never });
  await expect(sales.agg(wrong()).collect()).rejects.toThrow(/FAILED_EXECUTE_UDF.*its result/s);
});

test("where an aggregate cannot stand it is refused", async () => {
  await expect(sales.filter(mean("amount").gt(1)).collect()).rejects.toThrow(/INVALID_WHERE_CONDITION/);
  await expect(sales.agg(sum(mean("amount"))).collect()).rejects.toThrow(/NESTED_AGGREGATE_FUNCTION/);
  await expect(sales.select("user", mean("amount")).collect()).rejects.toThrow(/MISSING_GROUP_BY/);
});
