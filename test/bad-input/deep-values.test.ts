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
    `SELECT CAST(${structs(200)} AS STRING)`,
    `SELECT to_json(${structs(200)})`,
    `SELECT to_json(${nested(40, (inner) => `array(${inner})`, "1")})`,
  ])("of more levels than are planned in seconds are refused: %#", (query) =>
    refuses(() => spark.sql(query).collect(), {
      name: "UnsupportedError",
      condition: "UNSUPPORTED_FEATURE",
      says: ["within each other", "Collect the value itself"],
    }),
  );
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
