import { describe, expect, test } from "vitest";
import { AnalysisError } from "../errors.ts";
import { bigintType, doubleType, intType, stringType, yearMonthIntervalType } from "./data-type.ts";
import { parseType, toDdl } from "./ddl.ts";
import { Decimal } from "./decimal.ts";
import { inferSchema, inferType, mergeInferred } from "./infer-type.ts";
import { Interval } from "./interval.ts";
import { Timestamp } from "./timestamp.ts";
import { simpleString } from "./type-name.ts";
import { Variant } from "./variant.ts";

const refusal = (run: () => unknown): AnalysisError => {
  try {
    run();
  } catch (error) {
    if (error instanceof AnalysisError) return error;
    throw error;
  }
  throw new Error("nothing was thrown");
};

test.each<[unknown, string]>([
  [3, "bigint"],
  [-0, "bigint"],
  [1.5, "double"],
  [2 ** 53, "double"],
  [1e300, "double"],
  [Number.NaN, "double"],
  [3n, "bigint"],
  ["x", "string"],
  [true, "boolean"],
  [null, "void"],
  [undefined, "void"],
  [new Date(), "timestamp"],
  [new Timestamp(0), "timestamp"],
  [{ epochNanoseconds: 1n }, "timestamp"],
  [Decimal.of("1.5"), "decimal(38,18)"],
  [Uint8Array.of(1), "binary"],
  [Buffer.from("x"), "binary"],
  [Interval.ofMonths(1, yearMonthIntervalType("month", "month")), "interval month"],
  [Variant.of(1), "variant"],
  [[], "array<void>"],
  [[1, null, 2.5], "array<double>"],
  [[[1], ["x"].slice(1)], "array<array<bigint>>"],
  [Float64Array.of(1), "array<double>"],
  [Int32Array.of(1), "array<int>"],
  [new Map([["a", 1]]), "map<string,bigint>"],
  [new Map(), "map<void,void>"],
  [{ b: 1, a: { c: null } }, "struct<b:bigint,a:struct<c:void>>"],
  [[{ a: 1 }, { b: "x" }, { a: 2.5 }], "array<struct<a:double,b:string>>"],
  [Object.create(null, { x: { value: 1, enumerable: true } }), "struct<x:bigint>"],
  [JSON.parse('{"__proto__": 1}'), "struct<__proto__:bigint>"],
])("%o is %s", (value, type) => {
  expect(simpleString(inferType(value))).toBe(type);
});

test("typed arrays hold no nulls", () => {
  expect(inferType(BigInt64Array.of(1n))).toEqual({ kind: "array", element: bigintType, containsNull: false });
});

test.each([
  [["int", "bigint"], "bigint"],
  [["tinyint", "void", "smallint"], "smallint"],
  [["float", "int"], "double"],
  [["bigint", "double"], "double"],
  [["void", "array<void>", "array<bigint>", "array<double>"], "array<double>"],
  [["map<string,void>", "map<string,struct<a:int>>"], "map<string,struct<a:int>>"],
  [["struct<a:int,b:string>", "struct<b:string,c:date>"], "struct<a:int,b:string,c:date>"],
  [["interval day", "interval hour"], "interval day to second"],
  [[], "void"],
])("%j meet in %s", (types, merged) => {
  expect(simpleString(mergeInferred(types.map(parseType)))).toBe(merged);
});

describe("conflicts", () => {
  test.each([
    ["bigint", "string"],
    ["boolean", "bigint"],
    ["decimal(38,18)", "bigint"],
    ["decimal(38,18)", "double"],
    ["date", "timestamp"],
    ["array<int>", "map<int,int>"],
    ["struct<a:int>", "map<string,int>"],
  ])("%s and %s do not meet", (left, right) => {
    const error = refusal(() => mergeInferred([left, right].map(parseType), "n"));
    expect([error.condition, error.sqlState]).toEqual(["CANNOT_MERGE_TYPE", "42K09"]);
    expect(error.parameters).toEqual({ field_name: "n", data_type1: left, data_type2: right });
    expect(error.message).toContain(`n: Can not merge type \`${left}\` and \`${right}\``);
  });

  test("name the row and the place in it", () => {
    const rows = [
      { id: 1, tags: [{ name: "a" }] },
      { id: 2, tags: [{ name: "b" }, { name: 7 }] },
    ];
    const error = refusal(() => inferSchema(rows));
    expect(error.parameters.field_name).toBe("row 1, tags[1].name");
    expect(refusal(() => inferType([1, "x"])).parameters.field_name).toBe("[1]");
    expect(
      refusal(() => inferSchema([{ m: new Map([["k", { x: 1 }]]) }, { m: new Map([["k", { x: "a" }]]) }])).message,
    ).toContain("row 1, m value.x: Can not merge type `bigint` and `string`");
  });
});

describe("inferSchema", () => {
  test("looks at every row", () => {
    const rows = [{ id: 1, at: null }, { id: 2.5, name: "x" }, { at: new Date() }];
    expect(toDdl(inferSchema(rows))).toBe("id DOUBLE,at TIMESTAMP,name STRING");
    expect(toDdl(inferSchema([{ a: null }, { a: undefined }]))).toBe("a VOID");
    expect(inferSchema([]).fields).toEqual([]);
  });

  test("names the columns of arrays", () => {
    expect(toDdl(inferSchema([["a", 1, true]], ["user", "n"]))).toBe("user STRING,n BIGINT,_3 BOOLEAN");
    expect(toDdl(inferSchema([], ["user"]))).toBe("user VOID");
  });

  test("refuses rows and values without a type, saying what to do", () => {
    class Point {
      x = 1;
    }
    const row = refusal(() => inferSchema([{ a: 1 }, new Point()]));
    expect([row.condition, row.parameters.data_type]).toEqual(["CANNOT_INFER_SCHEMA_FOR_TYPE", "Point"]);
    const value = refusal(() => inferSchema([{ at: { point: new Point() } }]));
    expect(value.condition).toBe("CANNOT_INFER_TYPE_FOR_FIELD");
    expect(value.message).toContain('row 0, at.point: {"x":1} of type Point has no type in Spark');
    expect(refusal(() => inferType(() => 1)).hint).toContain("{ ...value }");
  });
});

test("the type found is shared, so that rows of one type cost no objects", () => {
  expect(inferType(1)).toBe(bigintType);
  expect(mergeInferred([intType, doubleType])).toBe(doubleType);
  expect(mergeInferred([stringType, stringType])).toBe(stringType);
});
