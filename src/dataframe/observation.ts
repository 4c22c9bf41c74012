/** Metrics that an action notes on the way. */

import { objectsOf } from "./rows.ts";
import type { SessionState } from "./session-state.ts";

let made = 0;

/**
 * The metrics of `df.observe`, which the first action over that DataFrame notes.
 *
 * Spark: `pyspark.sql.Observation`.
 *
 * @example
 * ```ts
 * const seen = new Observation("seen");
 * await sales.observe(seen, count("*").as("rows")).collect();
 * console.log((await seen.get())["rows"]);
 * ```
 */
export class Observation {
  /** The name under which `df.observe(observation, …)` gathers its figures. */
  readonly name: string;
  readonly #metrics = Promise.withResolvers<Record<string, unknown>>();

  /**
   * @param name - absent for one that is made up
   */
  constructor(name?: string) {
    made += 1;
    this.name = name ?? `observation ${made}`;
  }

  /**
   * The metrics by name; waits for the action.
   *
   * @example const seen = new Observation(); await sales.observe(seen, count("*").as("rows")).collect(); await seen.get();
   */
  get(): Promise<Record<string, unknown>> {
    return this.#metrics.promise;
  }

  /**
   * Makes the session of a DataFrame tell this observation.
   *
   * @internal
   */
  bind(state: SessionState): void {
    state.onObserved(this.name, (metrics, schema) => {
      this.#metrics.resolve(objectsOf(metrics, schema)[0] ?? {});
    });
  }
}
