/** Java's words for fields of dates and times that are out of their range or contradict each other. */
import { dateOf, dateText, daysOf, twoDigits } from "../../../../types/calendar.ts";

const ranges = {
  Year: [-999_999_999, 999_999_999, "-999999999 - 999999999"],
  YearOfEra: [1, 999_999_999, "1 - 999999999/1000000000"],
  MonthOfYear: [1, 12, "1 - 12"],
  DayOfMonth: [1, 31, "1 - 28/31"],
  DayOfYear: [1, 366, "1 - 365/366"],
  ClockHourOfDay: [1, 24, "1 - 24"],
  HourOfDay: [0, 23, "0 - 23"],
  ClockHourOfAmPm: [1, 12, "1 - 12"],
  HourOfAmPm: [0, 11, "0 - 11"],
  MinuteOfHour: [0, 59, "0 - 59"],
  SecondOfMinute: [0, 59, "0 - 59"],
} as const;

/** A field by Java's name of it. */
export type CheckedField = keyof typeof ranges;

/** What is wrong with a field's value, undefined where nothing is. */
export function checkField(name: CheckedField, value: number): string | undefined {
  const [least, most, range] = ranges[name];
  const isWithin = value >= least && value <= most;
  return isWithin ? undefined : `Invalid value for ${name} (valid values ${range}): ${value}`;
}

const monthNames = [
  ...["JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE"],
  ...["JULY", "AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"],
];

/** What is said of a day that its month has not in that year. */
export const invalidDate = (year: number, month: number, day: number): string =>
  day === 29
    ? `Invalid date 'February 29' as '${year}' is not a leap year`
    : `Invalid date '${monthNames[month - 1]} ${day}'`;

/** The hours of a time as they were stated; those that were not are absent. */
interface StatedHours {
  readonly hour?: number | undefined;
  readonly clockHour?: number | undefined;
  readonly clockHourOfHalf?: number | undefined;
  readonly hourOfHalf?: number | undefined;
  readonly afternoon?: number | undefined;
  readonly minute?: number | undefined;
  readonly second?: number | undefined;
}

/** Which two of the hours that were stated are not the same time, in Java's words. */
export function timeConflict(stated: StatedHours): string | undefined {
  const { hour, hourOfHalf, afternoon, minute, second } = sameHours(stated);
  const clock =
    unlike("HourOfDay", stated.hour, stated.clockHour, "ClockHourOfDay") ??
    unlike("HourOfAmPm", stated.hourOfHalf, stated.clockHourOfHalf, "ClockHourOfAmPm");
  if (clock !== undefined) return clock;
  if (hour === undefined) return undefined;
  if (hourOfHalf !== undefined && afternoon !== undefined) {
    const other = hourOfHalf + 12 * afternoon;
    return unlike("HourOfDay", hour, other, "AmPmOfDay");
  }
  // Without its minutes a time of seconds is none to Java.
  if (second !== undefined && minute === undefined) return undefined;
  const time = [hour, minute ?? 0, ...(second ? [second] : [])].map(twoDigits).join(":");
  return (
    differing("AmPmOfDay", Math.floor(hour / 12), afternoon, time) ??
    differing("HourOfAmPm", hour % 12, hourOfHalf, time)
  );
}

/** Hours that begin with 0, whichever they were stated as. */
export const sameHours = ({ clockHour, clockHourOfHalf, ...stated }: StatedHours): StatedHours => ({
  ...stated,
  hour: stated.hour ?? clockHour,
  hourOfHalf: stated.hourOfHalf ?? clockHourOfHalf,
});

const unlike = (
  name: string,
  stated: number | undefined,
  other: number | undefined,
  from: string,
): string | undefined =>
  stated === undefined || other === undefined || stated === other
    ? undefined
    : `Conflict found: ${name} ${stated} differs from ${name} ${other} while resolving  ${from}`;

const differing = (name: string, found: number, stated: number | undefined, from: string): string | undefined =>
  stated === undefined || stated === found
    ? undefined
    : `Conflict found: Field ${name} ${found} differs from ${name} ${stated} derived from ${from}`;

/** A date as it was stated; what was not is absent. */
export interface StatedDate {
  readonly year?: number | undefined;
  readonly month?: number | undefined;
  readonly day?: number | undefined;
  readonly ofYear?: number | undefined;
}

/** Which of the fields that were stated is not that of the date which the others state, in the words of Java, or of Spark where no year was. */
export function dateConflict({ year, month, day, ofYear }: StatedDate): string | undefined {
  if (ofYear === undefined) return undefined;
  if (year !== undefined && month !== undefined && day !== undefined) {
    const days = daysOf(year, month, day);
    return differing("DayOfYear", days - daysOf(year, 1, 1) + 1, ofYear, dateText(days));
  }
  const days = daysOf(year ?? 1970, 1, 1) + ofYear - 1;
  const found = dateOf(days);
  const from = dateText(days);
  if (year !== undefined)
    return differing("MonthOfYear", found.month, month, from) ?? differing("DayOfMonth", found.day, day, from);
  const own = (name: string, stated: number | undefined, shown: number) =>
    stated === undefined || stated === shown
      ? undefined
      : `Conflict found: Field ${name} ${stated} differs from ${name} ${shown} derived from ${from}.`;
  return own("MonthOfYear", month, found.month) ?? own("DayOfMonth", day, found.day);
}
