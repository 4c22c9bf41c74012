/** Moments and local times: timestamps are naive UTC in the engine, and the session's zone is applied where Spark looks at a clock. */
import { zoneOf } from "../formats/time-zone.ts";
import { type ClockChange, localChange, type ZoneOffsets, zoneOffsets } from "../formats/zone-offsets.ts";
import { text } from "../sql-text.ts";

/** Clocks that show UTC cost nothing. */
const isUtc = ({ region, base }: ZoneOffsets): boolean => region === undefined && base === 0n;

/** A time that is written many times over is computed once. */
const bound = (time: string, write: (name: string) => string): string =>
  /^\w+(?:\.\w+)?$/.test(time) ? write(time) : `list_transform([${time}], lambda moment: ${write("moment")})[1]`;

const shifted = (time: string, offset: string): string => `make_timestamp(epoch_us(${time}) + ${offset})`;

/** A search in the changes of a zone's clocks, written out: DuckDB's own conversion costs ten times as much. */
function tree(
  time: string,
  changes: readonly ClockChange[],
  place: (change: ClockChange) => bigint,
  before: bigint,
): string {
  if (changes.length === 0) return String(before);
  const middle = changes.length >> 1;
  const change = changes[middle]!;
  const earlier = tree(time, changes.slice(0, middle), place, before);
  const later = tree(time, changes.slice(middle + 1), place, change.after);
  return `CASE WHEN ${time} < ${place(change)} THEN ${earlier} ELSE ${later} END`;
}

const margin = 86_400_000_000n;

/** The offset at a time within the years whose changes are known, else what DuckDB says. */
function offset(
  time: string,
  zone: ZoneOffsets,
  place: (change: ClockChange) => bigint,
  otherwise: (region: string) => string,
): string {
  const { region, base, changes, from, to } = zone;
  if (region === undefined) return String(base);
  const known = `${time} >= ${from + margin} AND ${time} < ${to - margin}`;
  return `CASE WHEN ${known} THEN ${tree(time, changes, place, base)} ELSE ${otherwise(text(region))} END`;
}

/** The zone of a name that was checked where it was set, in any case. */
function offsetsOf(zone: string): ZoneOffsets {
  return zoneOf(zone) ?? zoneOffsets(zone);
}

/** SQL of the local date and time of a moment in a zone. */
export function toLocal(moment: string, zone: string): string {
  const offsets = offsetsOf(zone);
  if (isUtc(offsets)) return moment;
  return bound(moment, (name) => {
    const micros = `epoch_us(${name})`;
    const slow = (region: string) => `epoch_us(timezone(${region}, make_timestamptz(${micros}))) - ${micros}`;
    return shifted(
      name,
      offset(micros, offsets, ({ at }) => at, slow),
    );
  });
}

/**
 * SQL of the moment of a local date and time in a zone: the earlier one where clocks were set back, and where they were
 * set forward as much later as the gap is long, as in Java.
 */
export function fromLocal(local: string, zone: string): string {
  const offsets = offsetsOf(zone);
  if (isUtc(offsets)) return local;
  return bound(local, (name) => {
    const micros = `epoch_us(${name})`;
    const slow = (region: string) => `${micros} - epoch_us(${slowMoment(name, region)})`;
    return shifted(name, `-(${offset(micros, offsets, localChange, slow)})`);
  });
}

/** By DuckDB, which takes the later of two moments; the earlier has the offset of the day before. */
function slowMoment(local: string, region: string): string {
  const microseconds = (clock: string): string => `epoch_us(timezone(${region}, ${clock}))`;
  const earlier = `make_timestamp(${microseconds(`${local} - INTERVAL 1 DAY`)} + 86400000000)`;
  const shown = `timezone(${region}, make_timestamptz(epoch_us(${earlier})))`;
  return `CASE WHEN ${shown} = ${local} THEN ${earlier} ELSE make_timestamp(${microseconds(local)}) END`;
}

/**
 * SQL of the moment of a local date and time in a zone, of two the one with the offset of another moment: what
 * `ZonedDateTime` gives when a moment is moved by days or cut to one.
 *
 * @param near - the other moment
 */
export function fromLocalNear(local: string, near: string, zone: string): string {
  if (isUtc(offsetsOf(zone))) return local;
  const kept = `(${near} + (${local} - ${toLocal(near, zone)}))`;
  const inner = `CASE WHEN ${toLocal("pair.kept", zone)} = pair.local THEN pair.kept ELSE ${fromLocal("pair.local", zone)} END`;
  return `list_transform([{kept: ${kept}, local: ${local}}], lambda pair: ${inner})[1]`;
}
