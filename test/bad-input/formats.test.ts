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
  const sources = ["csv", "json", "xml", "text", "parquet", "avro", "delta"] as const;
  type Source = (typeof sources)[number];
  const of = (source: Source): string => at("formats", source);
  const others = (format: Source, ...also: readonly Source[]) =>
    sources.filter((source) => source !== format && !also.includes(source));
  const read = (format: string, source: Source) =>
    spark.read
      .format(format)
      .options(format === "xml" ? { rowTag: "ROW" } : {})
      .load(of(source));
  beforeAll(async () => {
    const rows = spark.sql("SELECT 1 AS id, 'a' AS name").coalesce(1);
    for (const source of sources)
      await (source === "text" ? rows.select("name") : rows).write
        .format(source)
        .options(source === "xml" ? { rowTag: "ROW" } : {})
        .save(of(source));
  });

  test.each(others("parquet", "delta"))("%s is no parquet", (source) =>
    refuses(() => read("parquet", source).schema(), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.CANNOT_READ_FILE_FOOTER",
      says: [of(source)],
    }),
  );

  test.each(others("avro"))("%s is no avro", (source) =>
    refuses(() => read("avro", source).schema(), {
      name: "ExecutionError",
      condition: "FAILED_READ_FILE.NO_HINT",
      says: [of(source), "not a file of Avro"],
    }),
  );

  test.each(others("delta"))("%s is no delta", (source) =>
    refuses(() => read("delta", source).schema(), { name: "AnalysisError", condition: "DELTA_TABLE_NOT_FOUND" }),
  );

  test.each([
    ...others("json").map((source) => ["json", source] as const),
    ...others("xml").map((source) => ["xml", source] as const),
  ])("as %s, %s has only corrupt records", async (format, source) => {
    const rows = read(format, source);
    expect(await rows.columns()).toEqual(["_corrupt_record"]);
    await refuses(() => rows.collect(), {
      name: "UnsupportedError",
      condition: "UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN",
    });
  });

  test("a table's files are rows of parquet", async () => {
    expect(await read("parquet", "delta").collect()).toEqual([{ id: 1, name: "a" }]);
  });

  test.each([
    ["json", ['{"id":1', '"name":"a"}'], '{"id":1,"name":"a"}'],
    ["text", ["a"], "a"],
    [
      "xml",
      ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'],
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>',
    ],
  ] as const)("%s is lines as csv and as text", async (source, record, line) => {
    expect((await read("csv", source).collect({ rows: "array" }))[0]).toEqual(record);
    expect((await read("text", source).collect({ rows: "array" }))[0]).toEqual([line]);
  });

  test.each([
    ["parquet", "PAR1"],
    ["delta", "PAR1"],
    ["avro", "Obj\u0001"],
  ] as const)("%s is bytes that are no lines", async (source, beginning) => {
    const [line] = await read("text", source).collect({ rows: "array" });
    expect(String((line as readonly unknown[])[0]).startsWith(beginning)).toBe(true);
    const [record] = await read("csv", source).collect({ rows: "array" });
    expect(String((record as readonly unknown[])[0]).startsWith(beginning)).toBe(true);
  });

  test.each(sources)("%s is whole files", async (source) => {
    const [row] = await read("binaryFile", source).select("length", "content").collect();
    expect((row!.content as Uint8Array).length).toBe(row!.length);
  });

  test.each(["orc", "jdbc"])("%s is refused by name", (format) =>
    refuses(() => spark.read.format(format).load(of("csv")).collect(), {
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
