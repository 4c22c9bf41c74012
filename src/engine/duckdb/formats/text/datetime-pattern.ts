/** Reads dates and times by a pattern of Spark, which is one of Java's `DateTimeFormatter`, strictly resolved. */
import { daysOf, microsPerDay } from "../../../../types/calendar.ts";
import { isDate, type ZoneRules } from "../time-zone.ts";
import { checkField } from "./date-fields.ts";
import { escaped, type Field, type PatternPart, type Piece, patternParts } from "./datetime-pieces.ts";

type Values = Partial<Record<Field, number | ZoneRules>>;

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
    const source = patternParts(pattern)
      .map((part) => this.#part(part))
      .join("");
    // What is not closed ends with the pattern.
    const unclosed = source.split("(?:\u0001").length - source.split("\u0002").length;
    return source.replaceAll("\u0001", "").replaceAll("\u0002", "") + ")?".repeat(unclosed);
  }

  #part(part: PatternPart): string {
    if (part.kind === "text") return escaped(part.text);
    // Marks tell the brackets of optional parts from those of the pieces.
    if (part.kind === "open") return "(?:\u0001";
    if (part.kind === "close") return ")?\u0002";
    this.#pieces.push(part.piece);
    return `(${part.piece.source})`;
  }
}

function dateOf(values: Values): number | undefined {
  const { dayOfYear } = values as Partial<Record<Field, number>>;
  const { year = 1970, month = 1, day = 1 } = values as Partial<Record<Field, number>>;
  if (checkField("Year", year) !== undefined) return undefined;
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
