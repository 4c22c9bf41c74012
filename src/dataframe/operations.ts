/** The actions of a session that run, and the tags by which they are found. */

import { firstOf, operationCanceled, sharedClock } from "../cancellation.ts";
import { AnalysisError } from "../errors.ts";
import type { Batch } from "../types/batch.ts";
import type { ActionOptions, Execution, SessionOperations } from "./session-state.ts";

interface Operation {
  readonly tags: ReadonlySet<string>;
  readonly controller: AbortController;
  readonly timer: ReturnType<typeof setTimeout> | undefined;
}

/** What runs an action, told its id. */
type Started<Result> = (options: ActionOptions, id: string) => Promise<Result>;

export class Operations implements SessionOperations {
  readonly #tags = new Set<string>();
  readonly #running = new Map<string, Operation>();

  get tags(): readonly string[] {
    return [...this.#tags];
  }

  addTag(tag: string): void {
    this.#tags.add(checked(tag));
  }

  removeTag(tag: string): void {
    this.#tags.delete(checked(tag));
  }

  clearTags(): void {
    this.#tags.clear();
  }

  async interruptAll(): Promise<readonly string[]> {
    return this.#interrupt(() => true);
  }

  async interruptTag(tag: string): Promise<readonly string[]> {
    checked(tag);
    return this.#interrupt((_, { tags }) => tags.has(tag));
  }

  async interruptOperation(id: string): Promise<readonly string[]> {
    return this.#interrupt((running) => running === id);
  }

  /** Runs an action that can be interrupted until it settles. */
  async during<Result>(options: ActionOptions, run: Started<Result>): Promise<Result> {
    const { id, inner } = this.#begin(options);
    try {
      return await run(inner, id);
    } finally {
      this.#end(id);
    }
  }

  /** Runs an action that can be interrupted until its last batch is read. */
  async streaming(options: ActionOptions, run: Started<Execution>): Promise<Execution> {
    const { id, inner } = this.#begin(options);
    try {
      const { schema, batches } = await run(inner, id);
      return { schema, batches: this.#read(id, batches) };
    } catch (error) {
      this.#end(id);
      throw error;
    }
  }

  async *#read(id: string, batches: AsyncIterable<Batch>): AsyncGenerator<Batch, void, void> {
    try {
      yield* batches;
    } finally {
      this.#end(id);
    }
  }

  #begin(options: ActionOptions): { readonly id: string; readonly inner: ActionOptions } {
    const id = crypto.randomUUID();
    const controller = new AbortController();
    const { timeout, ...rest } = options;
    const timer = timeout === undefined ? undefined : cancelAfter(timeout, controller);
    this.#running.set(id, { tags: new Set(this.#tags), controller, timer });
    options.onStart?.(id);
    const deadline = timeout === undefined ? undefined : sharedClock() + timeout;
    return { id, inner: { ...rest, signal: firstOf([options.signal, controller.signal], deadline) } };
  }

  #end(id: string): void {
    clearTimeout(this.#running.get(id)?.timer);
    this.#running.delete(id);
  }

  #interrupt(isMeant: (id: string, operation: Operation) => boolean): readonly string[] {
    const meant = [...this.#running].filter(([id, operation]) => isMeant(id, operation));
    for (const [, { controller }] of meant) controller.abort(operationCanceled());
    return meant.map(([id]) => id);
  }
}

/** Timers count no further. */
const longest = 2 ** 31 - 1;

function cancelAfter(timeout: number, controller: AbortController): ReturnType<typeof setTimeout> {
  if (!(timeout > 0))
    throw new AnalysisError(`${timeout} is no timeout of an action`, { hint: "Give milliseconds, more than none." });
  const hint = `Its timeout of ${timeout} ms is over.`;
  return setTimeout(() => controller.abort(operationCanceled(hint)), Math.min(timeout, longest));
}

// Spark joins the tags of an action with commas.
function checked(tag: string): string {
  if (typeof tag === "string" && tag !== "" && !tag.includes(",")) return tag;
  throw new AnalysisError(`${JSON.stringify(tag)} is no tag of actions`, {
    hint: "Give a text of at least one character and without commas.",
  });
}
