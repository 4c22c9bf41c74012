import fc from "fast-check";
import { expect, test } from "vitest";
import { dateOf, dateText, dateTimeText, daysOf, timeText } from "./calendar.ts";
import { parseDate, parseDateTime, parseTime } from "./calendar-parse.ts";

// Spark 4.2's casts of such dates to STRING.
test.each([
  [0, "1970-01-01"],
  [20120, "2025-02-01"],
  [-719162, "0001-01-01"],
  [-719528, "0000-01-01"],
  [-719562, "-0001-11-28"],
  [-1519162, "-2190-09-05"],
  [2932896, "9999-12-31"],
  [2932897, "+10000-01-01"],
])("day %i is %s", (days, text) => {
  expect(dateText(days)).toBe(text);
  expect(parseDate(text)).toBe(days);
});

// Spark 4.2's casts of such timestamps to STRING in UTC, but for the T.
test.each([
  [253402300800000000n, "+10000-01-01T00:00:00"],
  [-62135596800000001n, "0000-12-31T23:59:59.999999"],
  [-99999999999999999n, "-1199-02-15T14:13:20.000001"],
  [9223372036854775807n, "+294247-01-10T04:00:54.775807"],
  [-9223372036854775808n, "-290308-12-21T19:59:05.224192"],
])("microsecond %i is %s", (micros, text) => {
  expect(dateTimeText(micros)).toBe(text);
  expect(parseDateTime(text)).toEqual({ micros, offset: undefined });
});

test("days and dates agree with those of Date", () => {
  fc.assert(
    fc.property(fc.integer({ min: -100_000_000, max: 100_000_000 }), (days) => {
      const date = new Date(days * 86_400_000);
      const parts = { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() };
      expect(dateOf(days)).toEqual(parts);
      expect(daysOf(parts.year, parts.month, parts.day)).toBe(days);
    }),
  );
});

test("times are read back from their text", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 86_399_999_999 }), (micros) => {
      expect(parseTime(timeText(micros))).toBe(micros);
    }),
  );
});

test("dates and times are read back from their text", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (micros) => {
      expect(parseDateTime(dateTimeText(micros))).toEqual({ micros, offset: undefined });
    }),
  );
});

test.each(["2025-2-1", "2025-02-30", "2023-02-29", "12025-01-01", "2025-13-01", "2025-00-10", "", "2025-02-01T"])(
  "%s is no date",
  (text) => {
    expect(parseDate(text)).toBeUndefined();
  },
);

test.each(["24:00:00", "10:60", "10:00:60", "1:2:3", "10", "10:00:00.", "10:00:00Z"])("%s is no time", (text) => {
  expect(parseTime(text)).toBeUndefined();
});

test.each([
  ["2025-02-01T10:20:30.1234567Z", "2025-02-01T10:20:30.123456", 0n],
  ["2025-02-01 10:20+01:30", "2025-02-01T10:20:00", 5_400_000_000n],
  ["2025-02-01t10:20:30-05", "2025-02-01T10:20:30", -18_000_000_000n],
  ["+012025-02-01T10:20:30", "+12025-02-01T10:20:30", undefined],
  ["2025-02-01", "2025-02-01T00:00:00", undefined],
])("%s is %s, ahead of UTC by %s", (text, local, offset) => {
  const parsed = parseDateTime(text);
  expect(parsed?.offset).toBe(offset);
  expect(dateTimeText(parsed!.micros)).toBe(local);
});

test.each(["2025-02-01T10:00:00-19:00", "2025-02-01T10:00:00+01:60", "2025-02-01T10:00[Europe/Berlin]", "T10:00", "x"])(
  "%s is no date and time",
  (text) => {
    expect(parseDateTime(text)).toBeUndefined();
  },
);
