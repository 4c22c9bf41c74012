/** Functions of modules: batches on their way through worker threads, in order. */
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import type { ModuleReference } from "../../functions/module-function.ts";
import type { Batch, Vector } from "../../types/batch.ts";
import { buffersOf, vectorMessage, vectorOfMessage } from "../../types/vector-message.ts";
import type { FunctionImplementation } from "../engine.ts";
import type { ModuleAnswer, ModuleRequest, ModuleTask } from "./module-worker.ts";
import { callFailure } from "./per-row.ts";

/** How many batches may wait for each thread. */
const batchesAhead = 3;

/**
 * Adds a column with the results of a module's function. The memory of its arguments goes to the threads.
 *
 * @param implementation - the function
 * @param kept - how many columns of the input are passed on; the function's arguments follow them
 */
export function moduleColumn(implementation: FunctionImplementation, kept: number) {
  return async function* (
    input: AsyncIterable<Batch>,
    _schema: unknown,
    signal?: AbortSignal,
  ): AsyncGenerator<Batch, void, void> {
    await using pool = new ModulePool(implementation);
    const stop = (): void => void pool[Symbol.asyncDispose]();
    signal?.addEventListener("abort", stop);
    const waiting: { readonly kept: Batch; readonly result: Promise<Vector> }[] = [];
    try {
      for await (const { rows, columns } of input) {
        const result = pool.run(columns.slice(kept), rows);
        // Its error is told in its turn.
        result.catch(() => {});
        waiting.push({ kept: { rows, columns: columns.slice(0, kept) }, result });
        if (waiting.length >= pool.size * batchesAhead) yield await withResult(waiting.shift()!);
      }
      for (const next of waiting) yield await withResult(next);
    } finally {
      signal?.removeEventListener("abort", stop);
    }
  };
}

async function withResult(next: { readonly kept: Batch; readonly result: Promise<Vector> }): Promise<Batch> {
  const { rows, columns } = next.kept;
  return { rows, columns: [...columns, await next.result] };
}

/** Threads that run one function; each has one batch at a time. */
class ModulePool implements AsyncDisposable {
  readonly size: number;
  readonly #implementation: FunctionImplementation;
  readonly #reference: ModuleReference;
  readonly #workers = new Set<Worker>();
  readonly #idle: Worker[] = [];
  readonly #queue: ((worker: Worker) => void)[] = [];

  constructor(implementation: FunctionImplementation) {
    this.#implementation = implementation;
    this.#reference = (implementation.call as unknown as () => ModuleReference)();
    this.size = this.#reference.workers ?? availableParallelism();
  }

  async run(columns: readonly Vector[], rows: number): Promise<Vector> {
    const request: ModuleRequest = { rows, columns: columns.map(vectorMessage) };
    const worker = await this.#acquire();
    const answer = await this.#ask(worker, request);
    this.#release(worker);
    if ("result" in answer) return vectorOfMessage(answer.result);
    throw callFailure(this.#implementation, answer.reason, answer.hint, answer.cause);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #acquire(): Worker | Promise<Worker> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#workers.size < this.size) return this.#start();
    return new Promise((resolve) => this.#queue.push(resolve));
  }

  #release(worker: Worker): void {
    const next = this.#queue.shift();
    if (next === undefined) this.#idle.push(worker);
    else next(worker);
  }

  #start(): Worker {
    const { name, parameters, parameterNames, takesNull, type, concurrency } = this.#implementation;
    const { url, exportName, memoryMegabytes } = this.#reference;
    const definition = { name, parameters, parameterNames, takesNull, type };
    const workerData: ModuleTask = { url, exportName, definition, concurrency };
    const limits = memoryMegabytes === undefined ? {} : { resourceLimits: { maxOldGenerationSizeMb: memoryMegabytes } };
    const worker = new Worker(workerFile, { workerData, ...limits });
    this.#workers.add(worker);
    // Whoever waits for an answer is told; between two batches nobody does.
    worker.on("error", () => {});
    worker.on("exit", () => this.#forget(worker));
    return worker;
  }

  #forget(worker: Worker): void {
    this.#workers.delete(worker);
    const at = this.#idle.indexOf(worker);
    if (at >= 0) this.#idle.splice(at, 1);
  }

  #ask(worker: Worker, request: ModuleRequest): Promise<ModuleAnswer> {
    const { promise, resolve, reject } = Promise.withResolvers<ModuleAnswer>();
    const ended = (code: number): void =>
      reject(callFailure(this.#implementation, `its worker thread ended with exit code ${code}`, endedHint, undefined));
    const broken = (thrown: Error & { readonly code?: string }): void => {
      const hint = thrown.code === "ERR_WORKER_OUT_OF_MEMORY" ? memoryHint : undefined;
      reject(callFailure(this.#implementation, `its worker thread broke: ${thrown.message}`, hint, thrown));
    };
    worker.once("message", resolve);
    worker.once("error", broken);
    worker.once("exit", ended);
    worker.postMessage(request, buffersOf(request.columns));
    return promise.finally(() => {
      worker.off("message", resolve);
      worker.off("error", broken);
      worker.off("exit", ended);
    });
  }
}

const endedHint = "A function of a module must not call process.exit().";
const memoryHint = "Give its threads more with { memoryMegabytes }, or keep less in the function.";

// Beside the file that this is in, with its extension: sources run unbuilt, and a build joins modules.
const workerFile = new URL(import.meta.url.replace(/[^/]+(?=\.\w+$)/, "module-worker"));
