/** Which plans are cached, and whether their rows are stored already. */
import type { StorageLevel } from "../dataframe/session-state.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Relation } from "../plan/relation.ts";
import { someNode } from "../plan/rewrite.ts";
import { isGlob, isWithin, resolveUri } from "../storage/path.ts";

/** What a plan is cached with. */
export interface Caching {
  /** The session that caches it: names in a plan mean what they mean there. */
  readonly owner: object;
  readonly level: StorageLevel;
  /** Whether its rows stay what they are when their sources change. */
  readonly forGood: boolean;
  /** Tells what the plan means in whatever session; undefined where its rows are of no use to another one. */
  readonly meaning: () => Promise<string | undefined>;
}

interface Entry extends Caching {
  readonly name: string;
  readonly plan: Relation;
  /** What `meaning` has told, once another session asked. */
  known: string | undefined;
  stored: Promise<void> | undefined;
}

/** Gives the entry that holds the rows of a plan; what the plan means is asked only where that decides. */
export type Matching = (plan: Relation, meaning: () => string) => string | undefined;

let entries = 0;

/**
 * Plans marked with `cache`, by all sessions of an engine. As in Spark equal plans share an entry: those of one session
 * when they are equal word for word, those of different ones when they mean the same.
 */
export class CachedPlans {
  readonly #entries: Entry[] = [];

  add(plan: Relation, caching: Caching): void {
    if (this.#own(plan, caching.owner) !== undefined) return;
    entries += 1;
    this.#entries.push({ ...caching, name: `entry_${entries}`, plan, known: undefined, stored: undefined });
  }

  /** The names of the entries that held the plan; `meaning` is known where other sessions have cached plans too. */
  remove(plan: Relation, owner: object, meaning: string | undefined): readonly string[] {
    return this.#removed((entry) => isOwn(entry, plan, owner) || (meaning !== undefined && entry.known === meaning));
  }

  /** The names of all entries, which are none from now on. */
  clear(): readonly string[] {
    return this.#removed(() => true);
  }

  level(plan: Relation, owner: object): StorageLevel {
    return this.#own(plan, owner)?.level ?? "NONE";
  }

  hasOthers(owner: object): boolean {
    return this.#entries.some((entry) => entry.owner !== owner);
  }

  /** Finds out what a session's plans mean, so that others can use their entries when it has ended. */
  async settle(owner: object): Promise<void> {
    await Promise.all(this.#entries.filter((entry) => entry.owner === owner).map(settle));
  }

  /** What looks plans of a session up. */
  async matching(owner: object): Promise<Matching> {
    const others = this.#entries.filter((entry) => entry.owner !== owner);
    await Promise.all(others.map(settle));
    return (plan, meaning) => {
      const text = others.length === 0 ? undefined : meaning();
      const shared = text === undefined ? undefined : others.find(({ known }) => known === text);
      return (shared ?? this.#own(plan, owner))?.name;
    };
  }

  /** Stores the rows of an entry once, however many actions ask at the same time. */
  async stored(name: string, store: () => Promise<void>): Promise<void> {
    const entry = this.#entries.find((candidate) => candidate.name === name);
    if (entry === undefined) return;
    entry.stored ??= store().catch((error: unknown) => {
      entry.stored = undefined;
      throw error;
    });
    await entry.stored;
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

  #own(plan: Relation, owner: object): Entry | undefined {
    return this.#entries.find((entry) => isOwn(entry, plan, owner));
  }

  #removed(isMeant: (entry: Entry) => boolean): readonly string[] {
    const removed = this.#entries.filter(isMeant);
    for (const entry of removed) this.#entries.splice(this.#entries.indexOf(entry), 1);
    return removed.map(({ name }) => name);
  }
}

const isOwn = (entry: Entry, plan: Relation, owner: object): boolean =>
  entry.owner === owner && equalPlans(entry.plan, plan);

// A plan that fails is no plan of another session.
async function settle(entry: Entry): Promise<void> {
  entry.known ??= await entry.meaning().catch(() => undefined);
}

function mayRead(plan: Relation, folders: readonly string[] | undefined): boolean {
  if (folders === undefined) return true;
  return someNode(
    plan,
    (node) =>
      node.kind === "read table" ||
      (node.kind === "read" && node.paths.some((path) => folders.some((folder) => overlaps(path, folder)))),
  );
}

// What stands before a wildcard holds all that it may match.
function overlaps(read: string, folder: string): boolean {
  const segments = read.split("/");
  const open = segments.findIndex(isGlob);
  const path = resolveUri(open < 0 ? read : segments.slice(0, open).join("/") || (read.startsWith("/") ? "/" : "."));
  return isWithin(path, folder) || isWithin(folder, path);
}
