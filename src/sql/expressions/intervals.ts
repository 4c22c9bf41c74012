/** Intervals: `INTERVAL '1' DAY`, `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL 1 DAY 2 HOURS`, `INTERVAL '1 day 2 hours'`. */
import type { Expression, Literal } from "../../plan/expression.ts";
import {
  type DayTimeUnit,
  dayTimeIntervalType,
  type YearMonthUnit,
  yearMonthIntervalType,
} from "../../types/data-type.ts";
import type { Token } from "../../types/ddl-token.ts";
import { stringLiteral } from "../../types/identifier.ts";
import type { SqlCursor } from "../cursor.ts";
import { readUnitRange } from "./interval-ranges.ts";
import { literal } from "./nodes.ts";

/** What a unit counts, in months or microseconds, and the unit that shows it. */
type Unit =
  | { readonly shown: YearMonthUnit; readonly months: bigint }
  | { readonly shown: DayTimeUnit; readonly microseconds: bigint };

const units: Readonly<Record<string, Unit>> = {
  YEAR: { shown: "year", months: 12n },
  MONTH: { shown: "month", months: 1n },
  WEEK: { shown: "day", microseconds: 604_800_000_000n },
  DAY: { shown: "day", microseconds: 86_400_000_000n },
  HOUR: { shown: "hour", microseconds: 3_600_000_000n },
  MINUTE: { shown: "minute", microseconds: 60_000_000n },
  SECOND: { shown: "second", microseconds: 1_000_000n },
  MILLISECOND: { shown: "second", microseconds: 1000n },
  MICROSECOND: { shown: "second", microseconds: 1n },
};

const unitOf = (word: string | undefined): Unit | undefined => {
  const name = word?.toUpperCase().replace(/S$/, "") ?? "";
  return Object.hasOwn(units, name) ? units[name] : undefined;
};

/** Whether a word is a unit, or the one that is too small to be. */
const isUnit = (word: string | undefined): boolean => unitOf(word) !== undefined || isNanosecond(word);
const isNanosecond = (word: string | undefined): boolean => word === "NANOSECOND" || word === "NANOSECONDS";

/** Whether an interval stands here, and not a column of that name. */
export function seesInterval(cursor: SqlCursor): boolean {
  const { kind, value } = cursor.peek(1);
  if (kind === "number" || kind === "string") return true;
  const isSign = kind === "sign" && (value === "-" || value === "+");
  const after = cursor.peek(2);
  return isSign && (after.kind === "string" || (after.kind === "number" && unitOf(cursor.word(3)) !== undefined));
}

/** Reads an interval. */
export function readInterval(cursor: SqlCursor): Expression {
  const at = cursor.take();
  const range = readUnitRange(cursor, at);
  if (range !== undefined) {
    if (seesAmount(cursor, 0)) throw severalRanges(cursor, at);
    return cursor.placed(at.start, range);
  }
  const parts: Part[] = [];
  while (seesAmount(cursor)) parts.push(readPart(cursor, at));
  if (parts.length === 0) throw cursor.unexpected("a number or a text and a unit");
  if (cursor.word() === "TO" && isUnit(cursor.word(1)))
    throw parts.length > 1 ? severalRanges(cursor, at) : unquotedRange(cursor, at);
  return cursor.placed(at.start, sumOf(parts, cursor, at));
}

/** Whether `INTERVAL 'text'` stands here, a text without a unit behind it. */
export const seesIntervalText = (cursor: SqlCursor): boolean =>
  cursor.peek(1).kind === "string" && !isUnit(cursor.word(2));

interface Part {
  readonly amount: string;
  readonly unit: Unit;
}

const signsHere = (cursor: SqlCursor): number => (cursor.seesSign("-") || cursor.seesSign("+") ? 1 : 0);

function seesAmount(cursor: SqlCursor, ahead: number = signsHere(cursor)): boolean {
  const { kind } = cursor.peek(ahead);
  return (kind === "number" || kind === "string") && isUnit(cursor.word(ahead + 1));
}

function readPart(cursor: SqlCursor, at: Token): Part {
  const sign = cursor.acceptAny("-", "+") === "-" ? "-" : "";
  const { value } = cursor.take();
  if (/\p{L}/u.test(value)) throw wordInAmount(cursor, at, value);
  const { value: name } = cursor.take();
  const unit = unitOf(name);
  if (unit === undefined) throw unknownUnit(cursor, at, `${sign}${value} ${name.toLowerCase()}`, name.toLowerCase());
  const amount = value.trim().replace(/^([+-])\s+/, "$1");
  return { amount: sign === "" ? amount : negated(amount), unit };
}

const negated = (amount: string): string => (amount.startsWith("-") ? amount.slice(1) : `-${amount}`);

const amountPattern = /^([+-]?)(\d*)(?:\.(\d{0,9}))?$/;

function sumOf(parts: readonly Part[], cursor: SqlCursor, at: Token): Literal {
  const yearly = parts.filter(({ unit }) => "months" in unit);
  if (yearly.length > 0 && yearly.length < parts.length) throw mixed(cursor, at);
  let total = 0n;
  for (const part of parts) {
    const count = countOf(part);
    if (count === undefined) throw invalid(cursor, at, part.amount);
    total += count;
  }
  return yearly.length > 0 ? yearMonths(total, parts, cursor, at) : dayTime(total, parts, cursor, at);
}

/** The months or microseconds of a part; undefined where its amount is no number that the unit takes. */
function countOf({ amount, unit }: Part): bigint | undefined {
  const match = amountPattern.exec(amount);
  const fraction = match?.[3];
  const isSecond = "microseconds" in unit && unit.microseconds === 1_000_000n;
  if (match === null || (match[2] === "" && (fraction ?? "") === "") || (fraction !== undefined && !isSecond)) {
    return undefined;
  }
  const size = "months" in unit ? unit.months : unit.microseconds;
  const whole = BigInt(match[2] || "0") * size + BigInt((fraction ?? "").padEnd(6, "0").slice(0, 6) || "0");
  return match[1] === "-" ? -whole : whole;
}

function yearMonths(total: bigint, parts: readonly Part[], cursor: SqlCursor, at: Token): Literal {
  if (total < -2147483648n || total > 2147483647n) throw overflow(cursor, at);
  const shown = (["year", "month"] as const).filter((unit) => parts.some((part) => part.unit.shown === unit));
  return literal(yearMonthIntervalType(shown[0]!, shown.at(-1)!), Number(total));
}

function dayTime(total: bigint, parts: readonly Part[], cursor: SqlCursor, at: Token): Literal {
  if (total < -9223372036854775808n || total > 9223372036854775807n) throw overflow(cursor, at);
  const all = ["day", "hour", "minute", "second"] as const;
  const shown = all.filter((unit) => parts.some((part) => part.unit.shown === unit));
  return literal(dayTimeIntervalType(shown[0]!, shown.at(-1)!), total);
}

/** The interval that a text writes: `1 day 2 hours`, perhaps with the word `interval` in front; undefined for other texts. */
export function intervalOfText(written: string, cursor: SqlCursor, at: Token): Literal | undefined {
  const words = written
    .trim()
    .toLowerCase()
    .replace(/^interval\s+/, "")
    .replace(/([+-])\s+/g, "$1")
    .split(/\s+/);
  const parts: Part[] = [];
  for (let index = 0; index < words.length; index += 2) {
    const unit = unitOf(words[index + 1]);
    if (unit === undefined) return undefined;
    parts.push({ amount: words[index]!, unit });
  }
  if (parts.some((part) => countOf(part) === undefined)) return undefined;
  return sumOf(parts, cursor, at);
}

function mixed(cursor: SqlCursor, at: Token): Error {
  return cursor.fault(at, "Cannot mix year-month and day-time fields in an interval literal", {
    condition: "_LEGACY_ERROR_TEMP_0029",
    hint: "Add two intervals: INTERVAL '1' MONTH and INTERVAL '1' DAY; or use make_interval(…).",
  });
}

function severalRanges(cursor: SqlCursor, at: Token): Error {
  return cursor.fault(at, "Can only have a single from-to unit in the interval literal syntax", {
    condition: "_LEGACY_ERROR_TEMP_0024",
    hint: "Add two intervals.",
  });
}

function unquotedRange(cursor: SqlCursor, at: Token): Error {
  return cursor.fault(at, "The value of from-to unit must be a string", {
    condition: "_LEGACY_ERROR_TEMP_0027",
    hint: "Write the amounts in quotes: INTERVAL '1-2' YEAR TO MONTH.",
  });
}

function wordInAmount(cursor: SqlCursor, at: Token, value: string): Error {
  const sentence = "Can only use numbers in the interval value part for multiple unit value pairs interval form";
  return cursor.fault(at, `${sentence}, but got invalid value: ${value}`, {
    condition: "_LEGACY_ERROR_TEMP_0026",
    parameters: { value },
  });
}

function unknownUnit(cursor: SqlCursor, at: Token, input: string, unit: string): Error {
  return cursor.fault(at, `Error parsing '${input}' to interval: Invalid unit ${unit}`, {
    condition: "INVALID_INTERVAL_FORMAT.INVALID_UNIT",
    sqlState: "22006",
    parameters: { input, unit },
    hint: "The smallest unit is MICROSECOND.",
  });
}

function invalid(cursor: SqlCursor, at: Token, written: string): Error {
  return cursor.fault(at, `Error parsing ${stringLiteral(written)} to interval`, {
    condition: "INVALID_INTERVAL_FORMAT.INVALID_VALUE",
    sqlState: "22006",
    parameters: { input: written },
    hint: "An interval is written as INTERVAL '3' DAY, INTERVAL '1-2' YEAR TO MONTH or INTERVAL '1 day 2 hours'.",
  });
}

function overflow(cursor: SqlCursor, at: Token): Error {
  return cursor.fault(at, "Integer overflow while operating with intervals", {
    condition: "INTERVAL_ARITHMETIC_OVERFLOW.WITHOUT_SUGGESTION",
    sqlState: "22015",
  });
}
