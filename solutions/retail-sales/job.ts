/** retail-sales: what each store sold by day and by month, from its sales. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { type ActionOptions, type DataFrame, defineJob, lit, Observation, type SparkSession } from "lakewright";
import { count, sum } from "lakewright/functions";
import { type Check, plain, reportChecks } from "../common/checks.ts";
import { refuseForeignFiles } from "../common/output-folder.ts";
import { quarantined, recordsByReason, refuseToForget, replayed, reportRejected } from "../common/quarantine.ts";
import { readRecords } from "../common/records.ts";
import { findSource, type Source } from "../common/sources.ts";
import { generate, type PlantedTruth } from "./generate.ts";
import { accepted, DAILY, dailySummary, judge, MONTHLY, monthlySummary, SALE_FIELDS } from "./pipeline.ts";

const SALES = 20_000;
const OUTPUTS: readonly string[] = ["daily_sales_summary", "monthly_sales_summary", "quarantine"];

export default defineJob({
  name: "retail-sales",
  description: "Sales and transactions of each store by day and by month.",
  options: {
    replay: { type: "boolean", description: "judge the sales in the quarantine again, after a fix" },
    show: { type: "number", description: "how many rows to print", default: 10 },
    seed: { type: "number", description: "of the generated data", default: 20_250_101 },
    damaged: { type: "number", description: "how many damaged lines to mix into the generated data", default: 0 },
  },
  run: async ({ spark, options, data, out: given = "out/retail-sales", rows, scale, signal, progress, report }) => {
    const out = resolve(given);
    const input = resolve(data ?? `${out}-data`);
    await refuseForeignFiles(out, (name) => OUTPUTS.includes(name), "retail-sales");
    if (!options.replay) await refuseToForget(spark, join(out, "quarantine"));

    const making = data === undefined && !(options.replay && existsSync(input));
    if (making) progress("Generating sales");
    const sales = rows ?? SALES * (scale ?? 1);
    const truth = making ? await generate(input, { ...options, sales, signal }) : undefined;

    const step = "Computing and writing the summaries";
    progress(step);
    const computed = await writeSummaries(spark, findSource(input, "sales"), out, options.replay, {
      signal,
      onProgress: ({ share }) => progress(step, share),
    });

    progress("Reading back");
    reportRejected(await recordsByReason(spark, join(out, "quarantine")), "sales", report);
    reportChecks([...(await reconcile(spark, out, computed)), ...plantedChecks(truth, await computed.get())], report);
    report(`Input   ${input}`);
    for (const name of OUTPUTS) report(`Output  ${join(out, name)}`);
    report("Next (in a checkout, npm run -s lakewright -- …):");
    report(`  lakewright show ${join(out, "daily_sales_summary", "StoreID=S001")} --limit 20`);
    report(`  lakewright show ${join(out, "quarantine")}`);
    return spark.read.schema(MONTHLY).parquet(join(out, "monthly_sales_summary")).limit(options.show);
  },
});

/** Both summaries and the quarantine come from one pass over the sales. */
async function writeSummaries(
  spark: SparkSession,
  source: Source,
  out: string,
  replay: boolean,
  options: ActionOptions,
): Promise<Observation> {
  const read = readRecords(spark, source, SALE_FIELDS);
  const judged = judge(replay ? replayed(spark, read, join(out, "quarantine"), SALE_FIELDS) : read);
  const computed = new Observation("sales");
  const sales = accepted(judged).observe(computed, count(lit(1)).as("sales"), sum("TotalAmount").as("amount"));
  const writes = [
    dailySummary(sales).write.mode("overwrite").partitionBy("StoreID").to(join(out, "daily_sales_summary")),
    monthlySummary(sales).write.mode("overwrite").to(join(out, "monthly_sales_summary")),
    quarantined(judged, SALE_FIELDS).write.mode("overwrite").to(join(out, "quarantine")),
  ];
  await spark.writeAll(writes, options);
  return computed;
}

/** What both summaries say must add up to what was computed. */
async function reconcile(spark: SparkSession, out: string, computed: Observation): Promise<readonly Check[]> {
  const { sales, amount } = await computed.get();
  const days = await found(
    spark.read.schema(DAILY).parquet(join(out, "daily_sales_summary")),
    "TotalDailyTransactions",
    "TotalDailySales",
  );
  const months = await found(
    spark.read.schema(MONTHLY).parquet(join(out, "monthly_sales_summary")),
    "TotalMonthlyTransactions",
    "TotalMonthlySales",
  );
  return [
    { check: "sales, day by day", expected: plain(sales), found: plain(days.sales) },
    { check: "amount, day by day", expected: plain(amount), found: plain(days.amount) },
    { check: "sales, month by month", expected: plain(sales), found: plain(months.sales) },
    { check: "amount, month by month", expected: plain(amount), found: plain(months.amount) },
  ];
}

async function found(summary: DataFrame, transactions: string, total: string) {
  const [row] = await summary.agg(sum(transactions).as("sales"), sum(total).as("amount")).collect();
  return row as { readonly sales: unknown; readonly amount: unknown };
}

/** Generated data comes with the truth. */
function plantedChecks(truth: PlantedTruth | undefined, computed: Readonly<Record<string, unknown>>): readonly Check[] {
  if (truth === undefined) return [];
  return [
    { check: "planted sales", expected: truth.sales, found: plain(computed.sales) },
    { check: "planted amount", expected: truth.cents / 100, found: plain(computed.amount) },
  ];
}
