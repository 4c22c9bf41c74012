/** Options of readers and writers: PySpark's names, real types in programs, text in the plan. */

/** A value of an option; the plan holds its text. */
export type OptionValue = string | number | boolean | null | undefined;

/** Options by name. */
export type SourceOptions = { readonly [name: string]: OptionValue };

/**
 * Options as the plan holds them: text by lower-case name, without those that are null or undefined.
 *
 * @param options - in the order in which they were given; later ones win, in any case
 */
export function optionTexts(...options: readonly SourceOptions[]): Readonly<Record<string, string>> {
  const entries = options.flatMap((some) => Object.entries(some));
  const given = entries.filter(([, value]) => value !== null && value !== undefined);
  return Object.freeze(Object.fromEntries(given.map(([name, value]) => [name.toLowerCase(), String(value)])));
}

/** What readers of text formats have in common. */
interface TextOptions {
  readonly encoding?: string;
  readonly lineSep?: string;
  readonly pathGlobFilter?: string;
  readonly recursiveFileLookup?: boolean;
  readonly modifiedBefore?: string;
  readonly modifiedAfter?: string;
  readonly [name: string]: OptionValue;
}

interface RecordOptions extends TextOptions {
  readonly mode?: "PERMISSIVE" | "DROPMALFORMED" | "FAILFAST";
  readonly columnNameOfCorruptRecord?: string;
  readonly badRecordsPath?: string;
  readonly dateFormat?: string;
  readonly timestampFormat?: string;
  readonly timestampNTZFormat?: string;
  readonly samplingRatio?: number;
  readonly multiLine?: boolean;
  readonly locale?: string;
}

/** Options of `read.json`. */
export interface JsonReadOptions extends RecordOptions {
  readonly primitivesAsString?: boolean;
  readonly prefersDecimal?: boolean;
  readonly allowComments?: boolean;
  readonly allowUnquotedFieldNames?: boolean;
  readonly allowSingleQuotes?: boolean;
  readonly allowNumericLeadingZero?: boolean;
  readonly allowBackslashEscapingAnyCharacter?: boolean;
  readonly allowUnquotedControlChars?: boolean;
  readonly allowNonNumericNumbers?: boolean;
  readonly dropFieldIfAllNull?: boolean;
}

/** Options of `read.csv`. */
export interface CsvReadOptions extends RecordOptions {
  readonly sep?: string;
  readonly quote?: string;
  readonly escape?: string;
  readonly comment?: string;
  readonly header?: boolean;
  readonly inferSchema?: boolean;
  readonly enforceSchema?: boolean;
  readonly ignoreLeadingWhiteSpace?: boolean;
  readonly ignoreTrailingWhiteSpace?: boolean;
  readonly nullValue?: string;
  readonly nanValue?: string;
  readonly positiveInf?: string;
  readonly negativeInf?: string;
  readonly maxColumns?: number;
  readonly maxCharsPerColumn?: number;
  readonly charToEscapeQuoteEscaping?: string;
  readonly emptyValue?: string;
  readonly unescapedQuoteHandling?: string;
  readonly preferDate?: boolean;
}

/** Options of `read.parquet`. */
export interface ParquetReadOptions extends TextOptions {
  readonly mergeSchema?: boolean;
  readonly datetimeRebaseMode?: string;
  readonly int96RebaseMode?: string;
}

/** Options of `read.text`. */
export interface TextReadOptions extends TextOptions {
  readonly wholetext?: boolean;
}

/** Options of the writer's methods, besides the format's own. */
export interface WriteOptions {
  readonly mode?: "append" | "overwrite" | "error" | "errorifexists" | "ignore";
  readonly partitionBy?: string | readonly string[];
  readonly compression?: string;
  readonly maxRecordsPerFile?: number;
  /** Cancels the write. */
  readonly signal?: AbortSignal;
  readonly [name: string]: OptionValue | readonly string[] | AbortSignal;
}
