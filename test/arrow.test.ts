/** Streams of Arrow, read back by `apache-arrow`; the schemas are those that PySpark's `toArrow` gives. */
import {
  DateDay,
  Dictionary,
  Field,
  FixedSizeList,
  Float32,
  Int32,
  makeBuilder,
  Table,
  TimestampMicrosecond,
  tableFromArrays,
  tableFromIPC,
  tableToIPC,
  Uint8,
  Utf8,
  vectorFromArray,
} from "apache-arrow";
import { fromArrowTable, toArrowTable } from "lakewright/arrow";
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

describe("rows of Arrow", () => {
  const schemaOf = async (frame: { schema(): Promise<{ fields: readonly { name: string; type: unknown }[] }> }) =>
    (await frame.schema()).fields.map(({ name }) => name);

  test("are the rows that toArrow gave", async () => {
    const text = `SELECT * FROM VALUES
      (1Y, 2L, 1.5D, 'é', X'01', 1.25BD, DATE'2020-02-29', TIMESTAMP'2020-01-01 12:00:00', array(1, null), map('k', 2),
        named_struct('x', 1, 'y', 'z'), parse_json('{"a": [1]}'), INTERVAL '1 0:0:1' DAY TO SECOND, true),
      (null, null, null, null, null, null, null, null, null, null, null, null, null, null)`;
    const rows = spark.sql(text);
    const back = spark.createDataFrame(await rows.toArrow());
    expect(await back.schema()).toEqual(await rows.schema());
    expect(await back.collect()).toEqual(await rows.collect());
  });

  test("of no row have a schema", async () => {
    const back = spark.createDataFrame(await spark.range(0).toArrow());
    expect([await back.count(), await schemaOf(back)]).toEqual([0, ["id"]]);
  });

  test("take names, or types to which they are cast", async () => {
    const bytes = await spark.range(2).selectExpr("id", "CAST(id AS STRING) AS name").toArrow();
    expect(await spark.createDataFrame(bytes, ["a", "b"]).collect()).toEqual([
      { a: 0, b: "0" },
      { a: 1, b: "1" },
    ]);
    const typed = spark.createDataFrame(bytes, "n INT NOT NULL, t STRING");
    expect(
      (await typed.schema()).fields.map(({ type, nullable }) => [(type as { kind: string }).kind, nullable]),
    ).toEqual([
      ["int", false],
      ["string", true],
    ]);
    await expect(spark.createDataFrame(bytes, ["a"]).collect()).rejects.toMatchObject({
      condition: "ASSIGNMENT_ARITY_MISMATCH",
    });
  });

  // PySpark: `createDataFrame` of a table with `pa.timestamp("us")`, under a session in the zone of Zurich.
  test("have timestamps without a zone in that of the session", async () => {
    await using other = testSession();
    other.conf.set("spark.sql.session.timeZone", "Europe/Zurich");
    const table = new Table({ t: vectorFromArray([new Date(0)], new TimestampMicrosecond()) });
    const [row] = await (await fromArrowTable(other, table))
      .selectExpr("CAST(t AS STRING) AS s", "typeof(t)")
      .collect();
    expect(row).toEqual({ s: "1970-01-01 00:00:00", "typeof(t)": "timestamp" });
    other.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ");
    const [local] = await (await fromArrowTable(other, table)).selectExpr("typeof(t) AS type").collect();
    expect(local).toEqual({ type: "timestamp_ntz" });
  });

  test("of apache-arrow are read with dictionaries, also growing ones, and lists of one size", async () => {
    const texts = tableFromArrays({ city: ["Bern", null, "Rome", "Bern"] });
    expect(texts.schema.fields[0]!.type).toBeInstanceOf(Dictionary);
    expect(await (await fromArrowTable(spark, texts)).collect()).toEqual(
      ["Bern", null, "Rome", "Bern"].map((city) => ({ city })),
    );
    const builder = makeBuilder({ type: new Dictionary(new Utf8(), new Int32()), nullValues: [null] });
    const chunk = (...values: string[]) => {
      for (const value of values) builder.append(value);
      return builder.toVector();
    };
    const grown = new Table({ city: chunk("a", "b").concat(chunk("c", "a")) });
    expect(await (await fromArrowTable(spark, grown)).collect()).toEqual(
      ["a", "b", "c", "a"].map((city) => ({ city })),
    );
    const size = new FixedSizeList(2, new Field("item", new Float32(), false));
    const lists = new Table({ v: vectorFromArray([[1, 2], null, [3, 4]], size) });
    expect(await (await fromArrowTable(spark, lists)).collect()).toEqual([{ v: [1, 2] }, { v: null }, { v: [3, 4] }]);
  });

  test("of a day are dates, and of a type that Spark has not, refused", async () => {
    const days = new Table({ d: vectorFromArray([new Date("2020-02-29")], new DateDay()) });
    expect(await (await fromArrowTable(spark, days)).selectExpr("CAST(d AS STRING) AS s").collect()).toEqual([
      { s: "2020-02-29" },
    ]);
    const unsigned = tableToIPC(new Table({ u: vectorFromArray([1], new Uint8()) }), "stream");
    expect(() => spark.createDataFrame(unsigned)).toThrow(
      expect.objectContaining({ condition: "UNSUPPORTED_ARROWTYPE" }),
    );
    expect(() => spark.createDataFrame(new Uint8Array([1, 2, 3]))).toThrow(/no stream of Arrow/);
  });
});
