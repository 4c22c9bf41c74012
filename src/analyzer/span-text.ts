/** Lengths of time from texts such as `10 minutes` or `interval 1 day -2 hours`. */
import { AnalysisError } from "../errors.ts";

/** Months, days and microseconds, as intervals are stored. */
export interface Span {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

type Part = "months" | "days" | "microseconds";

const units: Readonly<Record<string, readonly [part: Part, size: number]>> = {
  year: ["months", 12],
  month: ["months", 1],
  week: ["days", 7],
  day: ["days", 1],
  hour: ["microseconds", 3_600_000_000],
  minute: ["microseconds", 60_000_000],
  second: ["microseconds", 1_000_000],
  millisecond: ["microseconds", 1000],
  microsecond: ["microseconds", 1],
};

const whole = /^\s*(?:interval\s+)?(?:[+-]?\s*\d+(?:\.\d{1,9})?\s+[a-z]+\s*)+$/i;
const parts = /([+-]?)\s*(\d+)(?:\.(\d{1,9}))?\s+([a-z]+)/gi;

/**
 * Reads a length of time.
 *
 * @throws AnalysisError `CANNOT_PARSE_INTERVAL` for other texts
 */
export function spanOfText(text: string): Span {
  const span = readSpan(text);
  if (span === undefined) throw noSpan(text);
  return span;
}

/** A length of time; undefined for other texts. */
export function readSpan(text: string): Span | undefined {
  if (!whole.test(text)) return undefined;
  const span = { months: 0, days: 0, microseconds: 0n };
  for (const [, sign, amount, fraction, written] of text.matchAll(parts)) {
    const name = written!.toLowerCase().replace(/s$/, "");
    const unit = units[name];
    if (unit === undefined || (fraction !== undefined && name !== "second")) return undefined;
    const [part, size] = unit;
    const parted = BigInt((fraction ?? "").padEnd(6, "0").slice(0, 6));
    const added = (sign === "-" ? -1n : 1n) * (BigInt(amount!) * BigInt(size) + parted);
    if (part === "microseconds") span.microseconds += added;
    else span[part] += Number(added);
  }
  return span;
}

const noSpan = (text: string): AnalysisError =>
  new AnalysisError(
    `Unable to parse '${text}'. Please ensure that the value provided is in a valid format for defining an interval`,
    {
      condition: "CANNOT_PARSE_INTERVAL",
      sqlState: "22006",
      parameters: { intervalString: `'${text}'` },
      hint: `Write numbers with units, such as "10 minutes" or "1 day 12 hours"; units are ${Object.keys(units).join(", ")}.`,
    },
  );
