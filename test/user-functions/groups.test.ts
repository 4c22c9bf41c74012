import { col, type ExecutionError, lit } from "lakewright";
import { assertDataFrameEqual, testSession } from "lakewright/testing";
import { afterAll, describe, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const sales = spark.createDataFrame(
  [
    ["ann", "IN", 3],
    ["bob", "US", 5],
    ["ann", "IN", 1],
    [null, "US", 7],
    ["ann", "US", 2],
    [null, "IN", 8],
  ],
  "user STRING, country STRING, amount DOUBLE",
);
const visits = spark.createDataFrame(
  [
    ["ann", 10],
    ["eve", 20],
    ["ann", 30],
    [null, 40],
  ],
  "user STRING, page INT",
);

describe("groupBy(…).applyBatches", () => {
  test("is called once a group with all its rows and its key, in the order of the keys; nulls are a group", async () => {
    const seen: unknown[] = [];
    const totals = sales.groupBy("user").applyBatches(({ country, amount }, rows, key) => {
      seen.push([key, rows, Array.from(country), Array.from(amount)]);
      return { user: [key.user], total: [Array.from(amount).reduce((sum: number, value) => sum + (value ?? 0), 0)] };
    }, "user STRING, total DOUBLE");
    await assertDataFrameEqual(totals, [
      { user: null, total: 15 },
      { user: "ann", total: 6 },
      { user: "bob", total: 5 },
    ]);
    expect(seen).toEqual([
      [{ user: null }, 2, ["US", "IN"], [7, 8]],
      [{ user: "ann" }, 3, ["IN", "IN", "US"], [3, 1, 2]],
      [{ user: "bob" }, 1, ["US"], [5]],
    ]);
  });

  test("gives as many rows as it likes, and may wait", async () => {
    const doubled = sales
      .groupBy(col("amount").gt(4).as("large"), "country")
      .applyBatches(async ({ amount }, rows, { large, country }) => {
        await Promise.resolve();
        return large === true ? { country: [], n: [] } : { country: [country, country], n: [rows, amount.length * 10] };
      }, "country STRING, n INT");
    await assertDataFrameEqual(doubled, [
      { country: "IN", n: 2 },
      { country: "IN", n: 20 },
      { country: "US", n: 1 },
      { country: "US", n: 10 },
    ]);
  });

  test("without columns all rows are one group, and no rows are none", async () => {
    const call = (_: unknown, rows: number) => ({ n: [rows] });
    await assertDataFrameEqual(sales.groupBy().applyBatches(call, "n INT"), [{ n: 6 }]);
    await assertDataFrameEqual(sales.filter(lit(false)).groupBy().applyBatches(call, "n INT"), []);
  });

  test("NaN is one group and zero has no sign", async () => {
    const odd = spark.createDataFrame([[Number.NaN], [0], [-0], [Number.NaN]], "x DOUBLE");
    const counted = odd.groupBy("x").applyBatches((_, rows, { x }) => ({ x: [x], n: [rows] }), "x DOUBLE, n INT");
    expect(await counted.collect()).toEqual([
      { x: 0, n: 2 },
      { x: Number.NaN, n: 2 },
    ]);
  });

  test("groups that span many batches come whole", async () => {
    const many = spark.range(100_000).groupBy(col("id").mod(3).as("rest"));
    const sums = many.applyBatches(
      ({ id }, rows, { rest }) => ({ rest: [rest], rows: [rows], sum: [Array.from(id).reduce((a, b) => a + b, 0)] }),
      "rest BIGINT, rows INT, sum BIGINT",
    );
    expect(await sums.collect()).toEqual([
      { rest: 0, rows: 33334, sum: 1666683333 },
      { rest: 1, rows: 33333, sum: 1666616667 },
      { rest: 2, rows: 33333, sum: 1666650000 },
    ]);
  });

  test("many small groups become few batches, and are counted right", async () => {
    const small = spark.range(30_000).groupBy(col("id").divide(3).cast("int").as("group"));
    const ids = small.applyBatches(({ id }, rows) => ({ first: [id[0]], rows: [rows] }), "first BIGINT, rows INT");
    expect(await ids.filter(col("rows").eq(3)).count()).toBe(10_000);
  });

  test("an error names the function and the group, and the session goes on", async () => {
    function picky(_: unknown, rows: number) {
      if (rows === 3) throw new RangeError("three is too many");
      return { n: [rows] };
    }
    const failing = sales.groupBy("user").applyBatches(picky, "n INT");
    const error = (await failing.collect().catch((thrown) => thrown)) as ExecutionError;
    expect(error.condition).toBe("FAILED_EXECUTE_UDF");
    expect(error.message).toMatch(/`picky`\) failed due to: three is too many.*the group user = "ann"/s);
    expect(error.cause).toBeInstanceOf(RangeError);
    expect(await sales.count()).toBe(6);
  });

  test.each([
    ["no object", () => 3, /gave number where an object of columns is due/],
    ["a column that is no array", () => ({ n: 3 }), /column 'n' is number where an array is due/],
    ["a missing column", () => ({ m: [3] }), /Missing: n\. Unexpected: m\./],
    ["a value of another type", () => ({ n: ["three"] }), /row 0, n/],
  ])("a result with %s is an error", async (_, call, message) => {
    await expect(
      sales
        .groupBy("user")
        .applyBatches(call as never, "n INT")
        .collect(),
    ).rejects.toThrow(message);
  });

  test("a function that never answers is left when the signal is aborted", async () => {
    const hanging = sales.groupBy("user").applyBatches(() => new Promise<{ n: number[] }>(() => {}), "n INT");
    const reason = new Error("enough");
    const signal = AbortSignal.any([AbortSignal.timeout(100)]);
    await expect(hanging.collect({ signal })).rejects.toThrow(/timeout|aborted/i);
    const aborted = new AbortController();
    aborted.abort(reason);
    await expect(hanging.collect({ signal: aborted.signal })).rejects.toBe(reason);
    expect(await sales.count()).toBe(6);
  });

  test("a function of batches that never answers is left too", async () => {
    const hanging = sales.mapBatches(() => new Promise<{ n: number[] }>(() => {}), "n INT");
    await expect(hanging.collect({ signal: AbortSignal.timeout(100) })).rejects.toThrow(/timeout|aborted/i);
    expect(await sales.count()).toBe(6);
  });

  test("subtotals and pivots have no groups to apply a function to", () => {
    const call = () => ({ n: [1] });
    expect(() => sales.rollup("user").applyBatches(call, "n INT")).toThrow(/applyBatches is not possible after rollup/);
    expect(() => sales.groupBy("user").pivot("country", ["IN"]).applyBatches(call, "n INT")).toThrow(/after pivot/);
  });
});

describe("cogroup(…).applyBatches", () => {
  test("is called for every key of either side", async () => {
    const counts = sales
      .groupBy("user")
      .cogroup(visits.groupBy("user"))
      .applyBatches(
        (sold, visited, { user }) => ({
          user: [user],
          sales: [sold.amount.length],
          pages: [Array.from(visited.page).reduce((sum: number, page) => sum + (page ?? 0), 0)],
        }),
        "user STRING, sales INT, pages INT",
      );
    expect(await counts.collect()).toEqual([
      { user: null, sales: 2, pages: 40 },
      { user: "ann", sales: 3, pages: 40 },
      { user: "bob", sales: 1, pages: 0 },
      { user: "eve", sales: 0, pages: 20 },
    ]);
  });

  test("keys of two types are compared as the wider one", async () => {
    const ints = spark.createDataFrame([[1], [2]], "n INT");
    const longs = spark.createDataFrame([[2], [3]], "n BIGINT");
    const both = ints.groupBy("n").cogroup(longs.groupBy("n"));
    const sides = both.applyBatches(
      (left, right, { n }) => ({ n: [n], sides: [left.n.length * 10 + right.n.length] }),
      "n BIGINT, sides INT",
    );
    expect(await sides.collect()).toEqual([
      { n: 1, sides: 10 },
      { n: 2, sides: 11 },
      { n: 3, sides: 1 },
    ]);
  });

  test("groups of a DataFrame with itself", async () => {
    const self = sales.groupBy("country").cogroup(sales.groupBy("country"));
    const rows = self.applyBatches((left, right) => ({ n: [left.user.length + right.user.length] }), "n INT");
    expect(await rows.collect()).toEqual([{ n: 6 }, { n: 6 }]);
  });

  test("keys that cannot be compared, or another number of keys, are refused", async () => {
    const call = () => ({ n: [1] });
    const different = sales.groupBy("user").cogroup(visits.groupBy("user", "page")).applyBatches(call, "n INT");
    await expect(different.collect()).rejects.toThrow(/NUM_COLUMNS_MISMATCH/);
    const arrays = spark.createDataFrame([[[1]]], "a ARRAY<INT>");
    const foreign = sales.groupBy("user").cogroup(arrays.groupBy("a")).applyBatches(call, "n INT");
    await expect(foreign.collect()).rejects.toThrow(/DATA_DIFF_TYPES/);
  });
});
