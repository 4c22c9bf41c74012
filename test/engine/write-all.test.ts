import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, lit, when } from "lakewright";
import { count, countDistinct, sum } from "lakewright/functions";
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
  // Rows with fractions cannot become groups: zeros of both signs are one.
  test.each([
    ["rows that become groups of their own", "bigint", 30_000, [3, 4]],
    ["few rows that go the other way", "double", 30_000, [3]],
    ["so many that they are staged in a table", "double", 4_200_000, [0, 1, 2, 3, 4]],
  ])("computes once what two outputs share, with %s", async (_, type, end, rejectedRests) => {
    await using spark = testSession();
    const judged = spark
      .range(end)
      .withColumn("rest", col("id").mod(10))
      .withColumn("number", col("id").cast(type))
      .withColumn("reason", when(col("rest").isin(...rejectedRests), "rejected"));
    const good = judged.filter(col("reason").isNull()).groupBy("rest").agg(sum("id").as("sum"), count("*").as("rows"));
    const bad = judged.filter(col("reason").isNotNull()).select("number", "reason");
    const paths = { good: join(folder, `good-${type}-${end}`), bad: join(folder, `bad-${type}-${end}`) };
    await spark.writeAll([good.write.to(paths.good), bad.write.to(paths.bad)]);

    const goodRests = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9].filter((rest) => !rejectedRests.includes(rest));
    const kept = await spark.read.parquet(paths.good).agg(sum("sum").as("sum"), sum("rows").as("rows")).collect();
    expect(kept).toEqual([{ sum: sumOf(end, goodRests), rows: (end * goodRests.length) / 10 }]);
    const rejected = await spark.read
      .parquet(paths.bad)
      .groupBy("reason")
      .agg(sum("number").as("sum"), count("*").as("rows"))
      .collect();
    expect(rejected).toEqual([
      { reason: "rejected", sum: sumOf(end, rejectedRests), rows: (end * rejectedRests.length) / 10 },
    ]);
  });

  test("keeps equal rows that go the other way, and computes figures of the others only", async () => {
    await using spark = testSession();
    const judged = spark
      .range(1000)
      .withColumn("half", when(col("id").lt(400), "low").otherwise("high"))
      .withColumn("share", col("id").mod(10));
    const isGood = col("share").isNotNull().and(col("share").gt(0));
    const checked = judged.withColumn("reason", when(isGood.not(), "no share"));
    const good = checked
      .filter(col("reason").isNull())
      .withColumn("part", lit(100).divide(col("share")))
      .groupBy("half")
      .agg(sum("part").as("sum"), countDistinct("share").as("shares"), count("*").as("rows"));
    const paths = { good: join(folder, "figures"), bad: join(folder, "without-share") };
    await spark.writeAll([
      good.write.to(paths.good),
      checked.filter(col("reason").isNotNull()).select("half", "reason").write.to(paths.bad),
    ]);
    expect(await spark.read.parquet(paths.good).select("half", "shares", "rows").orderBy("half").collect()).toEqual([
      { half: "high", shares: 9, rows: 540 },
      { half: "low", shares: 9, rows: 360 },
    ]);
    const rejected = await spark.read
      .parquet(paths.bad)
      .groupBy("half", "reason")
      .agg(count("*").as("rows"))
      .orderBy("half")
      .collect();
    expect(rejected).toEqual([
      { half: "high", reason: "no share", rows: 60 },
      { half: "low", reason: "no share", rows: 40 },
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
