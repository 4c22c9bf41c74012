/** Calendar intervals from text, such as `1 year 2 days` or `interval -1.5 seconds`. */
import type { StoredInterval } from "../../../../types/stored-value.ts";

type Field = "months" | "days" | "microseconds";

/** What a unit counts. */
const units: Readonly<Record<string, readonly [field: Field, size: bigint]>> = {
  year: ["months", 12n],
  month: ["months", 1n],
  week: ["days", 7n],
  day: ["days", 1n],
  hour: ["microseconds", 3_600_000_000n],
  minute: ["microseconds", 60_000_000n],
  second: ["microseconds", 1_000_000n],
  millisecond: ["microseconds", 1000n],
  microsecond: ["microseconds", 1n],
};

const term = String.raw`([+-]?)\s*(\d+(?:\.\d{0,9})?|\.\d{1,9})\s+([a-z]+)`;
const whole = new RegExp(String.raw`^(?:interval\s+)?${term}(?:\s+${term})*$`);
const terms = new RegExp(term, "g");

const bits: Readonly<Record<Field, number>> = { months: 32, days: 32, microseconds: 64 };

/**
 * The calendar interval of a text, or null where it is none.
 *
 * Source: `IntervalUtils.safeStringToInterval`.
 */
export function calendarFromText(text: string): StoredInterval | null {
  const written = text.trim().toLowerCase();
  if (!whole.test(written)) return null;
  const sums: Record<Field, bigint> = { months: 0n, days: 0n, microseconds: 0n };
  for (const [, sign, amount, word] of written.matchAll(terms)) {
    const [field, count] = counted(amount!, word!.replace(/s$/, "")) ?? [];
    if (field === undefined || count === undefined) return null;
    sums[field] += sign === "-" ? -count : count;
    if (BigInt.asIntN(bits[field], sums[field]) !== sums[field]) return null;
  }
  return { months: Number(sums.months), days: Number(sums.days), microseconds: sums.microseconds };
}

/** What an amount of a unit counts; only seconds have fractions. */
function counted(amount: string, unit: string): readonly [Field, bigint] | undefined {
  const [integer, fraction] = amount.split(".") as [string, string?];
  const found = Object.hasOwn(units, unit) ? units[unit] : undefined;
  if (found === undefined || (fraction !== undefined && unit !== "second")) return undefined;
  const [field, size] = found;
  return [field, BigInt(integer || "0") * size + BigInt((fraction ?? "").padEnd(6, "0").slice(0, 6))];
}
