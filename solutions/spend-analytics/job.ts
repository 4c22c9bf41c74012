/** spend-analytics: who spends how much, when and where, and which users are worth keeping. */
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { defineJob } from "lakewright";
import { type Check, reportChecks } from "../common/checks.ts";
import { refuseForeignFiles } from "../common/output-folder.ts";
import { recordsByReason, refuseToForget, reportRejected } from "../common/quarantine.ts";
import { findOptionalSource, findSource } from "../common/sources.ts";
import { formatOption, readTable, refuseOtherFormat } from "../common/table-format.ts";
import { generate, type PlantedTruth } from "./generate.ts";
import { QUARANTINES, reconcile, TABLES, writeTables } from "./tables.ts";

const EVENTS = 10_000;
const OUTPUTS: readonly string[] = [...TABLES, ...QUARANTINES];

export default defineJob({
  name: "spend-analytics",
  description: "Ranks, rolling spend, repeat buyers, revenue by country and RFM segments, from events and orders.",
  options: {
    country: { type: "string", description: "the country whose events are ranked", default: "IN" },
    month: { type: "string", description: "the month whose events are ranked", default: "2025-02" },
    replay: { type: "boolean", description: "judge the records in the quarantine again, after a fix" },
    format: formatOption,
    table: { type: "string", description: "the table to print", choices: TABLES, default: "rfm" },
    show: { type: "number", description: "how many rows to print", default: 10 },
    seed: { type: "number", description: "of the generated data", default: 20_250_201 },
    damaged: { type: "number", description: "how many damaged lines to mix into the generated data", default: 0 },
  },
  run: async ({ spark, options, data, out: given = "out/spend-analytics", rows, scale, signal, progress, report }) => {
    const out = resolve(given);
    const input = resolve(data ?? `${out}-data`);
    await refuseForeignFiles(out, (name) => OUTPUTS.includes(name), "spend-analytics");
    for (const name of TABLES) await refuseOtherFormat(join(out, name), options.format);
    if (!options.replay) for (const name of QUARANTINES) await refuseToForget(spark, join(out, name));

    const making = data === undefined && !(options.replay && existsSync(input));
    if (making) progress("Generating events and orders");
    const events = rows ?? EVENTS * (scale ?? 1);
    const truth = making ? await generate(input, { ...options, events, signal }) : undefined;
    const inputs = { events: findSource(input, "events"), orders: findOptionalSource(input, "orders") };

    const step = "Computing and writing the tables";
    progress(step);
    const computed = await writeTables(spark, inputs, out, options, {
      signal,
      onProgress: ({ share }) => progress(step, share),
    });

    progress("Reading back");
    const kinds = inputs.orders === undefined ? (["events"] as const) : (["events", "orders"] as const);
    for (const kind of kinds) {
      const reasons = await recordsByReason(spark, join(out, `quarantine_${kind}`));
      reportRejected(reasons, kind, report);
    }
    reportChecks(
      [
        ...(await reconcile((name) => readTable(spark, join(out, name), options.format), computed)),
        ...plantedChecks(truth, await computed.get()),
      ],
      report,
    );
    report(`Input   ${input}`);
    for (const name of OUTPUTS.filter((output) => existsSync(join(out, output)))) report(`Output  ${join(out, name)}`);
    report("Next (in a checkout, npm run -s lakewright -- …):");
    report("  lakewright run spend-analytics --table repeat_buyers");
    if (options.format === "parquet") report(`  lakewright show ${join(out, "rolling_spend")} --limit 20`);
    return readTable(spark, join(out, options.table), options.format).limit(options.show);
  },
});

/** Generated data comes with the truth. */
function plantedChecks(truth: PlantedTruth | undefined, computed: Readonly<Record<string, unknown>>): readonly Check[] {
  if (truth === undefined) return [];
  return [
    { check: "planted events", expected: truth.events, found: Number(computed.events) },
    { check: "planted spend", expected: truth.cents / 100, found: Number(String(computed.spend)) },
  ];
}
