/** daily-kpi: daily figures of a shop by country and category, from its events, users and items. */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { type ActionOptions, defineJob, Observation, type SparkSession } from "lakewright";
import { type Check, reportChecks } from "../common/checks.ts";
import { refuseForeignFiles } from "../common/output-folder.ts";
import { recordsByReason, refuseToForget, reportRejected } from "../common/quarantine.ts";
import { formatOption, readTable, refuseOtherFormat, type TableFormat, tableWrite } from "../common/table-format.ts";
import { runExperiments } from "./experiments.ts";
import { type Generated, generate } from "./generate.ts";
import { dailyFigures, judge, rejected, withWeeklyRevenue } from "./pipeline.ts";
import { replayed, stillQuarantined } from "./replay.ts";
import { reportNext } from "./report.ts";
import { FIGURES } from "./schemas.ts";
import { findSources, readEvents, readItems, readUsers, type Sources } from "./sources.ts";
import { noted, readBack } from "./verify.ts";

const EVENTS = 50_000;

export default defineJob({
  name: "daily-kpi",
  description: "Daily figures of a shop by country and category, with the revenue of the last seven days.",
  options: {
    replay: { type: "boolean", description: "judge the events in the quarantine again, after a fix" },
    format: formatOption,
    experiments: { type: "boolean", description: "measure what repartition and coalesce do to the job" },
    show: { type: "number", description: "how many rows to print", default: 10 },
    seed: { type: "number", description: "of the generated data", default: 20_250_731 },
    damaged: { type: "number", description: "how many damaged lines to mix into the generated data", default: 0 },
  },
  run: async ({ spark, options, data, out = "out/daily-kpi", rows, scale, signal, progress, report }) => {
    const folders = foldersOf(out, data);
    await refuseForeignFiles(folders.out, (name) => name.startsWith("date="), "daily-kpi");
    await refuseOtherFormat(folders.out, options.format);
    if (!options.replay) await refuseToForget(spark, folders.quarantine);
    const making = data === undefined && !(options.replay && existsSync(folders.data));
    if (making) progress("Generating events");
    const events = rows ?? EVENTS * (scale ?? 1);
    const truth = making ? await generate(folders.data, { ...options, events, signal }) : undefined;
    const sources = findSources(folders.data);

    const step = "Computing and writing the figures";
    progress(step);
    const computed = await writeOutputs(spark, sources, folders, options, {
      signal,
      onProgress: ({ share }) => progress(step, share),
    });

    progress("Reading back");
    const reasons = await recordsByReason(spark, folders.quarantine);
    const checks = [
      ...(await readBack(readTable(spark, folders.out, options.format, FIGURES), computed)),
      ...plantedChecks(truth, reasons),
    ];
    reportRejected(reasons, "events", report);
    reportChecks(checks, report);
    reportNext(folders, options.format, report);

    if (options.experiments) {
      report(`Files and plans of the experiments: ${folders.experiments}`);
      return runExperiments(spark, sources, folders.experiments, { signal, progress });
    }
    return readTable(spark, folders.out, options.format, FIGURES)
      .orderBy("date", "country", "category")
      .limit(options.show);
  },
});

interface Folders {
  readonly data: string;
  readonly out: string;
  readonly quarantine: string;
  readonly experiments: string;
}

/** The quarantine lies beside the figures, so that whoever reads all of `out` does not meet it. */
function foldersOf(given: string, data: string | undefined): Folders {
  const out = resolve(given);
  return {
    data: resolve(data ?? `${out}-data`),
    out,
    quarantine: `${out}-quarantine`,
    experiments: `${out}-experiments`,
  };
}

/** Both outputs come from one pass over the events. */
async function writeOutputs(
  spark: SparkSession,
  sources: Sources,
  { out, quarantine }: Folders,
  { replay, format }: { readonly replay: boolean; readonly format: TableFormat },
  options: ActionOptions,
): Promise<Observation> {
  const read = readEvents(spark, sources.events);
  const events = replay ? replayed(spark, read, quarantine) : read;
  const judged = judge(events, readUsers(spark, sources.users), readItems(spark, sources.items));
  const computed = new Observation("figures");
  const figures = withWeeklyRevenue(noted(dailyFigures(judged), computed));
  const kept = replay ? stillQuarantined(judged) : rejected(judged);
  const writes = [tableWrite(figures, out, format, ["date"]), kept.write.mode("overwrite").to(quarantine)];
  await spark.writeAll(writes, options);
  return computed;
}

/** Generated data comes with the truth. */
function plantedChecks(truth: Generated | undefined, reasons: ReadonlyMap<string, number>): readonly Check[] {
  if (truth === undefined) return [];
  const negative = {
    check: "planted negatives",
    expected: truth.negative,
    found: reasons.get("NEGATIVE_REVENUE") ?? 0,
  };
  const all = [...reasons.values()].reduce((sum, events) => sum + events, 0);
  return [negative, { check: "planted rejects", expected: truth.negative + truth.damaged.length, found: all }];
}
