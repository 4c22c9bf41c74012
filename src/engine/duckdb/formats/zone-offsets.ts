/** How far the clocks of a region are ahead of UTC: the rules of the time zone database that JavaScript has. */

/** A change of a region's clocks. */
export interface ClockChange {
  /** Microseconds since 1970-01-01 00:00:00 UTC. */
  readonly at: bigint;
  /** Microseconds ahead of UTC before it and from it on. */
  readonly before: bigint;
  readonly after: bigint;
}

/** The clocks of a region, in microseconds. */
export interface ZoneOffsets {
  /** The region's identifier; undefined for clocks that are always ahead alike. */
  readonly region: string | undefined;
  /** How far clocks are ahead before the first of the changes. */
  readonly base: bigint;
  /** The changes between `from` and `to`, in order; there may be others outside. */
  readonly changes: readonly ClockChange[];
  readonly from: bigint;
  readonly to: bigint;
  /** How far clocks are ahead at a moment. */
  readonly at: (moment: bigint) => bigint;
  /**
   * How far clocks are ahead when they show a time: where they are set forward the time moves on by the gap, where they are
   * set back the earlier moment is meant, as in Java.
   */
  readonly atLocal: (local: bigint) => bigint;
}

const second = 1_000_000n;
const day = 86_400n * second;
const week = 7n * day;
const known = new Map<string, ZoneOffsets>();

/** Years in which most moments lie: their changes are looked up once. */
const from = BigInt(Date.UTC(1970, 0, 1)) * 1000n;
const to = BigInt(Date.UTC(2038, 0, 1)) * 1000n;

/**
 * The clocks of a region.
 *
 * @param id - an identifier such as `Europe/Paris`
 * @throws RangeError when there is no such region
 */
export function zoneOffsets(id: string): ZoneOffsets {
  const found = known.get(id) ?? offsetsOf(id, reader(id));
  known.set(id, found);
  return found;
}

/** Clocks that are always ahead alike. */
export const fixedOffsets = (offset: bigint): ZoneOffsets => ({
  region: undefined,
  base: offset,
  changes: [],
  from,
  to,
  at: () => offset,
  atLocal: () => offset,
});

function offsetsOf(region: string, read: (moment: bigint) => bigint): ZoneOffsets {
  const base = read(from);
  const changes = changesOf(read, base);
  const search = (time: bigint, place: (change: ClockChange) => bigint): bigint =>
    lastBefore(changes, time, place)?.after ?? base;
  const at = (moment: bigint): bigint =>
    moment >= from && moment < to ? search(moment, ({ at: change }) => change) : read(moment);
  const inside = (local: bigint): boolean => local >= from + day && local < to - day;
  return {
    region,
    base,
    changes,
    from,
    to,
    at,
    atLocal: (local) => (inside(local) ? search(local, localChange) : searchedLocal(local, at)),
  };
}

/** The time on a clock from which the later offset holds. */
export const localChange = ({ at, before, after }: ClockChange): bigint => at + (before > after ? before : after);

/** The last change that lies no later than a time. */
function lastBefore(
  changes: readonly ClockChange[],
  time: bigint,
  place: (change: ClockChange) => bigint,
): ClockChange | undefined {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (place(changes[middle]!) <= time) low = middle + 1;
    else high = middle;
  }
  return changes[low - 1];
}

function searchedLocal(local: bigint, at: (moment: bigint) => bigint): bigint {
  const before = at(local - day);
  if (at(local - before) === before) return before;
  const after = at(local + day);
  return at(local - after) === after ? after : before;
}

function changesOf(read: (moment: bigint) => bigint, base: bigint): readonly ClockChange[] {
  const changes: ClockChange[] = [];
  let before = base;
  for (let moment = from + week; moment < to + week; moment += week) {
    const after = read(moment);
    if (after === before) continue;
    changes.push({ at: change(read, moment - week, moment, before), before, after });
    before = after;
  }
  return changes;
}

/** The second at which the offset changes, between two moments. */
function change(read: (moment: bigint) => bigint, low: bigint, high: bigint, before: bigint): bigint {
  let [start, end] = [low, high];
  while (end - start > second) {
    const middle = start + ((end - start) / second / 2n) * second;
    if (read(middle) === before) start = middle;
    else end = middle;
  }
  return end;
}

/** Reads the offset from the formatter's name of the zone, which is slow. */
function reader(id: string): (moment: bigint) => bigint {
  const format = new Intl.DateTimeFormat("en-US-u-ca-iso8601", {
    timeZone: id,
    timeZoneName: "longOffset",
    year: "numeric",
  });
  return (moment) => {
    const name = format.formatToParts(Number(moment / 1000n)).find(({ type }) => type === "timeZoneName")!.value;
    const [, sign, hours = "0", minutes = "0", seconds = "0"] = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?/.exec(name)!;
    const total = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
    return BigInt(sign === "-" ? -total : total) * second;
  };
}
