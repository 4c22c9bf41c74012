/** What `npm start` runs: reads, computes, writes, and gives the rows to print. */
import { join } from "node:path";
import { defineJob } from "lakewright";
import { revenueByCity, SALE } from "./pipeline.ts";

export default defineJob({
  name: "revenue-by-city",
  description: "Revenue and sales of each city.",
  options: {
    show: { type: "number", description: "How many cities to print", default: 10 },
  },
  run: async ({ spark, options, data = "data", out = "out", report }) => {
    const sales = spark.read.schema(SALE).csv(join(data, "sales.csv"), { header: true, mode: "FAILFAST" });
    const target = join(out, "revenue-by-city");
    await revenueByCity(sales).write.mode("overwrite").parquet(target);
    report(`Wrote ${target}`);
    return spark.read.parquet(target).limit(options.show);
  },
});
