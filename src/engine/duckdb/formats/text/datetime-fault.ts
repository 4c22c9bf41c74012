/** Why a text does not follow a pattern, in the words of Java's `DateTimeFormatter`, which are part of Spark's errors. */
import { daysOf } from "../../../../types/calendar.ts";
import { isDate } from "../time-zone.ts";
import {
  type CheckedField,
  checkField,
  dateConflict,
  invalidDate,
  type StatedDate,
  timeConflict,
} from "./date-fields.ts";
import { patternParts } from "./datetime-pieces.ts";
import { type Found, PatternReader } from "./datetime-reader.ts";

const longest = 64;

/**
 * Java's sentence about a text that cannot be read.
 *
 * @param text - what does not follow the pattern, or names no date or time by it
 * @param pattern - one that Spark accepts
 * @example
 * ```ts
 * dateTimeFault("2025-1-01", "yyyy-MM-dd"); // Text '2025-1-01' could not be parsed at index 5
 * ```
 */
export function dateTimeFault(text: string, pattern: string): string {
  const reader = new PatternReader(text, patternParts(pattern));
  const { end, fault } = reader.read();
  const shown = text.length > longest ? `${text.slice(0, longest)}...` : text;
  const failed = `Text '${shown}' could not be parsed`;
  if (fault !== undefined) return `${failed} at index ${fault}`;
  if (end < text.length) return `${failed}, unparsed text found at index ${end}`;
  return valueFault(reader.found, failed);
}

/** The fields that are checked one by one, in Java's order. */
const timeFields: readonly (readonly [letters: string, field: CheckedField])[] = [
  ["k", "ClockHourOfDay"],
  ["h", "ClockHourOfAmPm"],
  ["K", "HourOfAmPm"],
  ["H", "HourOfDay"],
  ["m", "MinuteOfHour"],
  ["s", "SecondOfMinute"],
];

function valueFault(found: readonly Found[], failed: string): string {
  const numberOf = (letter: string): number | undefined => {
    const piece = found.find(({ letters, text }) => letters.startsWith(letter) && /^[+-]?\d+$/.test(text));
    return piece === undefined ? undefined : Number(piece.letters === "yy" ? `20${piece.text}` : piece.text);
  };
  const era = found.find(({ piece }) => piece.field === "era");
  const eraFault = era === undefined ? undefined : checkField("YearOfEra", numberOf("y") ?? 1);
  if (eraFault !== undefined) return `${failed}: ${eraFault}`;
  const year = yearOf(numberOf("y"), era);
  const stated = { year, month: monthOf(found), day: numberOf("d"), ofYear: numberOf("D") };
  const date = dateFault(stated);
  // A date that is not stated wholly is made, and found to be none, after Java has read the text.
  if (date !== undefined) return date.isWhole ? `${failed}: ${date.fault}` : date.fault;
  const times = timeFields.map(([letter, field]) => {
    const value = numberOf(letter);
    return value === undefined ? undefined : checkField(field, value);
  });
  const fault = times.find((time) => time !== undefined) ?? hoursFault(found) ?? zoneFault(found);
  return fault === undefined ? failed : `${failed}: ${fault}`;
}

const yearOf = (year: number | undefined, era: Found | undefined): number | undefined =>
  year !== undefined && era?.piece.value?.(era.text) === 0 ? 1 - year : year;

function hoursFault(found: readonly Found[]): string | undefined {
  const values = found.flatMap(({ piece, text }) =>
    piece.field === undefined ? [] : [[piece.field, piece.value!(text)]],
  );
  return timeConflict(Object.fromEntries(values));
}

function monthOf(found: readonly Found[]): number | undefined {
  const month = found.find(({ letters }) => /^[ML]/.test(letters));
  return month?.piece.value?.(month.text) as number | undefined;
}

function dateFault({ year, month, day, ofYear }: StatedDate) {
  const isWhole = year !== undefined && (ofYear !== undefined || (month !== undefined && day !== undefined));
  const fault =
    checkField("Year", year ?? 1970) ??
    (ofYear === undefined || (year !== undefined && month !== undefined && day !== undefined)
      ? dayFault(year ?? 1970, month ?? 1, day ?? 1)
      : yearDayFault(year ?? 1970, ofYear)) ??
    dateConflict({ year, month, day, ofYear });
  return fault === undefined ? undefined : { isWhole, fault };
}

function dayFault(year: number, month: number, day: number): string | undefined {
  const fault = checkField("MonthOfYear", month) ?? checkField("DayOfMonth", day);
  return fault ?? (isDate(year, month, day, daysOf(year, month, day)) ? undefined : invalidDate(year, month, day));
}

function yearDayFault(year: number, day: number): string | undefined {
  const isOver = daysOf(year, 1, 1) + day - 1 >= daysOf(year + 1, 1, 1);
  return (
    checkField("DayOfYear", day) ??
    (isOver ? `Invalid date 'DayOfYear ${day}' as '${year}' is not a leap year` : undefined)
  );
}

function zoneFault(found: readonly Found[]): string | undefined {
  const offset = found.find(({ letters }) => /^[XxZ]/.test(letters))?.text;
  const [, hours] = /^[+-](\d\d)/.exec(offset ?? "") ?? [];
  if (hours === undefined) return undefined;
  if (Number(hours) > 23) return "Value out of range: Hour[0-23], Minute[0-59], Second[0-59]";
  return Number(hours) >= 18 ? "Zone offset not in valid range: -18:00 to +18:00" : undefined;
}
