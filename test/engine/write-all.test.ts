import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, when } from "lakewright";
import { count, sum } from "lakewright/functions";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-write-all-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The sum of the numbers below `end` that leave `rest` when divided by ten. */
const sumOf = (end: number, rests: readonly number[]): number => {
  let total = 0;
  for (let id = 0; id < end; id++) if (rests.includes(id % 10)) total += id;
  return total;
};

describe("writeAll", () => {
  test.each([
    ["few rows that go the other way", 30_000, [3]],
    ["so many that they are staged in a table", 4_200_000, [0, 1, 2, 3, 4]],
  ])("computes once what two outputs share, with %s", async (_, end, rejectedRests) => {
    await using spark = testSession();
    const judged = spark
      .range(end)
      .withColumn("rest", col("id").mod(10))
      .withColumn("reason", when(col("rest").isin(...rejectedRests), "rejected"));
    const good = judged.filter(col("reason").isNull()).groupBy("rest").agg(sum("id").as("sum"), count("*").as("rows"));
    const bad = judged.filter(col("reason").isNotNull()).select("id", "reason");
    const paths = { good: join(folder, `good-${end}`), bad: join(folder, `bad-${end}`) };
    await spark.writeAll([good.write.to(paths.good), bad.write.to(paths.bad)]);

    const goodRests = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((rest) => !rejectedRests.includes(rest));
    const kept = await spark.read.parquet(paths.good).agg(sum("sum").as("sum"), sum("rows").as("rows")).collect();
    expect(kept).toEqual([{ sum: sumOf(end, goodRests), rows: (end * goodRests.length) / 10 }]);
    const rejected = await spark.read
      .parquet(paths.bad)
      .groupBy("reason")
      .agg(sum("id").as("sum"), count("*").as("rows"))
      .collect();
    expect(rejected).toEqual([
      { reason: "rejected", sum: sumOf(end, rejectedRests), rows: (end * rejectedRests.length) / 10 },
    ]);
  });

  test("writes what is rejected first too", async () => {
    await using spark = testSession();
    const judged = spark.range(1000).withColumn("odd", col("id").mod(2).eq(1));
    const paths = { odd: join(folder, "odd"), even: join(folder, "even") };
    await spark.writeAll([
      judged.filter(col("odd").not()).write.to(paths.even),
      judged.filter(col("odd")).agg(sum("id").as("sum")).write.to(paths.odd),
    ]);
    expect(await spark.read.parquet(paths.even).count()).toBe(500);
    expect(await spark.read.parquet(paths.odd).collect()).toEqual([{ sum: 250_000 }]);
  });

  test("puts nothing in place when one output fails", async () => {
    await using spark = testSession();
    const base = spark.range(10);
    const paths = { fine: join(folder, "fine"), failing: join(folder, "failing") };
    const writes = [
      base.write.to(paths.fine),
      base.select(col("id").divide(col("id").minus(5)).as("x")).write.to(paths.failing),
    ];
    await expect(spark.writeAll(writes)).rejects.toMatchObject({ condition: "DIVIDE_BY_ZERO" });
    await expect(spark.read.parquet(paths.fine).count()).rejects.toMatchObject({ condition: "PATH_NOT_FOUND" });
  });
});
