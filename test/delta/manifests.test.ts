/** Manifests for engines that do not read the log. */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { DeltaTable } from "lakewright/delta";
import { expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { folder, spark, run, rows } = warehouse();

const rootOf = (table: string): string => join(folder, table, "_symlink_format_manifest");

/** What each manifest of a table says, by its folder. */
const manifests = (table: string): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    globSync("**/manifest", { cwd: rootOf(table) })
      .sort()
      .map((name) => [
        name.replace(/\/?manifest$/, ""),
        readFileSync(join(rootOf(table), name), "utf8")
          .split("\n")
          .slice(0, -1),
      ]),
  );

/** The files that hold a table, by their paths. */
const filesOf = async (table: string): Promise<readonly string[]> =>
  (await spark.table(table).inputFiles()).map(
    (file) => `file:${decodeURIComponent(file.replace(/^file:(\/\/)?/, ""))}`,
  );

const condition = (statement: string): Promise<unknown> =>
  spark.execute(statement).then(
    () => "done",
    (error: { condition?: string }) => error.condition,
  );

const keeping = "TBLPROPERTIES ('delta.compatibility.symlinkFormatManifest.enabled' = 'true')";

test("a table without partitions has one manifest, an empty one where it has no file", async () => {
  await run("CREATE TABLE plain (id BIGINT) USING delta", "GENERATE symlink_format_manifest FOR TABLE plain");
  expect(manifests("plain")).toEqual({ "": [] });
  await run("INSERT INTO plain VALUES (1)", "INSERT INTO plain VALUES (2)");
  writeFileSync(join(rootOf("plain"), ".manifest.crc"), "a checksum of Hadoop's");
  await (await DeltaTable.forName(spark, "plain")).generate("SYMLINK_format_manifest");
  expect(manifests("plain")[""]!.toSorted()).toEqual((await filesOf("plain")).toSorted());
  expect(existsSync(join(rootOf("plain"), ".manifest.crc"))).toBe(false);
});

test("each partition has its own, with the values as the log has them, and none when it is gone", async () => {
  await run(
    "CREATE TABLE parts (id BIGINT, p STRING, at TIMESTAMP) USING delta PARTITIONED BY (p, at)",
    "INSERT INTO parts VALUES (1, 'x y%/=ü', TIMESTAMP '2025-01-01 10:30:00.5'), (2, NULL, NULL)",
    "GENERATE symlink_format_manifest FOR TABLE parts",
  );
  const first = "p=x y%25%2F%3Dü/at=2025-01-01T10%3A30%3A00.500000Z";
  const second = "p=__HIVE_DEFAULT_PARTITION__/at=__HIVE_DEFAULT_PARTITION__";
  expect(Object.keys(manifests("parts")).sort()).toEqual([second, first].sort());
  expect(Object.values(manifests("parts")).flat().sort()).toEqual((await filesOf("parts")).toSorted());
  await run("DELETE FROM parts WHERE p IS NULL", "GENERATE symlink_format_manifest FOR TABLE parts");
  expect(Object.keys(manifests("parts"))).toEqual([first]);
  expect(existsSync(join(rootOf("parts"), second))).toBe(false);
});

test("a table that keeps them has them after each change, and VACUUM leaves them alone", async () => {
  await run(`CREATE TABLE kept (id BIGINT, p STRING) USING delta PARTITIONED BY (p) ${keeping}`);
  expect(existsSync(rootOf("kept"))).toBe(false);
  const isComplete = async (...folders: readonly string[]): Promise<void> => {
    expect(Object.keys(manifests("kept"))).toEqual(folders);
    expect(Object.values(manifests("kept")).flat().sort()).toEqual((await filesOf("kept")).toSorted());
  };
  await run("INSERT INTO kept VALUES (1, 'a'), (2, 'b')");
  await isComplete("p=a", "p=b");
  await run("UPDATE kept SET p = 'c' WHERE id = 2");
  await isComplete("p=a", "p=c");
  await run("INSERT INTO kept VALUES (3, 'a')", "OPTIMIZE kept");
  await isComplete("p=a", "p=c");
  await run("RESTORE TABLE kept TO VERSION AS OF 1");
  await isComplete("p=a", "p=b");
  await run("SET spark.databricks.delta.retentionDurationCheck.enabled = false", "VACUUM kept RETAIN 0 HOURS");
  await isComplete("p=a", "p=b");
  await run("TRUNCATE TABLE kept");
  await isComplete();
});

test("a table with other partitions has other manifests", async () => {
  await run(`CREATE TABLE turned (id BIGINT, p STRING) USING delta PARTITIONED BY (p) ${keeping}`);
  await run("INSERT INTO turned VALUES (1, 'a')");
  const write = spark.table("turned").write.format("delta").mode("overwrite").option("overwriteSchema", "true");
  await write.saveAsTable("turned");
  expect(manifests("turned")).toEqual({ "": await filesOf("turned") });
});

test("where they cannot be written the rows are there, and the error says so", async () => {
  await run(`CREATE TABLE blocked (id BIGINT) USING delta ${keeping}`);
  writeFileSync(rootOf("blocked"), "no folder");
  expect(await condition("INSERT INTO blocked VALUES (1)")).toBe("DELTA_POST_COMMIT_HOOK_FAILED");
  expect(await rows("SELECT * FROM blocked")).toEqual([[1]]);
  await rm(rootOf("blocked"));
  await run("GENERATE symlink_format_manifest FOR TABLE blocked");
  expect(manifests("blocked")).toEqual({ "": await filesOf("blocked") });
});

test("tables whose files tell other rows or names are refused", async () => {
  await run(
    "CREATE TABLE marked (id BIGINT) USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true')",
    "INSERT INTO marked SELECT id FROM range(10)",
    "DELETE FROM marked WHERE id = 3",
    "CREATE TABLE named (id BIGINT) USING delta TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
    "CREATE TABLE other (id BIGINT) USING parquet",
  );
  const violation = "DELTA_VIOLATE_TABLE_PROPERTY_VALIDATION_FAILED";
  const property = "'delta.compatibility.symlinkFormatManifest.enabled' = 'true'";
  const refused = {
    "GENERATE symlink_format_manifest FOR TABLE marked": "DELTA_UNSUPPORTED_GENERATE_WITH_DELETION_VECTORS",
    "GENERATE symlink_format_manifest FOR TABLE named": "DELTA_UNSUPPORTED_MANIFEST_GENERATION_WITH_COLUMN_MAPPING",
    "GENERATE symlink_format_manifest FOR TABLE other": "UNSUPPORTED_FEATURE.TABLE_OPERATION",
    "GENERATE symlink_format_manifest FOR TABLE nowhere": "TABLE_OR_VIEW_NOT_FOUND",
    "GENERATE lists FOR TABLE marked": "DELTA_MODE_NOT_SUPPORTED",
    "GENERATE symlink_format_manifest FOR marked": "PARSE_SYNTAX_ERROR",
    [`ALTER TABLE marked SET TBLPROPERTIES (${property})`]: `${violation}.PERSISTENT_DELETION_VECTORS_WITH_INCREMENTAL_MANIFEST_GENERATION`,
    [`ALTER TABLE marked SET TBLPROPERTIES ('delta.enableDeletionVectors' = 'false', ${property})`]: `${violation}.EXISTING_DELETION_VECTORS_WITH_INCREMENTAL_MANIFEST_GENERATION`,
  };
  for (const [statement, expected] of Object.entries(refused)) expect(await condition(statement)).toBe(expected);
  await run(`ALTER TABLE named SET TBLPROPERTIES (${property})`);
  expect(await condition("INSERT INTO named VALUES (1)")).toBe(
    "DELTA_UNSUPPORTED_MANIFEST_GENERATION_WITH_COLUMN_MAPPING",
  );
  expect(await rows("SELECT * FROM named")).toEqual([]);
});
