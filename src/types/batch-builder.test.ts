import { describe, expect, test } from "vitest";
import type { Batch, FixedVector } from "./batch.ts";
import { batchesOf } from "./batch-builder.ts";
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
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "./data-type.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { vectorFault } from "./layout.ts";
import { rowMaker } from "./row-maker.ts";
import { storedReader } from "./stored-reader.ts";
import { Timestamp } from "./timestamp.ts";
import { Variant } from "./variant.ts";
import { vectorReader } from "./vector-values.ts";

const column = (type: DataType) => structType([structField("x", type)]);

function batchOf(type: DataType, values: readonly unknown[]): Batch {
  const [batch] = [
    ...batchesOf(
      column(type),
      values.map((value) => [value]),
      { rowsPerBatch: values.length },
    ),
  ];
  return batch!;
}

const point = structType([structField("a", intType), structField("__proto__", stringType)]);
const protoPoint = Object.fromEntries([
  ["a", 1],
  ["__proto__", "p"],
]);

/** Values of every type; those of a type come back as they are. */
const values: [DataType, unknown[]][] = [
  [booleanType, [true, false]],
  [tinyintType, [-128, 127]],
  [smallintType, [-32768, 32767]],
  [intType, [-(2 ** 31), 2 ** 31 - 1]],
  [bigintType, [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 32, -(2 ** 32) - 1]],
  [floatType, [1.5, Number.NaN, Number.NEGATIVE_INFINITY, -0]],
  [doubleType, [0.1, Number.NaN, Number.POSITIVE_INFINITY, -0, 5e-324]],
  [decimalType(4, 2), [Decimal.of("-99.99"), Decimal.of("0.00")]],
  [decimalType(18, 0), [Decimal.of("-999999999999999999"), Decimal.of("999999999999999999")]],
  [
    decimalType(38, 2),
    [
      Decimal.of("-999999999999999999999999999999999999.99"),
      Decimal.of("18446744073709551616.00"),
      Decimal.of("-0.01"),
    ],
  ],
  [stringType, ["", "é", "more than twelve bytes"]],
  [binaryType, [Uint8Array.of(0, 255), new Uint8Array(0)]],
  [dateType, ["2025-02-01", "1969-12-31", "2025-02-01"]],
  [
    timestampType,
    [
      Timestamp.of("2025-02-01T10:20:30.123456Z"),
      Timestamp.of("1969-12-31T23:59:59.999999Z"),
      Timestamp.of("0001-01-01T00:00:00Z"),
    ],
  ],
  [timestampNtzType, ["2025-02-01T10:20:30.5", "1600-01-01T00:00:00"]],
  [{ kind: "time", precision: 6 }, ["10:20:30.5", "23:59:59.999999"]],
  [yearMonthIntervalType(), [Interval.ofMonths(-14), Interval.ofMonths(3)]],
  [dayTimeIntervalType(), [Interval.ofMicroseconds(-93_784_000_001n)]],
  [intervalType, [Interval.ofCalendar(-2, 3, -4n), Interval.ofCalendar(2, -3, 2n ** 40n)]],
  [variantType, [Variant.parse('{"a": [1, "b", null]}')]],
  [arrayType(doubleType), [[1.5, null], []]],
  [arrayType(intType), [[1, 2], [3]]],
  [arrayType(arrayType(stringType)), [[["a"], null, []]]],
  [
    mapType(stringType, bigintType),
    [
      new Map([
        ["a", 1],
        ["b", null],
      ]),
      new Map(),
    ],
  ],
  [point, [protoPoint]],
  [arrayType(point), [[protoPoint, null]]],
  [structType([]), [{}]],
];

describe("values that go into a batch come out of it", () => {
  test.each(values)("%o", (type, given) => {
    const withNulls = [null, ...given.flatMap((value) => [value, null])];
    const batch = batchOf(type, given);
    const sparse = batchOf(type, withNulls);
    expect(vectorFault(batch.columns[0]!)).toBeUndefined();
    expect(vectorFault(sparse.columns[0]!)).toBeUndefined();
    expect(rowMaker(column(type), { rows: "array" })(batch)).toEqual(given.map((value) => [value]));
    expect(rowMaker(column(type))(sparse)).toEqual(withNulls.map((x) => ({ x })));
    expect(withNulls.map((_, row) => vectorReader(sparse.columns[0]!)(row))).toEqual(withNulls);
  });

  test("nothing but nulls", () => {
    expect(rowMaker(column(voidType), { rows: "array" })(batchOf(voidType, [null, undefined]))).toEqual([
      [null],
      [null],
    ]);
  });
});

test("__proto__ is a property like any other", () => {
  const schema = structType([structField("__proto__", intType), structField("toString", intType)]);
  const [row] = rowMaker(schema)([...batchesOf(schema, [[1, 2]])][0]!) as [object];
  expect(Object.entries(row)).toEqual([
    ["__proto__", 1],
    ["toString", 2],
  ]);
  expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
});

test("names of columns may be any text", () => {
  const names = ['a"b', "a\\b", "line\nbreak", "\u2028", "`x`", ""];
  const schema = structType(names.map((name) => structField(name, intType)));
  const [row] = rowMaker(schema)([...batchesOf(schema, [names.map((_, index) => index)])][0]!);
  expect(Object.keys(row as object)).toEqual(names);
});

test("two columns of one name need arrays", () => {
  const schema = structType([structField("id", intType), structField("id", intType)]);
  const [batch] = [...batchesOf(schema, [[1, 2]])];
  expect(() => rowMaker(schema)).toThrow(/`id` is ambiguous and has 2 matches[\s\S]*rows: "array"/);
  expect(rowMaker(schema, { rows: "array" })(batch!)).toEqual([[1, 2]]);
});

describe("long integers", () => {
  const beyond = 2n ** 53n;

  test("are bigints when asked for, inside others too", () => {
    const type = arrayType(bigintType);
    const read = rowMaker(column(type), { longs: "bigint" });
    expect(read(batchOf(type, [[1n, -(2n ** 63n), null]]))).toEqual([{ x: [1n, -(2n ** 63n), null] }]);
  });

  test.each([beyond, -beyond, 2n ** 63n - 1n, -(2n ** 63n)])(
    "beyond 2^53 are an error that says what to do: %d",
    (long) => {
      const read = rowMaker(column(bigintType));
      expect(() => read(batchOf(bigintType, [1, long]))).toThrow(`The BIGINT ${long} in column x is beyond 2^53`);
      expect(() => read(batchOf(bigintType, [long]))).toThrow('longs: "bigint"');
      expect(rowMaker(column(bigintType), { longs: "bigint" })(batchOf(bigintType, [long]))).toEqual([{ x: long }]);
    },
  );
});

test("timestamps far away keep their microseconds", () => {
  const moment = Timestamp.fromEpochMicroseconds(-(2n ** 53n) - 1n);
  expect(rowMaker(column(timestampType))(batchOf(timestampType, [moment]))).toEqual([{ x: moment }]);
});

test("a date that was written once and a date that was written twice are the same text", () => {
  expect(rowMaker(column(dateType))(batchOf(dateType, ["2024-02-29", "2024-02-29", "2024-03-01"]))).toEqual([
    { x: "2024-02-29" },
    { x: "2024-02-29" },
    { x: "2024-03-01" },
  ]);
});

test("stored values come out as they are stored", () => {
  const stored = (type: DataType, value: unknown) => storedReader(batchOf(type, [value]).columns[0]!)(0);
  expect(stored(booleanType, true)).toBe(true);
  expect(stored(dateType, "1970-01-02")).toBe(1);
  expect(stored(decimalType(38, 2), Decimal.of("-1.50"))).toBe(-150n);
  expect(stored(mapType(stringType, intType), new Map([["a", null]]))).toEqual({ keys: ["a"], values: [null] });
  expect(stored(intervalType, Interval.ofCalendar(1, -2, 3n))).toEqual({ months: 1, days: -2, microseconds: 3n });
  expect(stored(arrayType(point), [null, [7, "p"]])).toEqual([null, [7, "p"]]);
  expect(stored(variantType, Variant.parse("1"))).toEqual(Variant.parse("1").binary);
});

describe("batches of rows", () => {
  const schema = structType([structField("user", stringType, false), structField("amount", doubleType)]);

  test("take objects and arrays, and are as long as asked for", () => {
    const rows = [{ user: "ann", amount: 3.5 }, ["bob", null], { user: "cid" }];
    const batches = [...batchesOf(schema, rows, { rowsPerBatch: 2 })];
    expect(batches.map((batch) => batch.rows)).toEqual([2, 1]);
    expect(batches.flatMap(rowMaker(schema))).toEqual([
      { user: "ann", amount: 3.5 },
      { user: "bob", amount: null },
      { user: "cid", amount: null },
    ]);
    expect([...batchesOf(schema, [])]).toEqual([]);
  });

  test("grow beyond what was expected", () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => [row, row % 3 === 0 ? null : [row, row]]);
    const nested = structType([structField("n", intType), structField("list", arrayType(intType))]);
    const [batch] = [...batchesOf(nested, rows, { rowsPerBatch: 10_000 })];
    expect((batch!.columns[0] as FixedVector).values).toEqual(Int32Array.from(rows, (_, row) => row));
    expect(rowMaker(nested, { rows: "array" })(batch!)).toEqual(rows);
  });

  test("name the row and the column of a value that does not fit", () => {
    expect(() => [
      ...batchesOf(schema, [
        ["ann", 1],
        ["bob", "2"],
      ]),
    ]).toThrow(/^\[\w+\] row 1, amount: /);
    expect(() => [...batchesOf(schema, [[null, 1]])]).toThrow(/row 0, user: .*not nullable/);
    expect(() => [...batchesOf(schema, [["ann"]])]).toThrow("row 0");
    expect(() => [...batchesOf(schema, [null])]).toThrow("row 0");
  });
});
