/** A thread that runs one function of a module. */
import { parentPort, workerData } from "node:worker_threads";
import { ExecutionError } from "../../errors.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { buffersOf, type VectorMessage, vectorMessage, vectorOfMessage } from "../../types/vector-message.ts";
import { asynchronousResult } from "./asynchronous.ts";
import { perRow, type RowFunction } from "./per-row.ts";

/** What a thread runs. */
export interface ModuleTask {
  readonly url: string;
  readonly exportName: string;
  readonly definition: Omit<RowFunction, "call">;
  readonly concurrency: number;
}

/** The arguments of some rows. */
export interface ModuleRequest {
  readonly rows: number;
  readonly columns: readonly VectorMessage[];
}

/** The results, or why there are none. */
export type ModuleAnswer =
  | { readonly result: VectorMessage }
  | { readonly reason: string; readonly hint?: string; readonly cause?: unknown };

const task = workerData as ModuleTask;

const loaded = load(task);
// Without a request nobody asks why the module cannot be loaded.
loaded.catch(() => {});

parentPort!.on("message", async ({ rows, columns }: ModuleRequest) => {
  try {
    const run = await loaded;
    const result = vectorMessage(await run({ rows, columns: columns.map(vectorOfMessage) }));
    parentPort!.postMessage({ result } satisfies ModuleAnswer, buffersOf([result]));
  } catch (thrown) {
    answerFailure(thrown);
  }
});

async function load({
  url,
  exportName,
  definition,
  concurrency,
}: ModuleTask): Promise<(batch: Batch) => Vector | Promise<Vector>> {
  const module = (await import(url)) as Record<string, unknown>;
  const call = module[exportName];
  if (typeof call !== "function") {
    const names = Object.keys(module).join(", ") || "nothing";
    throw new Error(`the module ${url} exports no function '${exportName}'; it exports ${names}`);
  }
  const implementation = { ...definition, call: call as RowFunction["call"], concurrency };
  if (call.constructor.name === "AsyncFunction")
    return ({ columns, rows }) => asynchronousResult(implementation, columns, rows);
  return perRow(implementation);
}

function answerFailure(thrown: unknown): void {
  const failure = thrown instanceof ExecutionError ? thrown : undefined;
  const cause = failure?.cause ?? thrown;
  const reason = failure?.parameters.reason ?? (cause instanceof Error ? cause.message : String(cause));
  const answer: ModuleAnswer = failure?.hint === undefined ? { reason } : { reason, hint: failure.hint };
  try {
    parentPort!.postMessage({ ...answer, cause });
  } catch {
    // What was thrown cannot be sent.
    parentPort!.postMessage(answer);
  }
}
