/** Which plans are cached, and whether their rows are stored already. */
import type { StorageLevel } from "../dataframe/session-state.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Relation } from "../plan/relation.ts";
import { walk } from "../plan/rewrite.ts";
import { isGlob, isWithin, resolveUri } from "../storage/path.ts";

interface Entry {
  readonly name: string;
  readonly plan: Relation;
  readonly level: StorageLevel;
  /** Whether its rows stay what they are when their sources change. */
  readonly forGood: boolean;
  stored: Promise<void> | undefined;
}

let entries = 0;

/** Plans marked with `cache`; equal plans share an entry, as in Spark. */
export class CachedPlans {
  readonly #entries: Entry[] = [];

  add(plan: Relation, level: StorageLevel, forGood = false): void {
    if (this.#find(plan) !== undefined) return;
    entries += 1;
    this.#entries.push({ name: `entry_${entries}`, plan, level, forGood, stored: undefined });
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

  /**
   * Lets plans be stored anew by their next action; gives those of their entries that hold rows now.
   *
   * @param folders - only plans that read these folders, or tables, which may lie there; all when absent
   */
  forget(folders?: readonly string[]): readonly string[] {
    const held = this.#entries.filter(
      ({ stored, plan, forGood }) => stored !== undefined && !forGood && mayRead(plan, folders),
    );
    for (const entry of held) entry.stored = undefined;
    return held.map(({ name }) => name);
  }

  #find(plan: Relation): Entry | undefined {
    return this.#entries.find((entry) => equalPlans(entry.plan, plan));
  }
}

function mayRead(plan: Relation, folders: readonly string[] | undefined): boolean {
  if (folders === undefined) return true;
  let found = false;
  walk(plan, (node) => {
    if (node.kind === "read table") found = true;
    if (node.kind === "read") found ||= node.paths.some((path) => folders.some((folder) => overlaps(path, folder)));
  });
  return found;
}

// What stands before a wildcard holds all that it may match.
function overlaps(read: string, folder: string): boolean {
  const segments = read.split("/");
  const open = segments.findIndex(isGlob);
  const path = resolveUri(open < 0 ? read : segments.slice(0, open).join("/") || (read.startsWith("/") ? "/" : "."));
  return isWithin(path, folder) || isWithin(folder, path);
}
