/** Runs the 22 queries on each contestant, on the same files, and prints one table of seconds a query. */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { machine, packageVersion } from "../machine.ts";
import { median } from "../measure.ts";
import { findPeer } from "../peers.ts";
import { quiet } from "../quiet.ts";
import { markdownTable } from "../table.ts";
import { type Answer, sameRows } from "./answer.ts";
import { tpchData } from "./data.ts";
import { queries } from "./queries/index.ts";

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
export async function benchTpch({ scale, runs, only, patience, cache }: TpchOptions): Promise<void> {
  const data = await tpchData(cache, scale);
  const taking = contestants().filter(({ id }) => only?.includes(id) ?? true);
  const answers = new Map<string, Answer[][]>(taking.map(({ id }) => [id, []]));
  for (let round = 1; round <= runs; round++) {
    for (const contestant of taking) {
      await quiet(patience);
      const found = answersOf(contestant, data, scale);
      answers.get(contestant.id)!.push(found);
      say(`${round}/${runs} ${contestant.label}: ${sum(found.map(({ seconds }) => seconds)).toFixed(1)} s`);
    }
  }
  const figures = new Map(taking.map(({ id }) => [id, medians(answers.get(id)!)]));
  process.stdout.write(`${report(taking, figures, scale, runs)}\n`);
  const [ours, theirs] = [figures.get("lakewright"), figures.get(YARDSTICK)];
  const wrong = NAMES.filter((name) => ours && theirs && !agree(ours, theirs, name));
  if (wrong.length > 0) throw new Error(`The answers of ${wrong.join(", ")} differ from DuckDB's.`);
}

function answersOf({ command }: Contestant, data: string, scale: number): Answer[] {
  const [program, ...args] = [...command, data, String(scale), NAMES.join(",")];
  const { stdout, stderr, status } = spawnSync(program!, args, { encoding: "utf8", maxBuffer: 1 << 28 });
  if (status !== 0) say(`${command.join(" ")} ended with ${status}: ${stderr.slice(-1000)}`);
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  return lines.map((line) => JSON.parse(line) as Answer);
}

function medians(rounds: readonly (readonly Answer[])[]): Figures {
  return new Map(
    NAMES.flatMap((name) => {
      const of = rounds.flatMap((round) => round.filter((answer) => answer.name === name));
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
    if (found?.answer.rows === undefined) return "–";
    const differs = yardstick !== undefined && !agree(figures.get(id)!, yardstick, name);
    return `${found.seconds.toFixed(2)} s${differs ? " (differs)" : ""}`;
  };
  const ratio = (name: string): string => {
    const [ours, theirs] = [figures.get("lakewright")?.get(name), yardstick?.get(name)];
    return ours && theirs ? (ours.seconds / theirs.seconds).toFixed(2) : "–";
  };
  const rows = NAMES.map((name) => [name, ...taking.map(({ id }) => cell(id, name)), ratio(name)]);
  const total = (id: string): number => sum([...figures.get(id)!.values()].map(({ seconds }) => seconds));
  const totals = taking.map(({ id }) => `${total(id).toFixed(1)} s`);
  const share = yardstick && figures.has("lakewright") ? (total("lakewright") / total(YARDSTICK)).toFixed(2) : "–";
  const header = ["", ...taking.map(({ label }) => label), "Lakewright × DuckDB"];
  const title = `TPC-H at scale ${scale} from Parquet, seconds a query within one process, median of ${runs}`;
  return `${machine()}\n\n${title}\n\n${markdownTable(header, [...rows, ["all", ...totals, share]])}`;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
