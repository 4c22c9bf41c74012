/** Our client of Spark Connect beside PySpark's own, on the same server. */
import { fileURLToPath } from "node:url";
import { machine, packageVersion } from "../machine.ts";
import { measure, median } from "../measure.ts";
import { findPeer } from "../peers.ts";
import { quiet } from "../quiet.ts";
import { markdownTable } from "../table.ts";

export interface ClientBenchOptions {
  readonly rows: number;
  readonly runs: number;
  readonly patience: number;
  /** Words of cases; all when left out. */
  readonly only: readonly string[] | undefined;
}

/** What is measured, by the word that programs take. */
const cases = {
  one: "`SELECT 1`",
  rows: "rows to the client: `collect()`",
  arrow: "rows to the client: `toArrow()`",
  small: "1,000 small queries",
  up: "100 MB of Arrow to the server",
  "up-rows": "100 MB of objects (PySpark: Arrow) to the server",
} as const;
type CaseName = keyof typeof cases;

/** Seconds that passed, and those of a processor that the client took. */
interface Taken {
  readonly seconds: number;
  readonly processor: number;
}

function sideBySide(taken: readonly (readonly Taken[])[], what: keyof Taken): string[] {
  const [mine, its] = taken.map((runs) => median(runs.map((run) => run[what]))) as [number, number];
  return [mine.toFixed(3), its.toFixed(3), (mine / its).toFixed(2)];
}

const headings = (version: string): string[] => [
  "seconds",
  `Lakewright ${packageVersion()}`,
  `PySpark ${version}`,
  "ratio",
  "of a processor: Lakewright",
  "PySpark",
  "ratio",
];

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The clients in turn, each in a process of its own, which measures from when its session has answered once. Prints a table on
 * standard output, all else on standard error.
 *
 * @throws Error where `SPARK_REMOTE` names no server, or no Python has PySpark
 */
export async function benchSparkClient({ rows, runs, patience, only }: ClientBenchOptions): Promise<void> {
  const remote = process.env.SPARK_REMOTE;
  if (remote === undefined)
    throw new Error("Name the server that both clients use: SPARK_REMOTE=sc://localhost:15002.");
  const peer = findPeer("pyspark");
  if (peer === undefined) throw new Error("No Python here has pyspark, with which the client is compared.");
  const ours = [process.execPath, here("lakewright.ts")];
  const theirs = [peer.python, here("pyspark_program.py")];
  const lines: string[][] = [];
  const names = (Object.keys(cases) as CaseName[]).filter((name) => only?.includes(name) ?? true);
  for (const name of names) {
    const taken: Taken[][] = [[], []];
    for (let run = 0; run < runs; run += 1)
      for (const [index, command] of [ours, theirs].entries()) {
        await quiet(patience);
        const { output } = await measure([...command, remote, name, String(rows)]);
        const [seconds, processor] = output.trim().split("\n").at(-1)!.split(" ").map(Number) as [number, number];
        taken[index]!.push({ seconds, processor });
        say(
          `${name}: ${index === 0 ? "Lakewright" : "PySpark"} ${seconds.toFixed(3)} s, of a processor ${processor.toFixed(3)} s`,
        );
      }
    const label = name === "rows" || name === "arrow" ? `${rows.toLocaleString("en")} ${cases[name]}` : cases[name];
    lines.push([label, ...sideBySide(taken, "seconds"), ...sideBySide(taken, "processor")]);
  }
  console.log(`${machine()}\n`);
  console.log(markdownTable(headings(peer.version), lines));
}
