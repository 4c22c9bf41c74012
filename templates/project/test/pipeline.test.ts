import { after, test } from "node:test";
import { Decimal } from "lakewright";
import { assertDataFrameEqual, testSession } from "lakewright/testing";
import { revenueByCity, SALE } from "../src/pipeline.ts";

const spark = testSession();
after(() => spark.stop());

test("adds up the sales of a city, the best one first", async () => {
  const sales = spark.createDataFrame(
    [
      ["2025-02-01", "Oslo", Decimal.of("12.50")],
      ["2025-02-01", "Rome", Decimal.of("40.00")],
      ["2025-02-02", "Oslo", Decimal.of("7.25")],
      ["2025-02-02", "Rome", null],
    ],
    SALE,
  );
  await assertDataFrameEqual(revenueByCity(sales), [
    { city: "Rome", revenue: Decimal.of("40.00"), sales: 1 },
    { city: "Oslo", revenue: Decimal.of("19.75"), sales: 2 },
  ]);
});
