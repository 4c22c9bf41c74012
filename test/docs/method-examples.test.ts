/** The one-line examples in the documentation of methods: each compiles and runs. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root } from "./blocks.ts";

interface Group {
  readonly files: readonly string[];
  /** What the examples of these files may name. */
  readonly preamble: string;
}

const general: Group = {
  files: [
    ...[
      ...["catalog", "cogrouped", "configuration", "dataframe", "function-registration", "grouped", "merge-writer"],
      ...["null-functions", "observation", "reader", "session", "session-builder", "statistic-functions"],
      ...["table-functions", "writer", "writer-v2"],
    ].map((name) => `src/dataframe/${name}.ts`),
    ...["column", "table-argument", "window"].map((name) => `src/functions/${name}.ts`),
    ...["decimal", "interval", "timestamp", "variant"].map((name) => `src/types/${name}.ts`),
  ],
  preamble: `import { col, Decimal, Interval, lit, Observation, SparkSession, Timestamp, udf, udtf, Variant, Window } from "lakewright";
import { array, count, parseJson, struct, sum } from "lakewright/functions";

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
await sales.writeTo("delta_sales").using("delta").partitionedBy("country").create();
const merge = sales.alias("source").mergeInto("delta_sales", "source.user = delta_sales.user");
`,
};

const delta: Group = {
  files: ["delta-table", "merge-builder", "optimize-builder", "table-builder"].map(
    (name) => `src/delta-tables/${name}.ts`,
  ),
  preamble: `import { col, lit, SparkSession } from "lakewright";
import { DeltaTable } from "lakewright/delta";

const spark = SparkSession.create();
const rows = spark.createDataFrame([[1, "ann"], [2, "bob"]], "id BIGINT, name STRING");
await rows.write.format("delta").save("users");
await rows.selectExpr("id", "DATE'2026-01-01' AS day").write.format("delta").partitionBy("day").save("delta_events");
await rows.selectExpr("id", "DATE'2025-02-01' AS day").write.partitionBy("day").parquet("events");
await DeltaTable.create(spark).tableName("shops").addColumns("id BIGINT").execute();
const users = (await DeltaTable.forPath(spark, "users", "id BIGINT, name STRING")).alias("users");
const events = await DeltaTable.forPath(spark, "delta_events");
const changes = spark.createDataFrame([[2, "bea"], [3, "eve"]], "id BIGINT, name STRING");
const merge = users.merge(changes.alias("source"), "users.id = source.id");
`,
};

const examplesOf = (file: string): readonly string[] => {
  const source = readFileSync(join(root, file), "utf8");
  return [...source.matchAll(/^ +\* @example (\S.*;.*)$/gm)].map(([, code]) => code!);
};

describe.each([
  ["sessions, DataFrames and values", general],
  ["Delta tables", delta],
])("the examples of %s", (_, { files, preamble }) => {
  const examples = files.flatMap(examplesOf);
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

  test("compile", () => {
    const flags = ["--strict", "--noEmit", "--skipLibCheck", "--module", "nodenext", "--target", "es2024"];
    const sources = ["--customConditions", "lakewright:source", "--allowImportingTsExtensions", "--types", "node"];
    const compiler = join(root, "node_modules/@typescript/native/bin/tsc");
    const parameters = [compiler, ...flags, ...sources, "examples.ts"];
    const { stdout } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
    expect(examples.length).toBeGreaterThan(40);
    expect(stdout.split("\n").filter((line) => line.startsWith("examples.ts"))).toEqual([]);
  });

  test("run", () => {
    const parameters = ["--conditions=lakewright:source", "examples.ts"];
    const { stderr, status } = spawnSync(process.execPath, parameters, { cwd: folder, encoding: "utf8" });
    expect([status, status === 0 ? "" : stderr]).toEqual([0, ""]);
  });
});
