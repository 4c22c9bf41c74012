/** Amounts of named units of time. */
import { condition } from "../../translate-failure.ts";
import type { Lowering } from "../lowering.ts";
import { moved, type Span } from "./moved.ts";

/** What one of a unit is: months, or microseconds; days go by the clock. */
interface Unit {
  readonly months?: number;
  readonly days?: number;
  /** Of units without months. */
  readonly microseconds: number;
}

const ofMonths = (months: number): Unit => ({ months, microseconds: 0 });
const ofDays = (days: number): Unit => ({ days, microseconds: days * 86_400_000_000 });
const ofTime = (microseconds: number): Unit => ({ microseconds });

const units: Readonly<Record<string, Unit>> = {
  YEAR: ofMonths(12),
  QUARTER: ofMonths(3),
  MONTH: ofMonths(1),
  WEEK: ofDays(7),
  DAY: ofDays(1),
  HOUR: ofTime(3_600_000_000),
  MINUTE: ofTime(60_000_000),
  SECOND: ofTime(1_000_000),
  MILLISECOND: ofTime(1000),
  MICROSECOND: ofTime(1),
};

/**
 * A unit by its name in any case.
 *
 * @param functionName - who asks, for the error
 * @throws ExecutionError `INVALID_PARAMETER_VALUE.DATETIME_UNIT` for another name
 */
export function unitNamed(name: unknown, functionName: string): Unit {
  const unit = units[String(name).toUpperCase()];
  if (unit === undefined)
    throw condition("INVALID_PARAMETER_VALUE.DATETIME_UNIT", { functionName, unit: String(name) });
  return unit;
}

// No timestamp is further from another, so that what is beyond the range of timestamps stays so.
const mostMonths = 10_000_000;
const mostDays = 250_000_000;

const bounded = (amount: string, most: number | bigint): string =>
  `CASE WHEN ${amount} > ${most} THEN ${most} WHEN ${amount} < -${most} THEN -${most} ELSE ${amount} END`;

function spanOfUnits(amount: string, { months, days, microseconds }: Unit): Span {
  if (months !== undefined) return { months: `(${bounded(amount, mostMonths)}) * ${months}` };
  if (days !== undefined) return { days: `(${bounded(amount, mostDays)}) * ${days}` };
  const most = (2n ** 63n - 1n) / BigInt(microseconds);
  return { microseconds: `(${bounded(amount, most)}) * ${microseconds}` };
}

/** A timestamp some units later. */
export const addedUnits: Lowering = ([, amount, time], context) => {
  const unit = unitNamed(context.constant(0) === "DAYOFYEAR" ? "DAY" : context.constant(0), "TIMESTAMPADD");
  return moved(time!, context.types[2]!, spanOfUnits(amount!, unit), "+", context.timeZone);
};
