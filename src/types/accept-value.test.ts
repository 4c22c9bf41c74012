import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import { acceptValue, fieldAcceptor, rowAcceptor } from "./accept-value.ts";
import { type DataType, structField } from "./data-type.ts";
import { parseDdl, parseType } from "./ddl.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { Timestamp } from "./timestamp.ts";
import { Variant } from "./variant.ts";

const refusal = (run: () => unknown): ExecutionError => {
  try {
    run();
  } catch (error) {
    if (error instanceof ExecutionError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

const point = { kind: "udt", name: "point", storage: parseType("array<double>") } as const;

test.each<[string | DataType, unknown, unknown]>([
  ["boolean", true, true],
  ["tinyint", -128, -128],
  ["smallint", 32767n, 32767],
  ["int", -0, 0],
  ["bigint", 3, 3n],
  ["bigint", 9223372036854775807n, 9223372036854775807n],
  ["float", 0.1, Math.fround(0.1)],
  ["float", 1.5e300, Number.POSITIVE_INFINITY],
  ["double", 2n ** 60n, 2 ** 60],
  ["double", Number.NaN, Number.NaN],
  ["decimal(10,2)", Decimal.of("1.5"), 150n],
  ["decimal(10,2)", Decimal.of("1.005"), 101n],
  ["decimal(10,2)", Decimal.of("-1.005"), -101n],
  ["decimal(10,2)", 7, 700n],
  ["decimal(38,0)", 10n ** 38n - 1n, 10n ** 38n - 1n],
  ["string", "x", "x"],
  ["char(3)", "é😀", "é😀 "],
  ["varchar(3)", "abc  ", "abc"],
  ["binary", Uint8Array.of(1), Uint8Array.of(1)],
  ["date", "2025-02-01", 20120],
  ["date", "+10000-01-01", 2932897],
  ["date", new Date("2025-02-01"), 20120],
  ["timestamp", new Date(1738405230123), 1738405230123000n],
  ["timestamp", new Timestamp(5, 7), 5007n],
  ["timestamp", { epochNanoseconds: -1n }, -1n],
  ["timestamp", "2025-02-01T10:20:30.123456+01:00", 1738401630123456n],
  ["timestamp", "2025-02-01 10:20:30", 1738405230000000n],
  ["timestamp_ntz", "2025-02-01T10:20:30.5", 1738405230500000n],
  ["time", "10:20:30.123456", 37230123456n],
  ["time(3)", "10:20:30.123456", 37230123000n],
  ["interval day to second", Interval.ofMicroseconds(5n), 5n],
  ["interval year to month", Interval.ofMonths(-5), -5],
  ["interval", Interval.ofCalendar(1, 2, 3n), { months: 1, days: 2, microseconds: 3n }],
  ["void", null, null],
  ["int", undefined, null],
  ["array<int>", [1, null, undefined], [1, null, null]],
  ["array<double>", Float64Array.of(1.5), [1.5]],
  ["map<string,int>", new Map([["a", 1]]), { keys: ["a"], values: [1] }],
  ["map<string,int>", { a: 1, b: null }, { keys: ["a", "b"], values: [1, null] }],
  ["map<date,int>", new Map([["2025-02-01", 1]]), { keys: [20120], values: [1] }],
  ["struct<a:int,b:string>", { b: "x", extra: 1 }, [null, "x"]],
  ["struct<a:int,b:string>", [1, "x"], [1, "x"]],
  [
    "struct<a:struct<toString:int,constructor:int,__proto__:int>>",
    { a: JSON.parse('{"__proto__":1}') },
    [[null, null, 1]],
  ],
  [point, [1, 2], [1, 2]],
])("%o takes %o", (type, value, stored) => {
  expect(acceptValue(value, typeof type === "string" ? parseType(type) : type)).toEqual(stored);
});

test("a struct reads the getters of an instance", () => {
  class Order {
    get total() {
      return 3;
    }
  }
  expect(acceptValue(new Order(), parseType("struct<total:int>"))).toEqual([3]);
});

test("a variant takes what JSON has", () => {
  const variant = Variant.of({ a: [1] });
  expect(acceptValue({ a: [1] }, parseType("variant"))).toEqual(variant.binary);
  expect(acceptValue(variant, parseType("variant"))).toBe(variant.binary);
  expect(refusal(() => acceptValue({ a: () => 1 }, parseType("variant"))).condition).toBe(
    "FIELD_DATA_TYPE_UNACCEPTABLE",
  );
});

describe("refusals", () => {
  // The conditions are PySpark's, which has them with and without the name of a field.
  test.each<[string, unknown, string]>([
    ["boolean", 1, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["int", "1", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["int", 1.5, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["int", Number.NaN, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["int", true, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["tinyint", 128, "VALUE_OUT_OF_BOUNDS"],
    ["smallint", -32769n, "VALUE_OUT_OF_BOUNDS"],
    ["int", 3000000000, "VALUE_OUT_OF_BOUNDS"],
    ["bigint", 2 ** 53, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["bigint", 2n ** 63n, "VALUE_OUT_OF_BOUNDS"],
    ["double", "1", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["double", 2n ** 53n + 1n, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["decimal(10,2)", 0.1, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["decimal(10,2)", "0.1", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["decimal(10,2)", Decimal.of("123456789.1"), "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION"],
    ["decimal(2,1)", Decimal.of("9.95"), "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION"],
    ["string", 1, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["char(2)", "abc", "EXCEED_LIMIT_LENGTH"],
    ["binary", [1], "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["date", "2025-02-30", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["date", new Date("2025-02-01T10:00:00Z"), "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["date", "+9999999-01-01", "VALUE_OUT_OF_BOUNDS"],
    ["timestamp", new Date(Number.NaN), "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["timestamp", "yesterday", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["timestamp", 1738405230, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["timestamp", { epochNanoseconds: 2n ** 73n }, "VALUE_OUT_OF_BOUNDS"],
    ["timestamp_ntz", new Date(), "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["timestamp_ntz", "2025-02-01T10:20:30Z", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["time", "24:00:00", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["interval day to second", Interval.ofMonths(1), "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["interval day to second", Interval.ofMicroseconds(2n ** 63n), "VALUE_OUT_OF_BOUNDS"],
    ["interval year to month", Interval.ofMonths(2 ** 31), "VALUE_OUT_OF_BOUNDS"],
    ["void", 1, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["array<int>", { 0: 1 }, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["array<int>", "12", "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["map<int,int>", { 1: 1 }, "FIELD_DATA_TYPE_UNACCEPTABLE"],
    ["struct<a:int>", 1, "FIELD_DATA_TYPE_UNACCEPTABLE"],
  ])("%s refuses %o with %s", (type, value, condition) => {
    expect(refusal(() => acceptValue(value, parseType(type))).condition).toBe(condition);
  });

  test.each<[string, unknown, string, string]>([
    ["array<int>", [1, "x"], "[1]", "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME"],
    [
      "struct<p:array<struct<q:int>>>",
      { p: [{ q: 1 }, { q: 0.5 }] },
      "p[1].q",
      "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME",
    ],
    ["struct<a:int not null>", {}, "a", "FIELD_NOT_NULLABLE_WITH_NAME"],
    ["struct<a:struct<b:int>>", { a: [1, 2] }, "a", "FIELD_STRUCT_LENGTH_MISMATCH_WITH_NAME"],
    ["map<string,int>", new Map([["k", 1.5]]), '["k"]', "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME"],
    ["map<int,int>", new Map([[1.5, 1]]), " key 1.5", "FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME"],
    ["map<int,int>", new Map([[null, 1]]), " key null", "FIELD_NOT_NULLABLE_WITH_NAME"],
  ])("%s refuses a part of %o at %s", (type, value, path, condition) => {
    const error = refusal(() => acceptValue(value, parseType(type)));
    expect([error.parameters.field_name, error.condition]).toEqual([path, condition]);
  });

  test("keys that are one when they are stored", () => {
    const twice = new Map<unknown, number>([
      [1, 1],
      [1n, 2],
    ]);
    const error = refusal(() => acceptValue(twice, parseType("map<bigint,int>")));
    expect([error.condition, error.sqlState]).toEqual(["DUPLICATED_MAP_KEY", "23505"]);
    const dates = new Map([
      [[new Date(0)], 1],
      [[new Date(0)], 2],
    ]);
    expect(() => acceptValue(dates, parseType("map<array<date>,int>"))).toThrow(/DUPLICATED_MAP_KEY/);
  });

  test("the sentence names path, type and value, and says what to do", () => {
    const error = refusal(() => acceptValue({ tags: ["a", "b", 7] }, parseDdl("tags ARRAY<STRING>"), "row 3"));
    expect(error.message).toBe(
      "[FIELD_DATA_TYPE_UNACCEPTABLE_WITH_NAME] row 3, tags[2]: STRING can not accept object 7 in type number.\n" +
        "  Give a string, such as String(value).",
    );
    expect(error.parameters).toEqual({
      field_name: "row 3, tags[2]",
      data_type: "STRING",
      obj: "7",
      obj_type: "number",
    });
  });
});

test("in another time zone a timestamp as text needs an offset", () => {
  const berlin = { timeZone: "Europe/Berlin" };
  const timestamp = parseType("timestamp");
  expect(acceptValue("1970-01-01T00:00:00Z", timestamp, "", berlin)).toBe(0n);
  expect(refusal(() => acceptValue("1970-01-01T00:00:00", timestamp, "", berlin)).hint).toContain("with an offset");
});

test("fieldAcceptor names the row and the column", () => {
  const accept = fieldAcceptor(structField("n", parseType("array<int>"), false));
  expect(accept([1], 0)).toEqual([1]);
  expect(refusal(() => accept([1, "x"], 41)).parameters.field_name).toBe("row 41, n[1]");
  expect(refusal(() => accept(null, 7)).message).toContain("row 7, n: This field is not nullable");
});

test("rowAcceptor takes objects and arrays, and names the row and the place in it", () => {
  const accept = rowAcceptor(parseDdl("n INT NOT NULL, tags ARRAY<STRING>"));
  expect(accept({ tags: ["a"], n: 1 }, 0)).toEqual([1, ["a"]]);
  expect(accept([1, null], 1)).toEqual([1, null]);
  expect(refusal(() => accept({ n: 1, tags: [2] }, 2)).parameters.field_name).toBe("row 2, tags[0]");
  expect(refusal(() => accept([1], 3)).message).toContain("row 3: Length of object (1)");
  expect(refusal(() => accept(null, 4)).parameters.field_name).toBe("row 4");
});

test("a value that holds itself is refused with a text all the same", () => {
  const circular: Record<string, unknown> = {};
  circular.self = circular;
  expect(refusal(() => acceptValue(circular, parseType("int"))).parameters.obj).toBe("[object Object]");
});

test("whole numbers are accepted exactly within the bounds of their type", () => {
  const bounds: [string, bigint][] = [
    ["tinyint", 2n ** 7n],
    ["smallint", 2n ** 15n],
    ["int", 2n ** 31n],
    ["bigint", 2n ** 63n],
  ];
  fc.assert(
    fc.property(
      fc.constantFrom(...bounds),
      fc.bigInt({ min: -(2n ** 64n), max: 2n ** 64n }),
      ([type, limit], value) => {
        const accept = () => acceptValue(value, parseType(type));
        if (value >= -limit && value < limit) expect(BigInt(accept() as number)).toBe(value);
        else expect(accept).toThrow(/VALUE_OUT_OF_BOUNDS/);
      },
    ),
  );
});
