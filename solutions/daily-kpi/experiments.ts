/** Measures what moving rows between partitions does to the job: time, files, bytes, and the engine's own plan. */
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataFrame, SparkSession } from "lakewright";
import { dailyFigures, type Judged, judge, withWeeklyRevenue } from "./pipeline.ts";
import { type Events, readEvents, readItems, readUsers, type Sources } from "./sources.ts";

type Figures = ReturnType<typeof withWeeklyRevenue>;

interface Experiment {
  readonly name: string;
  readonly events?: (events: Events) => Events;
  readonly judged?: (judged: Judged) => Judged;
  readonly figures?: (figures: Figures) => Figures;
}

const EXPERIMENTS: readonly Experiment[] = [
  { name: "as it is" },
  { name: "repartition by user before the joins", events: (events) => events.repartition(8, "user_id") },
  {
    name: "repartition by the keys before the aggregation",
    judged: (judged) => judged.repartition(6, "date", "country", "category"),
  },
  { name: "repartition in 4 before the write", figures: (figures) => figures.repartition(4) },
  { name: "coalesce to 1 before the write", figures: (figures) => figures.coalesce(1) },
];

/** What one experiment has shown. */
export interface Outcome {
  readonly experiment: string;
  readonly seconds: number;
  readonly rows: number;
  readonly files: number;
  readonly bytes: number;
  /** The file in the folder that holds the engine's plan. */
  readonly plan: string;
}

/**
 * Runs the experiments one after the other, each writing the same figures to a folder of its own.
 *
 * @param folder - where figures and plans are written
 */
export async function runExperiments(
  spark: SparkSession,
  sources: Sources,
  folder: string,
  { signal, progress }: { signal: AbortSignal; progress: (step: string, share?: number) => void },
): Promise<readonly Outcome[]> {
  await mkdir(folder, { recursive: true });
  const outcomes: Outcome[] = [];
  for (const [index, experiment] of EXPERIMENTS.entries()) {
    progress(`Experiment: ${experiment.name}`, index / EXPERIMENTS.length);
    outcomes.push(await runExperiment(spark, sources, folder, experiment, signal));
  }
  return outcomes;
}

async function runExperiment(
  spark: SparkSession,
  sources: Sources,
  folder: string,
  experiment: Experiment,
  signal: AbortSignal,
): Promise<Outcome> {
  const figures = planOf(spark, sources, experiment);
  const name = experiment.name.replaceAll(" ", "-");
  const out = join(folder, name);
  const started = performance.now();
  await figures.write.mode("overwrite").partitionBy("date").parquet(out, { signal });
  const seconds = Math.round(performance.now() - started) / 1000;
  const plan = `${name}.plan.txt`;
  await writeFile(join(folder, plan), await planText(figures));
  return {
    experiment: experiment.name,
    seconds,
    rows: await spark.read.parquet(out).count(),
    ...(await filesIn(out)),
    plan,
  };
}

function planOf(spark: SparkSession, sources: Sources, { events, judged, figures }: Experiment): Figures {
  const read = readEvents(spark, sources.events);
  const users = readUsers(spark, sources.users);
  const items = readItems(spark, sources.items);
  const all = judge(events?.(read) ?? read, users, items);
  const weekly = withWeeklyRevenue(dailyFigures(judged?.(all) ?? all));
  return figures?.(weekly) ?? weekly;
}

/** `explain` prints; this is the text that it would print. */
const planText = (frame: DataFrame): Promise<string> => frame.state.explain(frame.plan, "formatted");

async function filesIn(folder: string): Promise<{ readonly files: number; readonly bytes: number }> {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith(".parquet"));
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return { files: names.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
