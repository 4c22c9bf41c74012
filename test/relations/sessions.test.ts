/** Several sessions on one engine, and what a DataFrame knows of its session and its last action. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, describe, expect, it } from "vitest";

const zone = "spark.sql.session.timeZone";
const warehouse = mkdtempSync(join(tmpdir(), "lakewright-sessions-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": warehouse, [zone]: "Europe/Zurich" });
afterAll(async () => {
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
