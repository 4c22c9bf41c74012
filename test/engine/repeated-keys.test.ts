/** Which key the error of a map names that would have it twice: as Spark 4.2 does. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expr, SparkSession } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";

const keys: readonly (readonly [map: string, key: string])[] = [
  ["map_concat(map('a', 1), map('a', 2))", "a"],
  ["map(1, 'a', 1, 'b')", "1"],
  ["map_from_arrays(array(1.5, 1.5), array(1, 2))", "1.5"],
  ["map_from_entries(array(struct(date'2020-01-01', 1), struct(date'2020-01-01', 1)))", "18262"],
  ["transform_keys(map(1, 2, 3, 4), (k, v) -> timestamp'2020-01-01 10:00:00')", "1577872800000000"],
  ["map(struct(1, 'a'), 2, struct(1, 'a'), 3)", "[1,a]"],
  ["map(0.0d, 1, -0.0d, 2)", "-0.0"],
  ["map(double('NaN'), 1, double('NaN'), 2)", "NaN"],
  ["map(id % 1, 1, 0L, 2)", "0"],
];

describe("a map with a key twice", () => {
  const spark = SparkSession.create();
  afterAll(() => spark.stop());

  test.each(keys)("%s", async (map, key) => {
    await expect(spark.sql(`SELECT ${map} FROM range(3)`).collect()).rejects.toMatchObject({
      condition: "DUPLICATED_MAP_KEY",
      parameters: { key },
    });
  });

  test("is told of by a write too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-"));
    const write = spark.range(2).select(expr("map(id, 1, 1L, 2)").as("m")).write.mode("overwrite");
    await expect(write.json(folder)).rejects.toMatchObject({ parameters: { key: "1" } });
    await rm(folder, { recursive: true });
  });
});
