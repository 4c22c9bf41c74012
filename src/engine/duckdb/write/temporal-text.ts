/** SQL of dates and times as Spark's text formats write them. */
import type { DataType } from "../../../types/data-type.ts";
import { dateText, yearText } from "../casts/temporal-text.ts";
import type { CompileContext } from "../compile/context.ts";
import { toLocal } from "../compile/zone.ts";
import { invalid, type Options, option } from "../formats/text/options.ts";
import { zoneRules } from "../formats/time-zone.ts";
import { text } from "../sql-text.ts";

/** The patterns that the options name, and the zone. */
export interface TemporalStyle {
  readonly date: string | undefined;
  readonly timestamp: string | undefined;
  readonly localTimestamp: string | undefined;
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
  return {
    date: option(options, "dateFormat"),
    timestamp: option(options, "timestampFormat"),
    localTimestamp: option(options, "timestampNTZFormat"),
    zone,
    kernel,
  };
}

/** The SQL of a date's or a time's text. */
export function temporalText(value: string, { kind }: DataType, style: TemporalStyle): string {
  if (kind === "date") return style.date === undefined ? dateText(value) : dated(value, style.date, style);
  if (kind === "timestamp_ntz") {
    return style.localTimestamp === undefined
      ? clockText(value)
      : zoned(value, value, style.localTimestamp, "UTC", style);
  }
  const local = toLocal(value, style.zone);
  if (style.timestamp !== undefined) return zoned(value, local, style.timestamp, style.zone, style);
  return `${clockText(local)} || ${offsetText(value, local)}`;
}

const zoned = (value: string, local: string, pattern: string, zone: string, { kernel }: TemporalStyle): string =>
  kernel("write_zoned", [value, local, text(pattern), text(zone)]);

function dated(value: string, pattern: string, style: TemporalStyle): string {
  const midnight = `(${value})::TIMESTAMP`;
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
