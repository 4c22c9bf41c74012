/** Runs a program as a process of its own and measures it from outside. */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ProcessTree } from "./process-tree.ts";

export interface Measurement {
  /** From the start of the process to its end. */
  readonly seconds: number;
  /** Processor time of the process and all that it started; NaN where the system does not tell. */
  readonly cpuSeconds: number;
  /** The most memory that all of its processes held at one time; NaN where the system does not tell. */
  readonly peakBytes: number;
  /** What it wrote to standard output. */
  readonly output: string;
}

const SAMPLE_MILLISECONDS = 20;
const SHOWN_OF_ERROR = 2000;

/**
 * Runs a command to its end.
 *
 * @param command - program and arguments
 * @throws Error with the end of its standard error when it fails
 */
export async function measure(command: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<Measurement> {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-bench-"));
  const [told, log] = [join(folder, "stdout"), join(folder, "stderr")];
  const [program, ...args] = command;
  const files = [openSync(told, "w"), openSync(log, "w")];
  try {
    const started = performance.now();
    const child = spawn(program!, args, { stdio: ["ignore", ...files], env });
    const tree = new ProcessTree(child.pid!);
    const sampling = setInterval(() => tree.sample(), SAMPLE_MILLISECONDS);
    const status = await new Promise<number | string | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("exit", (code, signal) => resolve(code ?? signal));
    }).finally(() => clearInterval(sampling));
    const seconds = (performance.now() - started) / 1000;
    if (status !== 0) throw new Error(`${command.join(" ")} ended with ${status}:\n${tail(log)}`);
    return {
      seconds,
      cpuSeconds: tree.cpuSeconds,
      peakBytes: tree.peakBytes,
      output: readFileSync(told, "utf8"),
    };
  } finally {
    for (const file of files) closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

const tail = (log: string): string => readFileSync(log, "utf8").slice(-SHOWN_OF_ERROR);

/** The middle value; of an even number of values, the lower of the two. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)]!;
}
