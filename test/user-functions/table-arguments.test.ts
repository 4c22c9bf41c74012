/** Tables as arguments of table functions; the answers are those of Spark for the same classes in Python. */
import { col, lit, udtf } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

class Counted {
  #ids: number[] = [];
  eval({ row }: { row: { id: number } | null }) {
    if (row !== null) this.#ids.push(row.id);
    return null;
  }
  *terminate() {
    yield { n: this.#ids.length, k: this.#ids.join(",") };
  }
}
const counted = udtf({ row: "struct<id int>" }, "n INT, k STRING", Counted);
const beside = udtf({ row: "struct<id int>", x: "string" }, "n INT, k STRING", function* ({ row, x }) {
  yield { n: row?.id ?? null, k: x };
});
const rows = spark.sql("SELECT CAST(id AS INT) AS id, CAST(id % 2 AS INT) AS p FROM range(6)");

beforeAll(async () => {
  spark.udtf.register("counted", counted);
  spark.udtf.register("beside", beside);
  await rows.createOrReplaceTempView("tt");
});

const answers: readonly (readonly [sql: string, rows: readonly (readonly unknown[])[]])[] = [
  [
    "counted(TABLE(tt) PARTITION BY p ORDER BY id DESC)",
    [
      [3, "4,2,0"],
      [3, "5,3,1"],
    ],
  ],
  [
    "counted(TABLE(tt) DISTRIBUTE BY p SORT BY id)",
    [
      [3, "0,2,4"],
      [3, "1,3,5"],
    ],
  ],
  ["counted(TABLE(tt) WITH SINGLE PARTITION ORDER BY id DESC)", [[6, "5,4,3,2,1,0"]]],
  ["counted(TABLE(tt) WITH SINGLE PARTITION)", [[6, "0,1,2,3,4,5"]]],
  ["counted(TABLE(SELECT * FROM tt WHERE id < 0) PARTITION BY p)", []],
  [
    "beside(TABLE(SELECT id FROM tt WHERE id < 2), 'x')",
    [
      [0, "x"],
      [1, "x"],
    ],
  ],
  [
    "beside(x => 5, row => TABLE(SELECT id FROM tt WHERE id < 2))",
    [
      [0, "5"],
      [1, "5"],
    ],
  ],
];

describe("TABLE(…)", () => {
  test.each(answers)("SELECT * FROM %s", async (call, expected) => {
    expect(await spark.sql(`SELECT * FROM ${call}`).collect({ rows: "array" })).toEqual(expected);
  });

  test("groups by several expressions", async () => {
    const groups = await spark.sql("SELECT * FROM counted(TABLE(tt) PARTITION BY (p, id % 3))").collect();
    expect(groups.map(({ k }) => k).sort()).toEqual(["0", "1", "2", "3", "4", "5"]);
  });

  test.each([
    ["SELECT * FROM beside(TABLE(tt), TABLE(tt))", "TABLE_VALUED_FUNCTION_TOO_MANY_TABLE_ARGUMENTS"],
    ["SELECT * FROM counted(TABLE(nope))", "TABLE_OR_VIEW_NOT_FOUND"],
    ["SELECT * FROM counted(TABLE(tt) PARTITION BY zz)", "UNRESOLVED_COLUMN.WITH_SUGGESTION"],
    ["SELECT * FROM counted(TABLE(SELECT 1 AS other))", "UNRESOLVED_COLUMN.WITH_SUGGESTION"],
    ["SELECT * FROM beside('x', TABLE(tt))", "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE"],
    ["SELECT * FROM tt AS t, LATERAL beside(TABLE(tt), t.p)", "UNSUPPORTED_FEATURE"],
    ["SELECT * FROM beside(TABLE(tt), y => 1)", "UNRECOGNIZED_PARAMETER_NAME"],
  ])("%s is refused", async (sql, condition) => {
    await expect(spark.sql(sql).collect()).rejects.toMatchObject({ condition });
  });

  test.each([
    [
      "SELECT * FROM counted(TABLE tt)",
      "INVALID_SQL_SYNTAX.INVALID_TABLE_FUNCTION_IDENTIFIER_ARGUMENT_MISSING_PARENTHESES",
    ],
    ["SELECT * FROM counted(TABLE(tt) ORDER BY id)", "PARSE_SYNTAX_ERROR"],
  ])("%s cannot be read", (sql, condition) => {
    expect(() => spark.sql(sql)).toThrow(expect.objectContaining({ condition }));
  });
});

describe("asTable", () => {
  test("has an object for each partition, and rows in order", async () => {
    const call = counted(rows.asTable().partitionBy("p").orderBy(col("id").desc()));
    expect(await spark.table(call).collect()).toEqual([
      { n: 3, k: "4,2,0" },
      { n: 3, k: "5,3,1" },
    ]);
  });

  test("puts all rows together, or calls row for row", async () => {
    const together = spark.table(counted(rows.asTable().withSinglePartition()));
    expect(await together.collect()).toEqual([{ n: 6, k: "0,1,2,3,4,5" }]);
    const plain = await spark.table(beside({ row: rows.limit(2).asTable(), x: lit("y") })).collect();
    expect(plain).toEqual([
      { n: 0, k: "y" },
      { n: 1, k: "y" },
    ]);
  });

  test("refuses to say twice how rows are divided, as Spark does", () => {
    const table = rows.asTable().partitionBy("p");
    expect(() => table.withSinglePartition()).toThrow("Cannot call withSinglePartition() after partitionBy()");
    expect(() => table.orderBy("id").partitionBy("id")).toThrow("Cannot call partitionBy() after");
    expect(() => rows.asTable().orderBy("id")).toThrow("Please call partitionBy() or withSinglePartition() before");
  });
});
