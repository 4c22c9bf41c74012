import fc from "fast-check";
import { expect, test } from "vitest";
import { doubleText, floatText } from "./number-text.ts";

// Spark 4.2's casts of DOUBLE to STRING.
test.each([
  [1.5, "1.5"],
  [100, "100.0"],
  [0.001, "0.001"],
  [0.00099, "9.9E-4"],
  [1e7, "1.0E7"],
  [12345678.9, "1.23456789E7"],
  [1e10, "1.0E10"],
  [9007199254740992, "9.007199254740992E15"],
  [1.7976931348623157e308, "1.7976931348623157E308"],
  [5e-324, "4.9E-324"],
  [9e-323, "8.9E-323"],
  [1e21, "1.0E21"],
  [-0, "-0.0"],
  [0, "0.0"],
  [Number.NaN, "NaN"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("the double %d is %s", (value, text) => {
  expect(doubleText(value)).toBe(text);
});

// Spark 4.2's casts of FLOAT to STRING.
test.each([
  [0.1, "0.1"],
  [1.1, "1.1"],
  [1e10, "1.0E10"],
  [100, "100.0"],
  [2e-3, "0.002"],
  [16777216, "1.6777216E7"],
  [2 ** -149, "1.4E-45"],
  [-0, "-0.0"],
  [Number.NEGATIVE_INFINITY, "-Infinity"],
])("the float %d is %s", (value, text) => {
  expect(floatText(Math.fround(value))).toBe(text);
});

test("texts mean the numbers that they were made of", () => {
  fc.assert(
    fc.property(fc.double(), fc.float(), (double, float) => {
      expect(Number(doubleText(double))).toBe(double);
      expect(Math.fround(Number(floatText(float)))).toBe(float);
    }),
  );
});
