/** Dates and times of their parts, with Java's words for those that there are not. */
import { daysOf, microsPerDay } from "../../../../types/calendar.ts";
import { type CheckedField, checkField, invalidDate } from "../../formats/text/date-fields.ts";
import { isDate } from "../../formats/time-zone.ts";
import { condition } from "../../translate-failure.ts";

function check(name: CheckedField, value: number): void {
  const fault = checkField(name, value);
  if (fault !== undefined) throw outOfBounds(fault);
}

const outOfBounds = (message: string): Error => condition("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", { message });

/** The days since 1970-01-01 of a date; fails as `LocalDate.of` does where there is none. */
export function dateFromParts(year: number, month: number, day: number): number {
  check("Year", year);
  check("MonthOfYear", month);
  check("DayOfMonth", day);
  const days = daysOf(year, month, day);
  if (isDate(year, month, day, days)) return days;
  throw outOfBounds(invalidDate(year, month, day));
}

/** The same, null where there is no such date. */
export function triedDate(year: number, month: number, day: number): number | null {
  try {
    return dateFromParts(year, month, day);
  } catch {
    return null;
  }
}

type Parts = readonly [
  year: number,
  month: number,
  day: number,
  hour: number,
  minute: number,
  /** In microseconds. */
  second: bigint,
];

const minute = 60_000_000n;
const longRange = 1n << 63n;

/**
 * The microseconds since 1970-01-01 00:00:00 of a clock; fails where it shows no such time. The second 60 is the next
 * minute.
 *
 * Source: `MakeTimestamp.toMicros`.
 */
export function timestampFromParts(...[year, month, day, hour, minutes, second]: Parts): bigint {
  if (second > minute && second < minute + 1_000_000n)
    throw condition("INVALID_FRACTION_OF_SECOND", { secAndMicros: String(Number(second) / 1_000_000) });
  const days = dateFromParts(year, month, day);
  check("HourOfDay", hour);
  check("MinuteOfHour", minutes);
  if (second !== minute) check("SecondOfMinute", Math.floor(Number(second) / 1_000_000));
  const micros = BigInt(days) * BigInt(microsPerDay) + BigInt(hour * 60 + minutes) * minute + second;
  if (micros < -longRange || micros >= longRange) throw condition("DATETIME_OVERFLOW", { operation: "make_timestamp" });
  return micros;
}

/** The same, null where there is no such time. */
export function triedTimestamp(...parts: Parts): bigint | null {
  try {
    return timestampFromParts(...parts);
  } catch {
    return null;
  }
}
