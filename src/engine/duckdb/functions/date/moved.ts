/** Dates and timestamps moved by spans of time, as DuckDB SQL: months and days go by the clock, hours are time that passes. */
import type { DataType } from "../../../../types/data-type.ts";
import { fromLocalNear, toLocal } from "../../compile/zone.ts";
import { sqlError } from "../../sql-text.ts";
import type { LoweringContext } from "../lowering.ts";

/** The parts of a span as SQL; what is left out is zero. */
export interface Span {
  readonly months?: string;
  readonly days?: string;
  readonly microseconds?: string;
}

const day = 86_400_000_000;

/**
 * SQL of the parts of an interval.
 *
 * @param interval - SQL of a value of `type`, which may be written several times
 */
export function spanOf(interval: string, { kind }: DataType): Span {
  if (kind === "year-month interval") return { months: interval };
  if (kind === "day-time interval") return { days: `(${interval} // ${day})`, microseconds: `(${interval} % ${day})` };
  const part = (name: string) => `datepart('${name}', ${interval})`;
  return {
    months: `(${part("year")} * 12 + ${part("month")})`,
    days: part("day"),
    microseconds: `(${part("hour")} * 3600000000 + ${part("minute")} * 60000000 + ${part("microsecond")})`,
  };
}

/** The calendar interval of parts. */
export const interval = ({ months = "0", days = "0", microseconds = "0" }: Span): string =>
  `(to_months((${months})::INTEGER) + to_days((${days})::INTEGER) + to_microseconds((${microseconds})::BIGINT))`;

/**
 * SQL of a timestamp moved by a span: by months first, then by days, both on the clock of the session where the type has
 * one, then by time.
 *
 * @param time - SQL of a timestamp of `type`; it may be written several times
 */
export function moved(time: string, type: DataType, span: Span, operator: "+" | "-", timeZone: string): string {
  const steps = [
    ...(span.months === undefined ? [] : [`to_months((${span.months})::INTEGER)`]),
    ...(span.days === undefined ? [] : [`to_days((${span.days})::INTEGER)`]),
  ];
  const onClock = (from: string, step: string): string =>
    type.kind === "timestamp"
      ? fromLocalNear(`(${toLocal(from, timeZone)} ${operator} ${step})`, from, timeZone)
      : `(${from} ${operator} ${step})`;
  const shown = steps.reduce(onClock, time);
  return span.microseconds === undefined ? shown : `(${shown} ${operator} to_microseconds(${span.microseconds}))`;
}

/** SQL of a date moved by months or by a calendar interval, which must have no hours. */
export function movedDate(date: string, span: Span, operator: "+" | "-"): string {
  const { months = "0", days, microseconds } = span;
  const byMonths = `(${date} ${operator} to_months((${months})::INTEGER))::DATE`;
  if (days === undefined || microseconds === undefined) return byMonths;
  const refused = sqlError("INVALID_INTERVAL_WITH_MICROSECONDS_ADDITION");
  return `CASE WHEN ${microseconds} <> 0 THEN ${refused} ELSE (${byMonths} ${operator} (${days})::INTEGER) END`;
}

/** SQL of the time between two timestamps as a clock of the session shows it, in microseconds. */
export function elapsed(end: string, start: string, type: DataType, { timeZone }: LoweringContext): string {
  const shown = (time: string) => `epoch_us(${type.kind === "timestamp" ? toLocal(time, timeZone) : time})`;
  return `(${shown(end)} - ${shown(start)})`;
}
