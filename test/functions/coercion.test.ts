/** Our rules for types that meet, against what Spark's analyzer said of every pair (`test/answers/record-coercion.py`). */
import { describe, expect, it } from "vitest";
import { type ArithmeticOperator, arithmeticOperation } from "../../src/functions/arithmetic.ts";
import {
  canCast,
  canStoreAssign,
  castMayGiveNull,
  commonComparisonType,
  type Operand,
  widest,
  widestWithoutText,
} from "../../src/functions/coercion.ts";
import type { DataType } from "../../src/types/data-type.ts";
import casts from "../answers/coercion/casts.json" with { type: "json" };
import decimals from "../answers/coercion/decimals.json" with { type: "json" };
import pairs from "../answers/coercion/pairs.json" with { type: "json" };
import { namedType, nameOf } from "./named-types.ts";

type Answers = Record<string, Record<string, Record<string, string>>>;
const answers: Answers = pairs.answers;
const refused = "refused";

/** Every pair of types with Spark's answer; errors are `refused` and nullability is left out. */
function recorded(operator: string): [left: string, right: string, answer: string][] {
  return Object.entries(answers[operator]!).flatMap(([left, groups]) =>
    Object.entries(groups).flatMap(([answer, positions]) =>
      positions.split(" ").map((position): [string, string, string] => {
        const bare = answer.startsWith("!") ? refused : answer.replace(/\?$/, "");
        return [left, pairs.types[Number(position)]!, bare];
      }),
    ),
  );
}

const named = (type: DataType | undefined): string => (type === undefined ? refused : nameOf(type));
const operand = (name: string): Operand => ({ type: namedType(name) });
const line = (left: string, right: string, answer: string) => `${left} ? ${right} -> ${answer}`;

function compare(
  operator: string,
  ours: (left: string, right: string) => string,
  leaveOut: (pair: string[]) => boolean = () => false,
) {
  const cases = recorded(operator).filter(([left, right]) => !leaveOut([left, right]));
  expect(cases.length).toBeGreaterThan(100);
  expect(cases.map(([left, right]) => line(left, right, ours(left, right)))).toEqual(
    cases.map(([left, right, answer]) => line(left, right, answer)),
  );
}

/** What we refuse though Spark has it: times of day (off by default), untyped nulls and text beside intervals. */
function unusual([left, right]: string[]): boolean {
  const temporal = /^(interval|time|date)/;
  if ([left, right].some((type) => type!.startsWith("time("))) return true;
  const odd = (one: string, other: string) =>
    (one === "void" || (one === "string" && other.startsWith("interval"))) && temporal.test(other);
  return odd(left!, right!) || odd(right!, left!);
}

describe("types that meet", () => {
  it.each(["coalesce", "if", "union"])("go to the same type as in Spark: %s", (operator) => {
    compare(operator, (left, right) => named(widest([namedType(left), namedType(right)])));
  });

  it("go to a type without reading text in greatest", () => {
    const unordered = /^(map|interval$|variant)/;
    compare(
      "greatest",
      (left, right) => named(widestWithoutText([namedType(left), namedType(right)])),
      (pair) => pair.some((type) => unordered.test(type)),
    );
  });

  it.each(["=", "<", "<=>"])("are compared by %s where Spark compares them", (operator) => {
    const unordered = /^(map|interval$|variant)/;
    compare(
      operator,
      (left, right) => (commonComparisonType(operand(left), operand(right)) === undefined ? refused : "boolean"),
      (pair) => pair.some((type) => unordered.test(type)),
    );
  });

  it.each(["+", "-", "*", "/", "%", "div"] as const)("give the same type as in Spark: %s", (operator) => {
    compare(
      operator,
      (left, right) => named(arithmeticOperation(operator, operand(left), operand(right))?.result),
      unusual,
    );
  });
});

describe("decimals", () => {
  const operators: readonly ArithmeticOperator[] = ["+", "-", "*", "/", "%", "div"];
  const expectedOf = (answer: string) => answer.replace(/\?$/, "");

  it("have Spark's precision and scale", () => {
    for (const [pair, results] of Object.entries(decimals.pairs)) {
      const [left, right] = pair.split(" ") as [string, string];
      for (const operator of operators) {
        const ours = named(arithmeticOperation(operator, operand(left), operand(right))?.result);
        const answer = expectedOf(results[operator]);
        expect(`${left} ${operator} ${right}: ${ours}`).toBe(
          `${left} ${operator} ${right}: ${answer.startsWith("!") ? refused : answer}`,
        );
      }
    }
  });

  it("take from an integer constant only its digits", () => {
    const forms = Object.entries(decimals.literals).filter(([form]) => !form.includes("="));
    expect(forms).toHaveLength(7);
    for (const [form, results] of forms) {
      const [left, operator, right] = form.split(" ") as [string, ArithmeticOperator, string];
      for (const [type, answer] of Object.entries(results)) {
        const side = (text: string): Operand =>
          text === "{0}"
            ? operand(type)
            : { type: { kind: text.length > 10 ? "bigint" : "int" }, literal: BigInt(text) };
        const ours = named(arithmeticOperation(operator, side(left), side(right))?.result);
        expect(`${form} ${type}: ${ours}`).toBe(
          `${form} ${type}: ${answer.startsWith("!") ? refused : expectedOf(answer)}`,
        );
      }
    }
  });
});

describe("casts", () => {
  const checks = {
    ansi: (from: DataType, to: DataType) => canCast(from, to, "ansi"),
    try: (from: DataType, to: DataType) => canCast(from, to, "try"),
    store: canStoreAssign,
    "may give null": castMayGiveNull,
  };

  it.each(Object.keys(checks) as (keyof typeof checks)[])("are judged as in Spark: %s", (check) => {
    for (const [from, answer] of Object.entries(casts.answers[check])) {
      const ours = casts.types.map((to) => (checks[check](namedType(from), namedType(to)) ? "x" : ".")).join("");
      expect(`${from}: ${ours}`).toBe(`${from}: ${answer}`);
    }
  });
});
