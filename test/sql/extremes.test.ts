/** Texts at the edge of what is sensible: deep nesting, and names that no program should have. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession, UnsupportedError } from "lakewright";
import { afterAll, describe, expect, test } from "vitest";

const spark = SparkSession.create();
afterAll(() => spark.stop());

const nested = (open: string, inner: string, close: string): string => open.repeat(200) + inner + close.repeat(200);

const within = (value: unknown): unknown => (Array.isArray(value) ? within(value[0]) : value);

describe("two hundred levels of", () => {
  test.each([
    ["parentheses", `SELECT ${nested("(", "1", ")")}`],
    ["sums", `SELECT ${nested("(1 - ", "1", ")")} FROM range(1)`],
    ["conditions", `SELECT ${nested("CASE WHEN id > 0 THEN 0 ELSE ", "1", " END")} FROM range(1)`],
    ["sub-queries", nested("SELECT * FROM (", "SELECT 1 AS a", ")")],
    ["arrays", `SELECT ${nested("array(", "1", ")")}`],
    ["arrays of JSON", `SELECT from_json('${nested("[", "1", "]")}', '${nested("ARRAY<", "INT", ">")}')`],
  ])("%s are computed", async (_, query) => {
    const rows = await spark.sql(query).collect({ rows: "array" });
    expect(within(rows)).toBe(1);
  });
});

describe("names with a zero character", () => {
  const frame = spark.createDataFrame([[1]], ["a\0b"]);

  test("are read and answered", async () => {
    expect(await frame.select("`a\0b`").collect()).toEqual([{ "a\0b": 1 }]);
  });

  test.each([
    ["parquet", {}],
    ["csv", { header: true }],
  ] as const)("are refused by name when %s is written", async (format, options) => {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-names-"));
    const write = frame.write.format(format).options(options).mode("overwrite").save(join(folder, "t"));
    await expect(write).rejects.toThrow(UnsupportedError);
    await rm(folder, { recursive: true });
  });
});
