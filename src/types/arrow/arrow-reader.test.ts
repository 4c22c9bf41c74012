import { describe, expect, test } from "vitest";
import { batchesOf } from "../batch-builder.ts";
import { parseDdl } from "../ddl.ts";
import { Decimal } from "../decimal.ts";
import { Geography, Geometry } from "../shape.ts";
import { storedValue } from "../stored-reader.ts";
import { readArrow } from "./arrow-reader.ts";
import { arrowBytes } from "./arrow-stream.ts";

const point = Uint8Array.from(Buffer.from("0101000000000000000000f03f0000000000000040", "hex"));

const cases: Readonly<Record<string, readonly unknown[]>> = {
  BOOLEAN: [true, null, false],
  TINYINT: [-128, null],
  SMALLINT: [300],
  INT: [1, null, -7],
  BIGINT: [9007199254740993n, null],
  FLOAT: [1.5, null],
  DOUBLE: [Number.NaN, -0],
  "DECIMAL(10,2)": [Decimal.of("1.25"), Decimal.of("-3.10"), null],
  "DECIMAL(38,3)": [Decimal.of("12345678901234567890.125"), null],
  STRING: ["é", "", null, "long enough"],
  BINARY: [new Uint8Array([1, 0]), null],
  DATE: ["1969-12-31", null, "2025-02-01"],
  TIMESTAMP: [new Date(-1), null],
  "ARRAY<INT>": [[1, null], null, []],
  "MAP<STRING, BIGINT>": [{ a: 1n }, null],
  "STRUCT<a: INT, b: ARRAY<STRING>>": [{ a: 1, b: ["x"] }, null],
  "GEOMETRY(ANY)": [Geometry.fromWKB(point, 0), null, Geometry.fromWKB(point, 3857)],
  "GEOGRAPHY(4326)": [Geography.fromWKB(point, 4326), null],
  VARIANT: [{ a: [1, "b"] }, null],
  VOID: [null, null],
};

describe.each(Object.entries(cases))("a column of %s", (type, values) => {
  const schema = parseDdl(`c ${type}`);
  const rows = values.map((c) => [c]);
  const written = [...batchesOf(schema, rows)];

  test("is read as it was written", () => {
    const { schema: read, batches } = readArrow(arrowBytes(schema, written, "UTC"));
    expect(read).toEqual(schema);
    const stored = (all: typeof written) =>
      all.flatMap(({ rows, columns }) => Array.from({ length: rows }, (_, row) => storedValue(columns[0]!, row)));
    expect(stored([...batches])).toEqual(stored(written));
  });
});

test.each(["TIME(6)", "INTERVAL", "INTERVAL YEAR TO MONTH", "INTERVAL DAY TO SECOND"])(
  "a column of %s keeps its type",
  (type) => {
    const schema = parseDdl(`c ${type}`);
    expect(readArrow(arrowBytes(schema, [], "UTC")).schema).toEqual(schema);
  },
);

test.each([
  ["bytes", (length: number) => new Uint8Array(length)],
  ["a buffer", (length: number) => Buffer.from(new ArrayBuffer(length))],
])("%s that are not aligned are read too", (_, allocate) => {
  const schema = parseDdl("a BIGINT, b STRING");
  const bytes = arrowBytes(schema, [...batchesOf(schema, [[1n, "x"]])], "UTC");
  const moved = allocate(bytes.length + 3);
  moved.set(bytes, 3);
  const [batch] = readArrow(moved.subarray(3)).batches;
  expect(batch!.columns.map((column) => storedValue(column, 0))).toEqual([1n, "x"]);
});

test("what is no stream, or is cut off, is told", () => {
  const schema = parseDdl("a INT");
  const bytes = arrowBytes(schema, [...batchesOf(schema, [[1], [2]])], "UTC");
  expect(() => readArrow(new TextEncoder().encode("not Arrow at all"))).toThrow("the bytes are no stream of Arrow");
  expect(() => readArrow(bytes.subarray(0, bytes.length - 16))).toThrow("it ends too early");
  expect(() => readArrow(new Uint8Array())).toThrow("no schema");
});
