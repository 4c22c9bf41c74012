/** Java's words for fields of dates and times that are out of their range. */

const ranges = {
  Year: [-999_999_999, 999_999_999, "-999999999 - 999999999"],
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
