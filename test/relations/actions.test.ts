/** What DataFrames answer besides rows: statistics, splits, semantics, files, rows one by one. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, SparkSession } from "lakewright";
import { afterAll, describe, expect, it } from "vitest";

const spark = SparkSession.create();
const folder = mkdtempSync(join(tmpdir(), "lakewright-actions-"));
afterAll(async () => {
  await spark.stop();
  rmSync(folder, { recursive: true });
});

const measured = spark.createDataFrame(
  [
    [1, "a", 2],
    [2, "b", null],
    [3, "a", Number.NaN],
    [null, "c", 5],
    [5, null, -1],
  ],
  "id INT, k STRING, x DOUBLE",
);
const pairs = spark.createDataFrame(
  [
    [1, 10],
    [2, 20],
    [4, 40],
  ],
  "a INT NOT NULL, b INT NOT NULL",
);

// The figures are real Spark's.
describe("statistics", () => {
  it("gives quantiles without null and NaN", async () => {
    expect(await measured.approxQuantile("x", [0, 0.25, 0.5, 1], 0)).toEqual([-1, -1, 2, 5]);
    expect(await measured.approxQuantile(["x", "id"], [0.5], 0.1)).toEqual([[2], [2]]);
    expect(await measured.filter(col("id").gt(100)).approxQuantile("x", [0.5], 0)).toEqual([]);
  });

  it("gives the covariance and correlation of two columns", async () => {
    expect(await pairs.cov("a", "b")).toBeCloseTo(23.333333333333336, 12);
    expect(await pairs.stat.corr("a", "b")).toBeCloseTo(1, 12);
    expect(await measured.cov("id", "x")).toBeNaN();
  });

  it("refuses columns without numbers, and probabilities and errors out of range", async () => {
    await expect(measured.cov("id", "k")).rejects.toThrow(/Covariance calculation for column k with data type STRING/);
    await expect(measured.approxQuantile("k", [0.5], 0)).rejects.toThrow(/Quantile calculation for column k/);
    await expect(measured.approxQuantile("x", [1.5], 0)).rejects.toThrow(/between 0 and 1, but got 1.5/);
    await expect(measured.approxQuantile("x", [0.5], -1)).rejects.toMatchObject({ condition: "NEGATIVE_VALUE" });
  });

  it("samples by the value of a column, the same rows as Spark for a seed", async () => {
    const keys = spark.range(0, 20).select(col("id").mod(3).as("key"));
    const sampled = keys.sampleBy(
      "key",
      new Map([
        [0, 0.5],
        [1, 0.9],
      ]),
      0,
    );
    const rows = await sampled.collect();
    expect(rows.map(({ key }) => key)).toEqual([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 1]);
    await expect(keys.sampleBy("key", [[0, 1.5]], 0).collect()).rejects.toMatchObject({
      condition: "INVALID_SAMPLE_FRACTION",
    });
  });

  it("splits rows as Spark does for a seed, each row into one part", async () => {
    const parts = spark.range(20).randomSplit([1, 2], 24);
    const ids = await Promise.all(parts.map(async (part) => (await part.collect()).map(({ id }) => id)));
    expect(ids).toEqual([
      [2, 5, 6, 15, 17],
      [0, 1, 3, 4, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 19],
    ]);
    expect(() => spark.range(3).randomSplit([-1, 2])).toThrow(/Weights must be nonnegative/);
  });
});

describe("semantics", () => {
  it("compares what plans compute, not what their columns are called", async () => {
    const ids = measured.select("id");
    expect(await ids.sameSemantics(measured.select("id"))).toBe(true);
    expect(await ids.semanticHash()).toBe(await measured.select("id").semanticHash());
    expect(await ids.sameSemantics(measured.select("k"))).toBe(false);
    expect(await measured.sameSemantics(pairs)).toBe(false);
  });

  it("tells local rows and streams from others", () => {
    expect([pairs.isLocal, pairs.select("a").isLocal, pairs.isStreaming]).toEqual([true, false, false]);
  });

  it("names the files that a plan reads", async () => {
    const path = join(folder, "pairs");
    await pairs.write.parquet(path);
    const files = await spark.read.parquet(path).filter(col("a").gt(1)).inputFiles();
    expect(files).toHaveLength(1);
    expect(files[0]).toMatch(/^file:\/\/.*\/pairs\/part-.*\.parquet$/);
    expect(await pairs.inputFiles()).toEqual([]);
  });

  it("keeps the rows of a checkpoint when their files change", async () => {
    const path = join(folder, "changing");
    await pairs.write.parquet(path);
    const read = spark.read.parquet(path);
    const kept = await read.localCheckpoint();
    await pairs.limit(1).write.mode("overwrite").parquet(path);
    expect([await kept.count(), await read.count()]).toEqual([3, 1]);
  });
});

describe("rows one by one", () => {
  it("calls a function with each row and waits for it", async () => {
    const seen: number[] = [];
    await pairs.foreach(async ({ a }) => {
      await Promise.resolve();
      seen.push(a);
    });
    expect(seen).toEqual([1, 2, 4]);
  });

  it("calls a function with the rows of a partition", async () => {
    let sum = 0;
    await pairs.foreachPartition(async (rows) => {
      for await (const { b } of rows) sum += b;
    });
    expect(sum).toBe(70);
  });

  it("hands on what the function throws", async () => {
    await expect(pairs.foreach(() => Promise.reject(new RangeError("enough")))).rejects.toThrow("enough");
  });
});
