/** Files that are not what their reader expects: cut short, of another format, too wide or too deep. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { col, lit, type SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, put, refuses, scratchFolder } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
const at = (...names: readonly string[]): string => join(folder, ...names);
beforeAll(() => {
  spark = testSession();
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

describe("a compressed file that was cut short", () => {
  const lines = Array.from({ length: 20_000 }, (_, index) => `${index},line ${index * 7919}\n`).join("");
  let path: string;
  beforeAll(() => {
    const whole = gzipSync(lines);
    path = put(at("cut", "a.csv.gz"), whole.subarray(0, whole.length / 2));
  });

  test.each(["csv", "text"])("is named when it is read as %s", (format) =>
    refuses(() => spark.read.format(format).load(path).collect(), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      says: [path, "its compressed data ends too early", "ignoreCorruptFiles"],
    }),
  );

  test("gives the rows before the cut with ignoreCorruptFiles", async () => {
    const rows = await spark.read.csv(path, { ignoreCorruptFiles: true }).collect();
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.length).toBeLessThan(20_000);
    expect(rows[999]).toEqual({ _c0: "999", _c1: `line ${999 * 7919}` });
  });
});

describe("broken and missing files", () => {
  test("are passed over where the options say so", async () => {
    await spark.range(10).write.parquet(at("some"));
    put(at("some", "z.parquet"), "no Parquet");
    await refuses(() => spark.read.parquet(at("some")).collect(), { name: "ExecutionError", says: ["z.parquet"] });
    expect(await spark.read.parquet(at("some"), { ignoreCorruptFiles: true }).count()).toBe(10);
  });

  test("a file that goes between listing and reading", async () => {
    const [first, second] = ["a", "b"].map((name) => put(at("going", `${name}.csv`), `${name}\n`));
    const read = spark.read.schema("v STRING").csv([first!, second!], { ignoreMissingFiles: true });
    expect(await read.count()).toBe(2);
    rmSync(second!);
    await refuses(() => read.collect(), { name: "AnalysisError", condition: "PATH_NOT_FOUND", says: [second!] });
  });
});

describe("one format read as another", () => {
  let csv: string;
  beforeAll(() => {
    csv = put(at("a.csv"), "id,name\n1,a\n");
  });

  test.each([
    ["parquet", "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER"],
    ["avro", "FAILED_READ_FILE.NO_HINT"],
  ])("CSV is no %s", (format, condition) =>
    refuses(() => spark.read.format(format).load(csv).collect(), { name: "ExecutionError", condition, says: [csv] }),
  );

  test("CSV has only corrupt records as JSON and as XML", async () => {
    expect(await spark.read.json(csv).columns()).toEqual(["_corrupt_record"]);
    expect(await spark.read.xml(csv, { rowTag: "r" }).columns()).toEqual(["_corrupt_record"]);
  });

  test.each(["orc", "jdbc"])("%s is refused by name", (format) =>
    refuses(() => spark.read.format(format).load(csv).collect(), {
      name: "UnsupportedError",
      condition: "UNSUPPORTED_FEATURE",
      says: [format],
    }),
  );
});

test("a value that is too long for the name of a folder is refused", async () => {
  const frame = spark.range(1).select(col("id"), lit("x".repeat(300)).as("part"));
  await expect(frame.write.partitionBy("part").json(join(folder, "long"))).rejects.toMatchObject({
    condition: "TASK_WRITE_FAILED",
    message: expect.stringContaining("a name in it is too long"),
  });
});

test("hundreds of columns are written as CSV", async () => {
  const names = Array.from({ length: 300 }, (_, index) => `c${index}`);
  const values = names.map((name, index) => (index % 2 === 0 ? col("id") : lit('a,"b" ')).alias(name));
  await spark
    .range(1)
    .select(...values)
    .write.csv(join(folder, "wide"), { header: true });
  const rows = await spark.read.csv(join(folder, "wide"), { header: true }).collect({ rows: "array" });
  expect(rows).toEqual([names.map((_, index) => (index % 2 === 0 ? "0" : 'a,"b"'))]);
});

test("a thousand columns are read", async () => {
  const names = Array.from({ length: 1000 }, (_, index) => `c${index}`);
  const path = put(at("wide.csv"), `${names.join(",")}\n${names.map((_, index) => index).join(",")}\n`);
  const [row] = await spark.read.csv(path, { header: true, inferSchema: true }).collect();
  expect(Object.keys(row!)).toEqual(names);
});

test("values that are nested too deeply are refused by a sentence", () => {
  const path = put(at("deep.json"), `${'{"a":'.repeat(600)}1${"}".repeat(600)}\n`);
  return refuses(() => spark.read.json(path).collect(), { name: "UnsupportedError", says: ["nested more deeply"] });
});

test("whole files have their path, time, length and bytes", async () => {
  const path = put(at("bytes", "a.bin"), Uint8Array.of(0, 255, 10));
  put(at("bytes", "b.txt"), "no");
  const read = spark.read.format("binaryFile").option("pathGlobFilter", "*.bin").load(at("bytes"));
  const [row] = await read.select("path", "length", "content").collect();
  expect(row).toEqual({ path: `file:${path}`, length: 3, content: Uint8Array.of(0, 255, 10) });
  expect(await read.count()).toBe(1);
});
