/** Dates and timestamps from the texts that Spark takes where no format is given: those of CAST. */
import { daysOf, microsPerDay } from "../../../types/calendar.ts";
import { isDate, today, type ZoneRules, zoneOf, zoneRules } from "./time-zone.ts";

/** The parts of a timestamp's text. */
interface Segments {
  /** Year, month, day, hour, minute, second, microsecond. */
  readonly values: readonly number[];
  readonly zone: string | undefined;
  /** Without a date. */
  readonly isTime: boolean;
}

const zero = 48;
const longRange = 1n << 63n;
const secondSegment = 5;
const fractionSegment = 6;

// White space and control characters of ASCII, as UTF8String.trimAll takes them off.
const trimmed = (text: string): string => text.replace(/^[\0-\x20\x7f]+/, "").replace(/[\0-\x20\x7f]+$/, "");

/** The text without the control characters and spaces around it, as Java's `trim` takes them off. */
export const javaTrimmed = (text: string): string => text.replace(/^[\0-\x20]+/, "").replace(/[\0-\x20]+$/, "");

/**
 * The days since 1970-01-01 of a text, or undefined when it is none.
 *
 * Source: `SparkDateTimeUtils.stringToDate`.
 *
 * @param text - `[+-]y…-[m]m-[d]d`, the day or also the month left out, anything after a space or T behind the day
 */
export function dateFromText(text: string): number | undefined {
  const match = /^([+-]?)(\d{4,7})(?:-(\d{1,2})(?:-(\d{1,2})(?:[ T].*)?)?)?$/s.exec(trimmed(text));
  if (match === null) return undefined;
  const [, sign, year, month = "1", day = "1"] = match;
  return dayNumber(sign === "-" ? -Number(year) : Number(year), Number(month), Number(day));
}

function dayNumber(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1) return undefined;
  const days = daysOf(year, month, day);
  return isDate(year, month, day, days) ? days : undefined;
}

/**
 * The microseconds since 1970-01-01T00:00:00Z of a text, or undefined when it is none.
 *
 * Source: `SparkDateTimeUtils.stringToTimestamp`.
 *
 * @param text - such as `2025-02-01T10:20:30.123456+01:00`; digits beyond microseconds are dropped
 * @param zone - of texts that name none
 */
export function timestampFromText(text: string, zone: ZoneRules): bigint | undefined {
  const segments = segmentsOf(text);
  if (segments === undefined) return undefined;
  const rules = segments.zone === undefined ? zone : zoneRules(javaTrimmed(segments.zone));
  const local = rules && localMicros(segments, () => today(rules));
  if (local === undefined || rules === undefined) return undefined;
  const micros = local - rules(local);
  return micros < -longRange || micros >= longRange ? undefined : micros;
}

/**
 * The microseconds of a text without a zone, or undefined when it is none or names one.
 *
 * Source: `SparkDateTimeUtils.stringToTimestampWithoutTimeZone`.
 *
 * @param zones - what of texts that name a zone: they are refused, or the zone is overlooked
 */
export function localTimestampFromText(text: string, zones: "refused" | "overlooked" = "refused"): bigint | undefined {
  const segments = segmentsOf(text);
  if (segments === undefined || segments.isTime) return undefined;
  if (segments.zone !== undefined && (zones === "refused" || zoneOf(javaTrimmed(segments.zone)) === undefined))
    return undefined;
  return localMicros(segments, () => 0);
}

/**
 * The microseconds since midnight of a text, or undefined when it is no time of day.
 *
 * Source: `SparkDateTimeUtils.stringToTime`.
 */
export function timeFromText(text: string): number | undefined {
  const segments = segmentsOf(text);
  if (segments === undefined || !segments.isTime || segments.zone !== undefined) return undefined;
  return microsOfDay(segments.values);
}

function localMicros({ values, isTime }: Segments, currentDate: () => number): bigint | undefined {
  const [year, month, day] = values as [number, number, number];
  const time = microsOfDay(values);
  const days = isTime ? currentDate() : dayNumber(year, month, day);
  return time === undefined || days === undefined ? undefined : BigInt(days) * BigInt(microsPerDay) + BigInt(time);
}

function microsOfDay(values: readonly number[]): number | undefined {
  const [, , , hour, minute, second, micros] = values as [number, number, number, number, number, number, number];
  if (hour > 23 || minute > 59 || second > 59) return undefined;
  return (hour * 3600 + minute * 60 + second) * 1_000_000 + micros;
}

function segmentsOf(whole: string): Segments | undefined {
  const text = trimmed(whole);
  // A time may begin with T, but not behind white space.
  if (text === "" || (text.startsWith("T") && !whole.startsWith("T"))) return undefined;
  const reader = new SegmentReader(text);
  return reader.read() ? reader.result() : undefined;
}

/** Spark's own reading, character by character: its odd corners are part of the format. */
class SegmentReader {
  readonly #text: string;
  readonly #values = [1, 1, 1, 0, 0, 0, 0, 0, 0];
  #segment = 0;
  #value = 0;
  #digits = 0;
  #fractionDigits = 0;
  #zone: string | undefined;
  #isTime = false;

  constructor(text: string) {
    this.#text = text;
  }

  result(): Segments {
    const values = [...this.#values];
    values[fractionSegment]! *= 10 ** Math.max(0, 6 - this.#fractionDigits);
    if (this.#text.startsWith("-")) values[0] = -values[0]!;
    return { values, zone: this.#zone, isTime: this.#isTime };
  }

  read(): boolean {
    const signed = /^[+-]/.test(this.#text);
    for (let at = signed ? 1 : 0; at < this.#text.length && this.#zone === undefined; at++) {
      const digit = this.#text.charCodeAt(at) - zero;
      if (digit >= 0 && digit <= 9) this.#addDigit(digit);
      else if (!this.#separator(this.#text.charAt(at), at, signed)) return false;
    }
    return this.#endSegment();
  }

  #addDigit(digit: number): void {
    if (this.#segment === fractionSegment) this.#fractionDigits++;
    if (this.#segment !== fractionSegment || this.#digits < 6) this.#value = this.#value * 10 + digit;
    this.#digits++;
  }

  #separator(character: string, at: number, signed: boolean): boolean {
    const segment = this.#segment;
    if (at === 0 && character === "T") return this.#startTime(3);
    if (segment === 0 && character === ":" && !signed) return this.#endHour();
    if (segment < 2) return character === "-" && this.#next();
    if (segment === 2) return (character === " " || character === "T") && this.#next();
    if (segment < secondSegment) return character === ":" && this.#next();
    if (segment === secondSegment && character === ".") return this.#next();
    if (segment <= fractionSegment) return this.#startZone(at);
    return false;
  }

  #startTime(segment: number): boolean {
    this.#isTime = true;
    this.#segment = segment;
    return true;
  }

  #endHour(): boolean {
    if (!isValid(3, this.#digits)) return false;
    this.#values[3] = this.#value;
    this.#value = 0;
    this.#digits = 0;
    return this.#startTime(4);
  }

  #next(): boolean {
    const valid = this.#endSegment();
    this.#segment++;
    this.#value = 0;
    this.#digits = 0;
    return valid;
  }

  #startZone(at: number): boolean {
    this.#zone = this.#text.slice(at);
    const valid = this.#next();
    this.#segment = 7;
    return valid;
  }

  #endSegment(): boolean {
    this.#values[this.#segment] = this.#value;
    return isValid(this.#segment, this.#digits);
  }
}

function isValid(segment: number, digits: number): boolean {
  if (segment === fractionSegment) return true;
  if (segment === 0) return digits >= 4 && digits <= 6;
  return segment === 7 ? digits <= 2 : digits > 0 && digits <= 2;
}

/**
 * A timestamp's text without the marks that old versions of Spark wrote.
 *
 * Source: `DateTimeUtils.cleanLegacyTimestampStr`.
 */
export const cleanLegacyText = (text: string): string => text.replaceAll("GMT", "");
