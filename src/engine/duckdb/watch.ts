/**
 * Functions of the user's that hold the main thread: while they do it fires no timer and hears no Ctrl-C, so a thread of
 * its own sees when their action is over and ends them.
 */
import { isMainThread, Worker } from "node:worker_threads";
import { deadlineOf, firstOf, operationCanceled } from "../../cancellation.ts";
import { type Ended, frameName, type Watched } from "./watch-message.ts";

/** The calls of one action, which can be ended until it is disposed of. */
export class Watch implements Disposable {
  /** Aborted with the action, and when a call of it was ended. */
  readonly signal: AbortSignal;
  /** Calls a function of batches. */
  readonly call: <Argument, Result>(run: (argument: Argument) => Result, argument: Argument) => Result;
  /** Calls an async function, of which each part can be ended. */
  readonly awaited: <Result>(run: () => Promise<Result>) => Promise<Result>;
  readonly #controller = new AbortController();
  readonly #number = ++last;

  constructor(signal: AbortSignal | undefined) {
    this.signal = firstOf([signal, this.#controller.signal]);
    const name = frameName(this.#number);
    // What runs is told by the names on the stack: that costs nothing, and works for what goes on after an `await`.
    const named = {
      sync: { [name]: <A, R>(run: (argument: A) => R, argument: A): R => run(argument) },
      async: { [name]: async <R>(run: () => Promise<R>): Promise<R> => await run() },
    };
    this.call = named.sync[name]!;
    this.awaited = named.async[name]!;
    const deadline = deadlineOf(signal);
    if (deadline !== Number.POSITIVE_INFINITY || hearsInterrupts()) this.#begin(deadline);
  }

  [Symbol.dispose](): void {
    watcher?.remove(this.#number);
  }

  #begin(deadline: number): void {
    watcher ??= Watcher.start();
    watcher?.add({ number: this.#number, deadline, interrupts: hearsInterrupts() }, () =>
      this.#controller.abort(operationCanceled()),
    );
  }
}

let last = 0;
let watcher: Watcher | undefined;

// Without a listener Ctrl-C ends the process at once. On Windows a process cannot send itself one.
const hearsInterrupts = (): boolean => process.listenerCount("SIGINT") > 0 && process.platform !== "win32";

const beatInterval = 100;

/** The thread, which is told what to watch and sees whether this one still runs. */
class Watcher {
  readonly #worker: Worker;
  readonly #beats: Int32Array;
  readonly #watched = new Map<number, () => void>();
  #timer: ReturnType<typeof setInterval> | undefined;

  private constructor() {
    this.#beats = new Int32Array(new SharedArrayBuffer(4));
    this.#worker = new Worker(workerFile, { workerData: this.#beats });
    this.#worker.on("message", (ended: Ended) => this.#hear(ended));
    // A Node.js without an inspector, or a program that may use none, goes without.
    this.#worker.on("error", () => {});
    this.#worker.unref();
  }

  /** A thread for the main one; others can be terminated as a whole, and some programs may start none. */
  static start(): Watcher | undefined {
    try {
      return isMainThread ? new Watcher() : undefined;
    } catch {
      return undefined;
    }
  }

  add(watched: Watched, cancel: () => void): void {
    this.#watched.set(watched.number, cancel);
    this.#timer ??= setInterval(() => Atomics.add(this.#beats, 0, 1), beatInterval).unref();
    this.#worker.postMessage(watched);
  }

  remove(number: number): void {
    if (!this.#watched.delete(number)) return;
    this.#worker.postMessage({ number } satisfies Watched);
    if (this.#watched.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #hear(ended: Ended): void {
    if ("interrupted" in ended) listenAgain(ended.interrupted);
    // A timer that is due says better why.
    else setTimeout(() => this.#watched.get(ended.number)?.(), 0);
  }
}

/** While the thread listened nobody else was told of Ctrl-C, and nobody is until its listeners are attached anew. */
function listenAgain(isPressed: boolean): void {
  const listeners = process.rawListeners("SIGINT") as NodeJS.SignalsListener[];
  process.removeAllListeners("SIGINT");
  for (const listener of listeners) process.on("SIGINT", listener);
  if (isPressed) process.emit("SIGINT", "SIGINT");
}

// Beside the file that this is in, with its extension: sources run unbuilt, and a build joins modules.
const workerFile = new URL(import.meta.url.replace(/[^/]+(?=\.\w+$)/, "watch-worker"));
