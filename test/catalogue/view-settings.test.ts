/** Views mean what they meant under the settings with which they were made, as on Spark 4.2, which gave these answers. */
import { mkdtempSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SparkSession } from "lakewright";
import { afterAll, beforeEach, describe, expect, test } from "vitest";

const folder = mkdtempSync(join(tmpdir(), "lakewright-views-"));
const spark = SparkSession.create({ "spark.sql.warehouse.dir": folder });
afterAll(async () => {
  await spark.stop();
  await rm(folder, { recursive: true, force: true });
});

const ansi = "spark.sql.ansi.enabled";
const changed = [ansi, "spark.sql.session.timeZone", "spark.sql.timestampType", "spark.sql.groupByOrdinal"];
beforeEach(() => {
  for (const key of changed) spark.conf.unset(key);
});

describe.each(["TEMPORARY VIEW", "VIEW"])("a %s", (kind) => {
  const make = (query: string) => spark.execute(`CREATE OR REPLACE ${kind} v AS ${query}`);
  const rows = () => spark.table("v").collect({ rows: "array" });
  beforeEach(() => spark.execute("DROP VIEW IF EXISTS v"));

  test("made without the ANSI mode keeps its nulls and its overflows", async () => {
    spark.conf.set(ansi, false);
    await make("SELECT CAST('abc' AS INT) AS a, 2147483647 + 1 AS b");
    spark.conf.set(ansi, true);
    expect(await rows()).toEqual([[null, -2147483648]]);
  });

  test.each([undefined, true])("made with it, by default or not, keeps its errors: %s", async (setting) => {
    if (setting !== undefined) spark.conf.set(ansi, setting);
    await make("SELECT CAST('abc' AS INT) AS a");
    spark.conf.set(ansi, false);
    await expect(rows()).rejects.toMatchObject({ condition: "CAST_INVALID_INPUT" });
    expect(await spark.sql("SELECT CAST('abc' AS INT)").collect({ rows: "array" })).toEqual([[null]]);
  });

  test("reads clocks of the zone in which it was made, but for current_timezone()", async () => {
    spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles");
    await make(
      "SELECT CAST(t AS STRING) AS s, hour(t) AS h, CAST('2020-01-01' AS TIMESTAMP) AS m, current_timezone() AS z " +
        "FROM VALUES (timestamp_seconds(0)) AS t(t)",
    );
    spark.conf.set("spark.sql.session.timeZone", "Asia/Tokyo");
    const query = spark.sql("SELECT s, h, CAST(m AS BIGINT) AS m, z, hour(timestamp_seconds(0)) AS own FROM v");
    expect(await query.collect({ rows: "array" })).toEqual([["1969-12-31 16:00:00", 16, 1577865600, "Asia/Tokyo", 9]]);
  });

  test("keeps the moments that its text tells, and what TIMESTAMP and numbers behind GROUP BY are", async () => {
    spark.conf.set("spark.sql.session.timeZone", "America/New_York");
    await make("SELECT CAST(TIMESTAMP'2020-01-01 00:00:00' AS BIGINT) AS a");
    spark.conf.unset("spark.sql.session.timeZone");
    expect(await rows()).toEqual([[1577854800]]);

    spark.conf.set("spark.sql.timestampType", "TIMESTAMP_NTZ");
    await make("SELECT typeof(TIMESTAMP'2020-01-01 00:00:00') AS a");
    spark.conf.unset("spark.sql.timestampType");
    expect(await rows()).toEqual([["timestamp_ntz"]]);

    spark.conf.set("spark.sql.groupByOrdinal", false);
    await make("SELECT a, count(*) AS n FROM VALUES (1), (2) AS t(a) GROUP BY 1, a");
    spark.conf.unset("spark.sql.groupByOrdinal");
    expect(await rows()).toHaveLength(2);
  });
});

test("a function that lasts keeps them too, whatever those of its callers are", async () => {
  spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles");
  spark.conf.set(ansi, false);
  await spark.execute(`CREATE OR REPLACE FUNCTION kept(t TIMESTAMP, s STRING) RETURNS STRING
    RETURN concat_ws(' ', CAST(t AS STRING), CAST(s AS INT), current_timezone())`);
  for (const key of changed) spark.conf.unset(key);
  const rows = spark.sql("SELECT kept(TIMESTAMP'2020-01-01 00:00:00', 'x') AS a").collect();
  expect(await rows).toEqual([{ a: "2019-12-31 16:00:00 UTC" }]);
  const mistaken = spark.sql("SELECT kept(now(), CAST('x' AS INT))").collect();
  await expect(mistaken).rejects.toMatchObject({ condition: "CAST_INVALID_INPUT" });
  const lines = await spark.sql("DESCRIBE FUNCTION EXTENDED kept").collect({ rows: "array" });
  expect(lines.flat().filter((line) => String(line).includes("spark.sql"))).toEqual([
    "Configs:       spark.sql.ansi.enabled=false",
    "               spark.sql.session.timeZone=America/Los_Angeles",
  ]);
});

test("a view of a DataFrame reads its clocks too", async () => {
  spark.conf.set("spark.sql.session.timeZone", "America/Los_Angeles");
  await spark.sql("SELECT hour(timestamp_seconds(0)) AS a").createOrReplaceTempView("of_frame");
  spark.conf.unset("spark.sql.session.timeZone");
  expect(await spark.table("of_frame").collect()).toEqual([{ a: 16 }]);
});

test("a view of a DataFrame keeps them too", async () => {
  spark.conf.set(ansi, false);
  await spark.sql("SELECT CAST('abc' AS INT) AS a").createOrReplaceTempView("of_frame");
  spark.conf.unset(ansi);
  expect(await spark.table("of_frame").collect()).toEqual([{ a: null }]);
});
