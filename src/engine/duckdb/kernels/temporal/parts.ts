/** Dates and times of their parts, with Java's words for those that there are not. */
import { daysOf, microsPerDay } from "../../../../types/calendar.ts";
import { isDate } from "../../formats/time-zone.ts";
import { condition } from "../../translate-failure.ts";

const fields = {
  Year: [-999_999_999, 999_999_999],
  MonthOfYear: [1, 12],
  DayOfMonth: [1, 31],
  HourOfDay: [0, 23],
  MinuteOfHour: [0, 59],
  SecondOfMinute: [0, 59],
} as const;

function checkField(name: keyof typeof fields, value: number): void {
  const [least, most] = fields[name];
  if (value < least || value > most)
    throw outOfBounds(`Invalid value for ${name} (valid values ${least} - ${most}): ${value}`);
}

const outOfBounds = (message: string): Error => condition("DATETIME_FIELD_OUT_OF_BOUNDS.WITH_SUGGESTION", { message });
const monthNames = [
  ...["JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE"],
  ...["JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"],
];

/** The days since 1970-01-01 of a date; fails as `LocalDate.of` does where there is none. */
export function dateFromParts(year: number, month: number, day: number): number {
  checkField("Year", year);
  checkField("MonthOfYear", month);
  checkField("DayOfMonth", day);
  const days = daysOf(year, month, day);
  if (isDate(year, month, day, days)) return days;
  throw outOfBounds(
    day === 29
      ? `Invalid date 'February 29' as '${year}' is not a leap year`
      : `Invalid date '${monthNames[month - 1]} ${day}'`,
  );
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
  checkField("HourOfDay", hour);
  checkField("MinuteOfHour", minutes);
  if (second !== minute) checkField("SecondOfMinute", Math.floor(Number(second) / 1_000_000));
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
