/** Dates and times written as text, by the rules of Spark's casts (`SparkDateTimeUtils`). */
import { offsetAt } from "./zone-offset.ts";

const dayLength = 86_400_000_000n;

/** `[+-]yyyy[-[m]m[-[d]d]]`, then anything after a space or `T` for a date. */
const datePattern = /^([+-]?\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T](.*))?)?)?$/s;
const timePattern = /^(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?(.*)$/s;

/**
 * The days since 1970 of a text; `undefined` when it is no date.
 *
 * @param text - `2025`, `2025-1`, `2025-01-05`, and what follows a space or `T` does not count
 */
export function parseDate(text: string): number | undefined {
  const match = datePattern.exec(trim(text));
  return match === null ? undefined : daysOf(match);
}

/**
 * The microseconds since 1970 of a text; `undefined` when it is no timestamp.
 *
 * @param text - a date, then perhaps a time with up to 9 digits of a second (3 are cut), then perhaps a zone
 * @param zone - the zone of texts that name none; without it the zone of a text does not count (TIMESTAMP_NTZ)
 */
export function parseTimestamp(text: string, zone?: string): bigint | undefined {
  const match = datePattern.exec(trim(text));
  const days = match === null ? undefined : daysOf(match);
  if (match === null || days === undefined) return undefined;
  if (match[4] === undefined) return inZone(BigInt(days) * dayLength, zone, "");
  const time = timePattern.exec(match[4]);
  if (time === null || (time[5] !== "" && time[3] === undefined)) return undefined;
  const micros = microsOfDay(time);
  return micros === undefined ? undefined : inZone(BigInt(days) * dayLength + micros, zone, time[5]!);
}

/**
 * The microseconds since midnight of a text; `undefined` when it is no time of day.
 *
 * @param text - `[T]h:m[:s[.f]]`, perhaps with AM or PM
 */
export function parseTime(text: string): bigint | undefined {
  const match = /^T?(\d{1,2}:.*?)(?:\s*([AaPp])[Mm])?$/s.exec(trim(text));
  const time = match === null ? null : timePattern.exec(match[1]!);
  if (match === null || time === null || time[5] !== "") return undefined;
  const half = match[2]?.toLowerCase();
  if (half === undefined) return microsOfDay(time);
  const hour = Number(time[1]);
  if (hour < 1 || hour > 12) return undefined;
  const micros = microsOfDay([time[0], String(hour % 12), ...time.slice(2)]);
  return micros === undefined ? undefined : micros + (half === "p" ? dayLength / 2n : 0n);
}

/** Java's `trim`: what is up to a space in code. */
export const trim = (text: string): string => text.replace(/^[\0- ]+|[\0- ]+$/g, "");

function daysOf([, year, month = "1", day = "1"]: readonly (string | undefined)[]): number | undefined {
  const date = new Date(0);
  date.setUTCFullYear(Number(year), Number(month) - 1, Number(day));
  const isReal = date.getUTCMonth() === Number(month) - 1 && date.getUTCDate() === Number(day);
  return isReal ? date.getTime() / 86_400_000 : undefined;
}

function microsOfDay(time: readonly (string | undefined)[]): bigint | undefined {
  const [hour, minute, second] = [time[1], time[2] ?? "0", time[3] ?? "0"].map(Number) as [number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  const fraction = BigInt((time[4] ?? "").slice(0, 6).padEnd(6, "0"));
  return BigInt((hour * 60 + minute) * 60 + second) * 1_000_000n + fraction;
}

/** The instant of a local time. */
function inZone(local: bigint, zone: string | undefined, written: string): bigint | undefined {
  const named = trim(written);
  if (named !== "" && offsetAt(local, named) === undefined) return undefined;
  const offset = zone === undefined ? 0n : offsetAt(local, named === "" ? zone : named);
  const instant = offset === undefined ? undefined : local - offset;
  return instant === undefined || instant !== BigInt.asIntN(64, instant) ? undefined : instant;
}
