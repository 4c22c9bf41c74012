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
}

/** What is measured, by the word that programs take. */
const cases = {
  one: "`SELECT 1`",
  down: "rows to the client",
  small: "1,000 small queries",
  up: "100 MB to the server",
} as const;
type CaseName = keyof typeof cases;

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));
const say = (line: string): void => void process.stderr.write(`${line}\n`);

/**
 * The clients in turn, each in a process of its own, which measures from when its session has answered once. Prints a table on
 * standard output, all else on standard error.
 *
 * @throws Error where `SPARK_REMOTE` names no server, or no Python has PySpark
 */
export async function benchSparkClient({ rows, runs, patience }: ClientBenchOptions): Promise<void> {
  const remote = process.env.SPARK_REMOTE;
  if (remote === undefined)
    throw new Error("Name the server that both clients use: SPARK_REMOTE=sc://localhost:15002.");
  const peer = findPeer("pyspark");
  if (peer === undefined) throw new Error("No Python here has pyspark, with which the client is compared.");
  const ours = [process.execPath, "--conditions=lakewright:source", here("lakewright.ts")];
  const theirs = [peer.python, here("pyspark_program.py")];
  const lines: string[][] = [];
  for (const name of Object.keys(cases) as CaseName[]) {
    const seconds: number[][] = [[], []];
    for (let run = 0; run < runs; run += 1)
      for (const [index, command] of [ours, theirs].entries()) {
        await quiet(patience);
        const { output } = await measure([...command, remote, name, String(rows)]);
        seconds[index]!.push(Number(output.trim().split("\n").at(-1)));
        say(`${name}: ${index === 0 ? "Lakewright" : "PySpark"} ${seconds[index]!.at(-1)!.toFixed(3)} s`);
      }
    const [mine, its] = seconds.map(median) as [number, number];
    const label = name === "down" ? `${rows.toLocaleString("en")} ${cases[name]}` : cases[name];
    lines.push([label, mine.toFixed(3), its.toFixed(3), (mine / its).toFixed(2)]);
  }
  console.log(`${machine()}\n`);
  console.log(markdownTable(["seconds", `Lakewright ${packageVersion()}`, `PySpark ${peer.version}`, "ratio"], lines));
}
