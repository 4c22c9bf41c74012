/** Expected parameters are those of real Spark. */
import { expect, test } from "vitest";
import { overflow, sparkParameters } from "./error-parameters.ts";

test.each([
  [{ value: "it's", from: "STRING", to: "INT" }, "'it\\'s'"],
  [{ value: "300", from: "BIGINT", to: "TINYINT" }, "300L"],
  [{ value: "10000000000", from: "DOUBLE", to: "INT" }, "1.0E10D"],
  [{ value: "nan", from: "DOUBLE", to: "INT" }, "NaN"],
  [{ value: "-inf", from: "DOUBLE", to: "INT" }, "-Infinity"],
])("values that cannot be cast are written as literals", (told, literal) => {
  expect(sparkParameters("CAST_OVERFLOW", told)).toEqual({
    value: literal,
    sourceType: `"${told.from}"`,
    targetType: `"${told.to}"`,
    ansiConfig: '"spark.sql.ansi.enabled"',
  });
});

test("overflows name what tolerates them", () => {
  const [condition, told] = overflow("addition", "INT32", "2147483647 + 1");
  expect(condition).toBe("ARITHMETIC_OVERFLOW");
  expect(sparkParameters(condition, told)).toEqual({
    message: "overflow",
    alternative: " Use 'try_add' to tolerate overflow and return NULL instead.",
    config: '"spark.sql.ansi.enabled"',
  });
  expect(overflow("multiplication", "INT8", "127 * 2")).toEqual([
    "BINARY_ARITHMETIC_OVERFLOW",
    { value1: "127S", symbol: "*", value2: "2S", functionName: "`try_multiply`" },
  ]);
});
