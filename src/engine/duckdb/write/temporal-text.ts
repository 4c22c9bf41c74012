/** SQL of dates and times as Spark's text formats write them. */
import { type DataType, isTemporal, stringType } from "../../../types/data-type.ts";
import { dateText, yearText } from "../casts/temporal-text.ts";
import { compileCast } from "../compile/cast.ts";
import type { CompileContext } from "../compile/context.ts";
import { toLocal } from "../compile/zone.ts";
import { legacyFormats } from "../formats/text/legacy/legacy-formats.ts";
import { invalid, type Options, option, timeParserOf } from "../formats/text/options.ts";
import { zoneRules } from "../formats/time-zone.ts";
import { text } from "../sql-text.ts";

/** The patterns that the options name, and the zone. */
export interface TemporalStyle {
  readonly date: string | undefined;
  readonly timestamp: string | undefined;
  readonly localTimestamp: string | undefined;
  readonly time: string | undefined;
  /** Whether patterns are those of Spark 2. */
  readonly isLegacy: boolean;
  readonly zone: string;
  readonly kernel: CompileContext["kernel"];
}

/**
 * Reads the options.
 *
 * @throws AnalysisError for a time zone that there is not
 */
export function temporalStyle(
  options: Options,
  { timeZone, kernel }: Pick<CompileContext, "timeZone" | "kernel">,
): TemporalStyle {
  const zone = option(options, "timeZone") ?? timeZone;
  if (zoneRules(zone) === undefined) throw invalid("timeZone", zone, "a time zone, such as Europe/Paris or +01:00");
  const isLegacy = timeParserOf(options) === "legacy";
  return {
    date: option(options, "dateFormat") ?? (isLegacy ? legacyFormats.date : undefined),
    timestamp: option(options, "timestampFormat") ?? (isLegacy ? legacyFormats.timestamp : undefined),
    localTimestamp: option(options, "timestampNTZFormat"),
    time: option(options, "timeFormat"),
    isLegacy,
    zone,
    kernel,
  };
}

/** Whether values of a type are written by a pattern of the options. */
export const hasPattern = (type: DataType): boolean => isTemporal(type) || type.kind === "time";

/** The SQL of a date's or a time's text. */
export function temporalText(value: string, type: DataType, style: TemporalStyle): string {
  const { kind } = type;
  if (kind === "date") return style.date === undefined ? dateText(value) : dated(value, style.date, style);
  if (kind === "timestamp_ntz") {
    return style.localTimestamp === undefined
      ? clockText(value)
      : zoned(value, value, style.localTimestamp, "UTC", style);
  }
  if (kind === "time") {
    if (style.time === undefined)
      return compileCast(value, type, stringType, "ansi", { ...style, timeZone: style.zone });
    const moment = `(DATE '1970-01-01' + ${value})`;
    return zoned(moment, moment, style.time, "UTC", style);
  }
  if (style.isLegacy) return legacy(value, style.timestamp!, style.zone, style);
  const local = toLocal(value, style.zone);
  if (style.timestamp !== undefined) return zoned(value, local, style.timestamp, style.zone, style);
  return `${clockText(local)} || ${offsetText(value, local)}`;
}

const zoned = (value: string, local: string, pattern: string, zone: string, { kernel }: TemporalStyle): string =>
  kernel("write_zoned", [value, local, text(pattern), text(zone)]);

const legacy = (moment: string, pattern: string, zone: string, { kernel }: TemporalStyle): string =>
  kernel("write_legacy_format", [moment, text(pattern), text(zone)]);

function dated(value: string, pattern: string, style: TemporalStyle): string {
  const midnight = `(${value})::TIMESTAMP`;
  if (style.isLegacy) return legacy(midnight, pattern, "UTC", style);
  return zoned(midnight, midnight, pattern, "UTC", style);
}

const clockText = (value: string): string => `((${yearText(value)}) || strftime(${value}, '-%m-%dT%H:%M:%S.%g'))`;

function offsetText(value: string, local: string): string {
  if (value === local) return "'Z'";
  const offset = `((epoch_us(${local}) - epoch_us(${value})) // 1000000)`;
  const two = (part: string): string => `lpad((${part})::VARCHAR, 2, '0')`;
  const size = `abs(${offset})`;
  const seconds = `CASE WHEN ${size} % 60 = 0 THEN '' ELSE ':' || ${two(`${size} % 60`)} END`;
  return `CASE WHEN ${offset} = 0 THEN 'Z' ELSE CASE WHEN ${offset} < 0 THEN '-' ELSE '+' END || ${two(`${size} // 3600`)} || ':' || ${two(`${size} // 60 % 60`)} || ${seconds} END`;
}
