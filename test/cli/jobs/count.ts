import { defineJob } from "lakewright";

export default defineJob({
  name: "count",
  description: "Counts numbers.",
  options: {
    column: { type: "string", description: "What to group by", default: "k" },
    groups: { type: "number", description: "How many groups", default: 2 },
    upTo: { type: "number", description: "How many numbers", default: 10 },
    fail: { type: "boolean", description: "Fail on purpose" },
    order: { type: "string", description: "How to sort", default: "up", choices: ["up", "down"] },
  },
  run: async ({ spark, options, report, progress }) => {
    if (options.fail) throw new Error("failed on purpose");
    progress("counting", 0.5);
    report("a line for people");
    const numbers = spark.range(options.upTo);
    const counted = numbers.withColumn("k", numbers.col("id").mod(options.groups)).groupBy(options.column).count();
    return counted.orderBy(options.order === "up" ? "k" : counted.col("k" as string).desc());
  },
});
