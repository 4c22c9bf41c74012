/** customer-history: what customers were at any time, from updates that may come late, repeatedly, and as deletes. */
import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { type DataFrame, defineJob, type SparkSession } from "lakewright";
import { scd2AsOf, scd2History } from "lakewright/delta";
import { reportChecks } from "../common/checks.ts";
import { refuseForeignFiles } from "../common/output-folder.ts";
import { QUARANTINE, quarantined, recordsByReason, refuseToForget, reportRejected } from "../common/quarantine.ts";
import { readRecords } from "../common/records.ts";
import { findSource } from "../common/sources.ts";
import { deliveriesOf } from "./deliveries.ts";
import { generate } from "./generate.ts";
import {
  accepted,
  type CustomerDimension,
  customerDimension,
  HISTORY,
  judge,
  mergeUpdates,
  UPDATE_FIELDS,
} from "./pipeline.ts";
import { correctedUpdates } from "./replay.ts";
import { checkHistories, checkPlanted } from "./verify.ts";

const UPDATES = 10_000;
const OUTPUTS: readonly string[] = ["customer_dimension", "quarantine"];

export default defineJob({
  name: "customer-history",
  description: "The history of customers as a slowly changing dimension of type 2, in a Delta table.",
  options: {
    replay: { type: "boolean", description: "merge the updates in the quarantine that are good by now" },
    anew: { type: "boolean", description: "begin with an empty dimension, as generated data always does" },
    at: { type: "string", description: "print the customers as they were at a time" },
    customer: { type: "string", description: "print the history of one customer" },
    show: { type: "number", description: "how many rows to print", default: 10 },
    seed: { type: "number", description: "of the generated data", default: 20_250_101 },
    damaged: { type: "number", description: "how many damaged lines to mix into the generated data", default: 0 },
  },
  run: async ({ spark, options, data, out: given = "out/customer-history", rows, scale, signal, progress, report }) => {
    const out = resolve(given);
    const input = resolve(data ?? `${out}-data`);
    const [table, quarantine] = [join(out, "customer_dimension"), join(out, "quarantine")];
    await refuseForeignFiles(out, (name) => OUTPUTS.includes(name), "customer-history");
    const making = data === undefined && !options.replay;
    if (making || options.anew) await refuseToForget(spark, quarantine);
    if (making) progress("Generating updates");
    const updates = rows ?? UPDATES * (scale ?? 1);
    const truth = making ? await generate(input, { ...options, updates, signal }) : undefined;
    if (making || options.anew)
      for (const name of [table, quarantine]) await rm(name, { recursive: true, force: true });

    const dimension = await customerDimension(spark, table);
    const batches = options.replay ? [await correctedUpdates(spark, quarantine)] : await batchesOf(spark, input);
    for (const [index, judged] of batches.entries()) {
      progress(`Merging delivery ${index + 1}`, index / batches.length);
      const { inserted, updated, deleted } = await mergeUpdates(dimension, accepted(judged));
      report(`Delivery ${index + 1}: ${inserted} versions came, ${updated} were changed, ${deleted} went`);
    }
    const rejected = batches
      .map((judged) => quarantined(judged, UPDATE_FIELDS))
      .reduce((all, next) => all.unionByName(next));
    const kept = options.replay || !existsSync(quarantine) ? rejected : await added(spark, rejected, quarantine);
    await kept.write.mode("overwrite").parquet(quarantine);
    progress("Putting files together");
    await dimension.optimize().executeZOrderBy(HISTORY.keys);

    progress("Reading back");
    reportRejected(await recordsByReason(spark, quarantine), "updates", report);
    reportChecks([...(await checkHistories(dimension)), ...(await checkPlanted(dimension, truth))], report);
    report(`Input   ${input}`);
    for (const name of OUTPUTS.filter((output) => existsSync(join(out, output)))) report(`Output  ${join(out, name)}`);
    report("Next (in a checkout, npm run -s lakewright -- …):");
    report(`  lakewright sql "SELECT * FROM delta.\`${table}\` WHERE is_current LIMIT 5"`);
    report(`  lakewright sql "DESCRIBE HISTORY delta.\`${table}\`"`);
    return shown(dimension, options).limit(options.show);
  },
});

const batchesOf = async (spark: SparkSession, input: string) =>
  (await deliveriesOf(findSource(input, "customer_updates"))).map((delivery) =>
    judge(readRecords(spark, delivery, UPDATE_FIELDS)),
  );

/** What is in the quarantine with what is new: deliveries are merged once, and their rejects must not be lost. */
async function added(spark: SparkSession, rejected: DataFrame, quarantine: string): Promise<DataFrame> {
  const before: DataFrame = await spark.read.schema(QUARANTINE).parquet(quarantine).localCheckpoint();
  return before.unionByName(rejected.join(before.select("line"), "line", "anti"));
}

/** One customer's history, the customers of a time, or those of now. */
function shown(
  dimension: CustomerDimension,
  { at, customer }: Readonly<Record<"at" | "customer", string | undefined>>,
) {
  if (customer !== undefined) return scd2History(dimension, { customer_id: customer }, HISTORY);
  const then = at === undefined ? dimension.toDF().filter("is_current") : scd2AsOf(dimension, at, HISTORY);
  return then.orderBy("customer_id");
}
