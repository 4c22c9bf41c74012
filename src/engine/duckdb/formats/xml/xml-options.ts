/** The options of Spark's XML source. */
import { AnalysisError } from "../../../../errors.ts";
import type { BinaryOutputStyle } from "../../../engine.ts";
import {
  defaultCorruptColumn,
  flag,
  invalid,
  type Options,
  option,
  type ParseMode,
  parseMode,
  timeParserOf,
} from "../text/options.ts";
import { isSingleVariant } from "../text/single-variant.ts";
import { type TemporalReaders, temporalReaders } from "../text/temporal-readers.ts";
import { zoneOf } from "../time-zone.ts";

export interface XmlOptions {
  readonly rowTag: string;
  readonly attributePrefix: string;
  readonly valueTag: string;
  readonly wildcard: string;
  readonly nullValue: string | undefined;
  readonly inferSchema: boolean;
  readonly excludeAttribute: boolean;
  readonly trims: boolean;
  readonly ignoreNamespace: boolean;
  readonly prefersDecimal: boolean;
  readonly preferDate: boolean;
  readonly temporal: TemporalReaders;
  readonly mode: ParseMode;
  readonly corruptColumn: string;
  readonly badRecordsPath: string | undefined;
  /** Whether a row as a whole is one VARIANT. */
  readonly singleVariant: boolean;
  /** Whether names that differ by case only are two. */
  readonly caseSensitive: boolean;
  /** How texts are bytes. */
  readonly binaryStyle: BinaryOutputStyle;
}

/**
 * Reads the options.
 *
 * @throws AnalysisError `XML_ROW_TAG_MISSING` without a row tag, or for a value that an option cannot have
 */
export function xmlOptions(
  options: Options,
  sessionZone: string,
  caseSensitive = false,
  binaryStyle: BinaryOutputStyle = "HEX_DISCRETE",
): XmlOptions {
  const names = xmlNames(options);
  const zone = zoneOf(option(options, "timeZone") ?? sessionZone)!;
  const formats = {
    // Unlike those of JSON and CSV, dates are read by the pattern even where none is given.
    date: option(options, "dateFormat") ?? "yyyy-MM-dd",
    timestamp: option(options, "timestampFormat"),
    localTimestamp: option(options, "timestampNTZFormat"),
    time: option(options, "timeFormat"),
    dayNumbers: false,
    parser: timeParserOf(options),
  };
  return {
    ...names,
    wildcard: option(options, "wildcardColName") ?? "xs_any",
    inferSchema: flag(options, "inferSchema", true),
    excludeAttribute: flag(options, "excludeAttribute"),
    trims: flag(options, "ignoreSurroundingSpaces", true),
    ignoreNamespace: flag(options, "ignoreNamespace"),
    prefersDecimal: flag(options, "prefersDecimal"),
    preferDate: flag(options, "preferDate", true),
    temporal: temporalReaders(formats, zone),
    mode: parseMode(options),
    corruptColumn: option(options, "columnNameOfCorruptRecord") ?? defaultCorruptColumn,
    badRecordsPath: option(options, "badRecordsPath"),
    singleVariant: isSingleVariant(options),
    caseSensitive,
    binaryStyle,
  };
}

/** What elements and columns are called, to read and to write. */
export function xmlNames(options: Options) {
  const rowTag = option(options, "rowTag");
  const attributePrefix = option(options, "attributePrefix") ?? "_";
  const valueTag = option(options, "valueTag") ?? "_VALUE";
  if (rowTag === undefined) throw noRowTag();
  if (rowTag.trim() === "" || /[<>]/.test(rowTag))
    throw invalid("rowTag", rowTag, "the name of an element, without angle brackets");
  if (valueTag === "" || valueTag === attributePrefix)
    throw invalid("valueTag", valueTag, "a name that is not empty and not that of attributePrefix");
  return { rowTag, attributePrefix, valueTag, nullValue: option(options, "nullValue") };
}

const noRowTag = (): AnalysisError =>
  new AnalysisError("`rowTag` option is required for reading/writing files in XML format", {
    condition: "XML_ROW_TAG_MISSING",
    sqlState: "42KDF",
    parameters: { rowTag: "`rowTag`" },
    hint: 'Name the element that is a row: { rowTag: "book" }.',
  });
