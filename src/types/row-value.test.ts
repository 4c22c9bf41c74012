import { describe, expect, test } from "vitest";
import { AnalysisError, ExecutionError } from "../errors.ts";
import { acceptValue } from "./accept-value.ts";
import { parseType } from "./ddl.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { rowValue } from "./row-value.ts";
import type { StoredValue } from "./stored-value.ts";
import { Timestamp } from "./timestamp.ts";
import { Variant } from "./variant.ts";

test.each<[string, StoredValue, unknown]>([
  ["boolean", true, true],
  ["boolean", 0, false],
  ["int", 3, 3],
  ["bigint", 9007199254740991n, 9007199254740991],
  ["double", Number.NaN, Number.NaN],
  ["decimal(10,2)", -5n, new Decimal(-5n, 2)],
  ["string", "x", "x"],
  ["date", 2932897, "+10000-01-01"],
  ["date", -719562, "-0001-11-28"],
  ["timestamp", -1n, new Timestamp(-1, 999)],
  ["timestamp_ntz", 1738405230500000n, "2025-02-01T10:20:30.5"],
  ["timestamp_ntz", 253402300800000000n, "+10000-01-01T00:00:00"],
  ["time(3)", 3723100000n, "01:02:03.1"],
  [
    "interval hour to minute",
    3_720_000_000n,
    Interval.ofMicroseconds(3_720_000_000n, parseType("interval hour to minute") as never),
  ],
  ["interval month", 5, Interval.ofMonths(5, parseType("interval month") as never)],
  ["interval", { months: 1, days: 2, microseconds: 3n }, Interval.ofCalendar(1, 2, 3n)],
  ["array<date>", [0, null], ["1970-01-01", null]],
  [
    "map<string,bigint>",
    { keys: ["a", "b"], values: [1n, null] },
    new Map([
      ["a", 1],
      ["b", null],
    ]),
  ],
  ["struct<a:date,b:array<bigint>>", [0, [1n, null]], { a: "1970-01-01", b: [1, null] }],
])("%s: %o is %o", (type, stored, value) => {
  expect(rowValue(parseType(type))(stored)).toEqual(value);
});

test("a variant keeps its bytes", () => {
  const { binary } = Variant.of({ a: 1 });
  const variant = rowValue(parseType("variant"))(binary) as Variant;
  expect(variant.binary).toBe(binary);
  expect(variant.toPlain()).toEqual({ a: 1 });
});

describe("BIGINT beyond 2^53", () => {
  const read = (longs?: "bigint") => rowValue(parseType("array<bigint>"), { longs });

  test("is an error that names the option", () => {
    expect(() => read()([9007199254740993n])).toThrow(ExecutionError);
    expect(() => read()([9007199254740993n])).toThrow(/9007199254740993.*\n.*longs: "bigint"/);
  });

  test("is a bigint where it is asked for, and so is every other", () => {
    expect(read("bigint")([9007199254740993n, 1n])).toEqual([9007199254740993n, 1n]);
  });
});

describe("structs", () => {
  test("have their fields as own properties, whatever they are called", () => {
    const object = rowValue(parseType("struct<__proto__:int,toString:int>"))([1, 2]) as object;
    expect(Object.entries(object)).toEqual([
      ["__proto__", 1],
      ["toString", 2],
    ]);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });

  test("with two fields of one name are refused", () => {
    expect(() => rowValue(parseType("array<struct<a:int,b:int,a:int>>"))).toThrow(AnalysisError);
    expect(() => rowValue(parseType("struct<a:int,a:int>"))).toThrow(
      /AMBIGUOUS_COLUMN_OR_FIELD.*`a`.*2 matches.*42702/,
    );
  });
});

test("what rows hold is accepted again", () => {
  const type = parseType(
    "struct<b:boolean,i:int,l:bigint,f:float,d:double,m:decimal(38,10),s:string,y:binary,dt:date,ts:timestamp,tn:timestamp_ntz," +
      "t:time,dti:interval day to second,ymi:interval year to month,ci:interval,a:array<date>,mp:map<bigint,timestamp>,n:void>",
  );
  const stored: StoredValue = [
    true,
    -5,
    1234567890123n,
    Math.fround(0.1),
    Number.NEGATIVE_INFINITY,
    -(10n ** 37n),
    "é",
    Uint8Array.of(0),
    -719528,
    -62135596800000001n,
    253402300800000001n,
    86399999999n,
    -1n,
    -2147483648,
    { months: -1, days: 2, microseconds: -3n },
    [null, 0],
    { keys: [1n], values: [5n] },
    null,
  ];
  expect(acceptValue(rowValue(type)(stored), type)).toEqual(stored);
});
