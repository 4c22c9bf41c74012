/** The options of Spark's CSV source. */
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
import type { QuoteHandling, TokenRules } from "./csv-tokenizer.ts";

export interface CsvOptions {
  readonly rules: TokenRules;
  readonly header: boolean;
  readonly inferSchema: boolean;
  /** Whether a schema holds against a header that says otherwise. */
  readonly enforceSchema: boolean;
  readonly temporal: TemporalReaders;
  readonly mode: ParseMode;
  readonly corruptColumn: string;
  readonly badRecordsPath: string | undefined;
  readonly nanValue: string;
  readonly positiveInfinity: string;
  readonly negativeInfinity: string;
  readonly preferDate: boolean;
  readonly multiLine: boolean;
  readonly lineSeparator: string | undefined;
  /** Whether columns that nobody wants are passed over unread. */
  readonly columnPruning: boolean;
  /** Whether a kernel can tell which lines are plain. */
  readonly isStandard: boolean;
  /** Whether values of these types are written as CAST reads them. */
  readonly hasPattern: { readonly date: boolean; readonly timestamp: boolean; readonly timestamp_ntz: boolean };
  readonly datePattern: string | undefined;
  /** Whether times without an offset are UTC. */
  readonly isUtc: boolean;
  /** Whether a record as a whole is one VARIANT. */
  readonly singleVariant: boolean;
}

const usualColumns = 20_480;
const quoteHandlings: readonly string[] = [
  "STOP_AT_DELIMITER",
  "STOP_AT_CLOSING_QUOTE",
  "BACK_TO_DELIMITER",
  "SKIP_VALUE",
  "RAISE_ERROR",
];
const specials: Readonly<Record<string, string>> = {
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  '"': '"',
  "'": "'",
  "\\": "\\",
};

/**
 * Reads the options.
 *
 * @param options - as given
 * @param sessionZone - the session's time zone
 * @throws AnalysisError for a value that an option cannot have
 * @throws UnsupportedError for an option that is not obeyed
 */
export function csvOptions(options: Options, sessionZone: string): CsvOptions {
  refuse(options);
  const rules = tokenRules(options);
  const multiLine = flag(options, "multiLine");
  const lineSeparator = option(options, "lineSep");
  const patterns = {
    date: option(options, "dateFormat"),
    timestamp: option(options, "timestampFormat"),
    localTimestamp: option(options, "timestampNTZFormat"),
    time: option(options, "timeFormat"),
  };
  const zoneName = option(options, "timeZone") ?? sessionZone;
  const zone = zoneOf(zoneName);
  if (zone === undefined) throw invalid("timeZone", zoneName, "a time zone, such as Europe/Paris or +01:00");
  const parser = timeParserOf(options);
  const fallback = options.has("enabledatetimeparsingfallback")
    ? flag(options, "enableDateTimeParsingFallback")
    : undefined;
  return {
    rules,
    header: flag(options, "header"),
    inferSchema: flag(options, "inferSchema"),
    enforceSchema: flag(options, "enforceSchema", true),
    temporal: temporalReaders({ ...patterns, fallback, dayNumbers: false, parser }, zone),
    mode: parseMode(options),
    corruptColumn: option(options, "columnNameOfCorruptRecord") ?? defaultCorruptColumn,
    badRecordsPath: option(options, "badRecordsPath"),
    nanValue: option(options, "nanValue") ?? "NaN",
    positiveInfinity: option(options, "positiveInf") ?? "Inf",
    negativeInfinity: option(options, "negativeInf") ?? "-Inf",
    preferDate: parser !== "legacy" && flag(options, "preferDate", true),
    multiLine,
    lineSeparator,
    columnPruning: flag(options, "columnPruning", !multiLine),
    isStandard: !multiLine && lineSeparator === undefined && !options.has("maxcharspercolumn") && isPlainFormat(rules),
    hasPattern: {
      date: parser !== undefined || patterns.date !== undefined,
      timestamp: parser !== undefined || patterns.timestamp !== undefined,
      timestamp_ntz: patterns.localTimestamp !== undefined,
    },
    datePattern: patterns.date,
    isUtc: zone.at(0n) === 0n && /^(?:Z|UTC|GMT|UT|Etc\/UTC|[+-]00:00)$/.test(zoneName),
    singleVariant: isSingleVariant(options),
  };
}

function tokenRules(options: Options): TokenRules {
  const quoteHandling = option(options, "unescapedQuoteHandling")?.toUpperCase() ?? "STOP_AT_DELIMITER";
  if (!quoteHandlings.includes(quoteHandling))
    throw invalid("unescapedQuoteHandling", quoteHandling, `one of ${quoteHandlings.join(", ")}`);
  return {
    delimiter: delimiterOf(option(options, "sep", "delimiter") ?? ","),
    quote: character(options, "quote") ?? '"',
    escape: character(options, "escape") ?? "\\",
    escapeOfEscape: character(options, "charToEscapeQuoteEscaping") || undefined,
    nullValue: option(options, "nullValue") ?? "",
    emptyValue: option(options, "emptyValue") ?? "",
    ignoreLeadingSpace: flag(options, "ignoreLeadingWhiteSpace"),
    ignoreTrailingSpace: flag(options, "ignoreTrailingWhiteSpace"),
    quoteHandling: quoteHandling as QuoteHandling,
    comment: character(options, "comment") || undefined,
    maxColumns: numberOption(options, "maxColumns", usualColumns),
    maxCharacters: mostCharacters(numberOption(options, "maxCharsPerColumn", -1)),
  };
}

// DuckDB is told one character for each part, all of ASCII and unlike each other.
function isPlainFormat({ delimiter, quote, escape, comment = "", maxColumns }: TokenRules): boolean {
  const all = [delimiter, quote, escape, comment].join("");
  return (
    maxColumns === usualColumns &&
    delimiter.length === 1 &&
    quote !== "" &&
    quote !== delimiter &&
    comment !== delimiter &&
    /^[\x01-\x7f]*$/.test(all) &&
    !/[\r\n]/.test(all)
  );
}

const mostCharacters = (given: number): number => (given < 0 ? Number.POSITIVE_INFINITY : given);

function character(options: Options, name: string): string | undefined {
  const value = option(options, name);
  if (value !== undefined && value.length > 1) throw invalid(name, value, "one character");
  return value === "\0" ? "" : value;
}

/** A delimiter may be written with a backslash, such as `\t`. */
function delimiterOf(text: string): string {
  if (text === "") throw invalid("delimiter", text, "a character");
  if (text === "\\") throw invalid("delimiter", text, "another character: a single backslash begins an escape");
  return text.replace(/\\(.)/gs, (whole, letter: string) => {
    const special = specials[letter];
    if (special === undefined) throw invalid("delimiter", whole, "a known escape");
    return special;
  });
}

function refuse(options: Options): void {
  const locale = option(options, "locale");
  if (locale !== undefined && !/^en(?:[-_]US)?$/i.test(locale))
    throw new UnsupportedError(`the locale ${locale} is not supported`);
}
