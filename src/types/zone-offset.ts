/** How far local time is ahead of UTC. */
import { twoDigits } from "./calendar.ts";
import { shortZones } from "./short-zones.ts";

const fixed = /^(?:UTC|GMT|UT)?([+-])(\d{1,2})(?::(\d{1,2})(?::(\d{2}))?)?$/;
const compact = /^(?:UTC|GMT|UT)?([+-])(\d\d)(\d\d)(\d\d)?$/;
const day = 86_400_000_000n;

/**
 * The microseconds by which local time is ahead of UTC at a local time; `undefined` for no zone.
 *
 * A time that the clocks pass twice is the first of the two, one that they skip counts as before the change, as in Java.
 *
 * @param local - microseconds since 1970 that a clock on the wall shows
 * @param zone - `Z`, `UTC`, `+1`, `+01:30`, `+013000`, `UTC+2` or a region as `Europe/Paris`
 */
export function offsetAt(local: bigint, zone: string): bigint | undefined {
  if (/^(?:Z|UTC|GMT|UT)$/.test(zone)) return 0n;
  const match = fixed.exec(zone) ?? compact.exec(zone);
  if (match !== null) return fixedOffset(match);
  const clock = clockOf(zone);
  if (clock === undefined) return undefined;
  const [before, after] = [offsetOf(clock, local - day), offsetOf(clock, local + day)];
  const isBefore = offsetOf(clock, local - before) === before;
  return !isBefore && offsetOf(clock, local - after) === after ? after : before;
}

/** Whether there is a zone of that name, in these letters: names of regions depend on case. */
export const isZone = (name: string): boolean => offsetAt(0n, name) !== undefined;

/** Java's identifier of the zone that is so many seconds ahead of UTC: `+01:30`, `-00:00:30`, `Z`. */
export function offsetId(seconds: number): string {
  if (seconds === 0) return "Z";
  const size = Math.abs(seconds);
  const [hours, minutes, rest] = [Math.floor(size / 3600), Math.floor(size / 60) % 60, size % 60];
  const parts = rest === 0 ? [hours, minutes] : [hours, minutes, rest];
  return (seconds < 0 ? "-" : "+") + parts.map(twoDigits).join(":");
}

/**
 * The moment at which a clock on the wall shows a time, in microseconds since 1970-01-01 00:00:00 UTC.
 *
 * @param local - microseconds since 1970 that the clock shows
 * @param zone - as for `offsetAt`; UTC where it is none
 */
export const momentAt = (local: bigint, zone: string): bigint => local - (offsetAt(local, zone) ?? 0n);

/**
 * The microseconds since 1970 that a clock on the wall shows at a moment.
 *
 * @param moment - microseconds since 1970-01-01 00:00:00 UTC
 * @param zone - as for `offsetAt`; UTC where it is none
 */
export function clockAt(moment: bigint, zone: string): bigint {
  const clock = clockOf(zone);
  return moment + (clock === undefined ? (offsetAt(moment, zone) ?? 0n) : offsetOf(clock, moment));
}

function fixedOffset([, sign, hours, minutes = "0", seconds = "0"]: readonly (string | undefined)[]):
  | bigint
  | undefined {
  const total = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  if (total > 18 * 3600 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return BigInt(sign === "-" ? -total : total) * 1_000_000n;
}

const clocks = new Map<string, Intl.DateTimeFormat | undefined>();

function clockOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!clocks.has(zone)) clocks.set(zone, madeClock(zone));
  return clocks.get(zone);
}

function madeClock(name: string): Intl.DateTimeFormat | undefined {
  if (!/[A-Z]/.test(name)) return undefined;
  const timeZone = shortZones[name] ?? name;
  try {
    const clock = new Intl.DateTimeFormat("en-US", { timeZone, timeZoneName: "longOffset", year: "numeric" });
    const known = clock.resolvedOptions().timeZone;
    return known !== timeZone && known.toLowerCase() === timeZone.toLowerCase() ? undefined : clock;
  } catch {
    return undefined;
  }
}

/** The offset at an instant, which the clock writes as `GMT+01:00` or, long ago, as `GMT+00:09:21`. */
function offsetOf(clock: Intl.DateTimeFormat, instant: bigint): bigint {
  const name = clock.formatToParts(Number(instant / 1000n)).find(({ type }) => type === "timeZoneName")?.value;
  const match = fixed.exec(name ?? "");
  return (match === null ? undefined : fixedOffset(match)) ?? 0n;
}
