/** Columns that a schema or a folder gives to files. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";

const spark = SparkSession.create();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-partition-columns-"));
  for (const name of ["id", "Id"]) {
    const partition = join(folder, name, `${name}=7`);
    await mkdir(partition, { recursive: true });
    await writeFile(join(partition, "a.csv"), "id,x\n5,2\n");
  }
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

test.each(["id", "Id"])("a column of CSV keeps its place where the folders call it %s", async (name) => {
  const path = join(folder, name);
  for (const multiLine of [false, true]) {
    const rows = spark.read.csv(path, { header: true, multiLine });
    expect(await rows.collect()).toEqual([{ [name]: 7, x: "2" }]);
    expect(await rows.columns()).toEqual([name, "x"]);
  }
});

test("CHAR and VARCHAR of a schema are refused as by Spark", () => {
  for (const schema of ["c CHAR(3)", "c ARRAY<VARCHAR(3)>"] as const)
    expect(() => spark.read.schema(schema).csv(folder)).toThrow("[UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING]");
});

test("a partition column of a schema comes last, and is none of the files", async () => {
  const rows = spark.read.schema("id INT, x INT").csv(join(folder, "id"), { header: true });
  expect(await rows.columns()).toEqual(["x", "id"]);
  expect(await rows.collect()).toEqual([{ x: 5, id: 7 }]);
});
