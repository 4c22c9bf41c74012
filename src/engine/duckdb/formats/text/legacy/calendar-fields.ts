/** The fields of Java's `GregorianCalendar` in the United States, whose weeks begin on Sunday. */
import { UnsupportedError } from "../../../../../errors.ts";
import { hybridDateOf, hybridDays, monthStart, yearStart } from "./hybrid-calendar.ts";

/** Months and weekdays are counted from 0 and 1 as in Java; a year is one of its era. */
export type CalendarField =
  | "era"
  | "year"
  | "month"
  | "weekOfYear"
  | "weekOfMonth"
  | "dayOfMonth"
  | "dayOfYear"
  | "dayOfWeek"
  | "dayOfWeekInMonth"
  | "afternoon"
  | "hour"
  | "hourOfDay"
  | "minute"
  | "second"
  | "millisecond";

/** What a calendar shows. */
export type ShownFields = Readonly<Record<CalendarField | "weekYear", number>>;

export const millisPerDay = 86_400_000;

/**
 * The fields of a time on a clock.
 *
 * @param local - milliseconds since 1970-01-01 00:00:00 on that clock
 */
export function fieldsOf(local: number): ShownFields {
  const days = Math.floor(local / millisPerDay);
  const millis = local - days * millisPerDay;
  const { year, month, day } = hybridDateOf(days);
  const hour = Math.floor(millis / 3_600_000);
  const weekOfYear = weekOf(year, days);
  return {
    era: year > 0 ? 1 : 0,
    year: year > 0 ? year : 1 - year,
    month: month - 1,
    weekYear: weekOfYear === 1 && month === 12 ? year + 1 : year,
    weekOfYear,
    weekOfMonth: weekNumber(monthStart(days), days),
    dayOfMonth: day,
    dayOfYear: days - yearStart(year) + 1,
    dayOfWeek: weekday(days),
    dayOfWeekInMonth: Math.floor((days - monthStart(days)) / 7) + 1,
    afternoon: hour < 12 ? 0 : 1,
    hour: hour % 12,
    hourOfDay: hour,
    minute: Math.floor(millis / 60_000) % 60,
    second: Math.floor(millis / 1000) % 60,
    millisecond: millis % 1000,
  };
}

/** From 1, Sunday. 1970-01-01 was a Thursday. */
const weekday = (days: number): number => ((((days + 4) % 7) + 7) % 7) + 1;

/** The last day that is such a weekday, up to a day. */
const weekdayUpTo = (days: number, wanted: number): number => days - ((((weekday(days) - wanted) % 7) + 7) % 7);

/** A year's first week is that of its first day. */
function weekOf(year: number, days: number): number {
  const next = yearStart(year + 1);
  return days >= weekdayUpTo(next, 1) ? 1 : weekNumber(yearStart(year), days);
}

const weekNumber = (first: number, days: number): number => Math.floor((days - weekdayUpTo(first, 1)) / 7) + 1;

/** Fields in the order in which they were set, the last one last. */
export type SetFields = ReadonlyMap<CalendarField, number>;

/**
 * The time on a clock that fields state; what is out of range is carried over.
 *
 * Source: `GregorianCalendar.computeTime`.
 *
 * @returns milliseconds since 1970-01-01 00:00:00 on that clock
 */
export function localMillis(fields: SetFields): number {
  const stated = fields.get("year") ?? 1970;
  const year = fields.get("era") === 0 ? 1 - stated : stated;
  const millis = timeOfDay(fields);
  const extra = Math.floor(millis / millisPerDay);
  const choice = chosenDay(fields);
  const isOfYear = choice === "dayOfYear" || choice === "weekOfYear";
  const days = hybridDays(year, isOfYear, (daysOf) => extra + counters[choice](fields, year, daysOf));
  const local = days * millisPerDay + (millis - extra * millisPerDay);
  if (Number.isSafeInteger(local)) return local;
  throw new UnsupportedError(`the year ${stated} lies too far away to be read by an old date-time pattern`, {
    hint: "Separate the digits of the year from those of other parts, or set spark.sql.legacy.timeParserPolicy to CORRECTED.",
  });
}

function timeOfDay(fields: SetFields): number {
  const get = (field: CalendarField) => fields.get(field) ?? 0;
  const isOfHalf = !fields.has("hourOfDay") || together(fields, "hour", "afternoon") > stampOf(fields, "hourOfDay");
  const hour = isOfHalf ? get("hour") + 12 * get("afternoon") : get("hourOfDay");
  return ((hour * 60 + get("minute")) * 60 + get("second")) * 1000 + get("millisecond");
}

/** When the last of fields was set; -1 for never. */
function stampOf(fields: SetFields, ...wanted: readonly CalendarField[]): number {
  const order = [...fields.keys()];
  return Math.max(...wanted.map((field) => order.indexOf(field)));
}

/** When fields that count only together were set. */
const together = (fields: SetFields, ...wanted: readonly CalendarField[]): number =>
  wanted.every((field) => fields.has(field)) ? stampOf(fields, ...wanted) : -1;

type DayChoice = "dayOfMonth" | "weekOfMonth" | "dayOfWeekInMonth" | "dayOfYear" | "weekOfYear";

/** Which fields say the day: those that were set last. Source: `Calendar.selectFields`. */
function chosenDay(fields: SetFields): DayChoice {
  const whole: readonly (readonly [DayChoice, number])[] = [
    ["dayOfMonth", stampOf(fields, "dayOfMonth")],
    ["weekOfMonth", together(fields, "weekOfMonth", "dayOfWeek")],
    ["dayOfWeekInMonth", together(fields, "dayOfWeekInMonth", "dayOfWeek")],
    ["dayOfYear", stampOf(fields, "dayOfYear")],
    ["weekOfYear", together(fields, "weekOfYear", "dayOfWeek")],
  ];
  const alone: readonly (readonly [DayChoice, number])[] = [
    ["weekOfMonth", stampOf(fields, "weekOfMonth")],
    ["dayOfWeekInMonth", stampOf(fields, "dayOfWeekInMonth", "dayOfWeek")],
    ["weekOfYear", stampOf(fields, "weekOfYear")],
  ];
  return latest(fields, whole) ?? latest(fields, alone) ?? "dayOfMonth";
}

/** The choice that was set last; where a weekday ends several, the one whose week was. */
function latest(fields: SetFields, choices: readonly (readonly [DayChoice, number])[]): DayChoice | undefined {
  const last = Math.max(...choices.map(([, stamp]) => stamp));
  if (last < 0) return undefined;
  const tied = choices.filter(([, stamp]) => stamp === last).map(([choice]) => choice);
  return tied.toSorted((left, right) => stampOf(fields, right) - stampOf(fields, left))[0];
}

type Count = (fields: SetFields, year: number, daysOf: (year: number, month: number, day: number) => number) => number;

const statedMonth: Count = (fields, year, daysOf) => {
  const month = fields.get("month") ?? 0;
  return daysOf(year + Math.floor(month / 12), (((month % 12) + 12) % 12) + 1, 1);
};

/** The Sunday that the week of a month's or a year's first day begins with. */
const firstWeek = (first: number): number => weekdayUpTo(first, 1);

const counters: Readonly<Record<DayChoice, Count>> = {
  dayOfMonth: (fields, year, daysOf) => statedMonth(fields, year, daysOf) + (fields.get("dayOfMonth") ?? 1) - 1,
  dayOfYear: (fields, year, daysOf) => daysOf(year, 1, 1) + fields.get("dayOfYear")! - 1,
  weekOfMonth: (fields, year, daysOf) =>
    inWeek(firstWeek(statedMonth(fields, year, daysOf)), fields.get("weekOfMonth")!, fields),
  weekOfYear: (fields, year, daysOf) => inWeek(firstWeek(daysOf(year, 1, 1)), fields.get("weekOfYear")!, fields),
  dayOfWeekInMonth: (fields, year, daysOf) => {
    const count = fields.get("dayOfWeekInMonth") ?? 1;
    const weekday = fields.get("dayOfWeek") ?? 1;
    if (count >= 0) return weekdayUpTo(statedMonth(fields, year, daysOf) + 7 * count - 1, weekday);
    const next = new Map(fields).set("month", (fields.get("month") ?? 0) + 1);
    return weekdayUpTo(statedMonth(next, year, daysOf) + 7 * (count + 1) - 1, weekday);
  },
};

const inWeek = (sunday: number, week: number, fields: SetFields): number =>
  weekdayUpTo(sunday + 6, fields.get("dayOfWeek") ?? 1) + 7 * (week - 1);
