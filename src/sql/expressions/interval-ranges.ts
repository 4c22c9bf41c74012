/** Intervals over a range of units: `INTERVAL '1-2' YEAR TO MONTH`, `INTERVAL -'1 02:03:04.5' DAY TO SECOND`. */
import type { Literal } from "../../plan/expression.ts";
import {
  type DayTimeUnit,
  dayTimeIntervalType,
  type YearMonthUnit,
  yearMonthIntervalType,
} from "../../types/data-type.ts";
import type { Token } from "../../types/ddl-token.ts";
import type { SqlCursor } from "../cursor.ts";
import { literal } from "./nodes.ts";

const dayTimeUnits = ["DAY", "HOUR", "MINUTE", "SECOND"] as const;
const sizes = [86_400_000_000n, 3_600_000_000n, 60_000_000n, 1_000_000n] as const;
/** The digits and the largest amount of a unit that stands first. */
const firstPatterns = [String.raw`(\d{1,9})`, String.raw`(\d{1,10})`, String.raw`(\d{1,12})`] as const;
const firstLimits = [106_751_991n, 2_562_047_788n, 153_722_867_280n] as const;
/** The largest amount of a unit that another one stands before. */
const limits = [undefined, 23n, 59n, 59n] as const;
const patterns = [
  String.raw`(\d+)`,
  String.raw`(\d{1,2})`,
  String.raw`(\d{1,2})`,
  String.raw`(\d{1,2})(?:\.(\d{1,9}))?`,
] as const;
const separators = ["", " ", ":", ":"] as const;

/** Reads a text and a range of units, if they stand here. */
export function readUnitRange(cursor: SqlCursor, at: Token): Literal | undefined {
  const signed = cursor.seesSign("-") || cursor.seesSign("+") ? 1 : 0;
  if (cursor.peek(signed).kind !== "string" || cursor.word(signed + 2) !== "TO") return undefined;
  const isNegative = signed === 1 && cursor.take().value === "-";
  const written = cursor.take().value;
  const from = cursor.take().value;
  cursor.expect("TO");
  const to = cursor.word() ?? "";
  const value = amountOf(cursor, at, { written: written.trim(), from, to, isNegative });
  cursor.take();
  return value;
}

interface Range {
  readonly written: string;
  readonly from: string;
  readonly to: string;
  readonly isNegative: boolean;
}

function amountOf(cursor: SqlCursor, at: Token, range: Range): Literal {
  if (range.from === "YEAR" && range.to === "MONTH") return yearToMonth(cursor, at, range);
  const first = dayTimeUnits.indexOf(range.from as "DAY");
  const last = dayTimeUnits.indexOf(range.to as "DAY");
  if (first < 0 || last <= first) throw unsupportedRange(cursor, at, range);
  return dayToSecond(cursor, at, range, first, last);
}

function yearToMonth(cursor: SqlCursor, at: Token, range: Range): Literal {
  const [, sign, years, months] = /^([+-])?(\d+)-(\d+)$/.exec(range.written) ?? [];
  if (years === undefined) throw unmatched(cursor, at, range, "y-m");
  const total = Number(years) * 12 + Number(months);
  const value = (sign === "-") !== range.isNegative ? -total : total;
  if (Number(months) > 11 || (value | 0) !== value) throw unparsed(cursor, at, range);
  return literal(yearMonthIntervalType("year" as YearMonthUnit, "month"), value === 0 ? 0 : value);
}

function dayToSecond(cursor: SqlCursor, at: Token, range: Range, first: number, last: number): Literal {
  const shown = [0, 1, 2, 3].slice(first, last + 1);
  const pattern = shown.map(
    (unit) => `${unit === first ? "" : separators[unit]}${unit === first ? firstPatterns[unit] : patterns[unit]}`,
  );
  const match = new RegExp(`^([+-])?${pattern.join("")}$`).exec(range.written);
  if (match === null) throw unmatched(cursor, at, range, dayTimeForm(shown));
  const amounts = shown.map((_, index) => BigInt(match[index + 2]!));
  const most = shown.map((unit, index) => (index === 0 ? firstLimits : limits)[unit]!);
  const beyond = most.findIndex((limit, index) => amounts[index]! > limit);
  if (beyond >= 0) throw outside(cursor, at, shown[beyond]!, amounts[beyond]!, most[beyond]!);
  const fraction = last === 3 ? BigInt((match[shown.length + 2] ?? "").padEnd(6, "0").slice(0, 6)) : 0n;
  const total = shown.reduce((sum, unit, index) => sum + amounts[index]! * sizes[unit]!, fraction);
  const names = shown.map((unit) => dayTimeUnits[unit]!.toLowerCase() as DayTimeUnit);
  return literal(
    dayTimeIntervalType(names[0]!, names.at(-1)!),
    (match[1] === "-") !== range.isNegative ? -total : total,
  );
}

function unsupportedRange(cursor: SqlCursor, at: Token, { written, from, to }: Range): Error {
  const units = { from: from.toLowerCase(), to: to.toLowerCase() };
  return cursor.fault(at, `Cannot support (interval '${written}' ${units.from} to ${units.to}) expression`, {
    condition: "INVALID_INTERVAL_FORMAT.UNSUPPORTED_FROM_TO_EXPRESSION",
    sqlState: "22006",
    parameters: { input: written, ...units },
    hint: "The ranges are YEAR TO MONTH, and from DAY, HOUR or MINUTE to a smaller unit down to SECOND.",
  });
}

const marks = ["d", "h", "m", "s.n"] as const;
const dayTimeForm = (shown: readonly number[]): string =>
  shown.map((unit, index) => `${index === 0 ? "" : separators[unit]}${marks[unit]}`).join("");

/** A text that has another form than its units ask for. */
function unmatched(cursor: SqlCursor, at: Token, { written, from, to }: Range, form: string): Error {
  const isYearly = from === "YEAR";
  const supported = `\`[+|-]${form}\`, \`INTERVAL [+|-]'[+|-]${form}' ${from} TO ${to}\``;
  const typeName = `interval ${from} to ${to}`.toLowerCase();
  const intervalStr = isYearly ? "year-month" : "day-time";
  const sentence = `Interval string does not match ${intervalStr} format of ${supported} when cast to ${typeName}: ${written}`;
  return cursor.fault(at, sentence, {
    condition: `INVALID_INTERVAL_FORMAT.UNMATCHED_FORMAT_STRING${isYearly ? "" : "_WITH_NOTICE"}`,
    sqlState: "22006",
    parameters: { input: written, intervalStr, supportedFormat: supported, typeName },
  });
}

function unparsed(cursor: SqlCursor, at: Token, { written }: Range): Error {
  return cursor.fault(at, `Error parsing '${written}' to interval: Error parsing interval year-month string`, {
    condition: "INVALID_INTERVAL_FORMAT.INTERVAL_PARSING",
    sqlState: "22006",
    parameters: { input: written, interval: "year-month" },
    hint: "Write at most 11 months, and fewer than 178956971 years.",
  });
}

function outside(cursor: SqlCursor, at: Token, unit: number, amount: bigint, most: bigint): Error {
  const name = dayTimeUnits[unit]!.toLowerCase();
  return cursor.fault(at, `requirement failed: ${name} ${amount} outside range [0, ${most}]`, {
    condition: "_LEGACY_ERROR_TEMP_0063",
  });
}
