/** Parquet files that Spark 4.2 wrote with types that the format does not have; the answers are those of Spark to the same files. */
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const fixture = (name: string): string => join(import.meta.dirname, "fixtures", "parquet", `${name}.parquet`);

let spark: SparkSession;

beforeAll(() => {
  spark = SparkSession.create();
});
afterAll(() => spark.stop());

describe("void columns", () => {
  it.each([
    ["void", "a INT,n VOID", { a: 1, n: null }],
    ["void-in-struct", "a INT,s STRUCT<x: INT, n: VOID>", { a: 1, s: { x: 1, n: null } }],
    ["void-alone", "a INT,s STRUCT<n: VOID>", { a: 1, s: { n: null } }],
    ["void-in-array", "a INT,s ARRAY<VOID>", { a: 1, s: [null] }],
  ])("are read from %s", async (name, ddl, row) => {
    const frame = spark.read.parquet(fixture(name));
    expect(await spark.read.schema(ddl).parquet(fixture(name)).schema()).toEqual(await frame.schema());
    expect((await frame.collect()).map((each) => ({ ...each }))).toEqual([row]);
  });

  it.each([
    ["a VOID", "[a]", "void"],
    ["a INT, n INT", "[n]", "int"],
    ["a INT, n STRING", "[n]", "string"],
  ])("are no others, nor are others void: %s", async (ddl, column, expectedType) => {
    await expect(spark.read.schema(ddl).parquet(fixture("void")).collect()).rejects.toMatchObject({
      condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
      parameters: { column, expectedType },
    });
  });
});

it("reads Arrow's columns of null as integers, as Spark does", async () => {
  const frame = spark.read.parquet(fixture("null-of-arrow"));
  expect((await frame.schema()).fields.map(({ type }) => type.kind)).toEqual(["int", "int"]);
  expect((await frame.collect()).map((each) => ({ ...each }))).toEqual([{ a: 1, n: null }]);
});

it.each(["null AS n", "named_struct('x', 1, 'y', array(null)) AS n"])(
  "refuses to write the void of %s",
  async (column) => {
    const writing = spark.sql(`SELECT 1 AS a, ${column}`).write.parquet(join(tmpdir(), "never-written"));
    await expect(writing).rejects.toMatchObject({ name: "UnsupportedError", parameters: { column: "n" } });
  },
);

it("reads CHAR and VARCHAR as the text that was stored, padded", async () => {
  const frame = spark.read.parquet([fixture("char-1"), fixture("char-2")]);
  expect((await frame.schema()).fields.map(({ name, type }) => [name, type.kind])).toEqual([
    ["c", "string"],
    ["v", "string"],
    ["n", "int"],
  ]);
  expect((await frame.orderBy("n").collect()).map((each) => ({ ...each }))).toEqual([
    { c: "ab   ", v: "xyz", n: 1 },
    { c: null, v: "q", n: 2 },
  ]);
  expect(await frame.filter("c = 'ab'").count()).toBe(0);
});

it.each(["variant", "variant-shredded"])("knows the VARIANT of %s, and refuses its values by name", async (name) => {
  const frame = spark.read.parquet(fixture(name));
  expect((await frame.schema()).fields.map(({ type }) => type.kind)).toEqual(["int", "variant"]);
  await expect(frame.collect()).rejects.toMatchObject({ name: "UnsupportedError", parameters: { column: "v" } });
  expect((await spark.read.schema("id INT").parquet(fixture(name)).collect()).map(({ id }) => id)).toEqual([
    1, 2, 3, 4, 5, 6,
  ]);
});
