/** How dates and times are read from the text of a format: by default as CAST reads them, or by a pattern. */

import {
  cleanLegacyText,
  dateFromText,
  localTimestampFromText,
  timeFromText,
  timestampFromText,
} from "../temporal-text.ts";
import type { ZoneRules } from "../time-zone.ts";
import { ParsePattern } from "./datetime-pattern.ts";

/** Each gives undefined for a text that is none. */
export interface TemporalReaders {
  /** Days since 1970-01-01. */
  readonly date: (text: string) => number | undefined;
  /** Microseconds since 1970-01-01T00:00:00Z. */
  readonly timestamp: (text: string) => bigint | undefined;
  readonly localTimestamp: (text: string) => bigint | undefined;
  /** Microseconds since midnight. */
  readonly time: (text: string) => bigint | undefined;
}

/** The options `dateFormat`, `timestampFormat`, `timestampNTZFormat`, `enableDateTimeParsingFallback`. */
export interface TemporalFormats {
  readonly date?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly localTimestamp?: string | undefined;
  /** Whether texts that a pattern refuses are tried as CAST would; by default where there is no pattern. */
  readonly fallback?: boolean | undefined;
  /** Whether a number of days stands for a date, as JSON written by Spark 1.5 has it. */
  readonly dayNumbers: boolean;
}

/**
 * Readers for a format's options.
 *
 * @param formats - the patterns given
 * @param zone - of texts that name none
 * @throws UnsupportedError for a pattern with a letter that is not read
 */
export function temporalReaders(formats: TemporalFormats, zone: ZoneRules): TemporalReaders {
  const { date, timestamp, localTimestamp, fallback } = formats;
  return {
    date:
      date === undefined ? defaultDate(formats.dayNumbers) : patternDate(date, fallback ?? false, formats.dayNumbers),
    timestamp: timestamp === undefined ? defaultTimestamp(zone) : patternTimestamp(timestamp, fallback ?? false, zone),
    localTimestamp: localTimestamp === undefined ? localTimestampFromText : patternLocal(localTimestamp),
    time: (text) => optionalBigint(timeFromText(text)),
  };
}

const optionalBigint = (value: number | undefined): bigint | undefined =>
  value === undefined ? undefined : BigInt(value);

function defaultDate(dayNumbers: boolean): TemporalReaders["date"] {
  return (text) =>
    dateFromText(text) ?? dateFromText(cleanLegacyText(text)) ?? (dayNumbers ? dayNumber(text) : undefined);
}

const defaultTimestamp =
  (zone: ZoneRules): TemporalReaders["timestamp"] =>
  (text) =>
    timestampFromText(text, zone) ?? timestampFromText(cleanLegacyText(text), zone);

function patternDate(pattern: string, fallback: boolean, dayNumbers: boolean): TemporalReaders["date"] {
  const parser = new ParsePattern(pattern);
  const other = fallback ? defaultDate(dayNumbers) : () => undefined;
  return (text) => parser.date(text) ?? other(text);
}

function patternTimestamp(pattern: string, fallback: boolean, zone: ZoneRules): TemporalReaders["timestamp"] {
  const parser = new ParsePattern(pattern);
  const other = fallback ? defaultTimestamp(zone) : () => undefined;
  return (text) => parser.timestamp(text, zone) ?? other(text);
}

function patternLocal(pattern: string): TemporalReaders["localTimestamp"] {
  const parser = new ParsePattern(pattern);
  return (text) => parser.localTimestamp(text);
}

const julianSwitch = -141_427;

/** A number of days in the Julian calendar up to 1582, Gregorian from there. */
function dayNumber(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const days = Number(text);
  if (days < -2_147_483_648 || days > 2_147_483_647) return undefined;
  return days < julianSwitch ? julianToGregorian(days) : days;
}

/** The day on which the proleptic Gregorian calendar shows the date that the Julian one shows on `days`. */
function julianToGregorian(days: number): number {
  // 1970-01-01 is 719470 days after 0000-03-01 of the Julian calendar, whose years of 365.25 days begin in March.
  const sinceMarch = days + 719_470;
  const year = Math.floor((4 * sinceMarch + 3) / 1461);
  const centuries = Math.floor(year / 100);
  return days + (centuries - Math.floor(centuries / 4) - 2) * -1;
}
