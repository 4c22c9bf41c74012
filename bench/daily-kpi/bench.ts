/** Runs the contestants in turn on the same files, checks their answers, and prints one table. */
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { machine } from "../machine.ts";
import { type Measurement, measure, median } from "../measure.ts";
import { quiet } from "../quiet.ts";
import { markdownTable } from "../table.ts";
import { differences, quarantined } from "./agreement.ts";
import { type Absent, type Contestant, contestants, type Task, YARDSTICK } from "./contestants.ts";
import { type BenchData, benchData, FORMATS, type Format } from "./data.ts";

export interface BenchOptions {
  readonly rows: number;
  readonly runs: number;
  readonly formats: readonly string[];
  /** Short names of contestants; all when absent. */
  readonly only: readonly string[] | undefined;
  /** The most seconds to wait for a quiet machine before each run. */
  readonly patience: number;
  readonly cache: string;
}

interface Result {
  readonly contestant: Contestant;
  readonly format: Format;
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakBytes: number;
  readonly answer: string;
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * Prints the table on standard output, all else on standard error.
 *
 * @throws Error when an option is unknown or a contestant fails or answers wrongly
 */
export async function benchDailyKpi({ rows, formats, only, cache, ...how }: BenchOptions): Promise<void> {
  const taking = chosen(only);
  const data = await benchData(cache, rows);
  const folder = await mkdtemp(join(tmpdir(), "lakewright-bench-"));
  const results: Result[] = [];
  try {
    for (const format of FORMATS.filter((candidate) => formats.includes(candidate))) {
      results.push(...(await contest(taking, how, format, data, folder)));
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  process.stdout.write(`${report(results, rows, how.runs)}\n`);
  const wrong = results.filter(({ answer }) => answer !== AGREES);
  if (wrong.length > 0) throw new Error(`${wrong.length} answers differ from the planted truth.`);
}

function chosen(only: readonly string[] | undefined): readonly Contestant[] {
  const all = contestants();
  const unknown = only?.find((id) => !all.some((contestant) => contestant.id === id));
  if (unknown !== undefined) {
    throw new Error(`There is no contestant ${unknown}: they are ${all.map(({ id }) => id).join(", ")}.`);
  }
  const wanted = all.filter(({ id }) => only?.includes(id) ?? true);
  for (const absent of wanted.filter(isAbsent)) say(`${absent.label} does not take part: ${absent.reason}.`);
  return wanted.filter((contestant): contestant is Contestant => !isAbsent(contestant));
}

const isAbsent = (contestant: Contestant | Absent): contestant is Absent => "reason" in contestant;

const FAILED: Measurement = { seconds: Number.NaN, cpuSeconds: Number.NaN, peakBytes: Number.NaN, output: "" };

/** A contestant that fails gets no figures, and the others go on. */
function failure(error: unknown): Measurement {
  say(String(error));
  return FAILED;
}

/** One after the other and round after round, so that a slow minute of the machine hits all alike. */
async function contest(
  taking: readonly Contestant[],
  { runs, patience }: Pick<BenchOptions, "runs" | "patience">,
  format: Format,
  data: BenchData,
  folder: string,
): Promise<Result[]> {
  const measured = new Map<Contestant, Measurement[]>(taking.map((contestant) => [contestant, []]));
  for (let round = 1; round <= runs; round++) {
    for (const [contestant, measurements] of measured) {
      const busy = await quiet(patience);
      const measurement = await runOnce(contestant, taskOf(contestant, format, data, folder)).catch(failure);
      const noise = busy > 0.1 ? `, on a machine that was ${Math.round(100 * busy)} % busy` : "";
      say(`${format} ${round}/${runs} ${contestant.label}: ${measurement.seconds.toFixed(2)} s${noise}`);
      measurements.push(measurement);
    }
  }
  return Promise.all([...measured].map(([contestant, of]) => summary(contestant, of, format, data, folder)));
}

const taskOf = ({ id }: Contestant, format: Format, data: BenchData, folder: string): Task => ({
  format,
  data: data.folder(format),
  out: join(folder, id, format),
});

async function runOnce(contestant: Contestant, task: Task): Promise<Measurement> {
  await rm(task.out, { recursive: true, force: true });
  await rm(`${task.out}-quarantine`, { recursive: true, force: true });
  await mkdir(join(task.out, ".."), { recursive: true });
  return measure(contestant.command(task));
}

async function summary(
  contestant: Contestant,
  measurements: readonly Measurement[],
  format: Format,
  data: BenchData,
  folder: string,
): Promise<Result> {
  const { out } = taskOf(contestant, format, data, folder);
  return {
    contestant,
    format,
    seconds: median(measurements.map(({ seconds }) => seconds)),
    cpuSeconds: median(measurements.map(({ cpuSeconds }) => cpuSeconds)),
    peakBytes: median(measurements.map(({ peakBytes }) => peakBytes)),
    answer: measurements.includes(FAILED) ? "failed" : await judge(contestant, out, data),
  };
}

const AGREES = "equal";

async function judge({ quarantine }: Contestant, out: string, { truth }: BenchData): Promise<string> {
  const wrong = await differences(out, truth);
  if (wrong > 0) return `${wrong} rows differ`;
  if (!quarantine) return AGREES;
  const kept = await quarantined(`${out}-quarantine`);
  return kept === truth.negative ? AGREES : `${kept} of ${truth.negative} kept`;
}

const HEADER = ["", "time", "× hand-tuned", "processor", "peak memory", "× hand-tuned", "rejected rows", "answer"];

function report(results: readonly Result[], rows: number, runs: number): string {
  const parts = FORMATS.flatMap((format) => {
    const of = results.filter((result) => result.format === format);
    if (of.length === 0) return [];
    const yardstick = of.find(({ contestant }) => contestant.id === YARDSTICK);
    const title = `${rows.toLocaleString("en")} events from ${format}, whole process, median of ${runs}`;
    return [
      `${title}\n\n${markdownTable(
        HEADER,
        of.map((result) => cells(result, yardstick)),
      )}`,
    ];
  });
  return [machine(), ...parts].join("\n\n");
}

function cells(
  { contestant, seconds, cpuSeconds, peakBytes, answer }: Result,
  yardstick: Result | undefined,
): string[] {
  const ratio = (value: number, to: number | undefined) => (to === undefined ? "–" : (value / to).toFixed(2));
  return [
    contestant.label,
    `${seconds.toFixed(2)} s`,
    ratio(seconds, yardstick?.seconds),
    `${cpuSeconds.toFixed(2)} s`,
    `${Math.round(peakBytes / 2 ** 20)} MiB`,
    ratio(peakBytes, yardstick?.peakBytes),
    contestant.quarantine ? "kept" : "dropped",
    answer,
  ];
}
