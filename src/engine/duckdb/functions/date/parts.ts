/** Parts of dates, timestamps and intervals as DuckDB SQL. */
import { decimalType, isInterval } from "../../../../types/data-type.ts";
import { type DateField, dateField } from "../../../../types/date-field.ts";
import { scaled } from "../decimal.ts";
import type { Lowering } from "../lowering.ts";
import { clock, int } from "./clock.ts";
import { spanOf } from "./moved.ts";

/** A part of a date. */
export const ofDate =
  (part: string): Lowering =>
  ([date]) =>
    int(`${part}(${date})`);

/** A part of the time of day. */
export const ofTime =
  (part: string): Lowering =>
  ([value], { types, timeZone }) =>
    int(`${part}(${clock(value!, types[0], timeZone)})`);

/** From 1 for Sunday to 7 for Saturday. */
export const dayOfWeek: Lowering = ([date]) => int(`dayofweek(${date}) + 1`);

const seconds = (microseconds: string): string => scaled(microseconds, decimalType(8, 6));

const secondWithFraction: Lowering = ([value], { types, timeZone }) =>
  seconds(`datepart('microsecond', ${clock(value!, types[0], timeZone)})`);

const ofMoment: Readonly<Record<DateField, Lowering>> = {
  year: ofDate("year"),
  yearofweek: ofDate("isoyear"),
  quarter: ofDate("quarter"),
  month: ofDate("month"),
  week: ofDate("week"),
  day: ofDate("day"),
  dayofweek: dayOfWeek,
  dayofweek_iso: ofDate("isodow"),
  doy: ofDate("dayofyear"),
  hour: ofTime("hour"),
  minute: ofTime("minute"),
  second: secondWithFraction,
};

const minute = 60_000_000;
const hour = 3_600_000_000;

/** What is left of an interval's months, days and microseconds after the greater units. */
const ofSpan: Partial<Record<DateField, (months: string, days: string, microseconds: string) => string>> = {
  year: (months) => `(${months} // 12)::INTEGER`,
  month: (months) => `(${months} % 12)::TINYINT`,
  day: (_, days) => int(days),
  hour: (_months, _days, time) => `(${time} // ${hour} % 24)::TINYINT`,
  minute: (_months, _days, time) => `(${time} // ${minute} % 60)::TINYINT`,
  second: (_months, _days, time) => seconds(`(${time} % ${minute})`),
};

/** `date_part` and `extract`: the analyzer has seen to it that the source has the field. */
export const datePart: Lowering = (args, context) => {
  if (context.constant(0) === null) return "NULL::DOUBLE";
  const field = dateField(String(context.constant(0)))!;
  const [source, type] = [args[1]!, context.types[1]!];
  if (!isInterval(type)) return ofMoment[field]([source], { ...context, types: [type] });
  const { months = "0", days = "0", microseconds = "0" } = spanOf(source, type);
  return ofSpan[field]!(months, days, microseconds);
};
