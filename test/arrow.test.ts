/** Streams of Arrow, read back by `apache-arrow`; the schemas are those that PySpark's `toArrow` gives. */
import { tableFromIPC } from "apache-arrow";
import { toArrowTable } from "lakewright/arrow";
import { testSession } from "lakewright/testing";
import { afterAll, describe, expect, test, vi } from "vitest";

const spark = testSession();
afterAll(() => spark.stop());

const query = async (text: string) => tableFromIPC(await spark.sql(text).toArrow());
const fieldsOf = ({ schema }: Awaited<ReturnType<typeof query>>) =>
  schema.fields.map(({ name, type, nullable }) => `${name}: ${type}${nullable ? "" : " not null"}`);

describe("toArrow", () => {
  test("gives whole numbers and text, with nulls", async () => {
    const table = await query(
      "SELECT * FROM VALUES (1Y, 2S, 3, 4L, 'é'), (null, null, null, null, null) AS t(a, b, c, d, e)",
    );
    expect(fieldsOf(table)).toEqual(["a: Int8", "b: Int16", "c: Int32", "d: Int64", "e: Utf8"]);
    expect(table.toArray().map((row) => Object.values(row.toJSON()))).toEqual([
      [1, 2, 3, 4n, "é"],
      [null, null, null, null, null],
    ]);
  });

  test("gives floating point, booleans and bytes", async () => {
    const table = await query(
      "SELECT * FROM VALUES (1.5F, 2.5D, true, X'0102'), (0F, -1D, false, X'') AS t(a, b, c, d)",
    );
    expect(fieldsOf(table)).toEqual([
      "a: Float32 not null",
      "b: Float64 not null",
      "c: Bool not null",
      "d: Binary not null",
    ]);
    expect(table.toArray().map((row) => Object.values(row.toJSON()))).toEqual([
      [1.5, 2.5, true, new Uint8Array([1, 2])],
      [0, -1, false, new Uint8Array()],
    ]);
  });

  test("gives decimals of 128 bits, short and long", async () => {
    const table = await query("SELECT -1.23BD AS n, -12345678901234567890.12BD AS w");
    expect(fieldsOf(table)).toEqual(["n: Decimal[3e+2] not null", "w: Decimal[22e+2] not null"]);
    const words = ["n", "w"].map((name) => {
      const [low, high] = new BigInt64Array((table.getChild(name)!.get(0) as Uint32Array).slice().buffer);
      return (high! << 64n) | BigInt.asUintN(64, low!);
    });
    expect(words).toEqual([-123n, -1234567890123456789012n]);
  });

  test("gives dates, timestamps with the zone of the session and spans in microseconds", async () => {
    const table = await query(
      "SELECT DATE'1970-01-03' AS d, TIMESTAMP'1970-01-01 00:00:01' AS t, TIMESTAMP_NTZ'1970-01-01 00:00:02' AS n, INTERVAL '1' SECOND AS i",
    );
    expect(fieldsOf(table)).toEqual([
      "d: Date32<DAY> not null",
      "t: Timestamp<MICROSECOND, UTC> not null",
      "n: Timestamp<MICROSECOND> not null",
      "i: Duration<MICROSECOND> not null",
    ]);
    expect(Array.from(table.batches[0]!.data.children, ({ values }) => Number(values[0]))).toEqual([
      2, 1_000_000, 2_000_000, 1_000_000,
    ]);
  });

  test("gives nested values and nulls inside", async () => {
    const table = await query(
      "SELECT null AS v, array(1, null) AS a, map('k', 1.5D) AS m, named_struct('x', 1, 'y', array('p')) AS s",
    );
    expect(fieldsOf(table)).toEqual([
      "v: Null",
      "a: List<Int32> not null",
      "m: Map<{key:Utf8, value:Float64}> not null",
      "s: Struct<{x:Int32, y:List<Utf8>}> not null",
    ]);
    expect(JSON.parse(JSON.stringify(table.toArray()[0]))).toEqual({
      v: null,
      a: [1, null],
      m: { k: 1.5 },
      s: { x: 1, y: ["p"] },
    });
  });

  test("gives a variant as its value and its metadata, which is marked", async () => {
    const table = await query(`SELECT parse_json('{"a":1}') AS v`);
    const [, metadata] = table.schema.fields[0]!.type.children;
    expect(metadata!.metadata).toEqual(new Map([["variant", "true"]]));
    expect(table.getChild("v")!.get(0)!.toJSON()).toEqual({
      value: new Uint8Array([2, 1, 0, 0, 2, 12, 1]),
      metadata: new Uint8Array([1, 1, 0, 1, 97]),
    });
  });

  test("gives lists and structs that are null", async () => {
    const table = await query(
      "SELECT * FROM VALUES (array('a', null), named_struct('x', 1)), (null, null), (array(), named_struct('x', 2)) AS t(a, s)",
    );
    expect(JSON.parse(JSON.stringify(table.toArray()))).toEqual([
      { a: ["a", null], s: { x: 1 } },
      { a: null, s: null },
      { a: [], s: { x: 2 } },
    ]);
  });

  test("names the zone that the session shows timestamps in", async () => {
    await using other = testSession();
    other.conf.set("spark.sql.session.timeZone", "Europe/Zurich");
    const table = tableFromIPC(await other.sql("SELECT TIMESTAMP'1970-01-01 01:00:00' AS t").toArrow());
    expect(fieldsOf(table)).toEqual(["t: Timestamp<MICROSECOND, Europe/Zurich> not null"]);
    expect(Number(table.batches[0]!.data.children[0]!.values[0])).toBe(0);
  });

  test("refuses what PySpark refuses", async () => {
    await expect(spark.sql("SELECT array(INTERVAL '1' YEAR) AS y").toArrow()).rejects.toMatchObject({
      condition: "UNSUPPORTED_DATA_TYPE_FOR_ARROW_CONVERSION",
    });
  });
});

test("toArrowTable gives all batches, and the schema where there are no rows", async () => {
  const table = await toArrowTable(spark.range(10_000));
  expect(table.numRows).toBe(10_000);
  expect(table.getChild("id")!.toArray()).toEqual(BigInt64Array.from({ length: 10_000 }, (_, id) => BigInt(id)));
  const empty = await toArrowTable(spark.range(0));
  expect([empty.numRows, empty.schema.fields[0]!.name]).toEqual([0, "id"]);
});

test("toArrowTable says what to install when apache-arrow is missing", async () => {
  vi.doMock("apache-arrow", () => {
    throw new Error("not found");
  });
  await expect(toArrowTable(spark.range(1))).rejects.toThrow(
    /need the package apache-arrow[\s\S]*npm install apache-arrow/,
  );
  vi.doUnmock("apache-arrow");
});
