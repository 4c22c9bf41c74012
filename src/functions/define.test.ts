import { describe, expect, test } from "vitest";
import { col, lit } from "./constructors.ts";
import { aggregate, distinctAggregate, higherOrder, scalar } from "./define.ts";

const split = scalar("split(text: string, pattern: value string, limit?: int): array<string>");
const coalesce = scalar("coalesce(...values: same): widest null if all", { aliases: ["first_of"] });
const transform = higherOrder("transform(array: array, function: lambda): arrayOfLambda");

describe("a call", () => {
  test("takes strings as columns, but for parameters that take values", () => {
    expect(split("line", ",", 2).expression).toEqual({
      kind: "call",
      name: ["split"],
      arguments: [
        { kind: "attribute", name: ["line"] },
        { kind: "literal", type: { kind: "string" }, value: "," },
        { kind: "literal", type: { kind: "int" }, value: 2 },
      ],
    });
    expect(split("line", col("separator")).expression).toMatchObject({ arguments: [{}, { kind: "attribute" }] });
  });

  test("takes any number of arguments where the last parameter is variadic", () => {
    expect(coalesce("a", "b", lit(0)).expression).toMatchObject({
      arguments: [{ name: ["a"] }, { name: ["b"] }, { value: 0 }],
    });
  });

  test("of an aggregate may be of distinct values", () => {
    const count = aggregate("count(...values: any): bigint not null");
    expect(count("*").expression).toMatchObject({ name: ["count"], arguments: [{ kind: "star" }] });
    const countDistinct = distinctAggregate("count(...values: any): bigint not null");
    expect(countDistinct("user").expression).toMatchObject({ name: ["count"], distinct: true });
  });

  test("makes lambdas of functions, nested ones with names of their own", () => {
    const nested = transform("matrix", (row) => transform(row, (x) => x.plus(row.getItem(0)))).expression;
    const [, outer] = (nested as unknown as { arguments: unknown[] }).arguments as [
      unknown,
      { parameters: string[]; body: { arguments: [unknown, { parameters: string[] }] } },
    ];
    expect(nested).toMatchObject({
      arguments: [{ name: ["matrix"] }, { kind: "lambda", body: { name: ["transform"] } }],
    });
    expect(outer.parameters).not.toEqual(outer.body.arguments[1].parameters);
  });

  test("refuses a function that gives no column", () => {
    expect(() => transform("a", (() => 1) as never)).toThrow(/must return a Column/);
  });
});

describe("a definition", () => {
  test("says what the line says", () => {
    expect(split.definition).toMatchObject({
      name: "split",
      class: "scalar",
      result: "array<string>",
      nulls: "null if any",
      deterministic: true,
      parameters: [
        { name: "text", rule: "string", optional: false, variadic: false, takesValue: false },
        { name: "pattern", rule: "string", takesValue: true },
        { name: "limit", rule: "int", optional: true },
      ],
    });
    expect(coalesce.definition).toMatchObject({
      nulls: "null if all",
      aliases: ["first_of"],
      parameters: [{ variadic: true }],
    });
  });
});
