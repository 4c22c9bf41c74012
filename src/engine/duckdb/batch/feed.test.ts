import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, test } from "vitest";
import { nativeConnection, nativeResult } from "../../../../test/engine/native.ts";
import type { Batch, Vector } from "../../../types/batch.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  floatType,
  intervalType,
  intType,
  mapType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../../../types/data-type.ts";
import { createFeed } from "./feed.ts";
import { batches } from "./read-result.ts";

const instance = await DuckDBInstance.create(":memory:");
const connection = await instance.connect();
const other = await instance.connect();
const feed = createFeed(nativeConnection(connection));

afterAll(() => {
  connection.closeSync();
  other.closeSync();
});

async function read(sql: string, type: DataType): Promise<Batch[]> {
  const result = nativeResult(await connection.stream(sql));
  const read: Batch[] = [];
  for await (const batch of batches(result, structType([structField("x", type)]))) read.push(batch);
  return read;
}

const rowsOf = async (sql: string) => (await other.runAndReadAll(sql)).getRowsJson();

const nested = arrayType(structType([structField("a", intType), structField("b", arrayType(stringType))]));
const columns: [string, DataType, string][] = [
  ["booleans", booleanType, "CASE WHEN i % 3 = 0 THEN NULL ELSE i % 2 = 0 END"],
  ["tinyint", tinyintType, "(i % 256 - 128)::TINYINT"],
  ["smallint", smallintType, "(i * 7 - 32768)::SMALLINT"],
  ["int with nulls", intType, "CASE WHEN i % 7 = 0 THEN NULL ELSE i::INTEGER - 4000 END"],
  ["bigint", bigintType, "CASE WHEN i = 5 THEN -9223372036854775808 ELSE i * 1000000000000000 END"],
  ["float", floatType, "CASE i WHEN 1 THEN 'nan' WHEN 2 THEN '-inf' ELSE (i * 1.5)::VARCHAR END::FLOAT"],
  ["double", doubleType, "CASE i WHEN 1 THEN 'nan' WHEN 2 THEN 'inf' ELSE (i / 3)::VARCHAR END::DOUBLE"],
  ["decimal(4)", decimalType(4, 2), "((i % 99) * -0.01)::DECIMAL(4,2)"],
  ["decimal(9)", decimalType(9, 2), "(i * -1.01)::DECIMAL(9,2)"],
  ["decimal(18)", decimalType(18, 0), "CASE WHEN i = 3 THEN NULL ELSE (999999999999999999 - i) END::DECIMAL(18,0)"],
  ["decimal(38)", decimalType(38, 2), "(i * -123456789012345678901234567890.01)::DECIMAL(38,2)"],
  ["short text", stringType, "'user_' || (i % 1000)"],
  ["long text", stringType, "'a considerably longer text ' || i"],
  [
    "text of all kinds",
    stringType,
    `CASE i % 6 WHEN 0 THEN NULL WHEN 1 THEN '' WHEN 2 THEN 'é' || i WHEN 3 THEN 'a long text with ü, 日本 and 😀 ' || i
      WHEN 4 THEN 'zero' || chr(0) || 'byte' ELSE repeat('x', (i % 40)::INT) END`,
  ],
  ["long text and nulls only", stringType, "CASE WHEN i % 2 = 0 THEN 'more than twelve bytes ' || i END"],
  ["nulls only", stringType, "CASE WHEN i < 0 THEN 'x' END"],
  ["binary", binaryType, "CASE WHEN i % 5 = 0 THEN NULL ELSE ('\\xFF\\x00' || repeat('y', (i % 30)::INT))::BLOB END"],
  ["date", dateType, "DATE '1600-01-01' + (i * 31)::INTEGER"],
  ["timestamp", timestampType, "TIMESTAMP '0001-01-01 00:00:00.000001' + to_days((i * 50)::INTEGER)"],
  ["time", { kind: "time", precision: 6 }, "TIME '00:00:00.000001' + to_seconds(i * 7)"],
  ["year-month interval", yearMonthIntervalType(), "(i - 500)::INTEGER"],
  ["day-time interval", dayTimeIntervalType(), "(i - 500) * 86400000001"],
  [
    "interval",
    intervalType,
    "CASE WHEN i % 4 = 1 THEN NULL ELSE INTERVAL '-2 months' + to_days((i % 10)::INT) + to_seconds(i) END",
  ],
  ["lists", arrayType(intType), "CASE i % 4 WHEN 1 THEN NULL WHEN 2 THEN [] ELSE [i::INT, NULL, 3] END"],
  ["filtered lists", arrayType(intType), "list_filter([i::INT, NULL, 3, (i % 9)::INT], lambda x: x IS NULL OR x <> 3)"],
  ["the same list in each row", arrayType(intType), "[1, 2, NULL]"],
  ["lists of decimals", arrayType(decimalType(4, 1)), "[1.5, NULL, (i % 100) * 0.1]::DECIMAL(4,1)[]"],
  [
    "lists of text",
    arrayType(stringType),
    "CASE WHEN i % 4 = 2 THEN [] ELSE ['a' || i, NULL, 'more than twelve bytes ' || i] END",
  ],
  [
    "lists of lists",
    arrayType(arrayType(stringType)),
    "CASE WHEN i % 4 = 1 THEN NULL ELSE [['a' || i, NULL], [], NULL] END",
  ],
  [
    "maps",
    mapType(stringType, intType),
    "CASE WHEN i % 4 = 1 THEN NULL ELSE MAP(['k' || i, 'more than twelve ' || i], [i::INT, NULL]) END",
  ],
  ["empty maps", mapType(stringType, intType), "MAP([]::VARCHAR[], []::INT[])"],
  [
    "structs",
    structType([structField("a", intType), structField("A", stringType)]),
    "CASE WHEN i % 4 = 1 THEN NULL ELSE {f0: i::INT, f1: CASE WHEN i % 3 > 0 THEN 'more than twelve bytes ' || i END} END",
  ],
  [
    "structs in lists",
    nested,
    "CASE WHEN i % 4 = 1 THEN NULL ELSE [{f0: i::INT, f1: ['more than twelve ' || i]}, NULL] END",
  ],
  ["structs without fields", structType([]), "CASE WHEN i % 4 <> 1 THEN {f0: NULL::INT} END"],
  ["variants", variantType, "CASE WHEN i % 4 <> 1 THEN {f0: '\\x01\\x00'::BLOB, f1: ('abc' || i)::BLOB} END"],
  ["void", voidType, "NULL::INTEGER"],
];

describe("what is read from the engine goes back unchanged", () => {
  test.each(columns)("%s", async (_, type, expression) => {
    const source = `SELECT i, ${expression} AS x FROM range(5000) AS r(i)`;
    await connection.run(`CREATE OR REPLACE TABLE source AS ${source}`);
    for (const sql of [
      "SELECT x FROM source ORDER BY i",
      "SELECT x FROM source WHERE i % 3 = 1 ORDER BY i DESC",
      "SELECT NULLIF(x, x) FROM source",
    ]) {
      const schema = structType([structField("x", type)]);
      using fed = feed.add(schema, await read(sql, type));
      const numbered = (from: string) => `SELECT row_number() OVER () AS row, * FROM (${from}) AS t(x)`;
      const compared = `SELECT count(*), count(*) FILTER (a.x IS DISTINCT FROM b.x), bool_and(a.x::VARCHAR IS NOT DISTINCT FROM b.x::VARCHAR)
        FROM (${numbered(`FROM ${fed.sql}`)}) AS a FULL JOIN (${numbered(sql)}) AS b USING (row)`;
      const [rows, differing, sameText] = (await rowsOf(compared))[0]!;
      expect([rows, differing, sameText]).toEqual([sql.includes("% 3") ? "1667" : "5000", "0", true]);
    }
  });
});

describe("a fed relation", () => {
  const numbers = (...values: number[]): Batch => ({
    rows: values.length,
    columns: [
      { type: intType, length: values.length, layout: "fixed", values: Int32Array.from(values) },
      { type: doubleType, length: values.length, layout: "fixed", values: Float64Array.from(values, (x) => x / 2) },
    ],
  });
  const schema = structType([structField("a", intType), structField("b", doubleType)]);

  test("has its rows in order, empty batches and long ones included", async () => {
    const long = numbers(...Array.from({ length: 5000 }, (_, row) => row));
    using fed = feed.add(schema, [numbers(), numbers(-1), numbers(), long]);
    expect(
      await rowsOf(`SELECT count(*), count(*) FILTER (c0 <> row - 2), min(c0), max(c1)
      FROM (SELECT *, row_number() OVER () AS row FROM ${fed.sql})`),
    ).toEqual([["5001", "0", -1, 2499.5]]);
  });

  test("can be read in part, twice in one query, and counted", async () => {
    using fed = feed.add(schema, [numbers(1, 2), numbers(3)]);
    expect(await rowsOf(`SELECT c1 FROM ${fed.sql}`)).toEqual([[0.5], [1], [1.5]]);
    expect(await rowsOf(`SELECT c1, c0 FROM ${fed.sql} WHERE c0 = 2`)).toEqual([[1, 2]]);
    expect(await rowsOf(`SELECT count(*) FROM ${fed.sql}`)).toEqual([["3"]]);
    expect(await rowsOf(`SELECT sum(a.c0 * b.c0)::INT FROM ${fed.sql} a, ${fed.sql} b`)).toEqual([[36]]);
  });

  test("without rows has its columns", async () => {
    using fed = feed.add(schema, []);
    expect(await rowsOf(`SELECT count(*), sum(c0), typeof(any_value(c1)) FROM ${fed.sql}`)).toEqual([
      ["0", null, "DOUBLE"],
    ]);
  });

  test.each([
    ["too few columns", { rows: 1, columns: [numbers(1).columns[0]!] }, "A batch has 1 columns, and none for b"],
    ["another type", { rows: 1, columns: [numbers(1).columns[1]!, numbers(1).columns[0]!] }, "with values of double"],
    ["another length", { ...numbers(1), rows: 2 }, "with 1 values for 2 rows"],
    [
      "arrays that are too short",
      { rows: 2, columns: [{ ...numbers(1).columns[0]!, length: 2 } as Vector, numbers(1, 2).columns[1]!] },
      "with 1 values for 2",
    ],
  ])("refuses %s", (_, batch, sentence) => {
    expect(() => feed.add(schema, [batch])).toThrow(sentence);
  });

  test("is gone after disposal", async () => {
    const fed = feed.add(schema, [numbers(1)]);
    fed[Symbol.dispose]();
    await expect(rowsOf(`FROM ${fed.sql}`)).rejects.toThrow("which is gone");
  });

  test("stops at the next chunk when its signal is aborted", async () => {
    const aborter = new AbortController();
    using fed = feed.add(schema, [numbers(1)], aborter.signal);
    aborter.abort(new Error("enough"));
    await expect(rowsOf(`FROM ${fed.sql}`)).rejects.toThrow("enough");
  });
});
