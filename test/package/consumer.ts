/** What a user may write with the three entry points; it prints nothing when all is well. */
import { col, type SparkSession } from "lakewright";
import { sum } from "lakewright/functions";
import { assertDataFrameEqual, testSession } from "lakewright/testing";

const spark: SparkSession = testSession();
const sales = spark.createDataFrame([
  { city: "Oslo", amount: 3 },
  { city: "Rome", amount: 5 },
  { city: "Oslo", amount: 4 },
]);
const totals = sales.filter(col("amount").gt(3)).groupBy("city").agg(sum("amount").as("total")).orderBy("city");

await assertDataFrameEqual(totals, [
  { city: "Oslo", total: 4 },
  { city: "Rome", total: 5 },
]);

const rows = await totals.collect();
const cities: readonly string[] = rows.map((row) => row.city);
const total: number | null | undefined = rows[0]?.total;
// @ts-expect-error The compiler knows the columns.
sales.select("ammount");

await totals.write.mode("overwrite").json("totals");
await assertDataFrameEqual(spark.read.json("totals").select("city", "total").orderBy("city"), totals);

if (cities.join() !== "Oslo,Rome" || total !== 4) console.log(rows);
await spark.stop();
