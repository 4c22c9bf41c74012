/** Local times where clocks change, as real Spark 4.2 takes them. */
import { col, SparkSession } from "lakewright";
import { afterAll, expect, test } from "vitest";

const spark = SparkSession.create({ "spark.sql.session.timeZone": "Europe/Zurich" });
afterAll(() => spark.stop());

test.each([
  ["2025-03-30 02:30:00", "2025-03-30T01:30:00Z"],
  ["2025-10-26 02:30:00", "2025-10-26T00:30:00Z"],
  ["2025-10-26 03:00:00", "2025-10-26T02:00:00Z"],
  ["2025-10-27 02:30:00", "2025-10-27T01:30:00Z"],
])("%s in Zürich is %s: after the gap, and the earlier of two", async (local, moment) => {
  const rows = await spark
    .createDataFrame([[local]], "t STRING")
    .select(col("t").cast("timestamp").as("text"), col("t").cast("timestamp_ntz").cast("timestamp").as("clock"))
    .collect();
  expect(rows.map(({ text, clock }) => [String(text?.toJSON()), String(clock?.toJSON())])).toEqual([[moment, moment]]);
});
