/** Values that are nested deep: they work, or a sentence says that they do not. */
import { join } from "node:path";
import type { SparkSession } from "lakewright";
import { testSession } from "lakewright/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { discard, refuses, scratchFolder } from "./scratch.ts";

let spark: SparkSession;
const folder = scratchFolder();
beforeAll(() => {
  spark = testSession();
});
afterAll(async () => {
  await spark.stop();
  discard(folder);
});

const nested = (levels: number, level: (inner: string) => string, innermost: string): string =>
  Array.from({ length: levels }).reduce<string>(level, innermost);
const structs = (levels: number): string => nested(levels, (inner) => `named_struct('a', ${inner})`, "1");
const structType = (levels: number): string => nested(levels, (inner) => `STRUCT<a: ${inner}>`, "INT");
const json = (levels: number): string => nested(levels, (inner) => `{"a":${inner}}`, "1");
const only = async (query: string): Promise<unknown> =>
  ((await spark.sql(query).collect({ rows: "array" })) as unknown[][])[0]![0];

describe("as text", () => {
  test.each([
    ["array(?)", "[?]", "[?]"],
    ["map('k', ?)", "{k -> ?}", '{"k":?}'],
  ])("of many levels: %s", async (made, text, asJson) => {
    const at = (form: string): string => nested(12, (inner) => form.replace("?", inner), "1");
    expect(await only(`SELECT CAST(${at(made)} AS STRING)`)).toBe(at(text));
    expect(await only(`SELECT to_json(${at(made)})`)).toBe(at(asJson));
  });

  test.each([
    ["array(?)", "[?]", "[?]"],
    ["map('k', ?)", "{k -> ?}", '{"k":?}'],
    ["named_struct('a', ?)", "{?}", '{"a":?}'],
  ])("of more levels than SQL is planned with: %s", async (made, text, asJson) => {
    const levels = made.startsWith("named") ? 150 : 40;
    const at = (form: string): string => nested(levels, (inner) => form.replace("?", inner), "1");
    expect(await only(`SELECT CAST(${at(made)} AS STRING)`)).toBe(at(text));
    expect(await only(`SELECT to_json(${at(made)})`)).toBe(at(asJson));
  });

  const leaves = [
    ...[
      "true",
      "1Y",
      "-2S",
      "3",
      "4L",
      "1.50BD",
      "CAST(0.1 AS FLOAT)",
      "1e20D",
      "double('NaN')",
      "-double('Infinity')",
    ],
    ...["'a\"b\\\\\u0001'", "''", "DATE'2024-02-29'", "DATE'-0044-03-15'", "CAST(NULL AS INT)", "NULL"],
  ];
  const moments = [
    ...["TIMESTAMP'2024-07-01 12:30:00.25'", "TIMESTAMP_NTZ'1969-12-31 23:59:59'", "TIMESTAMP'0001-01-01 00:00:00'"],
  ];
  const deep = (value: string): string => nested(35, (inner) => `named_struct('a', ${inner})`, value);

  test.each([...leaves, ...moments])("of %s as in values that are not deep", async (value) => {
    const [shallow, text] = [
      await only(`SELECT CAST(named_struct('a', ${value}) AS STRING)`),
      await only(`SELECT CAST(${deep(value)} AS STRING)`),
    ];
    expect(text).toBe(`${"{".repeat(34)}${shallow}${"}".repeat(34)}`);
  });

  test.each([...leaves, ...moments])("of %s as in JSON that is not deep", async (value) => {
    const [shallow, text] = [
      await only(`SELECT to_json(named_struct('a', ${value}))`),
      await only(`SELECT to_json(${deep(value)})`),
    ];
    expect(text).toBe(`${'{"a":'.repeat(34)}${shallow}${"}".repeat(34)}`);
  });

  test("is refused where it has leaves that SQL alone writes", () =>
    refuses(
      () =>
        spark.sql(`SELECT CAST(${nested(200, (inner) => `named_struct('a', ${inner})`, "X'00'")} AS STRING)`).collect(),
      {
        name: "UnsupportedError",
        condition: "UNSUPPORTED_FEATURE",
        says: ["within each other", "Collect the value itself"],
      },
    ));
});

test("from_json parses two hundred levels", async () => {
  const value = await only(`SELECT from_json('${json(200)}', 'a ${structType(199)}')`);
  expect(JSON.stringify(value)).toBe(json(200));
});

test("forty levels are written as Parquet and read", async () => {
  const path = join(folder, "deep");
  await spark.sql(`SELECT ${structs(40)} AS s`).write.parquet(path);
  const rows = await spark.read
    .parquet(path)
    .selectExpr(`s${".a".repeat(40)} AS v`)
    .collect({ rows: "array" });
  expect(rows).toEqual([[1]]);
});
