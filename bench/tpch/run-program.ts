/** Runs a contestant's program, and ends it with all that it started where it gives no answer. */
import { spawn } from "node:child_process";
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Answer } from "./answer.ts";

/** What a program did. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** Why it ended before its time. */
  readonly failure: string | undefined;
}

const LOOK_MILLISECONDS = 200;
const SHOWN_OF_ERROR = 1000;

/**
 * The answers of a program, which prints a line of JSON for each.
 *
 * @param command - program and arguments
 * @param patience - the most seconds between its start, its answers and its end
 */
export async function runProgram(command: readonly string[], patience: number): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), "lakewright-bench-"));
  const [told, log] = [join(folder, "stdout"), join(folder, "stderr")];
  const files = [openSync(told, "w"), openSync(log, "w")];
  try {
    const ended = await watched(command, files, told, patience);
    const lines = readFileSync(told, "utf8").split("\n");
    const answers = lines.filter((line) => /^\{.*\}$/.test(line)).map((line) => JSON.parse(line) as Answer);
    if (ended === 0) return { answers, failure: undefined };
    const reason = typeof ended === "number" ? `ended with ${ended}` : ended;
    return { answers, failure: `${reason}: ${readFileSync(log, "utf8").slice(-SHOWN_OF_ERROR).trim()}` };
  } finally {
    for (const file of files) closeSync(file);
    rmSync(folder, { recursive: true });
  }
}

/** How it ended: its status, or what was the matter with it. */
function watched(
  [program, ...args]: readonly string[],
  files: readonly number[],
  told: string,
  patience: number,
): Promise<number | string> {
  // A group of its own, since a program in Python may have started another one.
  const child = spawn(program!, args, { stdio: ["ignore", ...files], detached: true });
  const { promise, resolve } = Promise.withResolvers<number | string>();
  let [size, heard] = [0, performance.now()];
  const timer = setInterval(() => {
    const now = statSync(told).size;
    if (now > size) [size, heard] = [now, performance.now()];
    else if (performance.now() - heard > patience * 1000) {
      process.kill(-child.pid!, "SIGKILL");
      resolve(`gave no answer within ${patience} s`);
    }
  }, LOOK_MILLISECONDS);
  child.once("error", (error) => resolve(error.message));
  child.once("exit", (status, signal) => resolve(status ?? `ended by ${signal}`));
  return promise.finally(() => clearInterval(timer));
}
