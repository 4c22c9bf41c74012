/** The ANSI mode as programs set it: by the builder, by `conf` and by SET. */
import { col, ExecutionError, expr, lit, SparkSession } from "lakewright";
import { elementAt, makeDate, size, split, sum } from "lakewright/functions";
import { afterAll, describe, expect, test } from "vitest";

const spark = SparkSession.create({ "spark.sql.ansi.enabled": false });
afterAll(() => spark.stop());

const texts = spark.createDataFrame(
  [
    { id: 1, text: "1.5" },
    { id: 2, text: "x" },
  ],
  "id INT NOT NULL, text STRING",
);

describe("without the ANSI mode", () => {
  test("casts of values that do not fit give null", async () => {
    const cast = texts.select(col("text").cast("int").as("whole"), col("text").cast("date").as("day"));
    expect(await cast.collect()).toEqual([
      { whole: 1, day: null },
      { whole: null, day: null },
    ]);
  });

  test("arithmetic wraps around, reads texts as doubles and gives null for divisions by zero", async () => {
    const [row] = await texts
      .filter("id = 1")
      .select(col("id").plus(2_147_483_647).as("wrapped"), expr("id + text").as("read"), col("id").divide(0).as("none"))
      .collect();
    expect(row).toEqual({ wrapped: -2_147_483_648, read: 2.5, none: null });
  });

  test("functions give null where they would fail", async () => {
    const [row] = await texts
      .filter("id = 1")
      .select(
        elementAt(split(col("text"), "[.]"), lit(3)).as("third"),
        makeDate(lit(2023), lit(2), lit(29)).as("day"),
        size(split(lit(null).cast("string"), ",")).as("count"),
      )
      .collect();
    expect(row).toEqual({ third: null, day: null, count: -1 });
  });

  test("an integer beside a text becomes text in a union", async () => {
    const union = spark.sql`SELECT id FROM ${texts} UNION SELECT text FROM ${texts}`;
    expect((await union.schema()).fields[0]!.type.kind).toBe("string");
    expect(await texts.join(spark.range(3).withColumnRenamed("id", "text"), "text").count()).toBe(1);
  });

  test("what is written to a table must fit all the same", async () => {
    await spark.execute("CREATE OR REPLACE TEMPORARY VIEW large AS SELECT 3000000000 AS a");
    await spark.execute("DROP TABLE IF EXISTS ansi_mode_numbers");
    await spark.execute("CREATE TABLE ansi_mode_numbers (a INT) USING parquet");
    await expect(spark.execute("INSERT INTO ansi_mode_numbers SELECT a FROM large")).rejects.toMatchObject({
      condition: "CAST_OVERFLOW_IN_TABLE_INSERT",
    });
    await spark.execute("DROP TABLE ansi_mode_numbers");
  });
});

test("a frame is computed in the mode that its session is in then", async () => {
  const session = spark.newSession();
  const total = session.sql("SELECT 9223372036854775807L AS a UNION ALL SELECT 1L").agg(sum("a").as("total"));
  session.conf.set("spark.sql.ansi.enabled", true);
  await expect(total.collect()).rejects.toBeInstanceOf(ExecutionError);
  session.conf.set("spark.sql.ansi.enabled", false);
  expect(await total.collect({ longs: "bigint" })).toEqual([{ total: -9_223_372_036_854_775_808n }]);
  await session.execute("SET spark.sql.ansi.enabled = true");
  await expect(total.collect()).rejects.toMatchObject({ condition: "ARITHMETIC_OVERFLOW" });
});

test("text is not read as an interval", () =>
  expect(spark.sql("SELECT interval '1' day = '1'").collect()).rejects.toMatchObject({
    condition: "DATATYPE_MISMATCH.BINARY_OP_DIFF_TYPES",
  }));

test.each([
  ["spark.sql.ansi.enforceReservedKeywords", "true"],
  ["spark.sql.storeAssignmentPolicy", "LEGACY"],
])("%s cannot be %s", (key, value) => {
  expect(() => spark.conf.set(key, value)).toThrow(/must be (?:false|ANSI): /);
});

test("a value that is neither true nor false is refused", () => {
  expect(() => spark.conf.set("spark.sql.ansi.enabled", "maybe")).toThrow(/must be true or false/);
});
