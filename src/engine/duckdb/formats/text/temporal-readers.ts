/** How dates and times are read from the text of a format: by default as CAST reads them, or by a pattern. */

import type { TimeParser } from "../../../../plan/analysis-settings.ts";
import { microsPerDay } from "../../../../types/calendar.ts";
import {
  cleanLegacyText,
  dateFromText,
  localTimestampFromText,
  timeFromText,
  timestampFromText,
} from "../temporal-text.ts";
import type { ZoneRules } from "../time-zone.ts";
import { fixedOffsets, type ZoneOffsets } from "../zone-offsets.ts";
import { ParsePattern } from "./datetime-pattern.ts";
import { toProleptic } from "./legacy/hybrid-calendar.ts";
import { legacyFormats } from "./legacy/legacy-formats.ts";
import { LenientReader } from "./legacy/legacy-reader.ts";
import { refusedIfRead, tried } from "./legacy/refused-before.ts";

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

/** The options `dateFormat`, `timestampFormat`, `timestampNTZFormat`, `timeFormat`, `enableDateTimeParsingFallback`. */
export interface TemporalFormats {
  readonly date?: string | undefined;
  readonly timestamp?: string | undefined;
  readonly localTimestamp?: string | undefined;
  readonly time?: string | undefined;
  /** Whether texts that a pattern refuses are tried as CAST would; by default where there is no pattern. */
  readonly fallback?: boolean | undefined;
  /** Whether a number of days stands for a date, as JSON written by Spark 1.5 has it. */
  readonly dayNumbers: boolean;
  /** Who reads the patterns; Spark's own parser when absent. */
  readonly parser?: TimeParser | undefined;
}

/**
 * Readers for a format's options.
 *
 * @param formats - the patterns given
 * @param zone - of texts that name none
 * @throws UnsupportedError for a pattern with a letter that is not read
 */
export function temporalReaders(formats: TemporalFormats, zone: ZoneOffsets): TemporalReaders {
  const { localTimestamp, time, parser } = formats;
  const others = {
    localTimestamp: localTimestamp === undefined ? localTimestampFromText : patternLocal(localTimestamp, parser),
    time: time === undefined ? (text: string) => optionalBigint(timeFromText(text)) : patternTime(time),
  };
  if (parser === "legacy") return { ...legacyReaders(formats, zone), ...others };
  const readers = currentReaders(formats, zone.atLocal);
  return { ...(parser === "exception" ? checkedReaders(readers, formats, zone) : readers), ...others };
}

type DateReaders = Pick<TemporalReaders, "date" | "timestamp">;

function currentReaders(
  { date, timestamp, fallback = false, dayNumbers }: TemporalFormats,
  zone: ZoneRules,
): DateReaders {
  return {
    date: date === undefined ? defaultDate(dayNumbers) : patternDate(date, fallback, dayNumbers),
    timestamp: timestamp === undefined ? defaultTimestamp(zone) : patternTimestamp(timestamp, fallback, zone),
  };
}

/** Spark 2 tries as CAST would what a pattern refuses. */
function legacyReaders(formats: TemporalFormats, zone: ZoneOffsets): DateReaders {
  const { date = legacyFormats.date, timestamp = legacyFormats.timestamp, fallback = true, dayNumbers } = formats;
  const [dates, timestamps] = [lenientReader(date), lenientReader(timestamp)];
  const otherDate = fallback ? defaultDate(dayNumbers) : () => undefined;
  const otherTimestamp = fallback ? defaultTimestamp(zone.atLocal) : () => undefined;
  return {
    date: (text) => dates?.date(text) ?? otherDate(text),
    timestamp: (text) => timestamps?.timestamp(text, zone) ?? otherTimestamp(text),
  };
}

/** Refuses what Spark 2 read otherwise. */
function checkedReaders(readers: DateReaders, { date, timestamp }: TemporalFormats, zone: ZoneOffsets): DateReaders {
  const dates = lenientReader(date ?? legacyFormats.date);
  const timestamps = lenientReader(timestamp ?? "yyyy-MM-dd HH:mm:ss");
  return {
    date: (text) => readers.date(text) ?? refusedIfRead(text, dates?.date(text)),
    timestamp: (text) => readers.timestamp(text) ?? refusedIfRead(text, timestamps?.timestamp(text, zone)),
  };
}

/** A pattern that means nothing reads nothing. */
const lenientReader = (pattern: string): LenientReader | undefined => tried(() => new LenientReader(pattern));

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

function patternLocal(pattern: string, parser: TimeParser | undefined): TemporalReaders["localTimestamp"] {
  // A pattern that means nothing reads nothing.
  const reader = tried(() => new ParsePattern(pattern));
  if (parser !== "exception") return (text) => reader?.localTimestamp(text);
  const before = lenientReader(pattern);
  return (text) => reader?.localTimestamp(text) ?? refusedIfRead(text, before?.timestamp(text, fixedOffsets(0n)));
}

function patternTime(pattern: string): TemporalReaders["time"] {
  const parser = new ParsePattern(pattern);
  return (text) => {
    const moment = parser.localTimestamp(text);
    return moment === undefined ? undefined : ((moment % dayLength) + dayLength) % dayLength;
  };
}

const dayLength = BigInt(microsPerDay);

/** A number of days in the Julian calendar up to 1582, Gregorian from there. */
function dayNumber(text: string): number | undefined {
  if (!/^[+-]?\d+$/.test(text)) return undefined;
  const days = Number(text);
  return days < -2_147_483_648 || days > 2_147_483_647 ? undefined : toProleptic(days);
}
