import { fractionText } from "./calendar.ts";
import type { DayTimeIntervalType, DayTimeUnit, YearMonthIntervalType } from "./data-type.ts";
import { dayTimeIntervalType, yearMonthIntervalType } from "./data-type.ts";
import { inspection } from "./inspect.ts";
import { typeName } from "./type-name.ts";

/** The types whose values are intervals. */
export type IntervalType = DayTimeIntervalType | YearMonthIntervalType | { readonly kind: "interval" };

/**
 * A span of time: what rows hold for columns of Spark's three interval types.
 *
 * A year-month interval has months only, a day-time interval microseconds only (its days are days of 24 hours); a
 * calendar interval has all three, and keeps them apart.
 *
 * @example
 * ```ts
 * console.log(Interval.ofMicroseconds(93_784_000_000n).toString()); // INTERVAL '1 02:03:04' DAY TO SECOND
 * ```
 */
export class Interval {
  /** Its type, which says between which units it is shown. */
  readonly type: IntervalType;
  /** Its months; 0 for a day-time interval. */
  readonly months: number;
  /** Its days, where they are kept apart from hours. */
  readonly days: number;
  /** Its microseconds; 0 for a year-month interval. */
  readonly microseconds: bigint;

  private constructor(type: IntervalType, months: number, days: number, microseconds: bigint) {
    this.type = type;
    this.months = months;
    this.days = days;
    this.microseconds = microseconds;
  }

  /**
   * A year-month interval.
   *
   * @param months - may be negative
   * @param type - the units that it is shown in
   * @example Interval.ofMonths(14).toString(); // INTERVAL '1-2' YEAR TO MONTH
   */
  static ofMonths(months: number, type: YearMonthIntervalType = yearMonthIntervalType()): Interval {
    return new Interval(type, months, 0, 0n);
  }

  /**
   * A day-time interval.
   *
   * @param microseconds - may be negative
   * @param type - the units that it is shown in
   * @example Interval.ofMicroseconds(93_784_000_000n).toString(); // INTERVAL '1 02:03:04' DAY TO SECOND
   */
  static ofMicroseconds(microseconds: bigint, type: DayTimeIntervalType = dayTimeIntervalType()): Interval {
    return new Interval(type, 0, 0, microseconds);
  }

  /**
   * A calendar interval.
   *
   * @param months - may be negative, like the others
   * @param days - whole; a day has no fixed number of hours
   * @param microseconds - the rest
   * @example Interval.ofCalendar(1, 2, 0n).toString(); // "1 months 2 days"
   */
  static ofCalendar(months: number, days: number, microseconds: bigint): Interval {
    return new Interval({ kind: "interval" }, months, days, microseconds);
  }

  /**
   * Whether both are of one kind and have the same months, days and microseconds.
   *
   * @param other - of any kind; a month equals no number of days
   * @example Interval.ofMonths(12).equals(Interval.ofMonths(12)); // true
   */
  equals(other: Interval): boolean {
    const sameKind = this.type.kind === other.type.kind;
    return (
      sameKind && this.months === other.months && this.days === other.days && this.microseconds === other.microseconds
    );
  }

  /**
   * The text that Spark casts the interval to.
   *
   * @example Interval.ofMonths(-1).toString(); // INTERVAL '-0-1' YEAR TO MONTH
   */
  toString(): string {
    if (this.type.kind === "interval") return calendarText(this);
    const value =
      this.type.kind === "day-time interval"
        ? dayTimeText(this.microseconds, this.type)
        : yearMonthText(this.months, this.type);
    return `INTERVAL '${value}' ${typeName(this.type).replace("interval ", "").toUpperCase()}`;
  }

  /**
   * The text that Spark casts the interval to.
   *
   * @example JSON.stringify({ every: Interval.ofCalendar(0, 7, 0n) }); // {"every":"7 days"}
   */
  toJSON(): string {
    return this.toString();
  }

  /**
   * Refuses operators: a month has no fixed length, so intervals have no common order.
   *
   * @throws TypeError always
   * @example Interval.ofMonths(12).months > 6; // in the place of an operator
   */
  valueOf(): never {
    throw new TypeError("an Interval is no number: use its months, days and microseconds, equals() or toString()");
  }

  /** What `console.log` shows. */
  [inspection](): string {
    return `Interval(${this.toString()})`;
  }
}

const unitSizes: readonly (readonly [DayTimeUnit, bigint])[] = [
  ["day", 86_400_000_000n],
  ["hour", 3_600_000_000n],
  ["minute", 60_000_000n],
  ["second", 1_000_000n],
];

const separators: Readonly<Record<DayTimeUnit, string>> = { day: "", hour: " ", minute: ":", second: ":" };

/** Spark's `IntervalUtils.toDayTimeIntervalString`: the first unit takes all that is left, days are not padded. */
function dayTimeText(microseconds: bigint, { start, end }: DayTimeIntervalType): string {
  const names = unitSizes.map(([unit]) => unit);
  const shown = unitSizes.slice(names.indexOf(start), names.indexOf(end) + 1);
  let rest = microseconds < 0n ? -microseconds : microseconds;
  let text = microseconds < 0n ? "-" : "";
  for (const [unit, size] of shown) {
    const count = String(rest / size);
    rest %= size;
    text += (unit === start ? "" : separators[unit]) + (unit === "day" ? count : count.padStart(2, "0"));
  }
  return end === "second" ? text + fractionText(Number(rest)) : text;
}

function yearMonthText(months: number, { start, end }: YearMonthIntervalType): string {
  const sign = months < 0 ? "-" : "";
  const total = Math.abs(months);
  if (start === "month") return `${sign}${total}`;
  return `${sign}${Math.trunc(total / 12)}${end === "month" ? `-${total % 12}` : ""}`;
}

/** Spark's `CalendarInterval.toString`: each unit with its own sign, those that are zero left out. */
function calendarText({ months, days, microseconds }: Interval): string {
  const second = microseconds % 60_000_000n;
  const sign = second < 0n ? "-" : "";
  const size = second < 0n ? -second : second;
  const parts: [amount: string, unit: string][] = [
    [String(Math.trunc(months / 12)), "years"],
    [String(months % 12), "months"],
    [String(days), "days"],
    [String(microseconds / 3_600_000_000n), "hours"],
    [String((microseconds / 60_000_000n) % 60n), "minutes"],
    [`${size === 0n ? "" : sign}${size / 1_000_000n}${fractionText(Number(size % 1_000_000n))}`, "seconds"],
  ];
  const shown = parts.filter(([amount]) => amount !== "0" && amount !== "-0");
  return shown.length === 0 ? "0 seconds" : shown.map((part) => part.join(" ")).join(" ");
}
