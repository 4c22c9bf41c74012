/** Reads dates and times of day from ISO text. */
import { dateOf, daysOf, microsPerDay } from "./calendar.ts";

/** A date and time of day as it is written. */
export interface DateTime {
  /** Microseconds since 1970-01-01T00:00:00 on the clock of the text. */
  readonly micros: bigint;
  /** How far that clock is ahead of UTC, in microseconds; undefined where the text does not say. */
  readonly offset: bigint | undefined;
}

const datePattern = /^([+-]\d{4,7}|\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?$/;
const offsetPattern = /(?:Z|([+-])(\d\d)(?::?(\d\d))?)$/i;

/**
 * The days from 1970-01-01 to the date of a text, or undefined when it is none.
 *
 * @param text - `2025-02-01`; years beyond four digits have a sign
 */
export function parseDate(text: string): number | undefined {
  const [, year, month, day] = datePattern.exec(text) ?? [];
  if (year === undefined) return undefined;
  const days = daysOf(Number(year), Number(month), Number(day));
  const date = dateOf(days);
  return date.month === Number(month) && date.day === Number(day) ? days : undefined;
}

/**
 * The microseconds from midnight to the time of a text, or undefined when it is none. Digits beyond the sixth of a
 * second are dropped, as Spark drops them.
 *
 * @param text - `10:20`, `10:20:30` or `10:20:30.123456`
 */
export function parseTime(text: string): number | undefined {
  const [, hour, minute, second = "0", fraction = ""] = timePattern.exec(text) ?? [];
  if (hour === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return undefined;
  const seconds = Number(hour) * 3600 + Number(minute) * 60 + Number(second);
  return seconds * 1_000_000 + Number(fraction.padEnd(6, "0").slice(0, 6));
}

/**
 * The date and time of a text, or undefined when it is none. Without a time it is midnight.
 *
 * @param text - `2025-02-01T10:20:30.123456+01:00`, with a space for the T, with `Z` or without an offset
 */
export function parseDateTime(text: string): DateTime | undefined {
  const at = text.search(/[T ]/i);
  const days = parseDate(at < 0 ? text : text.slice(0, at));
  if (days === undefined) return undefined;
  const clock = at < 0 ? "00:00" : text.slice(at + 1);
  const zone = offsetPattern.exec(clock);
  const time = parseTime(zone === null ? clock : clock.slice(0, zone.index));
  const offset = zone === null ? undefined : offsetOf(zone);
  if (time === undefined || (zone !== null && offset === undefined)) return undefined;
  return { micros: BigInt(days) * BigInt(microsPerDay) + BigInt(time), offset };
}

// No place on Earth is more than 18 hours from UTC; Java refuses more.
function offsetOf([, sign, hours = "0", minutes = "0"]: RegExpExecArray): bigint | undefined {
  const total = Number(hours) * 60 + Number(minutes);
  if (total > 18 * 60 || Number(minutes) > 59) return undefined;
  return BigInt((sign === "-" ? -total : total) * 60_000_000);
}
