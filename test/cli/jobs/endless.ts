import { defineJob } from "lakewright";

export default defineJob({
  name: "endless",
  run: async ({ spark, signal, report }) => {
    report("started");
    await spark.range(3_000_000_000_000).groupBy().count().collect({ signal });
  },
});
