import { describe, expect, test } from "vitest";
import { dateTimeFault } from "./datetime-fault.ts";

/** What Spark 4.2 says of texts and patterns. */
const told: readonly (readonly [text: string, pattern: string, sentence: string])[] = [
  [
    "2025-13-01",
    "yyyy-MM-dd",
    "Text '2025-13-01' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 13",
  ],
  ["2025-02-30", "yyyy-MM-dd", "Text '2025-02-30' could not be parsed: Invalid date 'FEBRUARY 30'"],
  [
    "2025-02-29",
    "yyyy-MM-dd",
    "Text '2025-02-29' could not be parsed: Invalid date 'February 29' as '2025' is not a leap year",
  ],
  ["2025-02-29x", "yyyy-MM-dd", "Text '2025-02-29x' could not be parsed, unparsed text found at index 10"],
  ["x", "yyyy-MM-dd", "Text 'x' could not be parsed at index 0"],
  ["", "yyyy-MM-dd", "Text '' could not be parsed at index 0"],
  ["2025-2-01", "yyyy-MM-dd", "Text '2025-2-01' could not be parsed at index 5"],
  [
    "2025-12-01 25:00:00",
    "yyyy-MM-dd HH:mm:ss",
    "Text '2025-12-01 25:00:00' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 25",
  ],
  [
    "2025-12-01 13:00 PM",
    "yyyy-MM-dd hh:mm a",
    "Text '2025-12-01 13:00 PM' could not be parsed: Invalid value for ClockHourOfAmPm (valid values 1 - 12): 13",
  ],
  [
    "2025-12-01 11:60:00",
    "yyyy-MM-dd HH:mm:ss",
    "Text '2025-12-01 11:60:00' could not be parsed: Invalid value for MinuteOfHour (valid values 0 - 59): 60",
  ],
  ["25 Foo 2025", "dd MMM yyyy", "Text '25 Foo 2025' could not be parsed at index 3"],
  ["30 Feb 2025", "dd MMM yyyy", "Text '30 Feb 2025' could not be parsed: Invalid date 'FEBRUARY 30'"],
  [
    "2025-366",
    "yyyy-DDD",
    "Text '2025-366' could not be parsed: Invalid date 'DayOfYear 366' as '2025' is not a leap year",
  ],
  [
    "2025-367",
    "yyyy-DDD",
    "Text '2025-367' could not be parsed: Invalid value for DayOfYear (valid values 1 - 365/366): 367",
  ],
  ["20250101", "yyyy-MM-dd", "Text '20250101' could not be parsed at index 0"],
  [
    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "yyyy-MM-dd",
    "Text 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa...' could not be parsed at index 0",
  ],
  ["2025-01-01 10:00 Mars/X", "yyyy-MM-dd HH:mm VV", "Text '2025-01-01 10:00 Mars/X' could not be parsed at index 17"],
  [
    "2025-01-01 10:00 +25:00",
    "yyyy-MM-dd HH:mm XXX",
    "Text '2025-01-01 10:00 +25:00' could not be parsed: Value out of range: Hour[0-23], Minute[0-59], Second[0-59]",
  ],
  ["2025-32", "yyyy-dd", "Invalid value for DayOfMonth (valid values 1 - 28/31): 32"],
  ["99", "HH", "Text '99' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 99"],
  [
    "2025-01-01 24:00",
    "yyyy-MM-dd HH:mm",
    "Text '2025-01-01 24:00' could not be parsed: Invalid value for HourOfDay (valid values 0 - 23): 24",
  ],
  ["2025", "yyyy-MM[-dd]", "Text '2025' could not be parsed at index 4"],
  ["12:61", "HH:mm", "Text '12:61' could not be parsed: Invalid value for MinuteOfHour (valid values 0 - 59): 61"],
  [
    "2025-01-01 10:00:00.1234567",
    "yyyy-MM-dd HH:mm:ss.SSS",
    "Text '2025-01-01 10:00:00.1234567' could not be parsed, unparsed text found at index 23",
  ],
  ["x", "\\\\", "Text 'x' could not be parsed at index 0"],
  [
    "2025-01-01 00:10 AM",
    "yyyy-MM-dd hh:mm a",
    "Text '2025-01-01 00:10 AM' could not be parsed: Invalid value for ClockHourOfAmPm (valid values 1 - 12): 0",
  ],
  [
    "2025-01-00",
    "yyyy-MM-dd",
    "Text '2025-01-00' could not be parsed: Invalid value for DayOfMonth (valid values 1 - 28/31): 0",
  ],
  [
    "2025-01-01 10:00 +19:00",
    "yyyy-MM-dd HH:mm XXX",
    "Text '2025-01-01 10:00 +19:00' could not be parsed: Zone offset not in valid range: -18:00 to +18:00",
  ],
  ["2025-01-01 10:00 +10:70", "yyyy-MM-dd HH:mm XXX", "Text '2025-01-01 10:00 +10:70' could not be parsed at index 17"],
  ["13-40", "MM-dd", "Invalid value for MonthOfYear (valid values 1 - 12): 13"],
  ["02-30", "MM-dd", "Invalid date 'FEBRUARY 30'"],
  [
    "2025-000",
    "yyyy-DDD",
    "Text '2025-000' could not be parsed: Invalid value for DayOfYear (valid values 1 - 365/366): 0",
  ],
  ["25 99", "kk mm", "Text '25 99' could not be parsed: Invalid value for ClockHourOfDay (valid values 1 - 24): 25"],
  ["12 1", "K d", "Text '12 1' could not be parsed: Invalid value for HourOfAmPm (valid values 0 - 11): 12"],
  [
    "99999999999-01-01",
    "y-MM-dd",
    "Text '99999999999-01-01' could not be parsed: Invalid value for Year (valid values -999999999 - 999999999): 99999999999",
  ],
  ["202501", "yMMdd", "Text '202501' could not be parsed: Invalid value for MonthOfYear (valid values 1 - 12): 25"],
  ["2025-1", "yyyy[-MM]", "Text '2025-1' could not be parsed, unparsed text found at index 4"],
  ["ab", "'abc'yyyy", "Text 'ab' could not be parsed at index 0"],
  ["2025-02-30 25:00", "yyyy-MM-dd HH:mm", "Text '2025-02-30 25:00' could not be parsed: Invalid date 'FEBRUARY 30'"],
  ["13 1", "H h a", "Text '13 1' could not be parsed at index 4"],
  ["2025011", "yyyyMMdd", "Text '2025011' could not be parsed at index 6"],
  ["202501011", "yyyyMMdd", "Text '202501011' could not be parsed at index 0"],
  ["+2025-01-01", "yyyy-MM-dd", "Text '+2025-01-01' could not be parsed at index 0"],
  ["2025-01-01", "yy-MM-dd", "Text '2025-01-01' could not be parsed at index 2"],
  ["5.", "s.SSS", "Text '5.' could not be parsed at index 2"],
  ["5", "s.SSS", "Text '5' could not be parsed at index 1"],
  ["a", "yyyy", "Text 'a' could not be parsed at index 0"],
];

describe("dateTimeFault", () => {
  test.each(told)("%j by %j", (text, pattern, sentence) => {
    expect(dateTimeFault(text, pattern)).toBe(sentence);
  });
});
