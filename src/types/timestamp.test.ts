import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExecutionError } from "../errors.ts";
import { Timestamp } from "./timestamp.ts";

const micros = fc.bigInt({ min: -9_000_000_000_000_000_000n, max: 9_000_000_000_000_000_000n });

describe("of", () => {
  test.each([
    ["2025-02-01T10:20:30.123456Z", 1738405230123456n],
    ["2025-02-01 10:20:30.123456", 1738405230123456n],
    ["2025-02-01T10:20:30.1234569+01:00", 1738401630123456n],
    ["2025-02-01", 1738368000000000n],
    ["0001-01-01T00:00:00Z", -62135596800000000n],
    ["+10000-01-01T00:00:00Z", 253402300800000000n],
  ])("the text %s", (text, micros) => {
    expect(Timestamp.of(text).epochMicroseconds).toBe(micros);
  });

  test("a Date, an instant with nanoseconds, and itself", () => {
    const timestamp = new Timestamp(1738405230123, 456);
    expect(Timestamp.of(new Date(1738405230123))).toEqual(new Timestamp(1738405230123));
    expect(Timestamp.of({ epochNanoseconds: 1738405230123456789n })).toEqual(timestamp);
    expect(Timestamp.of({ epochNanoseconds: -1n })).toEqual(new Timestamp(-1, 999));
    expect(Timestamp.of(timestamp)).toBe(timestamp);
  });

  test.each(["yesterday", "2025-02-30", "2025-02-01T25:00:00Z", new Date(Number.NaN)])("%s is refused", (value) => {
    expect(() => Timestamp.of(value)).toThrow(ExecutionError);
    expect(() => Timestamp.of(value)).toThrow(/CAST_INVALID_INPUT/);
  });
});

// Spark 4.2's casts of timestamp_micros(…) to STRING in UTC, but for the T and the Z.
test.each([
  [1738405230500000n, "2025-02-01T10:20:30.5Z"],
  [-62135596800000001n, "0000-12-31T23:59:59.999999Z"],
  [-99999999999999999n, "-1199-02-15T14:13:20.000001Z"],
  [253402300800000000n, "+10000-01-01T00:00:00Z"],
])("microsecond %i is written as %s", (micros, text) => {
  const timestamp = Timestamp.fromEpochMicroseconds(micros);
  expect(timestamp.toString()).toBe(text);
  expect(JSON.stringify({ timestamp })).toBe(`{"timestamp":"${text}"}`);
});

test("it counts as its milliseconds, like a Date", () => {
  const early = Timestamp.of("2025-02-01T00:00:00.000001Z");
  const late = Timestamp.of("2025-02-01T00:00:01Z");
  expect(early < late).toBe(true);
  expect(Number(late) - Number(early)).toBe(1000);
  expect(new Date(late.valueOf()).toISOString()).toBe("2025-02-01T00:00:01.000Z");
  expect(early.toDate()).toEqual(new Date("2025-02-01"));
  expect(inspect(late)).toBe("Timestamp(2025-02-01T00:00:01Z)");
});

test("compare and equals see microseconds", () => {
  const [one, two] = [new Timestamp(5, 1), new Timestamp(5, 2)];
  expect([one.compare(two), two.compare(one), one.compare(new Timestamp(5, 1))]).toEqual([-1, 1, 0]);
  expect(new Timestamp(-1, 999).compare(new Timestamp(0))).toBe(-1);
  expect(one.equals(new Timestamp(5, 1))).toBe(true);
  expect(one.equals(two)).toBe(false);
});

describe("far from now", () => {
  test("years that Date cannot hold are exact but for toDate", () => {
    const far = Timestamp.of("+280000-06-15T01:02:03.000004Z");
    expect(far.toString()).toBe("+280000-06-15T01:02:03.000004Z");
    expect(() => far.toDate()).toThrow(/DATETIME_OVERFLOW.*\+280000-06-15/);
  });

  test("years whose milliseconds are no safe integer are refused", () => {
    expect(() => Timestamp.fromEpochMicroseconds(9223372036854775807n)).toThrow(/DATETIME_OVERFLOW/);
  });
});

test("microseconds and texts are read back", () => {
  fc.assert(
    fc.property(micros, (micros) => {
      const timestamp = Timestamp.fromEpochMicroseconds(micros);
      expect(timestamp.epochMicroseconds).toBe(micros);
      expect(timestamp.microseconds >= 0 && timestamp.microseconds <= 999).toBe(true);
      expect(Timestamp.of(timestamp.toString())).toEqual(timestamp);
      expect(Timestamp.of({ epochNanoseconds: timestamp.epochNanoseconds })).toEqual(timestamp);
    }),
  );
});

test("order is that of the microseconds", () => {
  fc.assert(
    fc.property(micros, micros, (a, b) => {
      const order = Timestamp.fromEpochMicroseconds(a).compare(Timestamp.fromEpochMicroseconds(b));
      expect(order).toBe(a < b ? -1 : Number(a > b));
    }),
  );
});
