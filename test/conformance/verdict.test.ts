/** How answers are compared, and what counts as an example. */
import { expect, it } from "vitest";
import type { Outcome } from "./case.ts";
import { examplesIn } from "./gather.ts";
import { judge } from "./verdict.ts";

const answer = (type: string, ...values: readonly number[]): Outcome => ({
  schema: [["n", type, false]],
  rows: values.map((value) => [value]),
});
const failure = (condition: string | null): Outcome => ({ condition, message: "no" });
const raw: Outcome = { condition: null, message: "Conversion Error: no" };
const standing = (sql: string, spark: Outcome, ours: Outcome) => judge({ family: "math", sql }, spark, ours).standing;

it.each([
  ["the same answer", "SELECT n", answer("int", 1), answer("int", 1), "equal"],
  ["rows in another order", "SELECT n", answer("int", 1, 2), answer("int", 2, 1), "equal"],
  ["sorted rows in another order", "SELECT n ORDER BY n", answer("int", 1, 2), answer("int", 2, 1), "different"],
  ["another type", "SELECT n", answer("int", 1), answer("bigint", 1), "value"],
  ["another value", "SELECT n", answer("int", 1), answer("int", 2), "different"],
  ["a random number", "SELECT rand()", answer("double", 0.25), answer("double", 0.5), "law"],
  ["a random number that breaks its law", "SELECT rand()", answer("double", 0.25), answer("double", 2), "different"],
  ["the same condition", "SELECT n", failure("DIVIDE_BY_ZERO"), failure("DIVIDE_BY_ZERO"), "equal"],
  ["an error without a condition", "SELECT n", failure(null), failure(null), "equal"],
  ["an error that is only passed on", "SELECT n", failure(null), raw, "different"],
  ["another condition", "SELECT n", failure("DIVIDE_BY_ZERO"), failure("CAST_OVERFLOW"), "different"],
  ["an answer where Spark fails", "SELECT n", failure("DIVIDE_BY_ZERO"), answer("int", 1), "different"],
  ["an error where Spark answers", "SELECT n", answer("int", 1), failure("UNSUPPORTED_FEATURE"), "refused"],
])("%s", (_, sql, spark, ours, expected) => {
  expect(standing(sql, spark, ours)).toBe(expected);
});

it("finds the statements of a usage text", () => {
  const usage = "Examples:\n      > SELECT abs(-1);\n       1\n      > SELECT 'a;b',\n  2;\n       a;b 2\n";
  expect(examplesIn(usage)).toEqual(["SELECT abs(-1)", "SELECT 'a;b',\n  2"]);
});
