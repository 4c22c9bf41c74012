/** Tables that look after their files themselves: compaction after writes, and files that are few and large. */
import { afterEach, beforeAll, describe, expect, test } from "vitest";
import { warehouse } from "./warehouse.ts";

const { spark, run } = warehouse();

afterEach(() => {
  for (const key of ["autoCompact.enabled", "optimizeWrite.enabled"]) spark.conf.unset(`spark.databricks.delta.${key}`);
});

interface Commit {
  readonly operation: string;
  readonly parameters: Readonly<Record<string, string>>;
  readonly metrics: Readonly<Record<string, string>>;
}

async function history(table: string): Promise<readonly Commit[]> {
  const rows = await spark.sql(`DESCRIBE HISTORY ${table}`).orderBy("version").collect();
  return rows.map((row) => ({
    operation: String(row.operation),
    parameters: Object.fromEntries(row.operationParameters as Map<string, string>),
    metrics: Object.fromEntries(row.operationMetrics as Map<string, string>),
  }));
}

const operations = async (table: string): Promise<readonly string[]> =>
  (await history(table)).map(({ operation }) => operation);

const fileCount = async (table: string): Promise<unknown> =>
  (await spark.sql(`DESCRIBE DETAIL ${table}`).collect())[0]!.numFiles;

describe("auto compaction", () => {
  beforeAll(() => spark.conf.set("spark.databricks.delta.autoCompact.minNumFiles", "4"));

  test("puts the small files of a partition together once there are enough of them", async () => {
    await run(
      "CREATE TABLE parted (id INT, p INT) USING delta PARTITIONED BY (p) TBLPROPERTIES ('delta.autoOptimize.autoCompact' = 'true')",
      ...Array.from({ length: 5 }, (_, index) => `INSERT INTO parted VALUES (${index}, 0), (${index + 10}, ${index})`),
    );
    expect(await operations("parted")).toEqual([
      "CREATE TABLE",
      "WRITE",
      "WRITE",
      "WRITE",
      "WRITE",
      "OPTIMIZE",
      "WRITE",
    ]);
    const compaction = (await history("parted"))[5]!;
    expect(compaction.parameters).toEqual({
      predicate: `["('p <=> cast(0 as int))"]`,
      zOrderBy: "[]",
      clusterBy: "[]",
      auto: "true",
    });
    expect(compaction.metrics).toMatchObject({ numRemovedFiles: "4", numAddedFiles: "1" });
    expect(await spark.sql("SELECT count(*) AS n, sum(id) AS s FROM parted").collect()).toEqual([{ n: 10, s: 70 }]);
  });

  test("names all partitions that it has put files of together, as Delta does", async () => {
    await run(
      "CREATE TABLE several (id INT, s STRING, d DATE) USING delta PARTITIONED BY (s, d) TBLPROPERTIES ('delta.autoOptimize.autoCompact' = 'true')",
      ...Array.from({ length: 4 }, () => "INSERT INTO several VALUES (1, 'a', NULL), (2, 'b', DATE '2020-01-01')"),
    );
    expect(JSON.parse((await history("several")).at(-1)!.parameters.predicate!)).toEqual([
      "((('s <=> cast(a as string)) AND ('d <=> cast(null as date))) OR (('s <=> cast(b as string)) AND ('d <=> cast(2020-01-01 as date))))",
    ]);
    expect(await fileCount("several")).toBe(2);
  });

  test("follows merges and updates, and what the session says counts before the table", async () => {
    await run(
      "CREATE TABLE merged (id INT, v INT) USING delta TBLPROPERTIES ('delta.autoOptimize.autoCompact' = 'true')",
      "INSERT INTO merged VALUES (1, 1)",
      "INSERT INTO merged VALUES (2, 1)",
      "INSERT INTO merged VALUES (3, 1)",
      "MERGE INTO merged t USING (SELECT 9 AS id, 2 AS v) s ON t.id = s.id WHEN NOT MATCHED THEN INSERT *",
    );
    expect((await operations("merged")).slice(-2)).toEqual(["MERGE", "OPTIMIZE"]);
    spark.conf.set("spark.databricks.delta.autoCompact.enabled", "false");
    await run(...Array.from({ length: 4 }, (_, index) => `INSERT INTO merged VALUES (${index + 20}, 1)`));
    expect(await fileCount("merged")).toBe(5);
    spark.conf.unset("spark.databricks.delta.autoCompact.enabled");
    await run("UPDATE merged SET v = 3 WHERE id = 9");
    expect((await history("merged")).at(-1)).toMatchObject({
      operation: "OPTIMIZE",
      metrics: { numRemovedFiles: "5" },
    });
    expect(await fileCount("merged")).toBe(1);
  });

  test("writes files of which many rows are deleted anew", async () => {
    await run(
      "CREATE TABLE worn USING delta TBLPROPERTIES ('delta.enableDeletionVectors' = 'true', 'delta.autoOptimize.autoCompact' = 'true') AS SELECT id FROM range(100)",
      "DELETE FROM worn WHERE id < 5",
    );
    expect(await operations("worn")).toEqual(["CREATE TABLE AS SELECT", "DELETE"]);
    await run("DELETE FROM worn WHERE id < 6");
    expect((await history("worn")).at(-1)).toMatchObject({
      operation: "OPTIMIZE",
      metrics: { numDeletionVectorsRemoved: "1" },
    });
  });

  test.each(["auto", "legacy"])("takes no %s", async (value) => {
    expect(() => spark.conf.set("spark.databricks.delta.autoCompact.enabled", value)).toThrow(/REQUIREMENT/);
    const made = run(
      `CREATE TABLE odd (id INT) USING delta TBLPROPERTIES ('delta.autoOptimize.autoCompact' = '${value}')`,
    );
    await expect(made).rejects.toMatchObject({ condition: "DELTA_ILLEGAL_USAGE" });
  });
});

describe("optimized writes", () => {
  const written = async (table: string, options: Readonly<Record<string, string>> = {}): Promise<unknown> => {
    const rows = spark.range(1000).selectExpr("id", "id % 2 AS p").repartition(5);
    await rows.write.format("delta").mode("append").options(options).saveAsTable(table);
    return fileCount(table);
  };

  test("give one file a partition, whatever partitions the rows lie in", async () => {
    expect(await written("by_itself")).toBe(5);
    expect(await written("by_option", { optimizeWrite: "true" })).toBe(1);
    await run(
      "CREATE TABLE by_table (id BIGINT, p BIGINT) USING delta TBLPROPERTIES ('delta.autoOptimize.optimizeWrite' = 'true')",
    );
    expect(await written("by_table")).toBe(1);
    expect(await written("by_table", { optimizeWrite: "false" })).toBe(6);
    spark.conf.set("spark.databricks.delta.optimizeWrite.enabled", "true");
    expect(await written("by_session")).toBe(1);
  });

  test("are asked for by true or false", async () => {
    await expect(written("by_word", { optimizeWrite: "maybe" })).rejects.toMatchObject({
      condition: "DELTA_ILLEGAL_OPTION",
      sqlState: "42616",
    });
  });
});
