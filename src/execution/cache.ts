/** Which plans are cached, and whether their rows are stored already. */
import type { StorageLevel } from "../dataframe/session-state.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Relation } from "../plan/relation.ts";

interface Entry {
  readonly name: string;
  readonly plan: Relation;
  readonly level: StorageLevel;
  stored: Promise<void> | undefined;
}

let entries = 0;

/** Plans marked with `cache`; equal plans share an entry, as in Spark. */
export class CachedPlans {
  readonly #entries: Entry[] = [];

  add(plan: Relation, level: StorageLevel): void {
    if (this.#find(plan) !== undefined) return;
    entries += 1;
    this.#entries.push({ name: `entry_${entries}`, plan, level, stored: undefined });
  }

  /** The name of the entry that held the plan. */
  remove(plan: Relation): string | undefined {
    const index = this.#entries.findIndex((entry) => equalPlans(entry.plan, plan));
    return index < 0 ? undefined : this.#entries.splice(index, 1)[0]!.name;
  }

  level(plan: Relation): StorageLevel {
    return this.#find(plan)?.level ?? "NONE";
  }

  /** The entry of a plan. */
  entryOf(plan: Relation): string | undefined {
    return this.#entries.length === 0 ? undefined : this.#find(plan)?.name;
  }

  /** Stores the rows of an entry once, however many actions ask at the same time. */
  async stored(name: string, store: (plan: Relation) => Promise<void>): Promise<void> {
    const entry = this.#entries.find((candidate) => candidate.name === name);
    if (entry === undefined) return;
    entry.stored ??= store(entry.plan).catch((error: unknown) => {
      entry.stored = undefined;
      throw error;
    });
    await entry.stored;
  }

  get plans(): readonly Relation[] {
    return this.#entries.map(({ plan }) => plan);
  }

  /** Lets every plan be stored anew by its next action; gives the entries that hold rows now. */
  forget(): readonly string[] {
    const held = this.#entries.filter(({ stored }) => stored !== undefined);
    for (const entry of held) entry.stored = undefined;
    return held.map(({ name }) => name);
  }

  #find(plan: Relation): Entry | undefined {
    return this.#entries.find((entry) => equalPlans(entry.plan, plan));
  }
}
