/** `DeltaTable` on both engines: what it answers and leaves behind is equal. */
import { readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DataFrame, isLakewrightError, SparkSession } from "lakewright";
import { DeltaTable } from "lakewright/delta";
import { col, lit, upper } from "lakewright/functions";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { hasDelta, sparkRemote } from "../../../services/client.ts";
import { interpreted } from "../delta/peers.ts";

const columns = "id BIGINT, name STRING";

interface Given {
  readonly spark: SparkSession;
  readonly path: string;
  /** A table of `[1, "a"], [2, "b"]`. */
  readonly table: DeltaTable;
}

const rowsOf = (spark: SparkSession, ...rows: readonly (readonly [number, string])[]): DataFrame =>
  spark.createDataFrame(rows as [number, string][], columns) as unknown as DataFrame;
const held = (table: DeltaTable) => table.toDF().orderBy("id").collect();

async function conditionOf(act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act();
  } catch (error) {
    if (isLakewrightError(error)) return error.condition;
    throw error;
  }
  return undefined;
}

/** What the last commit says of itself, in the measures that do not hang on how files are written. */
const commit = (table: DeltaTable) => table.history(1).select("version", "operation").collect();

const cases: Readonly<Record<string, (given: Given) => Promise<unknown>>> = {
  "merge with every clause": async ({ spark, table }) => {
    const changes = rowsOf(spark, [2, "it's"], [3, "c"]).alias("s");
    const metrics = await table
      .alias("t")
      .merge(changes, col("t.id").eq(col("s.id")))
      .whenMatchedUpdate({ set: { name: upper(col("s.name")) }, condition: "s.id > 1" })
      .whenNotMatchedInsert({ values: { id: col("s.id"), name: lit("new") } })
      .whenNotMatchedBySourceDelete("t.id < 2")
      .execute();
    return [metrics, await held(table), await commit(table)];
  },
  "merge of all columns, with a column more": async ({ spark, table }) => {
    const changes = rowsOf(spark, [2, "z"], [4, "d"]).withColumn("age", lit(7)).alias("s");
    const merge = table.alias("t").merge(changes, "t.id = s.id").withSchemaEvolution();
    return [await merge.whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(), await held(table)];
  },
  "merge of filtered rows under their name": async ({ spark, table }) => {
    const changes = rowsOf(spark, [1, "x"], [2, "y"]).alias("s").filter("s.id = 2");
    return [await table.alias("t").merge(changes, "t.id = s.id").whenMatchedDelete().execute(), await held(table)];
  },
  "merge of two rows into one": ({ spark, table }) =>
    conditionOf(() =>
      table
        .alias("t")
        .merge(rowsOf(spark, [1, "x"], [1, "y"]).alias("s"), "t.id = s.id")
        .whenMatchedUpdateAll()
        .execute(),
    ),
  "merge without a clause": ({ spark, table }) =>
    conditionOf(() => table.merge(rowsOf(spark, [1, "x"]).alias("s"), "s.id = 1").execute()),
  "update and delete": async ({ table }) => [
    await table.update({ set: { name: lit("it's \\ u") }, condition: col("id").eq(2) }),
    await table.alias("t").delete("t.id = 1"),
    await held(table),
    await table.delete(),
    await held(table),
  ],
  "an unknown column": ({ table }) => conditionOf(() => table.delete("nothing = 1")),
  "optimize, order, purge and vacuum": async ({ table, spark, path }) => {
    await rowsOf(spark, [3, "c"]).write.format("delta").mode("append").save(path);
    await table.optimize().executeCompaction();
    const compacted = await commit(table);
    await rowsOf(spark, [4, "d"]).write.format("delta").mode("append").save(path);
    await table.optimize().executeZOrderBy(["id"]);
    await table.optimize().executePurge();
    return [compacted, (await (await table.vacuum(168, { dryRun: true })).collect()).length, await held(table)];
  },
  "manifests for other readers": async ({ table, path }) => {
    await table.generate("symlink_format_manifest");
    const lines = readFileSync(join(path, "_symlink_format_manifest", "manifest"), "utf8")
      .trim()
      .split("\n");
    const isOfTable = lines.every((line) => line.startsWith(`file:${path}/part-`));
    return [isOfTable, await conditionOf(() => table.generate("lists"))];
  },
  restore: async ({ table }) => {
    await table.delete("id = 1");
    await table.restoreToVersion(0);
    return [await held(table), await commit(table), await conditionOf(() => table.restoreToVersion(99))];
  },
  "restore to a time that is no more": ({ table }) => conditionOf(() => table.restoreToTimestamp("2000-01-01")),
  "a shallow clone": async ({ table, path }) => {
    const copy = await table.clone(`${path}-copy`, { isShallow: true });
    await copy.delete("id = 1");
    return [await held(copy), await held(table)];
  },
  "a folder of Parquet converted": async ({ spark, path }) => {
    const folder = `${path}-parquet`;
    await rowsOf(spark, [1, "a"], [2, "b"]).write.partitionBy("name").parquet(folder);
    return held(await DeltaTable.convertToDelta(spark, folder, "name STRING"));
  },
  "a table made column by column": async ({ spark, path }) => {
    const made = await DeltaTable.createIfNotExists(spark)
      .location(`${path}-made`)
      .comment("it's one")
      .addColumn("id", "BIGINT", { nullable: false, comment: "who" })
      .addColumn("day", "DATE")
      .addColumn("n", "BIGINT", { identity: { generated: "by default", start: 5, step: 2 } })
      .partitionedBy("day")
      .property("delta.appendOnly", "false")
      .execute();
    const isThere = () => DeltaTable.create(spark).location(`${path}-made`).addColumns("id BIGINT").execute();
    const { fields } = await made.toDF().schema();
    return [
      fields.map(({ name, type, nullable }) => [name, type, nullable]),
      await made.detail().select("description", "partitionColumns").collect(),
      await conditionOf(isThere),
    ];
  },
  "a table replaced": async ({ spark, path }) => {
    const made = await DeltaTable.replace(spark).location(path).addColumns("town STRING").execute();
    return [await made.toDF().collect(), (await made.toDF().columns()).join()];
  },
  "a feature that comes and goes": async ({ table }) => {
    await table.addFeatureSupport("changeDataFeed");
    const features = async () => {
      const [row] = await table.detail().select("tableFeatures").collect();
      return (row as { tableFeatures: string[] }).tableFeatures.includes("changeDataFeed");
    };
    return [await features(), await conditionOf(() => table.dropFeatureSupport("rowTracking"))];
  },
};

const remote = sparkRemote();

describe.skipIf(remote === undefined || !hasDelta())("DeltaTable on both engines", () => {
  let folder: string;
  let [embedded, spark]: SparkSession[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "lakewright-delta-table-"));
    embedded = SparkSession.create();
    spark = SparkSession.create({ "spark.remote": remote!, ...interpreted });
  });
  afterAll(async () => {
    await Promise.all([embedded?.stop(), spark?.stop()]);
    await rm(folder, { recursive: true, force: true });
  });

  async function outcomeOn(engine: SparkSession, path: string, run: (given: Given) => Promise<unknown>) {
    await rowsOf(engine, [1, "a"], [2, "b"]).write.format("delta").save(path);
    return run({ spark: engine, path, table: await DeltaTable.forPath(engine, path) });
  }

  it.each(Object.entries(cases))("%s", async (name, run) => {
    const [ours, theirs] = await Promise.all([
      outcomeOn(embedded!, join(folder, name, "embedded"), run),
      outcomeOn(spark!, join(folder, name, "spark"), run),
    ]);
    expect(ours).toEqual(theirs);
    expect(ours, "The case comes to nothing.").toBeDefined();
  });
});
