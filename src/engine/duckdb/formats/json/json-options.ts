/** The options of Spark's JSON source. */
import { UnsupportedError } from "../../../../errors.ts";
import {
  defaultCorruptColumn,
  flag,
  invalid,
  numberOption,
  type Options,
  option,
  type ParseMode,
  parseMode,
  timeParserOf,
} from "../text/options.ts";
import { isSingleVariant } from "../text/single-variant.ts";
import { type TemporalReaders, temporalReaders } from "../text/temporal-readers.ts";
import { zoneOf } from "../time-zone.ts";
import { type JsonFeatures, usualLimits } from "./jackson-bytes.ts";

export interface JsonOptions {
  readonly features: JsonFeatures;
  readonly temporal: TemporalReaders;
  readonly mode: ParseMode;
  readonly corruptColumn: string;
  readonly badRecordsPath: string | undefined;
  /** A whole file is one record. */
  readonly multiLine: boolean;
  /** What ends a record, where it is not any line end. */
  readonly lineSeparator: string | undefined;
  readonly primitivesAsString: boolean;
  readonly prefersDecimal: boolean;
  readonly inferTimestamp: boolean;
  readonly dropFieldIfAllNull: boolean;
  readonly samplingRatio: number;
  /** Whether the kernel's notion of plain lines holds: no option changes what a line or a value is. */
  readonly isStandard: boolean;
  /** Whether times without an offset are UTC. */
  readonly isUtc: boolean;
  /** Whether a record as a whole is one VARIANT. */
  readonly singleVariant: boolean;
}

/**
 * Reads the options.
 *
 * @param options - as given
 * @param sessionZone - the session's time zone
 * @throws AnalysisError for a value that an option cannot have
 * @throws UnsupportedError for an option that is not obeyed
 */
export function jsonOptions(options: Options, sessionZone: string): JsonOptions {
  refuse(options);
  const features = featuresOf(options);
  const zoneName = option(options, "timeZone") ?? sessionZone;
  const zone = zoneOf(zoneName);
  if (zone === undefined) throw invalid("timeZone", zoneName, "a time zone, such as Europe/Paris or +01:00");
  const formats = {
    date: option(options, "dateFormat"),
    timestamp: option(options, "timestampFormat"),
    localTimestamp: option(options, "timestampNTZFormat"),
    time: option(options, "timeFormat"),
    fallback: options.has("enabledatetimeparsingfallback") ? flag(options, "enableDateTimeParsingFallback") : undefined,
    dayNumbers: true,
    parser: timeParserOf(options),
  };
  const lineSeparator = option(options, "lineSep");
  const multiLine = flag(options, "multiLine");
  const { date, timestamp, localTimestamp, time, parser } = formats;
  const hasFormat = [date, timestamp, localTimestamp, time, parser].some((format) => format !== undefined);
  return {
    features,
    temporal: temporalReaders(formats, zone),
    mode: parseMode(options),
    corruptColumn: option(options, "columnNameOfCorruptRecord") ?? defaultCorruptColumn,
    badRecordsPath: option(options, "badRecordsPath"),
    multiLine,
    lineSeparator,
    primitivesAsString: flag(options, "primitivesAsString"),
    prefersDecimal: flag(options, "prefersDecimal"),
    inferTimestamp: flag(options, "inferTimestamp"),
    dropFieldIfAllNull: flag(options, "dropFieldIfAllNull"),
    samplingRatio: numberOption(options, "samplingRatio", 1),
    isStandard: !multiLine && lineSeparator === undefined && !hasFormat && hasUsualLimits(features),
    isUtc: zone.at(0n) === 0n && /^(?:Z|UTC|GMT|UT|Etc\/UTC|[+-]00:00)$/.test(zoneName),
    singleVariant: isSingleVariant(options),
  };
}

const hasUsualLimits = (features: JsonFeatures): boolean =>
  (Object.keys(usualLimits) as (keyof typeof usualLimits)[]).every((name) => features[name] >= usualLimits[name]);

function featuresOf(options: Options): JsonFeatures {
  return {
    allowComments: flag(options, "allowComments"),
    allowUnquotedFieldNames: flag(options, "allowUnquotedFieldNames"),
    allowSingleQuotes: flag(options, "allowSingleQuotes", true),
    allowNumericLeadingZeros: flag(options, "allowNumericLeadingZeros", flag(options, "allowNumericLeadingZero")),
    allowNonNumericNumbers: flag(options, "allowNonNumericNumbers", true),
    allowBackslashEscapingAnyCharacter: flag(options, "allowBackslashEscapingAnyCharacter"),
    allowUnquotedControlChars: flag(options, "allowUnquotedControlChars"),
    maxNestingDepth: numberOption(options, "maxNestingDepth", usualLimits.maxNestingDepth),
    maxNumLen: numberOption(options, "maxNumLen", usualLimits.maxNumLen),
    maxStringLen: numberOption(options, "maxStringLen", usualLimits.maxStringLen),
  };
}

function refuse(options: Options): void {
  const locale = option(options, "locale");
  if (locale !== undefined && !/^en(?:[-_]US)?$/i.test(locale))
    throw new UnsupportedError(`the locale ${locale} is not supported`);
}
