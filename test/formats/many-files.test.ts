/** Reads of more files than are planned one by one. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, SparkSession } from "lakewright";
import { count, sum } from "lakewright/functions";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const files = 120;
const spark = SparkSession.create();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-many-"));
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Files of one row, but for the first, which has two; each row has the number of its file. */
async function write(name: string, header: string, row: (file: number) => string): Promise<string> {
  for (let file = 0; file < files; file++)
    await writeFile(
      join(folder, `${String(file).padStart(3, "0")}.${name}`),
      header + row(file).repeat(file === 0 ? 2 : 1),
    );
  return join(folder, `*.${name}`);
}

describe("many files", () => {
  const kinds = [
    ["csv", { header: true }, "n,t\n", (file: number) => `${file},é\n`],
    ["json", {}, "", (file: number) => `{"n":${file},"t":"é"}\n`],
  ] as const;

  test.each(kinds)("of %s are counted and read", async (name, options, header, row) => {
    const path = await write(name, header, row);
    const rows = spark.read.format(name).options(options).schema("n INT, t STRING").load(path);
    expect(await rows.count()).toBe(files + 1);
    const byFile = rows.groupBy(col("_metadata.file_name").as("file")).agg(count("*").as("rows"), sum("n").as("sum"));
    const found = await byFile.orderBy("file").collect({ rows: "array" });
    expect([found.length, found[0], found[119]]).toEqual([120, [`000.${name}`, 2, 0], [`119.${name}`, 1, 119]]);
    const counted = rows.groupBy("_metadata.file_name").count().orderBy("file_name");
    expect((await counted.collect({ rows: "array" }))[0]).toEqual([`000.${name}`, 2]);
  });

  const odd = [
    // Without a line feed at the end, by rules of Spark alone, with an empty line or a carriage return, with a byte order mark.
    [
      "csv",
      "n,t\n",
      (file: number) => [`${file},é`, `${file},"a\\"b"\n`, `${file},é\n\n`, `${file},é\n`][file % 4]!,
      'a"b',
    ],
    [
      "json",
      "",
      (file: number) =>
        [
          `{"n":${file},"t":"é"}`,
          `{'n':${file},'t':'a"b'}\n`,
          `{"n":${file},"t":"é"}\r\n`,
          `\ufeff{"n":${file},"t":"é"}\n`,
        ][file % 4]!,
      'a"b',
    ],
  ] as const;

  test.each(odd)(
    "of %s that are written in different ways keep their rows and partitions",
    async (name, header, row, quoted) => {
      const path = join(folder, `${name}-partitions`);
      for (const part of [0, 1]) await mkdir(join(path, `part=${part}`), { recursive: true });
      for (let file = 0; file < files; file++)
        await writeFile(join(path, `part=${file % 2}`, `${file}.${name}`), header + row(file));
      const reader = spark.read.format(name).schema("n INT, t STRING, part INT");
      const rows = (name === "csv" ? reader.option("header", true) : reader).load(path);
      const sums = rows.groupBy("part", "t").agg(count("*").as("rows"), sum("n").as("sum")).orderBy("part", "t");
      expect(await sums.collect({ rows: "array" })).toEqual([
        [0, "é", 60, 3540],
        [1, quoted, 30, 1770],
        [1, "é", 30, 1830],
      ]);
      expect(await rows.agg(sum("n")).collect({ rows: "array" })).toEqual([[7140]]);
    },
  );

  test("of lines are counted and read", async () => {
    const path = join(folder, "lines");
    await mkdir(path);
    for (let file = 0; file < files; file++)
      await writeFile(join(path, `${file}.txt`), `a\nline of ${file}${file % 2 ? "\n" : ""}`);
    const lines = spark.read.text(path);
    expect(await lines.count()).toBe(2 * files);
    expect(await lines.distinct().count()).toBe(files + 1);
  });

  test("of Parquet that list the same columns, in structs of other sizes, are read by what each has", async () => {
    const path = join(folder, "structs");
    const write = (sql: string): Promise<void> => spark.sql(sql).coalesce(1).write.mode("append").parquet(path);
    await write("SELECT named_struct('b', 1) AS a, 2 AS c");
    await write("SELECT named_struct('b', 3, 'c', 4) AS a");
    const rows = spark.read.schema("a STRUCT<b: INT, c: INT>, c INT").parquet(path).orderBy("a.b");
    expect(await rows.collect({ rows: "array" })).toEqual([
      [{ b: 1, c: null }, 2],
      [{ b: 3, c: 4 }, null],
    ]);
  });

  test("of Parquet have the schema of the first by path, whatever their order", async () => {
    const path = (name: string): string => join(folder, "mixed", name);
    const write = (name: string, sql: string): Promise<void> => spark.sql(sql).coalesce(1).write.parquet(path(name));
    await write("int", "SELECT 1 AS a, 1 AS b");
    await write("double", "SELECT 1.5D AS a, 3 AS b");
    await write("case", "SELECT 4 AS A, 5 AS B");
    const read = (...names: readonly string[]) => spark.read.parquet(names.map(path));
    const rows = await read("int", "double").orderBy("b").collect({ rows: "array" });
    expect(rows).toEqual([
      [1, 1],
      [1.5, 3],
    ]);
    expect(await read("int", "case").columns()).toEqual(["A", "B"]);
    const merged = spark.read.option("mergeSchema", true).parquet([path("int"), path("case")]);
    expect(await merged.orderBy("B").collect()).toEqual([
      { A: 1, B: 1 },
      { A: 4, B: 5 },
    ]);
    await expect(read("double", "case").collect()).rejects.toMatchObject({
      condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
    });
  });

  test.each(["csv", "json", "parquet", "avro"])(
    "of %s may be none: columns and metadata have their types",
    async (format) => {
      const path = join(folder, `none-${format}`);
      await mkdir(path);
      const rows = spark.read.schema("n INT, t STRING, at TIMESTAMP").format(format).load(path);
      expect(await rows.select("n", "at", "_metadata.file_path").collect()).toEqual([]);
      expect(await rows.select("_metadata.file_size").collect()).toEqual([]);
    },
  );
});
