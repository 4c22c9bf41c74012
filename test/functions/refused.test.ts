/** Functions that are refused by name: each says why, is in the docs, and is not in the catalogue. */
import { readFileSync } from "node:fs";
import { SparkSession } from "lakewright";
import { expect, test } from "vitest";
import { functionNames } from "../../src/functions/catalogue.ts";
import { refusedFunctions } from "../../src/functions/refused.ts";

const page = readFileSync(new URL("../../docs/refused-functions.md", import.meta.url), "utf8");
const entries = [...refusedFunctions];

test.each(entries)("%s is refused with its reason", async (name, { reason, condition }) => {
  const spark = SparkSession.create();
  const error = await spark
    .range(1)
    .selectExpr(`${name}(id)`)
    .schema()
    .catch((thrown: unknown) => thrown);
  await spark.stop();
  expect(error).toMatchObject({
    condition: condition ?? "UNSUPPORTED_FEATURE",
    message: expect.stringContaining(reason),
  });
});

test("the page lists every one with its reason", () => {
  const rows = page.split("\n").filter((line) => line.startsWith("| `"));
  const listed = rows.flatMap((row) => [...row.matchAll(/`(\w+)`/g)].map(([, name]) => [name, row] as const));
  expect(listed.map(([name]) => name).sort()).toEqual(entries.map(([name]) => name).sort());
  for (const [name, row] of listed) expect(row).toContain(refusedFunctions.get(name!)!.reason);
});

test("none of them is in the catalogue", () => {
  expect(functionNames.filter((name) => refusedFunctions.has(name))).toEqual([]);
});
