import { expect, test } from "vitest";
import type { Call, Literal } from "../plan/expression.ts";
import { Decimal } from "../types/decimal.ts";
import { Interval } from "../types/interval.ts";
import { Timestamp } from "../types/timestamp.ts";
import { literalOf } from "./literal.ts";

// The types are those that Spark's `lit` gives to the same constants.
test.each([
  [3, "int", 3],
  [2147483647, "int", 2147483647],
  [2147483648, "bigint", 2147483648n],
  [1.5, "double", 1.5],
  [Number.NaN, "double", Number.NaN],
  [2 ** 60, "double", 2 ** 60],
  [5n, "bigint", 5n],
  ["a", "string", "a"],
  [true, "boolean", true],
  [null, "void", null],
  [new Date("1970-01-01T00:00:01Z"), "timestamp", 1_000_000n],
  [Timestamp.of("1970-01-01T00:00:00.000001Z"), "timestamp", 1n],
  [{ epochNanoseconds: 1999n }, "timestamp", 1n],
  [Interval.ofMicroseconds(5n), "day-time interval", 5n],
  [Interval.ofMonths(14), "year-month interval", 14],
])("%s is %s", (value, kind, stored) => {
  expect(literalOf(value)).toMatchObject({ kind: "literal", type: { kind }, value: stored });
});

test("a negative zero is a double", () => {
  expect(literalOf(-0)).toMatchObject({ type: { kind: "double" } });
});

test("a decimal has the digits that it is written with", () => {
  expect(literalOf(Decimal.of("12.30"))).toMatchObject({
    type: { kind: "decimal", precision: 4, scale: 2 },
    value: 1230n,
  });
});

test("an array is the call that makes it, its numbers of one type", () => {
  const typesIn = (values: readonly unknown[]) => {
    const call = literalOf(values) as Call;
    expect(call).toMatchObject({ kind: "call", name: ["array"] });
    return call.arguments.map((item) => (item as Literal).type.kind);
  };
  expect(typesIn(["a", null])).toEqual(["string", "void"]);
  expect(typesIn([1, 2])).toEqual(["int", "int"]);
  expect(typesIn([0, 0.5, null])).toEqual(["double", "double", "void"]);
});

test("other objects are refused", () => {
  expect(() => literalOf({ a: 1 })).toThrow(/struct\(…\)/);
  expect(() => literalOf(Symbol("a"))).toThrow();
});
