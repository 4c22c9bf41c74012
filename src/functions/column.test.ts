import { inspect } from "node:util";
import { describe, expect, test } from "vitest";
import { AnalysisError } from "../errors.ts";
import { expressionOf } from "./column.ts";
import { col, expr, lit, when } from "./constructors.ts";

const amount = { kind: "attribute", name: ["amount"] };
const literal = (kind: string, value: unknown) => ({ kind: "literal", type: { kind }, value });

describe("operators", () => {
  test("are calls under their SQL names", () => {
    expect(col("amount").plus(1).expression).toEqual({
      kind: "call",
      name: ["+"],
      arguments: [amount, literal("int", 1)],
    });
    expect(col("amount").eqNullSafe(null).expression).toMatchObject({
      name: ["<=>"],
      arguments: [amount, literal("void", null)],
    });
  });

  test("take a string as a value", () => {
    expect(col("amount").eq("user").expression).toMatchObject({ arguments: [amount, literal("string", "user")] });
  });

  test("have four short names", () => {
    const pairs = [
      ["eq", "equalTo"],
      ["ne", "notEqual"],
      ["gte", "geq"],
      ["lte", "leq"],
    ] as const;
    for (const [short, long] of pairs) expect(col("a")[short](1).expression).toEqual(col("a")[long](1).expression);
  });

  test("without an operand take only the column", () => {
    expect(col("amount").isNull().expression).toEqual({ kind: "call", name: ["isnull"], arguments: [amount] });
    expect(col("amount").not().expression).toMatchObject({ name: ["NOT"], arguments: [amount] });
  });

  test("between is two comparisons, as in Spark", () => {
    expect(col("amount").between(1, 2).expression).toEqual(col("amount").geq(1).and(col("amount").leq(2)).expression);
  });

  test("isin takes values or one array of them", () => {
    expect(col("amount").isin(1, 2).expression).toEqual(col("amount").isin([1, 2]).expression);
    expect(col("amount").isin(1, 2).expression).toMatchObject({
      name: ["in"],
      arguments: [amount, literal("int", 1), literal("int", 2)],
    });
  });
});

describe("names, casts and fields", () => {
  test("a name may come with metadata, or be several", () => {
    expect(col("amount").as("total").expression).toEqual({ kind: "alias", input: amount, names: ["total"] });
    expect(col("amount").as("total", { metadata: { unit: "CHF" } }).expression).toMatchObject({
      metadata: { unit: "CHF" },
    });
    expect(col("amount").as("key", "value").expression).toMatchObject({ names: ["key", "value"] });
    expect(col("amount").alias("total").expression).toEqual(col("amount").as("total").expression);
  });

  test("casts read types as SQL writes them", () => {
    const type = { kind: "decimal", precision: 10, scale: 2 };
    expect(col("amount").cast("decimal(10,2)").expression).toEqual({ kind: "cast", input: amount, type, mode: "ansi" });
    expect(col("amount").tryCast({ kind: "int" }).expression).toMatchObject({ type: { kind: "int" }, mode: "try" });
  });

  test("fields are read, replaced and dropped by path", () => {
    expect(col("address").getField("city").expression).toMatchObject({
      kind: "extract value",
      extraction: literal("string", "city"),
    });
    expect(col("tags").getItem(0).expression).toMatchObject({ extraction: literal("int", 0) });
    expect(col("a").withField("b.c", lit(1)).expression).toMatchObject({
      kind: "update field",
      field: ["b", "c"],
      value: literal("int", 1),
    });
    const dropped = col("a").dropFields("b", "c").expression;
    expect(dropped).toMatchObject({ field: ["c"], input: { field: ["b"], input: { name: ["a"] } } });
    expect(dropped).not.toHaveProperty("value");
  });

  test("orders put nulls first when ascending and last when descending", () => {
    expect(col("a").asc().expression).toMatchObject({ kind: "sort order", direction: "ascending", nulls: "first" });
    expect(col("a").desc().expression).toMatchObject({ direction: "descending", nulls: "last" });
    expect(col("a").descNullsFirst().expression).toMatchObject({ direction: "descending", nulls: "first" });
  });
});

describe("when", () => {
  test("lists conditions and values, then the rest", () => {
    const banded = when(col("amount").gt(3), "high").when(col("amount").gt(1), "low").otherwise("none");
    expect(banded.expression).toMatchObject({
      name: ["when"],
      arguments: [
        { name: [">"] },
        literal("string", "high"),
        { name: [">"] },
        literal("string", "low"),
        literal("string", "none"),
      ],
    });
  });

  test("ends with otherwise", () => {
    const ended = when(col("a"), 1).otherwise(2) as unknown as ReturnType<typeof when>;
    expect(() => ended.otherwise(3)).toThrow(AnalysisError);
    expect(() => ended.when(col("b"), 3)).toThrow(/INVALID_WHEN_USAGE/);
  });
});

describe("a column in a program", () => {
  test("has no value and names the method to use", () => {
    expect(() => `${col("a")}`).toThrow(/concat/);
    expect(() => Number(col("a"))).toThrow(/\.gt/);
    expect(() => (col("a") as unknown as number) + 1).toThrow(/\.plus/);
  });

  test("prints its expression", () => {
    expect(inspect(col("amount").plus(1).as("more"))).toBe("Column<'+('amount, 1) AS more>");
  });

  test("is no promise", () => {
    expect("then" in col("a")).toBe(false);
  });

  test("is frozen inside and known by its class", () => {
    expect(Object.isFrozen(col("a").expression)).toBe(true);
    expect(expressionOf("a")).toBeUndefined();
    expect(expressionOf(col("a"))).toEqual({ kind: "attribute", name: ["a"] });
  });

  test("of SQL text needs a parser", () => {
    expect(() => expr("a + 1")).toThrow(/no SQL parser is bound/);
  });
});
