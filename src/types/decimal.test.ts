import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import { Decimal } from "./decimal.ts";

test.each([
  ["12.30", 1230n, 2, "12.30"],
  ["-0.05", -5n, 2, "-0.05"],
  [" +7 ", 7n, 0, "7"],
  [".5", 5n, 1, "0.5"],
  ["5.", 5n, 0, "5"],
  ["1e3", 1000n, 0, "1000"],
  ["1.5E-3", 15n, 4, "0.0015"],
  ["12345678901234567890.123456789012345678", 12345678901234567890123456789012345678n, 18, undefined],
  [0.1, 1n, 1, "0.1"],
  [-1e21, -1000000000000000000000n, 0, "-1000000000000000000000"],
  [1e-7, 1n, 7, "0.0000001"],
  [-12n, -12n, 0, "-12"],
])("of %s", (value, unscaled, scale, text) => {
  const decimal = Decimal.of(value);
  expect(decimal).toEqual(new Decimal(unscaled, scale));
  expect(decimal.toString()).toBe(text ?? value);
});

test.each(["", ".", "1.2.3", "1,5", "0x10", "abc", "1e", "--1", "1e99999", Number.NaN, Number.POSITIVE_INFINITY])(
  "%s is refused",
  (value) => {
    expect(() => Decimal.of(value)).toThrow(ExecutionError);
    expect(() => Decimal.of(value)).toThrow(/CAST_INVALID_INPUT.*22018/);
  },
);

// Java's BigDecimal.setScale with HALF_UP, which Spark rounds with.
test.each([
  ["1.005", 2, "1.01"],
  ["-1.005", 2, "-1.01"],
  ["1.0049", 2, "1.00"],
  ["2.5", 0, "3"],
  ["-2.5", 0, "-3"],
  ["2.4", 0, "2"],
  ["1.2", 4, "1.2000"],
  ["0.00", 1, "0.0"],
])("%s rounded to %i digits is %s", (text, scale, rounded) => {
  expect(Decimal.of(text).rounded(scale).toString()).toBe(rounded);
});

describe("as a JavaScript value", () => {
  test("it is a string in JSON and in templates", () => {
    expect(JSON.stringify({ price: Decimal.of("1.50") })).toBe('{"price":"1.50"}');
    expect(`${Decimal.of("1.50")}`).toBe("1.50");
    expect(inspect(Decimal.of("1.50"))).toBe("Decimal(1.50)");
  });

  test("operators throw and say what to use", () => {
    const price = Decimal.of("1.50");
    // @ts-expect-error an operator on an object
    expect(() => price * 2).toThrow(/toNumber\(\) or toString\(\)/);
    expect(() => price < Decimal.of("2")).toThrow(TypeError);
    expect(price.toNumber()).toBe(1.5);
  });
});

test.each([
  ["0.05", 2],
  ["12.30", 4],
  ["0", 1],
  ["-100", 3],
])("%s has a precision of %i", (text, precision) => {
  expect(Decimal.of(text).precision).toBe(precision);
});

describe("properties", () => {
  const decimal = fc
    .tuple(fc.bigInt({ min: -(10n ** 38n), max: 10n ** 38n }), fc.nat(38))
    .map((parts) => new Decimal(...parts));
  const at38 = ({ unscaled, scale }: Decimal): bigint => unscaled * 10n ** BigInt(38 - scale);

  test("its text is read back", () => {
    fc.assert(
      fc.property(decimal, (a) => {
        expect(Decimal.of(a.toString())).toEqual(a);
      }),
    );
  });

  test("arithmetic and order are those of the integers at one scale", () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(at38(a.plus(b))).toBe(at38(a) + at38(b));
        expect(at38(a.minus(b))).toBe(at38(a) - at38(b));
        expect(a.times(b).unscaled * 10n ** BigInt(76 - a.scale - b.scale)).toBe(at38(a) * at38(b));
        expect(Math.sign(a.compare(b))).toBe(at38(a) < at38(b) ? -1 : at38(a) > at38(b) ? 1 : 0);
        expect(a.equals(b)).toBe(at38(a) === at38(b));
      }),
    );
  });

  test("rounding is off by half a unit at most", () => {
    fc.assert(
      fc.property(decimal, fc.nat(38), (a, scale) => {
        const difference = at38(a.rounded(scale)) - at38(a);
        const doubled = difference < 0n ? -2n * difference : 2n * difference;
        expect(doubled <= 10n ** BigInt(38 - scale)).toBe(true);
      }),
    );
  });
});
