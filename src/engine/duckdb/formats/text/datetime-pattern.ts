/** Reads dates and times by a pattern of Spark, which is one of Java's `DateTimeFormatter`, strictly resolved. */
import { daysOf, microsPerDay } from "../../../../types/calendar.ts";
import { isDate, type ZoneRules, zoneRules } from "../time-zone.ts";
import { checkPunctuation, refusedPattern } from "./pattern-refusal.ts";

type Field =
  | "year"
  | "month"
  | "day"
  | "dayOfYear"
  | "hour"
  | "hourOfHalf"
  | "afternoon"
  | "minute"
  | "second"
  | "micros"
  | "zone";
type Values = Partial<Record<Field, number | ZoneRules>>;

/** What a run of one letter matches, and what its text sets. */
interface Piece {
  readonly source: string;
  readonly field?: Field;
  readonly value?: (text: string) => number | ZoneRules | undefined;
}

const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];
const zoneText = "[A-Za-z][A-Za-z0-9~/._+-]*|[+-]\\d\\d(?::?\\d\\d(?::?\\d\\d)?)?";

const number = (field: Field, count: number, shift: (value: number) => number = (value) => value): Piece => ({
  source: count === 1 ? "\\d{1,19}" : `\\d{${count}}`,
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
  if (count === 1) return { source: "-?\\d{1,19}", field: "year", value };
  return { source: `\\d{${count}}|\\+\\d{${count + 1},19}|-\\d{${count},19}`, field: "year", value };
}

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
  y: year,
  M: (count) => monthPiece(count),
  L: (count) => monthPiece(count),
  d: (count) => (count <= 2 ? number("day", count) : undefined),
  D: (count) => (count <= 3 ? number("dayOfYear", count) : undefined),
  H: (count) => (count <= 2 ? number("hour", count) : undefined),
  k: (count) =>
    count <= 2 ? number("hour", count, (hour) => (hour === 24 ? 0 : hour === 0 ? Number.NaN : hour)) : undefined,
  h: (count) =>
    count <= 2 ? number("hourOfHalf", count, (hour) => (hour === 12 ? 0 : hour === 0 ? Number.NaN : hour)) : undefined,
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
  return count <= 4 ? name("month", months, count === 3 ? 3 : 20) : undefined;
}

/**
 * A pattern that reads text.
 *
 * @example
 * ```ts
 * console.log(new ParsePattern("dd/MM/yyyy").date("01/02/1970")); // 31
 * ```
 */
export class ParsePattern {
  readonly #pieces: Piece[] = [];
  readonly #expression: RegExp;

  /**
   * @param pattern - such as `yyyy-MM-dd HH:mm[:ss]`
   * @throws ParseError for a pattern that Spark refuses
   * @throws UnsupportedError for a letter that is not read
   */
  constructor(pattern: string) {
    this.#expression = new RegExp(`^${this.#compile(pattern)}$`, "iu");
  }

  /** Days since 1970-01-01. */
  date(text: string): number | undefined {
    const values = this.#values(text);
    return values && dateOf(values);
  }

  /** Microseconds since 1970-01-01T00:00:00Z. */
  timestamp(text: string, zone: ZoneRules): bigint | undefined {
    const values = this.#values(text);
    const local = values && localMicros(values);
    return local === undefined ? undefined : local - ((values?.zone as ZoneRules | undefined) ?? zone)(local);
  }

  /**
   * Microseconds since 1970-01-01T00:00:00.
   *
   * @param zones - what of texts that name a zone: they are refused, or the zone is overlooked
   */
  localTimestamp(text: string, zones: "refused" | "overlooked" = "refused"): bigint | undefined {
    const values = this.#values(text);
    const refused = zones === "refused" && values?.zone !== undefined;
    return values === undefined || refused ? undefined : localMicros(values);
  }

  #values(text: string): Values | undefined {
    const match = this.#expression.exec(text);
    if (match === null) return undefined;
    const values: Values = {};
    for (const [index, { field, value }] of this.#pieces.entries()) {
      const found = match[index + 1];
      if (found === undefined || field === undefined) continue;
      const read = value!(found);
      if (read === undefined || (values[field] !== undefined && values[field] !== read)) return undefined;
      values[field] = read;
    }
    return values;
  }

  #compile(pattern: string): string {
    checkPunctuation(pattern, true);
    let source = "";
    for (const [part] of pattern.matchAll(/([A-Za-z])\1*|'(?:[^']|'')*'|'|\[|\]|[^A-Za-z'[\]]+/g))
      source += this.#part(part, pattern);
    // What is not closed ends with the pattern.
    const unclosed = source.split("(?:\u0001").length - source.split("\u0002").length;
    return source.replaceAll("\u0001", "").replaceAll("\u0002", "") + ")?".repeat(unclosed);
  }

  #part(part: string, pattern: string): string {
    if (part === "'") throw refusedPattern(pattern, undefined, true);
    if (part === "''") return "'";
    if (part.startsWith("'")) return escaped(part.slice(1, -1).replaceAll("''", "'"));
    // Marks tell the brackets of optional parts from those of the pieces.
    if (part === "[") return "(?:\u0001";
    if (part === "]") return ")?\u0002";
    if (!/^[A-Za-z]/.test(part)) return escaped(part);
    const piece = letters[part.charAt(0)]?.(part.length);
    if (piece === undefined) throw refusedPattern(pattern, part, true);
    this.#pieces.push(piece);
    return `(${piece.source})`;
  }
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");

function dateOf(values: Values): number | undefined {
  const { dayOfYear } = values as Partial<Record<Field, number>>;
  const { year = 1970, month = 1, day = 1 } = values as Partial<Record<Field, number>>;
  const days = dayOfYear === undefined ? daysOf(year, month, day) : daysOf(year, 1, 1) + dayOfYear - 1;
  if (dayOfYear === undefined && (month < 1 || month > 12 || !isDate(year, month, day, days))) return undefined;
  if (dayOfYear !== undefined && (dayOfYear < 1 || days >= daysOf(year + 1, 1, 1))) return undefined;
  return days;
}

function localMicros(values: Values): bigint | undefined {
  const days = dateOf(values);
  const { hourOfHalf = 0, afternoon = 0 } = values as Partial<Record<Field, number>>;
  const {
    hour = hourOfHalf + 12 * afternoon,
    minute = 0,
    second = 0,
    micros = 0,
  } = values as Partial<Record<Field, number>>;
  // A NaN, for an hour that the letter does not have, fails here too.
  if (days === undefined || !(hour <= 23 && hourOfHalf <= 11 && minute <= 59 && second <= 59)) return undefined;
  const time = (hour * 3600 + minute * 60 + second) * 1_000_000 + micros;
  return BigInt(days) * BigInt(microsPerDay) + BigInt(time);
}
