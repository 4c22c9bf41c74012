/** The one-line examples in the documentation of methods: each compiles and runs. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root } from "./blocks.ts";

const files = [
  ...["catalog", "configuration", "dataframe", "grouped", "reader", "writer"].map((name) => `src/dataframe/${name}.ts`),
  ...["src/functions/window.ts", "src/types/decimal.ts"],
];

const preamble = `import { col, Decimal, SparkSession, Window } from "lakewright";
import { count, sum } from "lakewright/functions";

const spark = SparkSession.create();
const sales = spark.createDataFrame(
  [["ann", "CH", 12.5, "2025-02-01"], ["bob", "IN", 3, "2025-02-02"]],
  "user STRING NOT NULL, country STRING, amount DOUBLE, day DATE",
);
const users = spark.createDataFrame([["ann"]], "user STRING NOT NULL");
const numbers = spark.createDataFrame([[1, 2], [2, 3]], "a INT, b INT");
sales.createOrReplaceTempView("sales");
await sales.write.json("sales");
await sales.write.parquet("sales.parquet");
await sales.write.csv("sales.csv", { header: true });
await sales.write.saveAsTable("stored_sales");
await sales.write.saveAsTable("emptied_sales");
await sales.write.partitionBy("country").saveAsTable("sales_by_country");
`;

const examples = files.flatMap((file) => {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/^ +\* @example (\S.*;.*)$/gm)].map(([, code]) => code!);
});

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lakewright-examples-"));
  mkdirSync(join(folder, "node_modules/@types"), { recursive: true });
  symlinkSync(root, join(folder, "node_modules/lakewright"));
  symlinkSync(join(root, "node_modules/@types/node"), join(folder, "node_modules/@types/node"));
  writeFileSync(join(folder, "package.json"), JSON.stringify({ type: "module" }));
  const scopes = examples.map((code) => `{\n${code}\n}\n`);
  writeFileSync(join(folder, "examples.ts"), `${preamble}${scopes.join("")}await spark.stop();\n`);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the examples of methods compile", () => {
  const flags = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--target", "es2024"];
  const sources = ["--customConditions", "lakewright:source", "--allowImportingTsExtensions", "--types", "node"];
  const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
  const parameters = [compiler, ...flags, ...sources, "examples.ts"];
  const { stdout } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
  expect(examples.length).toBeGreaterThan(50);
  expect(stdout.split("\n").filter((line) => line.startsWith("examples.ts"))).toEqual([]);
});

test("the examples of methods run", () => {
  const parameters = ["--conditions=lakewright:source", "examples.ts"];
  const { stderr, status } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
  expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
});
