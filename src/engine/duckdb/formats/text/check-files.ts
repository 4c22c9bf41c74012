/** Checks files on as many threads as pay. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { isCompressed } from "./byte-source.ts";
import { type CheckedLines, checkLines } from "./check-lines.ts";
import type { CheckTask } from "./check-worker.ts";
import { LineKernel, type LineProgram } from "./line-kernel.ts";

/** A thread takes about as long to start as another needs to check so many bytes. */
const bytesWorthThread = 64 * 1024 * 1024;
const rangeBytes = 32 * 1024 * 1024;

/** A file and how long it is. */
export interface FileToCheck {
  readonly path: string;
  readonly size: number;
  /** Where the first line begins that is checked; at the start where absent. */
  readonly start?: number;
}

/**
 * Checks the lines of files.
 *
 * @param files - the files
 * @param program - what is plain
 * @param signal - ends the check with its reason
 * @returns what was found in each file, in their order
 */
export async function checkFiles(
  files: readonly FileToCheck[],
  program: LineProgram,
  signal?: AbortSignal,
): Promise<CheckedLines[]> {
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (bytes < bytesWorthThread || availableParallelism() === 1) return oneByOne(files, program, signal);
  const tasks = files.flatMap((file, index) => ranges(file).map((task) => ({ task, index })));
  const parts = await onThreads(
    tasks.map(({ task }) => task),
    program,
    signal,
  );
  const byFile = Map.groupBy(parts.keys(), (part) => tasks[part]!.index);
  return files.map((_, index) => joined(byFile.get(index)!.map((part) => parts[part]!)));
}

async function oneByOne(
  files: readonly FileToCheck[],
  program: LineProgram,
  signal?: AbortSignal,
): Promise<CheckedLines[]> {
  const kernel = new LineKernel(program);
  const checked: CheckedLines[] = [];
  for (const { path, start = 0 } of files)
    checked.push(await checkLines(path, kernel, { start, end: Number.POSITIVE_INFINITY }, signal));
  return checked;
}

function ranges({ path, size, start = 0 }: FileToCheck): CheckTask[] {
  const whole = { start, end: Number.POSITIVE_INFINITY };
  if (isCompressed(path)) return [{ path, range: whole }];
  const count = Math.max(1, Math.ceil(size / rangeBytes));
  return Array.from({ length: count }, (_, index) => {
    const range = {
      start: Math.max(start, index * rangeBytes),
      end: index === count - 1 ? whole.end : (index + 1) * rangeBytes,
    };
    return { path, range };
  });
}

const joined = (parts: readonly CheckedLines[]): CheckedLines => ({
  rows: parts.reduce((sum, { rows }) => sum + rows, 0),
  lines: parts.reduce((sum, { lines }) => sum + lines, 0),
  returns: parts.reduce((sum, { returns }) => sum + returns, 0),
  longest: Math.max(...parts.map(({ longest }) => longest)),
  offsets: parts.reduce((bits, { offsets }) => bits | offsets, 0),
  odd: Float64Array.from(parts.flatMap(({ odd }) => [...odd])),
});

async function onThreads(
  tasks: readonly CheckTask[],
  program: LineProgram,
  signal?: AbortSignal,
): Promise<CheckedLines[]> {
  signal?.throwIfAborted();
  const results: CheckedLines[] = new Array(tasks.length);
  let next = 0;
  // This thread takes part: it starts at once.
  const count = Math.min(availableParallelism(), tasks.length) - 1;
  const workers = Array.from({ length: count }, () => new Worker(workerFile, { workerData: program }));
  const takeAll = async (check: (task: CheckTask) => Promise<CheckedLines>): Promise<void> => {
    while (next < tasks.length) {
      const index = next++;
      results[index] = await check(tasks[index]!);
    }
  };
  const here =
    (kernel: LineKernel) =>
    ({ path, range }: CheckTask): Promise<CheckedLines> =>
      checkLines(path, kernel, range, signal);
  // An error is no longer what it was on another thread: the check that failed there is made here.
  const there = (worker: Worker) => async (task: CheckTask) =>
    (await ask(worker, task, signal)) ?? here(new LineKernel(program))(task);
  try {
    await Promise.all([takeAll(here(new LineKernel(program))), ...workers.map((worker) => takeAll(there(worker)))]);
  } finally {
    next = tasks.length;
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  return results;
}

// Beside the file that this is in, with its extension: sources run unbuilt, and a build joins modules.
const workerFile = new URL(import.meta.url.replace(/[^/]+(?=\.\w+$)/, "check-worker"));

/** What a thread finds; undefined where it fails. */
function ask(worker: Worker, task: CheckTask, signal?: AbortSignal): Promise<CheckedLines | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<CheckedLines | undefined>();
  const settle = ({ checked }: { checked?: CheckedLines }): void => resolve(checked);
  const stop = (): void => reject(signal!.reason);
  worker.once("message", settle);
  worker.once("error", reject);
  signal?.addEventListener("abort", stop);
  worker.postMessage(task);
  return promise.finally(() => {
    worker.off("message", settle);
    worker.off("error", reject);
    signal?.removeEventListener("abort", stop);
  });
}
