import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What a program printed; standard error too, where `java -version` answers.
 *
 * @throws Error with the end of what it printed when it fails or is not there; the signal's reason when aborted
 */
export async function output(program: string, args: readonly string[], signal: AbortSignal): Promise<string> {
  signal.throwIfAborted();
  const child = spawn(program, args, { detached: true, stdio: ["ignore", "pipe", "pipe"] });
  const abort = (): void => killGroup(child);
  signal.addEventListener("abort", abort, { once: true });
  try {
    const closed = once(child, "close");
    const printed = await Promise.all([text(child.stdout), text(child.stderr), closed]);
    signal.throwIfAborted();
    return successful(printed[0] + printed[1], printed[2][0]);
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function successful(printed: string, exitCode: number | null): string {
  if (exitCode === 0) return printed;
  throw new Error(printed.trim().split("\n").at(-1) || `exit code ${exitCode}`);
}

/** A long-living process in a group of its own, which an interrupt at the terminal does not reach. */
export interface Background {
  readonly logFile: string;
  /** Why it ended, or undefined while it runs. */
  ended(): string | undefined;
  /** Closes its standard input, the sign to end, and kills the whole group when it does not. */
  stop(): Promise<void>;
  /** Kills the whole group at once, as the kernel does when memory is short. */
  kill(): void;
}

/** Starts a process whose standard input stays open as a lifeline: it closes even when this process is killed. */
export function startBackground(
  program: string,
  args: readonly string[],
  options: { readonly logFile: string; readonly environment: NodeJS.ProcessEnv },
): Background {
  const log = openSync(options.logFile, "a");
  const child = spawn(program, args, { detached: true, stdio: ["pipe", log, log], env: options.environment });
  closeSync(log);
  let reason: string | undefined;
  child.once("error", (error) => {
    reason = error.message;
  });
  child.once("exit", (code, signal) => {
    reason = signal ? `ended by ${signal}` : `ended with exit code ${code}`;
  });
  return {
    logFile: options.logFile,
    ended: () => reason,
    stop: () => stopGroup(child, () => reason !== undefined),
    kill: () => killGroup(child),
  };
}

const PATIENCE_AT_END = 10_000;

async function stopGroup(child: ChildProcess, hasEnded: () => boolean): Promise<void> {
  if (!hasEnded()) {
    const exit = once(child, "exit");
    child.stdin?.end();
    await Promise.race([exit, sleep(PATIENCE_AT_END, undefined, { ref: false })]);
  }
  killGroup(child);
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, "SIGKILL");
  } catch (error) {
    // Nobody is left in the group: what was wanted.
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** The end of a log file, for messages. */
export function lastLines(logFile: string, count: number): string {
  return readFileSync(logFile, "utf8").trimEnd().split("\n").slice(-count).join("\n");
}
