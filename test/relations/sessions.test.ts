/** Several sessions on one engine, and what a DataFrame knows of its session and its last action. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { col, type DataFrame, SparkSession } from "lakewright";
import { udf } from "lakewright/functions";
import { afterAll, describe, expect, it } from "vitest";

const zone = "spark.sql.session.timeZone";
const warehouse = mkdtempSync(join(tmpdir(), "lakewright-sessions-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": warehouse, [zone]: "Europe/Zurich" });
afterAll(async () => {
  // They last as long as the process, which runs other files too.
  for (const view of ["ours", "shared_rows", "lasting_rows"]) await spark.catalog.dropGlobalTempView(view);
  await spark.stop();
  rmSync(warehouse, { recursive: true });
});

describe("a new session", () => {
  it("begins with the settings that the first one was made with, and keeps its own", async () => {
    spark.conf.set("spark.sql.shuffle.partitions", 3);
    await using other = spark.newSession();
    expect(other.conf.get(zone)).toBe("Europe/Zurich");
    expect(other.conf.get("spark.sql.shuffle.partitions")).not.toBe("3");
    other.conf.set(zone, "Asia/Tokyo");
    expect(spark.conf.get(zone)).toBe("Europe/Zurich");
  });

  it("shares tables and global views, and neither temporary views nor the current database", async () => {
    await using other = spark.newSession();
    await spark.range(3).write.saveAsTable("numbers");
    await spark.range(4).createOrReplaceTempView("mine");
    await spark.range(5).createOrReplaceGlobalTempView("ours");
    expect(await other.table("numbers").count()).toBe(3);
    expect(await other.table("global_temp.ours").count()).toBe(5);
    await expect(other.table("mine").count()).rejects.toThrow("TABLE_OR_VIEW_NOT_FOUND");
    await other.execute("CREATE DATABASE shop");
    await other.execute("USE shop");
    expect([await other.catalog.currentDatabase(), await spark.catalog.currentDatabase()]).toEqual(["shop", "default"]);
  });

  it("leaves the engine to the others when it ends", async () => {
    const first = SparkSession.create();
    const second = first.newSession();
    await first.stop();
    expect(await second.range(2).count()).toBe(2);
    await expect(first.range(2).count()).rejects.toThrow("the session is stopped");
    expect(() => first.newSession()).toThrow("the session is stopped");
    await second.stop();
    await expect(second.range(2).count()).rejects.toThrow("the session is stopped");
  });
});

/** A frame, and how many of its rows were computed. */
function counted(session: SparkSession): { readonly frame: DataFrame; readonly calls: () => number } {
  let calls = 0;
  const next = udf({ id: "BIGINT" }, "BIGINT", ({ id }) => {
    calls += 1;
    return id;
  });
  return { frame: session.range(3).select(next(col("id")).as("n")) as DataFrame, calls: () => calls };
}

describe("cached rows", () => {
  it("are those of all sessions, for plans that mean the same", async () => {
    const { frame, calls } = counted(spark);
    await frame.createOrReplaceGlobalTempView("shared_rows");
    await using other = spark.newSession();
    const theirs = other.table("global_temp.shared_rows").select("n");
    const mine = spark.table("global_temp.shared_rows").select("n").cache();
    expect([await mine.count(), await theirs.count()]).toEqual([3, 3]);
    expect(calls()).toBe(3);
    await theirs.unpersist();
    await mine.collect();
    expect(calls()).toBe(6);
  });

  it("are found by what names mean, not by the names", async () => {
    await using other = spark.newSession();
    await spark.range(2).createOrReplaceTempView("rows_here");
    await other.range(5).createOrReplaceTempView("rows_here");
    await spark.table("rows_here").cache().count();
    expect(await other.table("rows_here").count()).toBe(5);
    await other.range(2).createOrReplaceTempView("rows_here");
    expect(await other.table("rows_here").count()).toBe(2);
    await spark.catalog.clearCache();
  });

  it("are those of one zone where the zone decides", async () => {
    await using other = spark.newSession();
    other.conf.set(zone, "Asia/Tokyo");
    const hours = (session: SparkSession) =>
      session.sql("SELECT hour(timestamp_seconds(id)) AS h FROM range(1)").cache().collect();
    expect([(await hours(spark))[0]?.h, (await hours(other))[0]?.h]).toEqual([1, 9]);
    await other.catalog.clearCache();
  });

  it("stay when the session that cached them ends, and go with the cache of any", async () => {
    await using other = spark.newSession();
    const { frame, calls } = counted(spark);
    await frame.createOrReplaceGlobalTempView("lasting_rows");
    const third = spark.newSession();
    await third.table("global_temp.lasting_rows").cache().count();
    await third.stop();
    expect(await other.table("global_temp.lasting_rows").count()).toBe(3);
    expect(calls()).toBe(3);
    await other.catalog.clearCache();
    await other.table("global_temp.lasting_rows").collect();
    expect(calls()).toBe(6);
  });
});

describe("a DataFrame", () => {
  it("knows its session", () => {
    expect(spark.range(1).filter("id > 0").sparkSession).toBe(spark);
  });

  it("knows of the last action that read its rows", async () => {
    const frame = spark.range(10).filter("id > 6");
    expect(frame.executionInfo).toBeNull();
    await frame.count();
    expect(frame.executionInfo).toBeNull();
    await frame.collect();
    expect(frame.executionInfo).toEqual({ rows: 3, seconds: expect.any(Number) });
  });
});
