/** Runs the 22 queries on each contestant, on the same files, and prints one table of seconds a query. */
import { fileURLToPath } from "node:url";
import { machine, packageVersion } from "../machine.ts";
import { median } from "../measure.ts";
import { findPeer } from "../peers.ts";
import { quiet } from "../quiet.ts";
import { markdownTable } from "../table.ts";
import { type Answer, sameRows } from "./answer.ts";
import { tpchData } from "./data.ts";
import { queries } from "./queries/index.ts";
import { runProgram } from "./run-program.ts";

interface Contestant {
  /** For `--only`. */
  readonly id: string;
  readonly label: string;
  readonly command: readonly string[];
}

export interface TpchOptions {
  readonly scale: number;
  readonly runs: number;
  /** Short names of contestants; all when absent. */
  readonly only: readonly string[] | undefined;
  readonly patience: number;
  /** The most seconds that a contestant takes for a query. */
  readonly deadline: number;
  readonly cache: string;
}

/** The one that all others are compared with. */
const YARDSTICK = "duckdb";
const NAMES = Object.keys(queries);

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);
const node = (file: string): readonly string[] => [process.execPath, here(file)];

function contestants(): readonly Contestant[] {
  const python = (id: string, distribution: string, label: string): readonly Contestant[] => {
    const peer = findPeer(distribution);
    if (peer === undefined) say(`${label} does not take part: no Python here has ${distribution}.`);
    const command = [peer?.python ?? "", here("python_program.py"), id];
    return peer === undefined ? [] : [{ id, label: `${label} ${peer.version}`, command }];
  };
  return [
    { id: "lakewright", label: `Lakewright ${packageVersion()}`, command: node("lakewright.ts") },
    { id: YARDSTICK, label: `DuckDB ${packageVersion("@duckdb/node-api")} SQL`, command: node("duckdb.ts") },
    ...python("polars", "polars", "Polars"),
    ...python("sail", "pysail", "Sail"),
    ...python("pyspark", "pyspark", "PySpark"),
  ];
}

type Figures = ReadonlyMap<string, { readonly seconds: number; readonly answer: Answer }>;

/**
 * Prints the table on standard output, all else on standard error.
 *
 * @throws Error when an answer of Lakewright differs from DuckDB's
 */
export async function benchTpch({ scale, runs, only, patience, deadline, cache }: TpchOptions): Promise<void> {
  const data = await tpchData(cache, scale);
  const taking = contestants().filter(({ id }) => only?.includes(id) ?? true);
  const answers = new Map<string, Answer[][]>(taking.map(({ id }) => [id, []]));
  for (let round = 1; round <= runs; round++) {
    for (const contestant of taking) {
      await quiet(patience);
      const found = await answersOf(contestant, [data, String(scale)], deadline);
      answers.get(contestant.id)!.push(found);
      const answered = found.filter(({ rows }) => rows !== undefined);
      const seconds = sum(answered.map((answer) => answer.seconds)).toFixed(1);
      say(`${round}/${runs} ${contestant.label}: ${seconds} s, ${answered.length} of ${NAMES.length} queries`);
    }
  }
  const figures = new Map(taking.map(({ id }) => [id, medians(answers.get(id)!)]));
  process.stdout.write(`${report(taking, figures, scale, runs)}\n`);
  const [ours, theirs] = [figures.get("lakewright"), figures.get(YARDSTICK)];
  const wrong = NAMES.filter((name) => ours && theirs && !agree(ours, theirs, name));
  if (wrong.length > 0) throw new Error(`The answers of ${wrong.join(", ")} differ from DuckDB's.`);
}

/** The answers of a contestant; one that fails at a query starts anew with the next, one that answers nothing does not. */
async function answersOf({ label, command }: Contestant, args: readonly string[], deadline: number): Promise<Answer[]> {
  const all: Answer[] = [];
  for (let left = NAMES; left.length > 0; left = NAMES.slice(all.length)) {
    const { answers, failure } = await runProgram([...command, ...args, left.join(",")], deadline);
    all.push(...answers);
    for (const { name, error } of answers) if (error !== undefined) say(`${label} failed at ${name}: ${error}`);
    const next = NAMES[all.length];
    if (next === undefined) break;
    say(`${label} ${failure ?? "ended"}, at ${next}`);
    if (answers.length === 0) break;
    all.push({ name: next, seconds: Number.NaN, error: failure ?? "no answer" });
  }
  return all;
}

function medians(rounds: readonly (readonly Answer[])[]): Figures {
  return new Map(
    NAMES.flatMap((name) => {
      const of = rounds.flatMap((round) => round.filter((answer) => answer.name === name && answer.rows !== undefined));
      return of.length === 0 ? [] : [[name, { seconds: median(of.map(({ seconds }) => seconds)), answer: of[0]! }]];
    }),
  );
}

const agree = (one: Figures, other: Figures, name: string): boolean =>
  sameRows(one.get(name)?.answer.rows, other.get(name)?.answer.rows);

function report(
  taking: readonly Contestant[],
  figures: ReadonlyMap<string, Figures>,
  scale: number,
  runs: number,
): string {
  const yardstick = figures.get(YARDSTICK);
  const cell = (id: string, name: string): string => {
    const found = figures.get(id)!.get(name);
    if (found === undefined) return "failed";
    const differs = yardstick !== undefined && !agree(figures.get(id)!, yardstick, name);
    return `${found.seconds.toFixed(2)} s${differs ? " (differs)" : ""}`;
  };
  const ratio = (name: string): string => {
    const [ours, theirs] = [figures.get("lakewright")?.get(name), yardstick?.get(name)];
    return ours && theirs ? (ours.seconds / theirs.seconds).toFixed(2) : "–";
  };
  const rows = NAMES.map((name) => [name, ...taking.map(({ id }) => cell(id, name)), ratio(name)]);
  const total = (id: string): number => sum([...figures.get(id)!.values()].map(({ seconds }) => seconds));
  const answered = (id: string): string => {
    const { size } = figures.get(id)!;
    return size === NAMES.length ? "" : ` (${size} of ${NAMES.length})`;
  };
  const totals = taking.map(({ id }) => `${total(id).toFixed(1)} s${answered(id)}`);
  const share = yardstick && figures.has("lakewright") ? (total("lakewright") / total(YARDSTICK)).toFixed(2) : "–";
  const header = ["", ...taking.map(({ label }) => label), "Lakewright × DuckDB"];
  const title = `TPC-H at scale ${scale} from Parquet, seconds a query within one process, median of ${runs}`;
  return `${machine()}\n\n${title}\n\n${markdownTable(header, [...rows, ["all", ...totals, share]])}`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
