/** Delta tables on both engines: each case has a folder of its own, and comes to the rows that it reads at last. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, type DataFrame, type SparkSession } from "lakewright";
import { interpreted } from "../delta/peers.ts";
import { failedOutcome, frameOutcome, type Outcome } from "../outcome.ts";
import type { Case } from "./suites.ts";

/** What a case sees: the session, the path of a table, and rows to begin with. */
interface Given {
  readonly spark: SparkSession;
  readonly path: string;
  readonly users: DataFrame;
}

type Body = (given: Given) => DataFrame | Promise<DataFrame>;

const delta = (name: string, body: Body): Case => ({
  name,
  zone: "UTC",
  ofSpark: interpreted,
  run: async (spark) => {
    const folder = await mkdtemp(join(tmpdir(), "lakewright-engines-"));
    try {
      const path = join(folder, "table");
      return await frameOutcome(await body({ spark, path, users: usersIn(spark) }));
    } catch (error) {
      return withoutPlace(failedOutcome(error), folder);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
});

/** The outcome without the folder, which is another on each side. */
const withoutPlace = (outcome: Outcome, folder: string): unknown =>
  JSON.parse(JSON.stringify(outcome).replaceAll(folder, "…"));

const usersIn = (spark: SparkSession): DataFrame =>
  spark.createDataFrame(
    [
      [1, "ann", 30],
      [2, "bob", null],
      [3, "Émile", 50],
    ],
    "id BIGINT, name STRING, age INT",
  ) as unknown as DataFrame;

const table = (path: string): string => `delta.\`${path}\``;

async function statements(spark: SparkSession, ...texts: readonly string[]): Promise<void> {
  for (const text of texts) await spark.execute(text);
}

const history = ({ spark, path }: Given): DataFrame =>
  spark.sql(`DESCRIBE HISTORY ${table(path)}`).select("version", "operation") as unknown as DataFrame;

/** Writes the rows, runs the statements on their table, and reads it. */
const afterwards =
  (...texts: readonly string[]): Body =>
  async ({ spark, path, users }) => {
    await users.write.format("delta").save(path);
    await statements(spark, ...texts.map((text) => text.replaceAll("TABLE_HERE", table(path))));
    return spark.read.format("delta").load(path);
  };

const changes = "(SELECT 3L AS id, 'eve' AS name, 51 AS age UNION ALL SELECT 4L, 'kim', 20)";

export const deltaCases: readonly Case[] = [
  delta("rows written and read", async ({ spark, path, users }) => {
    await users.write.format("delta").save(path);
    return spark.read.format("delta").load(path);
  }),
  delta("rows added", async ({ spark, path, users }) => {
    await users.write.format("delta").save(path);
    await users.filter(col("id").gt(1)).write.format("delta").mode("append").save(path);
    return spark.read.format("delta").load(path);
  }),
  delta("rows replaced, and the version before", async ({ spark, path, users }) => {
    await users.write.format("delta").save(path);
    await users.limit(0).write.format("delta").mode("overwrite").save(path);
    return spark.read.format("delta").option("versionAsOf", 0).load(path);
  }),
  delta("a table that is there already", async ({ spark, path, users }) => {
    await users.write.format("delta").save(path);
    await users.write.format("delta").save(path);
    return spark.read.format("delta").load(path);
  }),
  delta("partitions", async ({ spark, path, users }) => {
    await users.write.format("delta").partitionBy("name").save(path);
    return spark.read.format("delta").load(path).filter(col("name").eq("Émile"));
  }),
  delta("a column more, merged into the schema", async ({ spark, path, users }) => {
    await users.select("id", "name").write.format("delta").save(path);
    await users.write.format("delta").mode("append").option("mergeSchema", "true").save(path);
    return spark.read.format("delta").load(path);
  }),
  delta("a column more, refused", async ({ spark, path, users }) => {
    await users.select("id", "name").write.format("delta").save(path);
    await users.write.format("delta").mode("append").save(path);
    return spark.read.format("delta").load(path);
  }),
  delta("UPDATE", afterwards("UPDATE TABLE_HERE SET age = age + 1 WHERE name <> 'bob'")),
  delta("DELETE", afterwards("DELETE FROM TABLE_HERE WHERE age IS NULL")),
  delta("INSERT", afterwards("INSERT INTO TABLE_HERE VALUES (9, 'zoe', 1)")),
  delta(
    "MERGE",
    afterwards(
      `MERGE INTO TABLE_HERE t USING ${changes} s ON t.id = s.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *`,
    ),
  ),
  delta(
    "MERGE with rows of the table only",
    afterwards(
      `MERGE INTO TABLE_HERE t USING ${changes} s ON t.id = s.id WHEN MATCHED THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET age = 0`,
    ),
  ),
  delta(
    "MERGE of two rows into one",
    afterwards(
      "MERGE INTO TABLE_HERE t USING (SELECT 1L AS id FROM range(2)) s ON t.id = s.id WHEN MATCHED THEN UPDATE SET age = 1",
    ),
  ),
  delta("RESTORE", afterwards("DELETE FROM TABLE_HERE", "RESTORE TABLE TABLE_HERE TO VERSION AS OF 0")),
  delta(
    "a constraint that rows break",
    afterwards(
      "ALTER TABLE TABLE_HERE ADD CONSTRAINT grown CHECK (id > 0)",
      "INSERT INTO TABLE_HERE VALUES (-1, 'x', 1)",
    ),
  ),
  delta("history", async (given) => {
    await given.users.write.format("delta").save(given.path);
    await statements(given.spark, `DELETE FROM ${table(given.path)} WHERE id = 1`);
    return history(given);
  }),
  delta("the feed of changes", async ({ spark, path, users }) => {
    await statements(
      spark,
      `CREATE TABLE ${table(path)} (id BIGINT, name STRING, age INT) USING delta TBLPROPERTIES (delta.enableChangeDataFeed = true)`,
    );
    await users.write.format("delta").mode("append").save(path);
    await statements(spark, `UPDATE ${table(path)} SET age = 1 WHERE id = 2`);
    const feed = spark.read.format("delta").option("readChangeFeed", "true").option("startingVersion", 0);
    return feed.load(path).select("id", "age", "_change_type", "_commit_version") as unknown as DataFrame;
  }),
  delta("a folder that is no table", ({ spark, path }) => spark.read.format("delta").load(path)),
];
