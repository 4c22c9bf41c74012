/** What the letters of Spark's date-time patterns match. */
import { type ZoneRules, zoneRules } from "../time-zone.ts";
import { monthNames } from "./calendar-names.ts";
import { checkPunctuation, refusedPattern } from "./pattern-refusal.ts";

export type Field =
  | "era"
  | "year"
  | "month"
  | "day"
  | "dayOfYear"
  | "hour"
  | "clockHour"
  | "hourOfHalf"
  | "clockHourOfHalf"
  | "afternoon"
  | "minute"
  | "second"
  | "micros"
  | "zone";
/** What a run of one letter matches, and what its text sets. */
export interface Piece {
  readonly source: string;
  readonly field?: Field;
  readonly value?: (text: string) => number | ZoneRules | undefined;
}

const zoneText = "[A-Za-z][A-Za-z0-9~/._+-]*|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?";

const number = (field: Field, count: number, shift: (value: number) => number = (value) => value): Piece => ({
  source: count === 1 ? "-?\\d{1,19}" : `\\d{${count}}`,
  field,
  value: (text) => shift(Number(text)),
});

function name(field: Field, names: readonly string[], length: number): Piece {
  const texts = names.map((text) => text.slice(0, length).toLowerCase());
  return { source: texts.join("|"), field, value: (text) => texts.indexOf(text.toLowerCase()) + 1 };
}

const zone = (source: string): Piece => ({
  source,
  field: "zone",
  value: (text) => zoneRules(/^[a-z]$/i.test(text) ? "Z" : text.replace(/^([+-]\d\d)$/, "$1:00")),
});

function year(count: number): Piece {
  const value = (text: string) => (count === 2 ? 2000 + Number(text) : Number(text));
  if (count === 2) return { source: "\\d{2}", field: "year", value };
  if (count === 1 || count === 3) return { source: `-?\\d{${count},19}`, field: "year", value };
  return { source: `\\d{${count}}|\\+\\d{${count + 1},19}|-\\d{${count},19}`, field: "year", value };
}

const dayOfYear = (count: number): Piece =>
  count === 2 ? { ...number("dayOfYear", 2), source: "\\d{2,3}" } : number("dayOfYear", count);

/** 1 for the years from 1 on, 0 for those before. */
const era = (full: boolean): Piece => ({
  source: full ? "Anno Domini|Before Christ" : "AD|BC",
  field: "era",
  value: (text) => (/^a/i.test(text) ? 1 : 0),
});

const fraction = (count: number): Piece => ({
  source: `\\d{1,${count}}`,
  field: "micros",
  value: (text) => Number(text.slice(0, 6).padEnd(6, "0")),
});

const offsets = [
  "[+-]\\d\\d(?:\\d\\d)?",
  "[+-]\\d\\d\\d\\d",
  "[+-]\\d\\d:\\d\\d",
  "[+-]\\d{4}(?:\\d\\d)?",
  "[+-]\\d\\d:\\d\\d(?::\\d\\d)?",
];

/** The letters of Spark's patterns by how many stand together; Spark itself refuses the others. */
const letters: Readonly<Record<string, (count: number) => Piece | undefined>> = {
  G: (count) => (count <= 4 ? era(count === 4) : undefined),
  y: (count) => (count <= 6 ? year(count) : undefined),
  M: (count) => monthPiece(count),
  L: (count) => monthPiece(count),
  d: (count) => (count <= 2 ? number("day", count) : undefined),
  D: (count) => (count <= 3 ? dayOfYear(count) : undefined),
  H: (count) => (count <= 2 ? number("hour", count) : undefined),
  k: (count) =>
    count <= 2 ? number("clockHour", count, (hour) => (hour === 24 ? 0 : hour === 0 ? Number.NaN : hour)) : undefined,
  h: (count) =>
    count <= 2
      ? number("clockHourOfHalf", count, (hour) => (hour === 12 ? 0 : hour === 0 ? Number.NaN : hour))
      : undefined,
  K: (count) => (count <= 2 ? number("hourOfHalf", count) : undefined),
  a: (count) =>
    count === 1 ? { source: "AM|PM", field: "afternoon", value: (text) => (/^p/i.test(text) ? 1 : 0) } : undefined,
  m: (count) => (count <= 2 ? number("minute", count) : undefined),
  s: (count) => (count <= 2 ? number("second", count) : undefined),
  S: (count) => (count <= 9 ? fraction(count) : undefined),
  X: (count) => (count <= 5 ? zone(`Z|${offsets[count - 1]}`) : undefined),
  x: (count) => (count <= 5 ? zone(offsets[count - 1]!) : undefined),
  Z: (count) =>
    count <= 3
      ? zone("[+-]\\d{4}")
      : count === 4
        ? zone("GMT(?:[+-]\\d\\d:\\d\\d(?::\\d\\d)?)?")
        : zone(`Z|${offsets[4]}`),
  O: (count) =>
    count === 1 ? zone("GMT(?:[+-]\\d{1,2}(?::\\d\\d)?)?") : zone("GMT(?:[+-]\\d\\d:\\d\\d(?::\\d\\d)?)?"),
  z: (count) => (count <= 4 ? zone(zoneText) : undefined),
  V: (count) => (count === 2 ? zone(zoneText) : undefined),
};

function monthPiece(count: number): Piece | undefined {
  if (count <= 2) return number("month", count);
  return count <= 4 ? name("month", monthNames, count === 3 ? 3 : 20) : undefined;
}

/** A part of a pattern. */
export type PatternPart =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "piece"; readonly letters: string; readonly piece: Piece }
  /** The beginning and the end of what a text may leave out. */
  | { readonly kind: "open" }
  | { readonly kind: "close" };

/**
 * The parts of a pattern in their order.
 *
 * @throws ParseError for a pattern that Spark refuses
 * @throws UnsupportedError for a letter that is not read
 */
export function patternParts(pattern: string): readonly PatternPart[] {
  checkPunctuation(pattern, true);
  const found = pattern.matchAll(/([A-Za-z])\1*|'(?:[^']|'')*'|'|\[|\]|[^A-Za-z'[\]]+/g);
  const parts = Array.from(found, ([part]) => partOf(part, pattern));
  return pattern.includes("S") ? withoutLastQuotes(parts) : parts;
}

/** Spark splits patterns with fractions at their quotes, and loses those at the end. */
function withoutLastQuotes(parts: readonly PatternPart[]): readonly PatternPart[] {
  const last = parts.at(-1);
  if (last?.kind !== "text" || !last.text.endsWith("'")) return parts;
  return [...parts.slice(0, -1), { kind: "text", text: last.text.replace(/'+$/, "") }];
}

function partOf(part: string, pattern: string): PatternPart {
  if (part === "'") throw refusedPattern(pattern, undefined, true);
  if (part === "[") return { kind: "open" };
  if (part === "]") return { kind: "close" };
  if (part === "''") return { kind: "text", text: "'" };
  if (part.startsWith("'")) return { kind: "text", text: part.slice(1, -1).replaceAll("''", "'") };
  if (!/^[A-Za-z]/.test(part)) return { kind: "text", text: part };
  const piece = letters[part.charAt(0)]?.(part.length);
  if (piece === undefined) throw refusedPattern(pattern, part, true);
  return { kind: "piece", letters: part, piece };
}

/**
 * What a part matches among the others: a number leaves the digits to the numbers of a fixed length that follow at once, and
 * nothing is given back later.
 */
export function sourceAt(parts: readonly PatternPart[], index: number): string {
  const part = parts[index]!;
  if (part.kind !== "piece") return "";
  const { letters: run, piece } = part;
  if (!/^[yMLdDHkhKms]+$/.test(run) || /^[ML]{3}/.test(run)) return piece.source;
  const left = digitsBehind(parts, index);
  const count = run.length;
  if (/^y{4}/.test(run)) {
    const signed = (sign: string, least: number): string =>
      left === 0 ? `${sign}\\d{${least},19}` : `${sign}\\d{${least},19}(?=\\d{${left}})|${sign}\\d{${least}}`;
    return `\\d{${count}}(?!\\d{${left + 1}})|${signed("\\+", count + 1)}|${signed("-", count)}`;
  }
  const isOpen = count === 1 || run === "yyy" || run === "DD";
  return left === 0 || !isOpen ? piece.source : `(?:${piece.source})(?=\\d{${left}})|\\d{${count}}`;
}

function digitsBehind(parts: readonly PatternPart[], index: number): number {
  const next = parts[index + 1];
  const isFixed = next?.kind === "piece" && /^(?:yy|MM|LL|dd|DDD|HH|kk|hh|KK|mm|ss)$/.test(next.letters);
  return isFixed ? next.letters.length + digitsBehind(parts, index + 1) : 0;
}

/** Text as a regular expression that matches it. */
export const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
