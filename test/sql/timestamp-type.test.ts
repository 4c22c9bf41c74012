/** `spark.sql.timestampType`: what TIMESTAMP means in a session. The answers are those of Spark 4.2. */
import { SparkSession } from "lakewright";
import { afterAll, expect, it } from "vitest";

const zone = { "spark.sql.session.timeZone": "America/Los_Angeles" };
const spark = SparkSession.create({ ...zone, "spark.sql.timestampType": "TIMESTAMP_NTZ" });
afterAll(() => spark.stop());

it.each([
  ["TIMESTAMP '2020-01-01 10:00:00'", "timestamp_ntz", "2020-01-01 10:00:00"],
  ["TIMESTAMP '2020-01-01 10:00:00Z'", "timestamp", "2020-01-01 02:00:00"],
  ["TIMESTAMP_LTZ '2020-01-01 10:00:00'", "timestamp", "2020-01-01 10:00:00"],
  ["CAST('2020-01-01' AS TIMESTAMP)", "timestamp_ntz", "2020-01-01 00:00:00"],
  ["timestamp('2020-01-01')", "timestamp", "2020-01-01 00:00:00"],
  ["to_timestamp('2016-12-31', 'yyyy-MM-dd')", "timestamp_ntz", "2016-12-31 00:00:00"],
  ["to_timestamp(DATE'2020-01-01')", "timestamp_ntz", "2020-01-01 00:00:00"],
  ["try_to_timestamp('2020-01-01 10:00:00')", "timestamp_ntz", "2020-01-01 10:00:00"],
  ["try_to_timestamp('a')", "timestamp_ntz", null],
  ["make_timestamp(2021, 7, 11, 6, 30, 45.678)", "timestamp_ntz", "2021-07-11 06:30:45.678"],
  ["make_timestamp(2021, 7, 11, 6, 30, 45.678, 'CET')", "timestamp_ntz", "2021-07-11 06:30:45.678"],
  ["make_timestamp(2021, 7, 11, 6, 30, 45.678, NULL)", "timestamp_ntz", null],
  ["try_make_timestamp(2021, 13, 11, 6, 30, 45.678)", "timestamp_ntz", null],
  ["make_timestamp(DATE'2020-01-01', TIME'10:00:00')", "timestamp", "2020-01-01 10:00:00"],
  ["timestamp_seconds(0)", "timestamp", "1969-12-31 16:00:00"],
])("%s is a %s", async (expression, type, text) => {
  const rows = await spark.sql(`SELECT typeof(${expression}) AS t, CAST(${expression} AS STRING) AS v`).collect();
  expect(rows).toEqual([{ t: type, v: text }]);
});

it("is the type of columns that statements declare", async () => {
  const frame = spark.sql("SELECT CAST(NULL AS STRUCT<a: TIMESTAMP, b: TIMESTAMP_LTZ>) AS s");
  expect((await frame.schema()).fields[0]!.type).toMatchObject({
    fields: [
      { name: "a", type: { kind: "timestamp_ntz" } },
      { name: "b", type: { kind: "timestamp" } },
    ],
  });
});

it("can be set, and back, by a statement", async () => {
  const own = SparkSession.create(zone);
  const typed = async (): Promise<unknown> => (await own.sql("SELECT typeof(TIMESTAMP '2020-01-01') AS t").first())?.t;
  await own.execute("SET spark.sql.timestampType = TIMESTAMP_NTZ");
  expect(await typed()).toBe("timestamp_ntz");
  await own.execute("RESET spark.sql.timestampType");
  expect(await typed()).toBe("timestamp");
  await own.stop();
});

it("refuses what is no type of timestamps, and what it cannot do", async () => {
  expect(() => spark.conf.set("spark.sql.timestampType", "DATE")).toThrow(/INVALID_CONF_VALUE.*TIMESTAMP_NTZ/s);
  await expect(spark.sql("SELECT try_to_timestamp('2020', 'yyyy')").collect()).rejects.toThrow(/to_timestamp_ntz/);
});
