/** Reads dates and times by a pattern of Spark, which is one of Java's `DateTimeFormatter`, strictly resolved. */
import { daysOf, microsPerDay, dateOf as shown } from "../../../../types/calendar.ts";
import { isDate, type ZoneRules } from "../time-zone.ts";
import { checkField, sameHours, timeConflict } from "./date-fields.ts";
import { escaped, type Field, type PatternPart, type Piece, patternParts, sourceAt } from "./datetime-pieces.ts";

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
  /** The pieces, with the group of the expression that each is. */
  readonly #pieces: { readonly piece: Piece; readonly group: number }[] = [];
  readonly #expression: RegExp;
  readonly #hasEra: boolean;

  /**
   * @param pattern - such as `yyyy-MM-dd HH:mm[:ss]`
   * @throws ParseError for a pattern that Spark refuses
   * @throws UnsupportedError for a letter that is not read
   */
  constructor(pattern: string) {
    const parts = patternParts(pattern);
    this.#hasEra = parts.some((part) => part.kind === "piece" && part.piece.field === "era");
    this.#expression = new RegExp(`^${this.#compile(parts)}$`, "iu");
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
    for (const { piece, group } of this.#pieces) {
      const { field, value } = piece;
      const found = match[group];
      if (found === undefined || field === undefined) continue;
      const read = value!(found);
      if (read === undefined || (values[field] !== undefined && values[field] !== read)) return undefined;
      values[field] = read;
    }
    return this.#hasEra ? ofEra(values) : values;
  }

  /** Java reads part after part and takes no step back: a group in a lookahead, and what it matched, is never tried anew. */
  #compile(parts: readonly PatternPart[]): string {
    const open: number[] = [];
    let [source, groups] = ["", 0];
    for (const [index, part] of parts.entries()) {
      if (part.kind === "text") source += escaped(part.text);
      else if (part.kind === "open") {
        open.push(++groups);
        source += "(?=((?:";
      } else if (part.kind === "close") source += `)?))\\${open.pop()!}`;
      else {
        this.#pieces.push({ piece: part.piece, group: ++groups });
        source += `(?=(${sourceAt(parts, index)}))\\${groups}`;
      }
      // What follows a group may be a digit of the text.
      source += "(?:)";
    }
    // What is not closed ends with the pattern.
    return (
      source +
      open
        .toReversed()
        .map((group) => `)?))\\${group}`)
        .join("")
    );
  }
}

/** A year of an era is none without it. */
function ofEra(values: Values): Values | undefined {
  const { year, era, ...others } = values as Partial<Record<Field, number>>;
  if (year === undefined || era === undefined) return others;
  return year < 1 ? undefined : { ...others, year: era === 1 ? year : 1 - year };
}

function dateOf(values: Values): number | undefined {
  const given = values as Partial<Record<Field, number>>;
  const { year = 1970, month = 1, day = 1, dayOfYear } = given;
  if (checkField("Year", year) !== undefined) return undefined;
  const isOfYear = dayOfYear !== undefined && (dayOfYear < 1 || daysOf(year, 1, dayOfYear) >= daysOf(year + 1, 1, 1));
  if (isOfYear) return undefined;
  const days = dayOfYear === undefined ? daysOf(year, month, day) : daysOf(year, 1, 1) + dayOfYear - 1;
  const isThat =
    month >= 1 && month <= 12 && isDate(year, given.month ?? shown(days).month, given.day ?? shown(days).day, days);
  return isThat ? days : undefined;
}

function localMicros(values: Values): bigint | undefined {
  const days = dateOf(values);
  const stated = values as Partial<Record<Field, number>>;
  const { hour, hourOfHalf = 0, afternoon = 0 } = sameHours(stated);
  const { minute = 0, second = 0, micros = 0 } = stated;
  const hours = hour ?? hourOfHalf + 12 * afternoon;
  // A NaN, for an hour that the letter does not have, fails here too.
  const isTime = isWithin(hours, 23) && isWithin(hourOfHalf, 11) && isWithin(minute, 59) && isWithin(second, 59);
  if (days === undefined || !isTime || timeConflict(stated) !== undefined) return undefined;
  const time = (hours * 3600 + minute * 60 + second) * 1_000_000 + micros;
  return BigInt(days) * BigInt(microsPerDay) + BigInt(time);
}

const isWithin = (value: number, most: number): boolean => value >= 0 && value <= most;
