/** What a dimension has to be, moment by moment: a history is a list of states at the times 0, 1, 2, … */
import { integer, pick, type Random } from "../../solutions/common/random.ts";

/** A change of one key: what holds from a time on, or that nothing does. */
export interface Change {
  readonly key: string;
  readonly at: number;
  /** Undefined where the key is gone. */
  readonly tracked?: string | null;
  readonly other?: number | null;
  readonly isDelete: boolean;
}

export interface Version {
  readonly start: number;
  /** Absent while it holds. */
  readonly end: number | undefined;
  readonly tracked: string | null;
  readonly other: number | null;
  /** Which surrogate key it has: the same label, the same key, for ever. */
  readonly label: number;
}

/** All times of changes are below it. */
export const END = 12;

type State = Pick<Version, "tracked" | "other">;

let labels = 0;

/** One key's history, changed by brute force. */
export class History {
  readonly #tracksAll: boolean;
  readonly #states: (State | undefined)[] = Array.from({ length: END + 1 }, () => undefined);
  #others = new Map<number, number | null>();
  #labels = new Map<number, number>();

  /** @param tracksAll - whether the second column makes versions too */
  constructor(tracksAll: boolean) {
    this.#tracksAll = tracksAll;
  }

  /** Each change holds from its time to the next time at which anything is known to change. */
  apply(changes: readonly Change[]): void {
    const known = [...this.#states.keys()].filter((at) => !this.#continues(at));
    const times = new Set([...known, ...changes.map(({ at }) => at)]);
    const given = new Map<number, number | null>();
    for (const { at, isDelete, tracked = null, other = null } of changes) {
      for (let time = at; time <= END && (time === at || !times.has(time)); time++)
        this.#states[time] = isDelete ? undefined : { tracked, other };
      if (!isDelete) given.set(at, other);
    }
    const versions = this.versions(given);
    this.#others = new Map(versions.map(({ start, other }) => [start, other]));
    this.#labels = new Map(versions.map(({ start, label }) => [start, label]));
  }

  /** Runs of equal states: what is not tracked is as the latest change given says, and the earliest label stays. */
  versions(given: ReadonlyMap<number, number | null> = new Map()): readonly Version[] {
    const versions: Version[] = [];
    for (let start = 0; start <= END; start++) {
      const state = this.#states[start];
      if (state === undefined || this.#continues(start)) continue;
      let end = start + 1;
      while (end <= END && this.#continues(end)) end++;
      const within = <V>(map: ReadonlyMap<number, V>) =>
        [...map].filter(([at]) => at >= start && at < end).toSorted(([a], [b]) => a - b);
      versions.push({
        start,
        end: end > END ? undefined : end,
        tracked: state.tracked,
        other: (within(given).at(-1) ?? within(this.#others).at(-1))![1],
        label: within(this.#labels)[0]?.[1] ?? labels++,
      });
    }
    return versions;
  }

  /** Whether a time has the state of the one before. */
  #continues(at: number): boolean {
    const [one, other] = [this.#states[at - 1], this.#states[at]];
    if (one === undefined || other === undefined) return one === other && at > 0;
    return one.tracked === other.tracked && (!this.#tracksAll || one.other === other.other);
  }
}

/** A batch of random changes of a key, at different times, in any order. */
export function randomChanges(random: Random, key: string): readonly Change[] {
  const changes = Array.from({ length: integer(random, 0, 4) }, (): Change => {
    const at = integer(random, 0, END - 1);
    if (random() < 0.2) return { key, at, isDelete: true };
    return { key, at, isDelete: false, tracked: pick(random, ["a", "b", null]), other: pick(random, [1, 2, null]) };
  });
  return [...new Map(changes.map((change) => [change.at, change])).values()];
}
