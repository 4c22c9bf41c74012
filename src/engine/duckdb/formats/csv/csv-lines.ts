/** What a CSV file's lines are besides records: blank, a comment, the header. */
import { firstBytes } from "../text/byte-source.ts";
import type { CsvOptions } from "./csv-options.ts";

/** Where a file's header is. */
export interface Header {
  /** The header's line; undefined in a file of blank lines and comments only. */
  readonly line: string | undefined;
  /** Where the lines behind it begin. */
  readonly end: number;
  /** Whether DuckDB can pass over it: it is the file's first line, and its quotes are in order. */
  readonly isFirstLine: boolean;
  /** Whether a carriage return stands before its line feed. */
  readonly endsWithReturn?: boolean;
}

/** Where a header mostly ends: files may be many, and are looked at side by side. */
const fewBytes = 1 << 14;
// A header beyond the first bytes is not to be expected.
const mostBytes = 1 << 20;
const lineFeed = 10;

/** Java's `trim` leaves nothing. */
const isBlank = (line: string): boolean => !/[^\0-\x20]/.test(line);

/** Whether a line is a record: not blank and not a comment. */
export const isRecord: IsLine = (line, options) => !isBlank(line) && !isComment(line, options);

/** Whether a line tells how many columns there are: SQL's `trim`, by which Spark looks for it, takes blanks only. */
export const isTelling: IsLine = (line, options) => /[^ ]/.test(line) && !isComment(line, options);

type IsLine = (line: string, options: CsvOptions) => boolean;

const isComment: IsLine = (line, { rules: { comment } }) => comment !== undefined && line.startsWith(comment);

const decoder = new TextDecoder("utf-8", { ignoreBOM: true });

/** The text of a file's bytes; what is malformed becomes the replacement character. */
export const decoded = (bytes: Uint8Array): string => decoder.decode(bytes);

/**
 * Finds the first line that is neither blank nor a comment.
 *
 * @param path - the file
 * @param options - of the CSV source
 * @param counts - which lines are not blank
 */
export async function firstLine(path: string, options: CsvOptions, counts: IsLine = isRecord): Promise<Header> {
  const few = await firstBytes(path, fewBytes);
  const isEnough = few.length < fewBytes || (options.isStandard && firstOfLines(few, options, counts).end < fewBytes);
  const bytes = isEnough ? few : await firstBytes(path, mostBytes);
  return options.isStandard
    ? firstOfLines(bytes, options, counts)
    : { line: firstOfText(bytes, options, counts), end: 0, isFirstLine: false };
}

function firstOfLines(bytes: Uint8Array, options: CsvOptions, counts: IsLine): Header {
  for (let start = 0; start < bytes.length; ) {
    const feed = bytes.indexOf(lineFeed, start);
    const end = feed < 0 ? bytes.length : feed;
    const whole = decoded(bytes.subarray(start, end));
    const text = whole.replace(/\r$/, "");
    const line = text
      .split("\r")
      .map((part) => (start === 0 ? part.replace(/^\ufeff/, "") : part))
      .find((part) => counts(part, options));
    if (line !== undefined) {
      const isFirstLine = start === 0 && line === text && hasOrderlyQuotes(line, options);
      return { line, end: end + 1, isFirstLine, endsWithReturn: whole !== text };
    }
    start = end + 1;
  }
  return { line: undefined, end: bytes.length, isFirstLine: false };
}

function firstOfText(bytes: Uint8Array, options: CsvOptions, counts: IsLine): string | undefined {
  const text = decoded(bytes).replace(/^\ufeff/, "");
  return text.split(options.lineSeparator ?? /\r\n|\r|\n/).find((line) => counts(line, options));
}

function hasOrderlyQuotes(line: string, { rules: { quote, delimiter } }: CsvOptions): boolean {
  if (quote === "" || !line.includes(quote)) return true;
  return line.split(delimiter).every((value) => {
    const inner = value.length > 1 && value.startsWith(quote) && value.endsWith(quote) ? value.slice(1, -1) : value;
    return !inner.includes(quote);
  });
}
