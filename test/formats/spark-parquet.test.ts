/** Parquet files that Spark 4.2 wrote with types that the format does not have; the answers are those of Spark to the same files. */
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createTemporaryFolder } from "../../src/storage/temporary-folder.ts";
import { simpleString } from "../../src/types/type-name.ts";
import variantAnswers from "./fixtures/parquet/variant/answers.json" with { type: "json" };

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

it("writes void parts with Spark's mark, so that they are read as such again", async () => {
  const frame = spark.sql(
    "SELECT 1 AS a, null AS n, array(null) AS l, map() AS m, named_struct('x', 1, 'y', null) AS s",
  );
  await using folder = await createTemporaryFolder();
  await frame.write.parquet(join(folder.path, "voids"));
  const read = spark.read.parquet(join(folder.path, "voids"));
  expect((await read.schema()).fields.map(({ type }) => simpleString(type))).toEqual([
    "int",
    "void",
    "array<void>",
    "map<void,void>",
    "struct<x:int,y:void>",
  ]);
  expect((await read.collect()).map((each) => ({ ...each }))).toEqual([
    { a: 1, n: null, l: [null], m: new Map(), s: { x: 1, y: null } },
  ]);
});

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

describe("variant columns", () => {
  const asText = ["id", "to_json(v) AS v", "schema_of_variant(v) AS t"];

  it.each(Object.entries(variantAnswers))("are read from %s as Spark reads them", async (name, rows) => {
    const frame = spark.read.parquet(fixture(`variant/${name}`)).orderBy("id");
    expect(await frame.selectExpr(...asText).collect({ rows: "array" })).toEqual(rows);
  });

  it("tell a null in a variant from a row without one, at any depth", async () => {
    const frame = spark.read.parquet(fixture("variant/plain")).filter("id IN (8, 20)").orderBy("id");
    const nulls = ["v IS NULL AS v", "arr[0] IS NULL AS a", "st.x IS NULL AS s", "m['k'] IS NULL AS m"];
    expect(await frame.selectExpr(...nulls).collect({ rows: "array" })).toEqual([
      [false, false, false, false],
      [true, true, true, true],
    ]);
  });

  it("cost nothing where they are not read", async () => {
    expect(await spark.read.parquet(fixture("variant/object")).select("id").count()).toBe(23);
  });

  it("are read as no other type", async () => {
    const frame = spark.read.schema("v STRING").parquet(fixture("variant/plain"));
    await expect(frame.collect()).rejects.toMatchObject({
      condition: "FAILED_READ_FILE.PARQUET_COLUMN_DATA_TYPE_MISMATCH",
      parameters: { column: "[v]", expectedType: "string" },
    });
  });

  it.each([[[]], [["p"]]])("come back from files that were written, parted by %j", async (folders) => {
    await using folder = await createTemporaryFolder();
    const path = join(folder.path, "variants");
    const values = "SELECT id, parse_json(v) AS v, array(parse_json(v), null) AS l, 1 AS p FROM VALUES";
    const frame = spark.sql(`${values} (1, 'null'), (2, null), (3, '{"a": [1.50, "x"]}') AS t(id, v)`);
    await frame.write.partitionBy(...folders).parquet(path);
    const read = spark.read.parquet(path).orderBy("id");
    expect((await read.schema()).fields.slice(0, 3).map(({ type }) => simpleString(type))).toEqual([
      "int",
      "variant",
      "array<variant>",
    ]);
    expect(await read.selectExpr("id", "to_json(v) AS v", "to_json(l) AS l").collect({ rows: "array" })).toEqual([
      [1, "null", "[null,null]"],
      [2, null, "[null,null]"],
      [3, '{"a":[1.5,"x"]}', '[{"a":[1.5,"x"]},null]'],
    ]);
  });
});

describe("mergeSchema", () => {
  /** The rows of two files, each of one query, read together; the answers are Spark's to the same queries. */
  async function merged(first: string, second: string): Promise<{ readonly type: string; readonly rows: unknown }> {
    await using folder = await createTemporaryFolder();
    const paths = await Promise.all(
      [first, second].map(async (column, id) => {
        const path = join(folder.path, String(id));
        await spark.sql(`SELECT ${id} AS id, ${column}`).write.parquet(path);
        return path;
      }),
    );
    const frame = spark.read.option("mergeSchema", true).parquet(paths);
    const type = simpleString((await frame.drop("id").schema()).fields[0]!.type);
    const text = "to_json(struct(*), map('ignoreNullFields', 'true')) AS text";
    const rows = await frame.orderBy("id").drop("id").selectExpr(text).collect();
    return { type, rows: rows.map((row) => JSON.parse(String(row.text))) };
  }

  it.each([
    ["named_struct('a', 1, 'b', 2L) s", "named_struct('b', 3L, 'c', 'x') s", "struct<a:int,b:bigint,c:string>"],
    ["array(named_struct('a', 1)) s", "array(named_struct('b', 'q')) s", "array<struct<a:int,b:string>>"],
    ["map('k', named_struct('a', 1)) s", "map('j', named_struct('b', true)) s", "map<string,struct<a:int,b:boolean>>"],
    ["CAST(1 AS DECIMAL(10, 2)) s", "CAST(1 AS DECIMAL(12, 2)) s", "decimal(12,2)"],
    [
      "named_struct('a', named_struct('x', 1)) s",
      "named_struct('a', named_struct('y', 2.5D), 'z', 1) s",
      "struct<a:struct<x:int,y:double>,z:int>",
    ],
    ["1 s", "2 S", "int"],
  ])("reads %s and %s as one column", async (first, second, type) => {
    expect((await merged(first, second)).type).toBe(type);
  });

  it("gives each row the parts that its file has", async () => {
    const { rows } = await merged("named_struct('a', 1, 'b', 2L) s", "named_struct('b', 3L, 'c', 'x') s");
    expect(rows).toEqual([{ s: { a: 1, b: 2 } }, { s: { b: 3, c: "x" } }]);
  });

  it.each([
    ["named_struct('a', 1) s", "named_struct('a', 2L) s", "CANNOT_MERGE_SCHEMAS"],
    ["array(1) s", "array('x') s", "CANNOT_MERGE_SCHEMAS"],
    ["CAST(1 AS DECIMAL(10, 2)) s", "CAST(1 AS DECIMAL(10, 3)) s", "CANNOT_MERGE_SCHEMAS"],
    ["1 s", "null s", "CANNOT_MERGE_SCHEMAS"],
    ["1 s", "named_struct('a', 1) s", "CANNOT_MERGE_SCHEMAS"],
    ["named_struct('a', 1) s", "named_struct('A', 2) s", "COLUMN_ALREADY_EXISTS"],
  ])("refuses %s beside %s", async (first, second, condition) => {
    await expect(merged(first, second)).rejects.toMatchObject({ condition });
  });
});
