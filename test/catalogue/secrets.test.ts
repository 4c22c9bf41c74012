/** What is or is named like a secret is not shown, with the answers of Spark 4.2. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeAll, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-secrets-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
const ask = (statement: string) => spark.sql(statement).collect({ rows: "array" });
const hidden = "*********(redacted)";

beforeAll(async () => {
  await spark.execute(`CREATE TABLE t (a INT) USING parquet OPTIONS (p 'my password', s 'credential', apitoken 'k')
    TBLPROPERTIES ('my_url' = 's', 'access-key' = 'k', 'fs.access.key' = 'l', 'x' = 'a token')`);
});
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

test("in properties and options of tables", async () => {
  expect(await ask("SHOW TBLPROPERTIES t")).toEqual([
    ["access-key", "k"],
    ["fs.access.key", hidden],
    ["my_url", hidden],
    ["option.apitoken", hidden],
    ["option.p", hidden],
    ["option.s", "credential"],
    ["x", hidden],
  ]);
  expect(await ask("SHOW TBLPROPERTIES t ('x')")).toEqual([["x", hidden]]);
  const described = await ask("DESC EXTENDED t");
  expect(described.filter(([name]) => name === "Table Properties")).toEqual([
    ["Table Properties", `[access-key=k, fs.access.key=${hidden}, my_url=${hidden}, x=${hidden}]`, ""],
  ]);
});

test("in the statement that makes a table anew", async () => {
  const [[text] = []] = await ask("SHOW CREATE TABLE t");
  expect(text).toContain(`OPTIONS (\n  'apitoken' = '${hidden}',\n  'p' = '${hidden}',\n  's' = 'credential')`);
  expect(text).toContain(`'my_url' = '${hidden}'`);
});

test("in settings", async () => {
  await spark.execute("SET my.secret = abc");
  expect(await ask("SET my.secret")).toEqual([["my.secret", hidden]]);
  expect(await ask("SET spark.sql.legacy.viewSchemaBindingMode")).toEqual([
    ["spark.sql.legacy.viewSchemaBindingMode", "true"],
  ]);
});

test("in properties of schemas", async () => {
  await spark.execute("CREATE SCHEMA s WITH DBPROPERTIES (password = 'x', b = 'c')");
  expect(await ask("DESCRIBE SCHEMA EXTENDED s")).toContainEqual(["Properties", `((b,c), (password,${hidden}))`]);
});
