import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { connectSpark, hasSpark, type SparkPeer } from "../../services/client.ts";

describe.skipIf(!hasSpark())("the real Spark that results are compared with", () => {
  let spark: SparkPeer;
  beforeAll(async () => {
    spark = await connectSpark();
  });
  afterAll(() => spark.close());

  const value = async (expression: string) => (await spark.sql(`SELECT ${expression}`)).rows[0]?.[0];

  it("is Spark 4.2 with ANSI on, in UTC, with two shuffle partitions", async () => {
    expect(await value("version()")).toMatch(/^4\.2\.0 /);
    const keys = [
      "spark.sql.ansi.enabled",
      "spark.sql.session.timeZone",
      "spark.sql.shuffle.partitions",
      "spark.master",
    ];
    const { rows } = await spark.python("result = spark.createDataFrame([[spark.conf.get(key) for key in keys]])", {
      keys,
    });
    expect(rows).toEqual([["true", "UTC", "2", "local[2]"]]);
  });

  it.each([
    ["127Y", 127],
    ["9007199254740991", 9007199254740991],
    ["9223372036854775807", "9223372036854775807"],
    ["-9223372036854775807 - 1", "-9223372036854775808"],
    ["CAST(1.50 AS DECIMAL(10, 2))", "1.50"],
    ["CAST('0.0000000001' AS DECIMAL(38, 10))", "0.0000000001"],
    ["CAST('0.00000000000000000000000000000000000001' AS DECIMAL(38, 38))", `0.${"1".padStart(38, "0")}`],
    ["99999999999999999999999999999999999999BD", "99999999999999999999999999999999999999"],
    ["0.1F", Math.fround(0.1)],
    ["-0.0D", -0],
    ["DOUBLE('NaN')", "NaN"],
    ["DOUBLE('-Infinity')", "-Infinity"],
    ["true", true],
    ["NULL", null],
    [String.raw`'line\n\u2028 "quoted" 🚣'`, '"line\n\u2028 "quoted" 🚣"'.slice(1, -1)],
    ["X'00ff'", "hex:00ff"],
  ])("answers %s exactly", async (expression, expected) => {
    expect(await value(expression)).toStrictEqual(expected);
  });

  it.each([
    ["DATE'2025-02-01'", "2025-02-01"],
    ["DATE'0000-01-01' - 1", "-0001-12-31"],
    ["DATE'9999-12-31' + 1", "+10000-01-01"],
    ["TIMESTAMP'2025-02-01 12:00:00+02:00'", "2025-02-01 10:00:00.000000"],
    ["TIMESTAMP'1582-10-14 23:59:59.000001'", "1582-10-14 23:59:59.000001"],
    ["TIMESTAMP_NTZ'2025-02-01 12:00:00.25'", "2025-02-01 12:00:00.250000"],
    ["INTERVAL '1 2:03:04.5' DAY TO SECOND", "us:93784500000"],
    ["INTERVAL '-1' SECOND", "us:-1000000"],
    ["INTERVAL '1-1' YEAR TO MONTH", "months:13"],
    ["make_interval(1, 2, 3)", "1 years 2 months 21 days"],
    [`parse_json('{"b": [1, 2.5], "a": null}')`, '{"a":null,"b":[1,2.5]}'],
  ])("carries the time or variant %s beyond what Python holds", async (expression, expected) => {
    expect(await value(expression)).toBe(expected);
  });

  it("keeps the order of map entries, and nulls and times inside nested values", async () => {
    expect(await value("map('z', DATE'2025-01-01', 'a', NULL)")).toEqual({
      map: [
        ["z", "2025-01-01"],
        ["a", null],
      ],
    });
    expect(await value("map(array(1), 'list', array(2), 'of lists')")).toEqual({
      map: [
        [[1], "list"],
        [[2], "of lists"],
      ],
    });
    expect(await value("array(named_struct('at', TIMESTAMP'2025-01-01 00:00:00', 'n', 1BD), NULL)")).toEqual([
      { at: "2025-01-01 00:00:00.000000", n: "1" },
      null,
    ]);
  });

  it("reports names, types and nullability, also of columns that share a name", async () => {
    const { schema, schemaJson, rows } = await spark.sql(
      "SELECT 1 AS a, array(1L, NULL) AS a, CAST(NULL AS STRING) AS `b.c`",
    );
    expect(schema).toEqual([
      ["a", "int", false],
      ["a", "array<bigint>", false],
      ["b.c", "string", true],
    ]);
    expect(schemaJson).toMatchObject({ fields: [{}, { type: { elementType: "long", containsNull: true } }, {}] });
    expect(rows).toEqual([[1, [1, null], null]]);
  });

  it("keeps the order of rows", async () => {
    const { rows } = await spark.sql("SELECT id FROM range(1000) ORDER BY id DESC");
    expect(rows).toEqual(Array.from({ length: 1000 }, (_, index) => [999 - index]));
  });

  it.each([
    ["SELECT 1 / 0", "DIVIDE_BY_ZERO", "22012"],
    ["SELECT 1 / id FROM range(0, 10, 1, 2)", "DIVIDE_BY_ZERO", "22012"],
    ["SELECT nothing FROM range(1)", "UNRESOLVED_COLUMN.WITH_SUGGESTION", "42703"],
    ["SELEC 1", "PARSE_SYNTAX_ERROR", "42601"],
    ["SELECT CAST('x' AS INT)", "CAST_INVALID_INPUT", "22018"],
    ["SELECT * FROM missing_table", "TABLE_OR_VIEW_NOT_FOUND", "42P01"],
  ])("names the condition of %s", async (text, condition, sqlState) => {
    await expect(spark.sql(text)).rejects.toMatchObject({ name: "SparkPeerError", condition, sqlState });
  });

  it("returns an error as a value when asked to, with its parameters and what caused it", async () => {
    const failing = "result = spark.range(1).select(F.udf(lambda n: 1 // n)('id'))";
    expect(await spark.attempt({ op: "sql", text: "SELECT nothing FROM range(1)" })).toMatchObject({
      error: { parameters: { objectName: "`nothing`", proposal: "`id`" }, causes: [] },
    });
    expect(await spark.attempt({ op: "python", code: failing })).toMatchObject({
      error: { condition: "PYTHON_EXCEPTION", message: expect.stringContaining("ZeroDivisionError") },
    });
    expect(await spark.attempt({ op: "python", code: "spark.range(1)" })).toMatchObject({
      error: { condition: null, message: expect.stringContaining("`result`") },
    });
  });

  it("runs Python with functions, types, windows and given values", async () => {
    const code = `
      rows = spark.createDataFrame([tuple(row) for row in orders], "user STRING, amount INT")
      rank = F.row_number().over(Window.partitionBy("user").orderBy(F.desc("amount")))
      result = rows.withColumn("rank", rank).orderBy("user", "rank")
    `;
    const orders = Object.entries({ 5: "ana", 7: "bo", 9: "ana" }).map(([amount, user]) => [user, Number(amount)]);
    expect((await spark.python(code, { orders })).rows).toEqual([
      ["ana", 9, 1],
      ["ana", 5, 2],
      ["bo", 7, 1],
    ]);
  });

  it("writes and reads files, partitioned, with a schema and options", async () => {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-peer-"));
    try {
      const path = join(folder, "kpi");
      const sql = "SELECT id, id % 2 AS half, 'a;b' AS text FROM range(4)";
      await spark.write({ sql, format: "csv", path, mode: "overwrite", partitionBy: ["half"], options: { sep: ";" } });
      expect((await readdir(path)).sort()).toEqual(expect.arrayContaining(["_SUCCESS", "half=0", "half=1"]));
      const read = await spark.read({ format: "csv", path, schema: "id LONG, text STRING", options: { sep: ";" } });
      expect(read.schema.map(([name, type]) => `${name} ${type}`)).toEqual(["id bigint", "text string", "half int"]);
      expect([...read.rows].sort()).toEqual([0, 1, 2, 3].map((id) => [id, "a;b", id % 2]));
      await expect(
        spark.read({ format: "csv", path, schema: "id INT, text INT", options: { sep: ";", mode: "FAILFAST" } }),
      ).rejects.toMatchObject({
        condition: "FAILED_READ_FILE.NO_HINT",
        causes: ["MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION"],
      });
      await expect(spark.write({ sql, format: "csv", path })).rejects.toMatchObject({
        condition: "PATH_ALREADY_EXISTS",
      });
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it("gives each peer its own views and settings, and serves several at once", async () => {
    await using other = await connectSpark();
    await spark.sql("CREATE TEMPORARY VIEW mine AS SELECT 1 AS one");
    await other.sql("SET spark.sql.session.timeZone = Asia/Tokyo");
    const [ours, theirs, zoned] = await Promise.all([
      spark.attempt({ op: "sql", text: "SELECT one, current_timezone() FROM mine" }),
      other.attempt({ op: "sql", text: "SELECT one FROM mine" }),
      other.sql("SELECT TIMESTAMP'2025-01-01 00:00:00'"),
    ]);
    expect(ours).toMatchObject({ answer: { rows: [[1, "UTC"]] } });
    expect(theirs).toMatchObject({ error: { condition: "TABLE_OR_VIEW_NOT_FOUND" } });
    expect(zoned.rows).toEqual([["2024-12-31 15:00:00.000000"]]);
  });

  it("refuses requests after it was closed", async () => {
    const closed = await connectSpark();
    await closed.close();
    await expect(closed.sql("SELECT 1")).rejects.toThrow("closed");
  });
});
