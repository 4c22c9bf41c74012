import { DuckDBInstance } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import { expect, test } from "vitest";
import {
  arrayType,
  booleanType,
  type DataType,
  dayTimeIntervalType,
  decimalType,
  intervalType,
  intType,
  mapType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "../../types/data-type.ts";
import { duckType } from "./duck-type.ts";
import { logicalType, logicalTypeText } from "./logical-type.ts";

const connection = await (await DuckDBInstance.create(":memory:")).connect();

const point = structType([structField("x", intType), structField("X", stringType)]);
const types: [DataType, string][] = [
  [booleanType, "BOOLEAN"],
  [decimalType(38, 10), "DECIMAL(38,10)"],
  [stringType, "VARCHAR"],
  [{ kind: "char", length: 3 }, "VARCHAR"],
  [timestampType, "TIMESTAMP"],
  [timestampNtzType, "TIMESTAMP"],
  [{ kind: "time", precision: 6 }, "TIME"],
  [yearMonthIntervalType(), "INTEGER"],
  [dayTimeIntervalType(), "BIGINT"],
  [intervalType, "INTERVAL"],
  [voidType, "INTEGER"],
  [arrayType(arrayType(intType)), "INTEGER[][]"],
  [mapType(stringType, arrayType(intType)), "MAP(VARCHAR, INTEGER[])"],
  [point, "STRUCT(f0 INTEGER, f1 VARCHAR)"],
  [structType([]), "STRUCT(f0 INTEGER)"],
  [variantType, "STRUCT(f0 BLOB, f1 BLOB)"],
  [{ kind: "udt", name: "vector", storage: point }, "STRUCT(f0 INTEGER, f1 VARCHAR)"],
];

test.each(types)("%o is stored as %s", async (type, expected) => {
  expect(duckType(type)).toBe(expected);
  expect(logicalTypeText(logicalType(type))).toBe(expected);
  const reader = await connection.runAndReadAll(`SELECT typeof(CAST(NULL AS ${expected}))`);
  expect(reader.getRows()).toEqual([[expected]]);
});

test("the engine's own types have a text too", () => {
  expect(logicalTypeText(duckdb.create_logical_type(duckdb.Type.HUGEINT))).toBe("HUGEINT");
});
