/** Partition columns in the files of tables that have the feature `materializePartitionColumns`. */
import { copyFileSync, globSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows } = warehouse();

/** The columns of each data file of a table, whatever folder it lies in. */
async function columnsOfFiles(table: string): Promise<readonly string[]> {
  const alone = join(folder, `${table}-alone`);
  mkdirSync(alone, { recursive: true });
  const files = globSync("**/*.parquet", { cwd: join(folder, table) }).filter((name) => !name.startsWith("_"));
  const found = files.map(async (name, index) => {
    const copy = join(alone, `${index}.parquet`);
    copyFileSync(join(folder, table, name), copy);
    return (await spark.read.parquet(copy).columns()).join();
  });
  return [...new Set(await Promise.all(found))];
}

const feature = "'delta.feature.materializePartitionColumns' = 'supported'";

test("they are written, behind the other columns, by whatever changes the table", async () => {
  await run(
    `CREATE TABLE held (p STRING, id BIGINT, at TIMESTAMP, v INT) USING delta PARTITIONED BY (at, p) TBLPROPERTIES (${feature})`,
    "INSERT INTO held VALUES ('a', 1, TIMESTAMP '2025-01-01 10:30:00', 1), (NULL, 2, NULL, 2)",
    "INSERT INTO held VALUES ('a', 3, TIMESTAMP '2025-01-01 10:30:00', 3)",
    "UPDATE held SET v = 20 WHERE id = 2",
    "MERGE INTO held t USING (SELECT 3L AS id) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET v = 30",
    "OPTIMIZE held",
    "INSERT OVERWRITE held SELECT * FROM held",
  );
  expect(await columnsOfFiles("held")).toEqual(["id,v,at,p"]);
  expect(await rows("SELECT id, p, v FROM held WHERE p = 'a' OR p IS NULL ORDER BY id")).toEqual([
    [1, "a", 1],
    [2, null, 20],
    [3, "a", 30],
  ]);
});

test("they are written where the property asks for the feature", async () => {
  await run(
    `CREATE TABLE asked (id BIGINT, p STRING) USING delta PARTITIONED BY (p)
     TBLPROPERTIES ('delta.enableMaterializePartitionColumnsFeature' = 'true')`,
    "INSERT INTO asked VALUES (1, 'a')",
  );
  expect(await columnsOfFiles("asked")).toEqual(["id,p"]);
});

test("they are left out again where the feature is dropped", async () => {
  await run(
    `CREATE TABLE dropped (id BIGINT, p STRING) USING delta PARTITIONED BY (p) TBLPROPERTIES (${feature})`,
    "ALTER TABLE dropped DROP FEATURE materializePartitionColumns",
    "INSERT INTO dropped VALUES (1, 'a')",
  );
  expect(await columnsOfFiles("dropped")).toEqual(["id"]);
});
