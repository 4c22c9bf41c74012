/** CSV as real Spark reads it: the values are those that Spark 4.2 gives for the same file and options. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const lines = [
  "id,name,amount,day,t",
  '1,"Ann, B",1.5,2024-01-02,2024-01-02T10:00:00',
  '2,"He said ""x""",,2024-02-30,',
  "3,café,2e3,2024-01-03,2024-01-03 11:22:33.5",
  "",
  '4,"a\\"b",7',
  "",
].join("\n");

let spark: SparkSession;
let folder: string;
let path: string;

beforeAll(async () => {
  spark = SparkSession.create();
  spark.conf.set("spark.sql.session.timeZone", "UTC");
  folder = await mkdtemp(join(tmpdir(), "csv-"));
  path = join(folder, "people.csv");
  await writeFile(path, lines);
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true });
});

const schema = "id INT, name STRING, amount DOUBLE, day DATE, _corrupt_record STRING";

describe("inference", () => {
  test.each([false, true])("takes names from the header and types from all values; multiLine %s", async (multiLine) => {
    const read = spark.read.csv(path, { header: true, inferSchema: true, multiLine });
    expect((await read.schema()).fields.map(({ name, type }) => [name, type.kind])).toEqual([
      ["id", "int"],
      ["name", "string"],
      ["amount", "double"],
      ["day", "string"],
      ["t", "timestamp"],
    ]);
    expect(await read.select("id", "name", "amount", "day").collect({ rows: "array" })).toEqual([
      [1, "Ann, B", 1.5, "2024-01-02"],
      [2, '"He said ""x"""', null, "2024-02-30"],
      [3, "café", 2000, "2024-01-03"],
      [4, 'a"b', 7, null],
    ]);
  });

  test("numbers the columns without a header, and all are strings", async () => {
    const read = spark.read.csv(path);
    expect((await read.schema()).fields.map(({ name, type }) => [name, type.kind])).toEqual(
      [0, 1, 2, 3, 4].map((index) => [`_c${index}`, "string"]),
    );
    expect(await read.count()).toBe(5);
  });
});

describe("malformed records", () => {
  test("keep what could be read, and their text", async () => {
    const text = `${schema.replace("_corrupt", "t TIMESTAMP, _corrupt")}`;
    const read = spark.read.schema(text).csv(path, { header: true });
    expect(await read.drop("t").collect({ rows: "array" })).toEqual([
      [1, "Ann, B", 1.5, "2024-01-02", null],
      [2, '"He said ""x"""', null, null, '2,"He said ""x""",,2024-02-30,'],
      [3, "café", 2000, "2024-01-03", null],
      [4, 'a"b', 7, null, '4,"a\\"b",7'],
    ]);
  });

  test("are left out with DROPMALFORMED", async () => {
    const text = "id INT, name STRING, amount DOUBLE, day DATE, t TIMESTAMP";
    const read = spark.read.schema(text).csv(path, { header: true, mode: "DROPMALFORMED" });
    expect((await read.collect({ rows: "array" })).map(([id]) => id)).toEqual([1, 3]);
  });

  test("are an error with FAILFAST, which tells the line", async () => {
    const text = "id INT, name STRING, amount DOUBLE, day DATE, t TIMESTAMP";
    const read = spark.read.schema(text).csv(path, { header: true, mode: "FAILFAST" });
    await expect(read.collect()).rejects.toThrow(/MALFORMED_RECORD_IN_PARSING.*people\.csv:3/s);
  });
});

test("an unknown encoding is refused", async () => {
  await expect(spark.read.csv(path, { encoding: "latin-99" }).collect()).rejects.toThrow(
    /latin-99 of csv is not known/,
  );
});
