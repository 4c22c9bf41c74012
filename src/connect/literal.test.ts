import { create, fromBinary, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { describe, expect, test } from "vitest";
import type { DataType } from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";
import { Expression_LiteralSchema as LiteralSchema } from "./generated/spark/connect/expressions_pb.ts";
import { decodeLiteral, encodeLiteral } from "./literal.ts";

/** The constant that comes out of the bytes of a constant. */
function throughBytes(type: DataType, value: unknown) {
  const message = create(LiteralSchema, encodeLiteral({ kind: "literal", type, value }));
  return decodeLiteral(fromBinary(LiteralSchema, toBinary(LiteralSchema, message)));
}

test.each<readonly [string, unknown]>([
  ["BOOLEAN", true],
  ["TINYINT", -128],
  ["SMALLINT", 300],
  ["INT", -2147483648],
  ["BIGINT", 9223372036854775807n],
  ["FLOAT", 1.5],
  ["DOUBLE", Number.NaN],
  ["DECIMAL(5,2)", -123n],
  ["DECIMAL(38,38)", 1n],
  ["DECIMAL(10,0)", 7n],
  ["STRING", "é\0"],
  ["CHAR(3)", "abc"],
  ["STRING COLLATE UNICODE", "x"],
  ["BINARY", new Uint8Array([0, 255])],
  ["DATE", -1],
  ["TIMESTAMP", -1n],
  ["TIMESTAMP_NTZ", 1n],
  ["TIME(3)", 86_399_999_000n],
  ["TIME(6)", 1n],
  ["INTERVAL", { months: 1, days: -2, microseconds: 3n }],
  ["INTERVAL DAY TO SECOND", 1n],
  ["INTERVAL HOUR TO MINUTE", 60_000_000n],
  ["INTERVAL YEAR TO MONTH", -13],
  ["INTERVAL MONTH", 5],
  ["ARRAY<INT>", [1, null]],
  ["ARRAY<ARRAY<STRING>>", [["a"], [], null]],
  ["MAP<STRING, DATE>", { keys: ["k"], values: [1] }],
  ["STRUCT<a: INT, b: STRUCT<c: DECIMAL(3,1)>>", [1, [25n]]],
])("a constant of %s keeps its value and type", (ddl, value) => {
  const type = parseType(ddl);
  expect(throughBytes(type, value)).toEqual({ kind: "literal", type, value });
  expect(throughBytes(type, null)).toEqual({ kind: "literal", type, value: null });
});

describe("constants of other clients", () => {
  const read = (literal: MessageInitShape<typeof LiteralSchema>) => decodeLiteral(create(LiteralSchema, literal));

  test("decimals tell their digits by themselves", () => {
    expect(read({ literalType: { case: "decimal", value: { value: "-1.50" } } })).toMatchObject({
      type: { kind: "decimal", precision: 3, scale: 2 },
      value: -150n,
    });
  });

  test("specialized arrays have elements of their own type", () => {
    const valueType = { case: "longs" as const, value: { values: [1n, 2n] } };
    expect(read({ literalType: { case: "specializedArray", value: { valueType } } })).toMatchObject({
      type: { kind: "array", element: { kind: "bigint" }, containsNull: false },
      value: [1n, 2n],
    });
  });

  test("arrays without a type have that of their first element", () => {
    const elements = [{ literalType: { case: "string", value: "x" } } as const];
    expect(read({ literalType: { case: "array", value: { elements } } })).toMatchObject({
      type: { kind: "array", element: { kind: "string" } },
      value: ["x"],
    });
  });

  test("a constant without a value, or without a type, is invalid", () => {
    expect(() => read({})).toThrow("a literal has no value");
    expect(() => read({ literalType: { case: "array", value: {} } })).toThrow("a literal (array) has no type");
  });
});
