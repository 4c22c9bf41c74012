import { describe, expect, test } from "vitest";
import { type DayTimeUnit, dayTimeIntervalType, type YearMonthUnit, yearMonthIntervalType } from "./data-type.ts";
import { Interval } from "./interval.ts";

const second = 1_000_000n;
const minute = 60n * second;
const hour = 60n * minute;
const day = 24n * hour;

describe("its text is what Spark 4.2 casts it to", () => {
  test.each<[bigint, DayTimeUnit, DayTimeUnit, string]>([
    [day + 2n * hour + 3n * minute + 4n * second, "day", "second", "INTERVAL '1 02:03:04' DAY TO SECOND"],
    [
      -(day + 2n * hour + 3n * minute + 4n * second + 1n),
      "day",
      "second",
      "INTERVAL '-1 02:03:04.000001' DAY TO SECOND",
    ],
    [-1n, "day", "second", "INTERVAL '-0 00:00:00.000001' DAY TO SECOND"],
    [9223372036854775807n, "day", "second", "INTERVAL '106751991 04:00:54.775807' DAY TO SECOND"],
    [-9223372036854775808n, "day", "second", "INTERVAL '-106751991 04:00:54.775808' DAY TO SECOND"],
    [5n * day, "day", "day", "INTERVAL '5' DAY"],
    [0n, "day", "day", "INTERVAL '0' DAY"],
    [10n * day + 5n * hour, "day", "hour", "INTERVAL '10 05' DAY TO HOUR"],
    [-5n * hour, "day", "hour", "INTERVAL '-0 05' DAY TO HOUR"],
    [10n * day + 5n * hour + 6n * minute, "day", "minute", "INTERVAL '10 05:06' DAY TO MINUTE"],
    [5n * hour, "hour", "hour", "INTERVAL '05' HOUR"],
    [100n * hour, "hour", "hour", "INTERVAL '100' HOUR"],
    [hour + 2n * minute, "hour", "minute", "INTERVAL '01:02' HOUR TO MINUTE"],
    [25n * hour + 30n * minute + second, "hour", "second", "INTERVAL '25:30:01' HOUR TO SECOND"],
    [70n * minute, "minute", "minute", "INTERVAL '70' MINUTE"],
    [minute + 2_500_000n, "minute", "second", "INTERVAL '01:02.5' MINUTE TO SECOND"],
    [1_250_000n, "second", "second", "INTERVAL '01.25' SECOND"],
    [0n, "second", "second", "INTERVAL '00' SECOND"],
    [1000n * second + 1n, "second", "second", "INTERVAL '1000.000001' SECOND"],
  ])("%i microseconds from %s to %s", (microseconds, start, end, text) => {
    expect(Interval.ofMicroseconds(microseconds, dayTimeIntervalType(start, end)).toString()).toBe(text);
  });

  test.each<[number, YearMonthUnit, YearMonthUnit, string]>([
    [14, "year", "month", "INTERVAL '1-2' YEAR TO MONTH"],
    [-14, "year", "month", "INTERVAL '-1-2' YEAR TO MONTH"],
    [0, "year", "month", "INTERVAL '0-0' YEAR TO MONTH"],
    [2147483647, "year", "month", "INTERVAL '178956970-7' YEAR TO MONTH"],
    [-2147483648, "year", "month", "INTERVAL '-178956970-8' YEAR TO MONTH"],
    [36, "year", "year", "INTERVAL '3' YEAR"],
    [-30, "month", "month", "INTERVAL '-30' MONTH"],
  ])("%i months from %s to %s", (months, start, end, text) => {
    expect(Interval.ofMonths(months, yearMonthIntervalType(start, end)).toString()).toBe(text);
  });

  test.each([
    [14, 25, 5n * hour + 6n * minute + 7_008_000n, "1 years 2 months 25 days 5 hours 6 minutes 7.008 seconds"],
    [-10, -4, 5n * hour + 5n * minute + 52_500_000n, "-10 months -4 days 5 hours 5 minutes 52.5 seconds"],
    [0, 0, 0n, "0 seconds"],
    [0, 0, 1n, "0.000001 seconds"],
    [0, 0, -1n, "-0.000001 seconds"],
    [0, 0, -hour - 500_000n, "-1 hours -0.5 seconds"],
    [-1, 0, 0n, "-1 months"],
    [0, -7, 0n, "-7 days"],
    [0, 1, -23n * hour - 57n * minute - 59n * second, "1 days -23 hours -57 minutes -59 seconds"],
  ])("%i months, %i days and %i microseconds", (months, days, microseconds, text) => {
    expect(Interval.ofCalendar(months, days, microseconds).toString()).toBe(text);
  });
});

test("as a JavaScript value it is its text, and never a number", () => {
  const interval = Interval.ofMonths(14);
  expect(JSON.stringify([interval])).toBe(`["INTERVAL '1-2' YEAR TO MONTH"]`);
  expect(() => interval < Interval.ofMonths(15)).toThrow(/equals\(\) or toString\(\)/);
});

test("equals compares what it is, not how it is shown", () => {
  expect(Interval.ofMonths(12).equals(Interval.ofMonths(12, yearMonthIntervalType("year", "year")))).toBe(true);
  expect(Interval.ofMicroseconds(day).equals(Interval.ofCalendar(0, 1, 0n))).toBe(false);
  expect(Interval.ofCalendar(0, 1, 0n).equals(Interval.ofCalendar(0, 0, day))).toBe(false);
});
