/** Delta tables as objects. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, lit, SparkSession } from "lakewright";
import { ConcurrentAppendException, ConcurrentModificationException, DeltaTable } from "lakewright/delta";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let folder: string;
let spark: SparkSession;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "lakewright-delta-table-"));
  spark = SparkSession.create({ "spark.sql.warehouse.dir": join(folder, "warehouse") });
});

afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

async function rowsOf<S>(table: DeltaTable<S>): Promise<readonly unknown[]> {
  const rows = (await table.toDF().collect()).map((row) => Object.values(row as object));
  return rows.toSorted((left, right) => Number(left[0]) - Number(right[0]));
}

test("conflicts are exceptions that programs can catch by their classes", () => {
  const error = new ConcurrentAppendException("files were added", { condition: "DELTA_CONCURRENT_APPEND" });
  expect(error).toBeInstanceOf(ConcurrentModificationException);
  expect(error).toMatchObject({ name: "ConcurrentAppendException", condition: "DELTA_CONCURRENT_APPEND" });
});

describe("DeltaTable", () => {
  test("is made by a builder, changed row by row, and tells its history", async () => {
    const path = join(folder, "users");
    expect(await DeltaTable.isDeltaTable(spark, path)).toBe(false);
    const made = await DeltaTable.create(spark)
      .location(path)
      .addColumn("id", "BIGINT", { nullable: false })
      .addColumns("name STRING, age INT")
      .addColumn("older", "INT", { generatedAlwaysAs: "age + 1" })
      .property("delta.enableChangeDataFeed", "true")
      .execute();
    expect(await DeltaTable.isDeltaTable(spark, path)).toBe(true);
    const rows = spark.createDataFrame(
      [
        [1, "ann", 30],
        [2, "bob", 40],
        [3, "eve", 50],
      ],
      "id BIGINT, name STRING, age INT",
    );
    await rows.write.format("delta").mode("append").save(path);
    expect(await made.update({ set: { age: col("age").plus(1) }, condition: "name = 'ann'" })).toBe(1);
    expect(await made.delete(col("id").eq(2))).toBe(1);
    const changes = spark.createDataFrame(
      [
        [3, "EVE", 51],
        [4, "kim", 20],
      ],
      "id BIGINT, name STRING, age INT",
    );
    const table = await DeltaTable.forPath(spark, path, "id BIGINT, name STRING, age INT, older INT");
    const merge = table
      .alias("t")
      .merge(changes.alias("s"), "t.id = s.id")
      .whenMatchedUpdate({ set: { name: col("s.name") } })
      .whenNotMatchedInsert({ condition: "s.age < 30", values: { id: col("s.id"), age: col("s.age") } })
      .whenNotMatchedBySourceUpdate({ condition: "t.id = 1", set: { name: lit("gone") } });
    expect(await merge.execute()).toEqual({ affected: 3, updated: 2, deleted: 0, inserted: 1 });
    expect(await rowsOf(made)).toEqual([
      [1, "gone", 31, 32],
      [3, "EVE", 50, 51],
      [4, null, 20, 21],
    ]);
    const history = await made.history().select("version", "operation").collect();
    expect(history.map(({ operation }) => operation)).toEqual(["MERGE", "DELETE", "UPDATE", "WRITE", "CREATE TABLE"]);
    expect(await made.history(2).count()).toBe(2);
    await made.restoreToVersion(1);
    expect(await made.toDF().count()).toBe(3);
    const [detail] = await made.detail().select("format", "numFiles").collect();
    expect(detail).toMatchObject({ format: "delta" });
    expect(await (await made.optimize().executeCompaction()).count()).toBe(1);
    await made.vacuum();
  });

  test("is found by name, and says what of a stated schema is not so", async () => {
    await DeltaTable.createIfNotExists(spark)
      .tableName("named")
      .addColumn("id", "BIGINT", { identity: { generated: "always" } })
      .addColumn("v", "STRING")
      .execute();
    await spark.execute("INSERT INTO named (v) VALUES ('a'), ('b')");
    const table = await DeltaTable.forName(spark, "named", "id BIGINT, v STRING");
    expect(await rowsOf(table)).toEqual([
      [1, "a"],
      [2, "b"],
    ]);
    await expect(DeltaTable.forName(spark, "named", "id INT, w STRING")).rejects.toThrow(
      "id is stated as int and is bigint; w is stated as string and is not there",
    );
    await expect(DeltaTable.forName(spark, "nowhere")).rejects.toMatchObject({ condition: "TABLE_OR_VIEW_NOT_FOUND" });
    await table.addFeatureSupport("deletionVectors");
    const replaced = DeltaTable.createOrReplace(spark).tableName("named").addColumns("id INT");
    expect((await (await replaced.execute()).toDF().schema()).fields.map(({ name }) => name)).toEqual(["id"]);
  });

  test("is cloned, and made of a folder of Parquet files", async () => {
    const path = join(folder, "parquet");
    await spark.range(3).write.parquet(path);
    const converted = await DeltaTable.convertToDelta(spark, path);
    expect(await rowsOf(converted)).toEqual([[0], [1], [2]]);
    const [shallow, deep] = [
      await converted.clone(join(folder, "shallow"), { isShallow: true }),
      await converted.clone(join(folder, "deep"), { version: 0 }),
    ];
    await shallow.delete("id = 1");
    expect(await rowsOf(shallow)).toEqual([[0], [2]]);
    expect(await rowsOf(deep)).toEqual([[0], [1], [2]]);
  });

  test("wants a clause of a merge", async () => {
    const table = await DeltaTable.createOrReplace(spark).tableName("merged").addColumns("id BIGINT").execute();
    await expect(table.merge(spark.range(3), "false").execute()).rejects.toMatchObject({
      condition: "NO_MERGE_ACTION_SPECIFIED",
    });
    const merged = await table.merge(spark.range(3), "false").whenNotMatchedInsertAll().execute();
    expect(merged.inserted).toBe(3);
  });
});
