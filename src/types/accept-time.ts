/** Dates, times and intervals of a program as columns store them. */
import { outOfBounds, unacceptable } from "./accept-fault.ts";
import { parseDate, parseDateTime, parseTime } from "./calendar-parse.ts";
import type { DataType, TimeType } from "./data-type.ts";
import { Interval, type IntervalType } from "./interval.ts";
import type { StoredInterval } from "./stored-value.ts";
import { floorToMicros, type InstantLike, Timestamp } from "./timestamp.ts";

const millisPerDay = 86_400_000;
const dayBounds = [-(2n ** 31n), 2n ** 31n - 1n] as const;
const microBounds = [-(2n ** 63n), 2n ** 63n - 1n] as const;

/** Accepts ISO dates, and `Date` at midnight in UTC, for DATE. */
export const acceptDate =
  (type: DataType) =>
  (value: unknown): number => {
    const days = typeof value === "string" ? parseDate(value) : daysOfDate(value);
    if (days === undefined) throw unacceptable(value, type, 'Give "2025-02-01", or a Date at midnight in UTC.');
    if (Math.abs(days) > 2 ** 31 - 1) throw outOfBounds(days, type, dayBounds);
    return days;
  };

/**
 * Accepts `Timestamp`, `Date`, anything with `epochNanoseconds`, and ISO texts for TIMESTAMP.
 *
 * @param timeZone - the zone of the session: outside UTC a text must state its offset, for it would mean another moment
 */
export const acceptTimestamp =
  (type: DataType, timeZone: string) =>
  (value: unknown): bigint => {
    const micros = typeof value === "string" ? microsOfText(value, timeZone) : microsOfInstant(value);
    if (micros === undefined) throw unacceptable(value, type, timestampHint);
    return inRange(micros, type);
  };

/** Accepts ISO texts without an offset for TIMESTAMP_NTZ. */
export const acceptLocalTimestamp =
  (type: DataType) =>
  (value: unknown): bigint => {
    const read = typeof value === "string" ? parseDateTime(value) : undefined;
    if (read === undefined || read.offset !== undefined) throw unacceptable(value, type, localTimestampHint);
    return inRange(read.micros, type);
  };

/** Accepts ISO times for TIME; digits that its precision has no room for are dropped, as Spark's CAST drops them. */
export const acceptTime =
  (type: TimeType) =>
  (value: unknown): bigint => {
    const micros = typeof value === "string" ? parseTime(value) : undefined;
    if (micros === undefined) throw unacceptable(value, type, 'Give a time of day such as "10:20:30.5".');
    return BigInt(micros - (micros % 10 ** (6 - type.precision)));
  };

/** Accepts intervals of months for year-month intervals. */
export const acceptMonths =
  (type: IntervalType) =>
  (value: unknown): number => {
    const { months } = intervalOf(value, type);
    if (BigInt.asIntN(32, BigInt(months)) !== BigInt(months)) throw outOfBounds(months, type, dayBounds);
    return months;
  };

/** Accepts intervals of microseconds for day-time intervals. */
export const acceptMicros =
  (type: IntervalType) =>
  (value: unknown): bigint =>
    inRange(intervalOf(value, type).microseconds, type);

/** Accepts calendar intervals. */
export const acceptCalendar =
  (type: IntervalType) =>
  (value: unknown): StoredInterval => {
    const { months, days, microseconds } = intervalOf(value, type);
    return { months, days, microseconds: inRange(microseconds, type) };
  };

const timestampHint =
  'Give a Date, a Timestamp, anything with epochNanoseconds, or a text with an offset such as "2025-02-01T10:20:30Z".';
const localTimestampHint =
  'Give a text without an offset, such as "2025-02-01T10:20:30.5": which clock a Date means is not known.';

function daysOfDate(value: unknown): number | undefined {
  const days = value instanceof Date ? value.getTime() / millisPerDay : Number.NaN;
  return Number.isInteger(days) ? days : undefined;
}

function microsOfText(text: string, timeZone: string): bigint | undefined {
  const read = parseDateTime(text);
  if (read === undefined || (read.offset === undefined && timeZone !== "UTC")) return undefined;
  return read.micros - (read.offset ?? 0n);
}

function microsOfInstant(value: unknown): bigint | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : BigInt(value.getTime()) * 1000n;
  if (value instanceof Timestamp) return value.epochMicroseconds;
  const { epochNanoseconds } = value as Partial<InstantLike>;
  return typeof epochNanoseconds === "bigint" ? floorToMicros(epochNanoseconds) : undefined;
}

function intervalOf(value: unknown, type: IntervalType): Interval {
  if (value instanceof Interval && value.type.kind === type.kind) return value;
  throw unacceptable(value, type, `Give an Interval made by ${makers[type.kind]}(…).`);
}

const makers: Readonly<Record<IntervalType["kind"], string>> = {
  interval: "Interval.ofCalendar",
  "day-time interval": "Interval.ofMicroseconds",
  "year-month interval": "Interval.ofMonths",
};

function inRange(micros: bigint, type: DataType): bigint {
  if (BigInt.asIntN(64, micros) !== micros) throw outOfBounds(micros, type, microBounds);
  return micros;
}
