/** The SQL functions of one session. */
import { noSuchRoutine, routineExists } from "../catalogue/errors.ts";
import type { FunctionObject } from "../catalogue/objects.ts";

export class TemporaryFunctions {
  readonly #functions = new Map<string, FunctionObject>();

  /** A function by its name, alone or behind `session` and `system.session`. */
  find(name: readonly string[]): FunctionObject | undefined {
    const place = name.slice(0, -1).join(".").toLowerCase();
    const isOurs = place === "" || place === "session" || place === "system.session";
    return isOurs ? this.#functions.get(name.at(-1)!.toLowerCase()) : undefined;
  }

  get names(): readonly string[] {
    return [...this.#functions.keys()].sort();
  }

  /** @throws AnalysisError `ROUTINE_ALREADY_EXISTS` */
  create(
    object: FunctionObject,
    { replace, ifNotExists }: { readonly replace: boolean; readonly ifNotExists: boolean },
  ): void {
    const isTaken = this.#functions.has(object.name);
    if (isTaken && ifNotExists) return;
    if (isTaken && !replace) throw routineExists(object);
    this.#functions.set(object.name, object);
  }

  /** @throws AnalysisError `ROUTINE_NOT_FOUND` unless `ifExists` */
  drop(name: string, ifExists: boolean): void {
    if (!this.#functions.delete(name.toLowerCase()) && !ifExists) throw noSuchRoutine([name], this.names);
  }
}
