/** Runs the contestants of the Delta benchmarks in turn on the same tables, and prints a table for each figure. */
import { fileURLToPath } from "node:url";
import { machine, packageVersion } from "../machine.ts";
import { measure, median } from "../measure.ts";
import { findPeer } from "../peers.ts";
import { quiet } from "../quiet.ts";
import { markdownTable } from "../table.ts";
import { type ContestantId, type DeltaCase, type Task, tasksOf, withTable } from "./cases.ts";
import type { Figure } from "./report.ts";

export { deltaCases } from "./cases.ts";

export interface DeltaBenchOptions {
  readonly scale: number;
  readonly runs: number;
  /** Short names of contestants; all when absent. */
  readonly only: readonly string[] | undefined;
  readonly patience: number;
  readonly cache: string;
}

interface Contestant {
  readonly id: ContestantId;
  readonly label: string;
  readonly command: readonly string[];
}

/** A figure of one run, with the most memory that the run took. */
interface Result extends Figure {
  readonly contestant: Contestant;
  readonly peakBytes: number;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const node = (file: string): readonly string[] => [process.execPath, here(file)];

function contestants(): readonly Contestant[] {
  const python = (id: ContestantId, distribution: string, label: string): readonly Contestant[] => {
    const peer = findPeer(distribution);
    if (peer === undefined) say(`${label} does not take part: no Python here has ${distribution}.`);
    return peer === undefined
      ? []
      : [{ id, label: `${label} ${peer.version}`, command: [peer.python, here("python_program.py"), id] }];
  };
  const version = packageVersion();
  const hasJars = process.env.LAKEWRIGHT_BENCH_DELTA_JARS !== undefined;
  if (!hasJars)
    say("Spark does not take part: LAKEWRIGHT_BENCH_DELTA_JARS names no folder with the jars of Delta Lake.");
  return [
    { id: "lakewright", label: `Lakewright ${version}`, command: node("lakewright.ts") },
    { id: "lakewright-parquet", label: `Lakewright ${version}, the files as Parquet`, command: node("lakewright.ts") },
    { id: "duckdb", label: `DuckDB ${packageVersion("@duckdb/node-api")}, Parquet`, command: node("duckdb.ts") },
    ...python("delta-rs", "deltalake", "delta-rs"),
    ...(hasJars ? python("spark", "pyspark", "Spark and Delta Lake") : []),
  ];
}

/**
 * A benchmark of some of the cases. Prints tables on standard output, all else on standard error.
 *
 * @throws Error when a contestant fails or an answer is not the one that has to come out
 */
export const benchDelta =
  (cases: readonly DeltaCase[]) =>
  async ({ scale, runs, only, patience, cache }: DeltaBenchOptions): Promise<void> => {
    const taking = contestants().filter(({ id }) => only?.includes(id) ?? true);
    process.stdout.write(`${machine()}\n`);
    const wrong: string[] = [];
    for (const name of cases) {
      for (const task of await tasksOf[name](cache, scale)) {
        const results = await contest(task, taking, runs, patience);
        process.stdout.write(`\n${report(task, results, runs)}\n`);
        wrong.push(...results.filter((result) => !isRight(result, task)).map((result) => faultOf(result, task)));
      }
    }
    if (wrong.length > 0) throw new Error(wrong.join("\n"));
  };

/** One after the other and round after round, so that a slow minute of the machine hits all alike. */
async function contest(
  task: Task,
  taking: readonly Contestant[],
  runs: number,
  patience: number,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  for (let round = 1; round <= runs; round++) {
    for (const contestant of taking) {
      if (task.arguments("")[contestant.id] === undefined) continue;
      await quiet(patience);
      const found = await resultsOf(contestant, task);
      say(`${round}/${runs} ${task.title}: ${contestant.label}`);
      results.push(...found);
    }
  }
  return results;
}

const resultsOf = (contestant: Contestant, task: Task): Promise<readonly Result[]> =>
  withTable(task, async (table) => {
    const { output, peakBytes } = await measure([...contestant.command, ...task.arguments(table)[contestant.id]!]);
    const lines = output.split("\n").filter((line) => line.startsWith("{"));
    return lines.map((line) => ({ ...(JSON.parse(line) as Figure), contestant, peakBytes }));
  });

const isRight = ({ name, answer }: Result, { answers }: Task): boolean =>
  answer === "" || answers[name] === undefined || answer === answers[name];

const faultOf = ({ name, answer, contestant }: Result, { title, answers }: Task): string =>
  `${title}, ${name}: ${contestant.label} answered ${answer} where it is ${answers[name]}.`;

function report(task: Task, results: readonly Result[], runs: number): string {
  const names = [...new Set(results.map(({ name }) => name))];
  return names.map((name) => figureTable(name, task, results, runs)).join("\n\n");
}

function figureTable(name: string, task: Task, results: readonly Result[], runs: number): string {
  const found = Map.groupBy(
    results.filter((result) => result.name === name),
    ({ contestant }) => contestant,
  );
  const figures = [...found].map(([contestant, own]) => ({
    contestant,
    seconds: median(own.flatMap(({ seconds }) => seconds)),
    cpuSeconds: median(own.flatMap(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: median(own.map(({ peakBytes }) => peakBytes)),
  }));
  const yardstick = figures.find(({ contestant }) => contestant.id === task.yardstick);
  const ratio = (own: number, other: number | undefined): string =>
    other === undefined || other <= 0 ? "–" : (own / other).toFixed(2);
  const times = found.values().next().value![0]!.seconds.length * runs;
  const rows = figures.map(({ contestant, seconds, cpuSeconds, peakBytes }) => [
    contestant.label,
    timeText(seconds),
    ratio(seconds, yardstick?.seconds),
    timeText(cpuSeconds),
    ratio(cpuSeconds, yardstick?.cpuSeconds),
    `${Math.round(peakBytes / 2 ** 20)} MiB`,
  ]);
  const header = ["", "time", `× ${task.yardstick}`, "processor", `× ${task.yardstick}`, "peak memory"];
  return `${task.title}: ${name}, median of ${times}\n\n${markdownTable(header, rows)}`;
}

const timeText = (seconds: number): string =>
  Math.abs(seconds) < 1 ? `${(seconds * 1000).toFixed(1)} ms` : `${seconds.toFixed(2)} s`;
