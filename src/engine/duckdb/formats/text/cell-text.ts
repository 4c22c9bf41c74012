/** The texts from which DuckDB reads values exactly, whatever the format around them. */
import { ExecutionError } from "../../../../errors.ts";
import { dateText, microsPerDay } from "../../../../types/calendar.ts";

const day = BigInt(microsPerDay);
const leastTimestamp = -9_223_372_022_400_000_000n;
const mostTimestamp = 9_223_372_036_854_775_806n;

/** A floating-point number; NaN and infinities have JavaScript's names. */
export const floatingText = (cell: number): string => (Object.is(cell, -0) ? "-0.0" : String(cell));

/** A decimal without an exponent. */
export function decimalText(cell: bigint, scale: number): string {
  const digits = (cell < 0n ? -cell : cell).toString().padStart(scale + 1, "0");
  const fraction = scale === 0 ? "" : `.${digits.slice(-scale)}`;
  return `${cell < 0n ? "-" : ""}${digits.slice(0, digits.length - scale)}${fraction}`;
}

/** A date; years beyond four digits have no plus sign. */
export const isoDate = (cell: number): string => dateText(cell).replace("+", "");

/**
 * A date and time of day.
 *
 * @throws ExecutionError `DATETIME_OVERFLOW` for what DuckDB cannot store
 */
export function isoTimestamp(cell: bigint): string {
  if (cell < leastTimestamp || cell > mostTimestamp) {
    throw new ExecutionError(`A timestamp of ${cell} microseconds is beyond what the engine stores`, {
      condition: "DATETIME_OVERFLOW",
      sqlState: "22008",
      hint: "Timestamps reach from the year -290308 to the year 294247.",
    });
  }
  const days = cell >= 0n ? cell / day : -((day - 1n - cell) / day);
  const micros = Number(cell - days * day);
  const part = (unit: number, most: number): string => String(Math.floor(micros / unit) % most).padStart(2, "0");
  const clock = `${part(3_600_000_000, 24)}:${part(60_000_000, 60)}:${part(1_000_000, 60)}`;
  return `${isoDate(Number(days))} ${clock}.${String(micros % 1_000_000).padStart(6, "0")}`;
}
