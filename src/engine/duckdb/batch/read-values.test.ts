import { DuckDBInstance } from "@duckdb/node-api";
import { describe, expect, test } from "vitest";
import { nativeResult } from "../../../../test/engine/native.ts";
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
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  voidType,
  yearMonthIntervalType,
} from "../../../types/data-type.ts";
import { Decimal } from "../../../types/decimal.ts";
import { Interval } from "../../../types/interval.ts";
import { type RowMakerOptions, rowMaker } from "../../../types/row-maker.ts";
import { Timestamp } from "../../../types/timestamp.ts";
import { duckType } from "../duck-type.ts";
import { batches } from "./read-result.ts";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

async function rowsOf(sql: string, types: readonly DataType[], options: RowMakerOptions = {}): Promise<unknown[][]> {
  const schema = structType(types.map((type, index) => structField(`c${index}`, type)));
  const toRows = rowMaker(schema, { rows: "array", ...options });
  const rows: unknown[][] = [];
  const result = nativeResult(await connection.stream(sql));
  for await (const batch of batches(result, schema)) rows.push(...(toRows(batch) as unknown[][]));
  return rows;
}

const pair = structType([structField("a", intType), structField("A", stringType)]);
const cases: [DataType, string, unknown][] = [
  [booleanType, "true", true],
  [tinyintType, "-128", -128],
  [bigintType, "-9007199254740991", -9007199254740991],
  [floatType, "0.1", Math.fround(0.1)],
  [doubleType, "0.1", 0.1],
  [doubleType, "'-inf'", Number.NEGATIVE_INFINITY],
  [decimalType(4, 2), "-12.34", Decimal.of("-12.34")],
  [decimalType(9, 4), "-12345.6789", Decimal.of("-12345.6789")],
  [decimalType(18, 4), "-12345678901234.5678", Decimal.of("-12345678901234.5678")],
  [
    decimalType(38, 10),
    "-1234567890123456789012345678.0123456789",
    Decimal.of("-1234567890123456789012345678.0123456789"),
  ],
  [stringType, "'déjà'", "déjà"],
  [binaryType, "'\\x00\\xFF'", Uint8Array.of(0, 255)],
  [dateType, "'0001-01-01'", "0001-01-01"],
  [timestampType, "'2025-02-01 10:20:30.123456'", Timestamp.of("2025-02-01T10:20:30.123456Z")],
  [timestampNtzType, "'1969-12-31 23:59:59.999999'", "1969-12-31T23:59:59.999999"],
  [{ kind: "time", precision: 6 }, "'23:59:59.5'", "23:59:59.5"],
  [yearMonthIntervalType(), "-14", Interval.ofMonths(-14)],
  [dayTimeIntervalType(), "86400000001", Interval.ofMicroseconds(86_400_000_001n)],
  [intervalType, "'-2 months 3 days -1 second'", Interval.ofCalendar(-2, 3, -1_000_000n)],
  [arrayType(stringType), "['a', NULL, 'more than twelve bytes']", ["a", null, "more than twelve bytes"]],
  [
    mapType(stringType, arrayType(intType)),
    "MAP {'k': [1, NULL], 'l': NULL}",
    new Map([
      ["k", [1, null]],
      ["l", null],
    ]),
  ],
  [pair, "{f0: 1, f1: 'x'}", { a: 1, A: "x" }],
  [
    arrayType(pair),
    "[{f0: NULL, f1: 'more than twelve bytes'}, NULL]",
    [{ a: null, A: "more than twelve bytes" }, null],
  ],
  [structType([]), "{f0: NULL}", {}],
  [voidType, "NULL", null],
  [{ kind: "udt", name: "list", storage: arrayType(doubleType) }, "[1.5]", [1.5]],
];

test.each(cases)("%o from %s", async (type, sql, value) => {
  const expression = `CAST(${sql} AS ${duckType(type)})`;
  expect(await rowsOf(`SELECT ${expression} UNION ALL SELECT NULL UNION ALL SELECT ${expression}`, [type])).toEqual([
    [value],
    [null],
    [value],
  ]);
});

describe("ten thousand values have the text that the engine gives them", () => {
  const expressions: [DataType, string][] = [
    [bigintType, "CASE WHEN i % 5 > 0 THEN i * 900000000007 - 4000000000000000 END"],
    [intType, "(i * 429496 - 2147483648)::INTEGER"],
    [decimalType(4, 1), "CASE WHEN i % 3 > 0 THEN (i - 5000) / 10 END::DECIMAL(4,1)"],
    [decimalType(18, 3), "((i - 5000) * 100000000000.001)::DECIMAL(18,3)"],
    [decimalType(38, 0), "(i - 5000)::DECIMAL(38,0) * 1000000000000000000000000000000000"],
    [dateType, "DATE '0001-01-01' + (i * 365)::INTEGER"],
    [stringType, "CASE WHEN i % 4 > 0 THEN repeat(chr((40 + i % 300)::INTEGER), (i % 33)::INTEGER) END"],
  ];

  test.each(expressions)("%o from %s", async (type, expression) => {
    const sql = `SELECT x, x::VARCHAR FROM (SELECT ${expression} AS x FROM range(10000) AS r(i))`;
    const rows = await rowsOf(sql, [type, stringType]);
    expect(rows).toHaveLength(10_000);
    expect(rows.map(([value]) => (value === null ? null : String(value)))).toEqual(rows.map(([, text]) => text));
  });

  test("timestamps, by their microseconds", async () => {
    const at = "TIMESTAMP '1900-01-01 00:00:00.000001' + to_seconds(i * 777777)";
    const rows = await rowsOf(`SELECT ${at}, epoch_us(${at}) FROM range(10000) AS r(i)`, [timestampType, bigintType], {
      longs: "bigint",
    });
    expect(rows.map(([moment]) => (moment as Timestamp).epochMicroseconds)).toEqual(rows.map(([, micros]) => micros));
  });
});

test("a row object has its columns in order", async () => {
  const rows = await rowsOf("SELECT 1, 'x' FROM range(3000)", [intType, stringType], { rows: "object" });
  expect(rows).toHaveLength(3000);
  expect(rows[2999]).toEqual({ c0: 1, c1: "x" });
});
