import { describe, expect, test } from "vitest";
import { parseDdl } from "../../types/ddl.ts";
import { fileStatistics, indexedColumns, type KnownColumn } from "./statistics.ts";

const known = (path: string, min?: string, max?: string, more: Partial<KnownColumn> = {}): KnownColumn => ({
  path: path.split("."),
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  nulls: 0,
  hasNaN: false,
  ...more,
});

const statistics = (ddl: string, ...columns: readonly KnownColumn[]) =>
  JSON.parse(fileStatistics(3, columns, { schema: parseDdl(ddl), indexed: () => true, tightBounds: false }));

describe("bounds of texts", () => {
  // What Spark 4.2 with Delta 4.4 writes for the same texts.
  test.each([
    ["a".repeat(40), "a".repeat(32), `${"a".repeat(32)}\u007f`],
    ["😀".repeat(40), "😀".repeat(32), `${"😀".repeat(16)}\u{10ffff}`],
    ["é".repeat(40), "é".repeat(32), `${"é".repeat(32)}\u{10ffff}`],
    [`${"a".repeat(31)}😀`, `${"a".repeat(31)}😀`, `${"a".repeat(31)}\u{10ffff}`],
    ["short", "short", "short"],
  ])("%s", (value, min, max) => {
    const { minValues, maxValues } = statistics("s STRING", known("s", value, value));
    expect([minValues.s, maxValues.s]).toEqual([min, max]);
    expect(Buffer.compare(Buffer.from(maxValues.s), Buffer.from(value))).toBeGreaterThanOrEqual(0);
  });

  test("there is none above a text of the last characters only", () => {
    expect(statistics("s STRING", known("s", "a", "\u{10ffff}".repeat(40))).maxValues).toEqual({});
  });
});

test("moments are cut to milliseconds, the upper bound to the next one", () => {
  const [min, max] = ["1960-01-02 03:04:05.123456+00", "2020-01-02 03:04:05.123456+00"];
  const found = statistics(
    "t TIMESTAMP, n TIMESTAMP_NTZ",
    known("t", min, max),
    known("n", max.slice(0, -3), max.slice(0, -3)),
  );
  expect(found.minValues).toEqual({ t: "1960-01-02T03:04:05.123Z", n: "2020-01-02T03:04:05.123" });
  expect(found.maxValues).toEqual({ t: "2020-01-02T03:04:05.124Z", n: "2020-01-02T03:04:05.124" });
});

test("what JSON or Delta cannot tell as a bound is left out", () => {
  const found = statistics(
    "d DOUBLE, i DOUBLE, b BOOLEAN, far DATE",
    known("d", "1.0", "2.0", { hasNaN: true }),
    known("i", "-inf", "inf"),
    known("b", "0", "1", { nulls: 2 }),
    known("far", "0044-03-15 (BC)", "12000-01-01"),
  );
  expect(found.minValues).toEqual({ d: 1 });
  expect(found.maxValues).toEqual({});
  expect(found.nullCount).toEqual({ d: 0, i: 0, b: 2, far: 0 });
});

test("numbers keep every digit", () => {
  const text = fileStatistics(
    1,
    [known("l", "9007199254740993", "9007199254740993"), known("m", "1.50", "12345678901234567890.50")],
    {
      schema: parseDdl("l BIGINT, m DECIMAL(38,2)"),
      indexed: () => true,
      tightBounds: true,
    },
  );
  expect(text).toBe(
    '{"numRecords":1,"minValues":{"l":9007199254740993,"m":1.50},"maxValues":{"l":9007199254740993,"m":12345678901234567890.50},"nullCount":{"l":0,"m":0},"tightBounds":true}',
  );
});

test("the first leaf columns, or those that are named, are told of", () => {
  const schema = parseDdl("a INT, s STRUCT<x: INT, y: STRUCT<z: INT>>, b INT");
  const first = indexedColumns(schema, { "delta.dataSkippingNumIndexedCols": "2" });
  expect([["a"], ["s", "x"], ["s", "y", "z"], ["b"]].map(first)).toEqual([true, true, false, false]);
  const named = indexedColumns(schema, {}, [["s", "y"], ["b"]]);
  expect([["a"], ["s", "x"], ["s", "y", "z"], ["b"]].map(named)).toEqual([false, false, true, true]);
  expect(indexedColumns(schema, { "delta.dataSkippingNumIndexedCols": "-1" })(["b"])).toBe(true);
});
