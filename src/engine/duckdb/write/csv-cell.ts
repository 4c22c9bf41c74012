/** SQL of CSV cells as the writer of univocity-parsers, which Spark uses, makes them. */
import { AnalysisError, UnsupportedError } from "../../../errors.ts";
import { flag, type Options, option } from "../formats/text/options.ts";
import { text } from "../sql-text.ts";

export interface CsvStyle {
  readonly separator: string;
  readonly quote: string;
  readonly escape: string;
  /** What stands before an escape inside quotes; empty for nothing. */
  readonly escapeOfEscape: string;
  readonly comment: string;
  readonly escapesQuotes: boolean;
  readonly quotesAll: boolean;
  readonly trimsLeft: boolean;
  readonly trimsRight: boolean;
  readonly nullText: string;
  readonly emptyText: string;
}

const escapes: Readonly<Record<string, string>> = {
  t: "\t",
  r: "\r",
  b: "\b",
  f: "\f",
  "\\": "\\",
  '"': '"',
  "'": "'",
};

function separatorOf(given: string): string {
  const found = given.replace(/\\(.)/gs, (whole, letter: string) => escapes[letter] ?? whole);
  if (found !== "") return found;
  throw new AnalysisError("Delimiter cannot be empty string", {
    condition: "INVALID_DELIMITER_VALUE.EMPTY_STRING",
    sqlState: "42602",
    hint: "Set sep to one or more characters.",
  });
}

/** One character, or none for the empty text. */
function character(options: Options, name: string, otherwise: string): string {
  const value = option(options, name) ?? otherwise;
  if (value.length <= 1) return value;
  throw new AnalysisError(`${name} cannot be more than one character`, {
    hint: `Set ${name} to one character, or to the empty text for none.`,
  });
}

/**
 * Reads the options.
 *
 * @throws AnalysisError for a value that an option cannot have
 */
export function csvStyle(options: Options): CsvStyle {
  const quote = character(options, "quote", '"');
  const escape = character(options, "escape", "\\");
  if (quote === "")
    throw new UnsupportedError("CSV without quotes is not written: Spark puts a NUL character in their place", {
      hint: "Leave the option quote out.",
    });
  return {
    separator: separatorOf(option(options, "sep", "delimiter") ?? ","),
    quote,
    escape,
    escapeOfEscape: character(options, "charToEscapeQuoteEscaping", escape === quote ? "" : escape),
    comment: character(options, "comment", ""),
    escapesQuotes: flag(options, "escapeQuotes", true),
    quotesAll: flag(options, "quoteAll"),
    trimsLeft: flag(options, "ignoreLeadingWhiteSpace", true),
    trimsRight: flag(options, "ignoreTrailingWhiteSpace", true),
    nullText: option(options, "nullValue") ?? "",
    emptyText: option(options, "emptyValue") ?? '""',
  };
}

// All that is not above the space counts as white space.
const whiteSpace = text(String.fromCharCode(...Array.from({ length: 32 }, (_, index) => index + 1)));

const trimmedLeft = (value: string, { trimsLeft }: CsvStyle): string =>
  trimsLeft ? `ltrim(${value}, ${whiteSpace})` : value;

const trimmedRight = (value: string, { trimsRight }: CsvStyle): string =>
  trimsRight ? `rtrim(${value}, ${whiteSpace})` : value;

/** The SQL of a cell; the first of a line is quoted where it would look like a comment. */
export function csvCell(value: string, isFirst: boolean, style: CsvStyle): string {
  const start = trimmedLeft(`(${value})`, style);
  const content = trimmedRight(start, style);
  const isQuoted = style.quotesAll ? "true" : needsQuotes(value, start, isFirst, style);
  const [absent, empty] = [style.nullText, style.emptyText].map((constant) =>
    text(constantCell(constant, isFirst, style)),
  );
  return `CASE WHEN ${value} IS NULL THEN ${absent} WHEN ${content} = '' THEN ${empty} WHEN ${isQuoted} THEN ${quoted(content, style)} ELSE ${content} END`;
}

// White space at the end counts here, although it is not written, and before a comment it hides the comment.
function needsQuotes(
  value: string,
  start: string,
  isFirst: boolean,
  { separator, quote, comment, escapesQuotes }: CsvStyle,
): string {
  const inside = [separator, "\n", "\r", ...(escapesQuotes ? [quote] : [])].map(
    (piece) => `contains(${start}, ${text(piece)})`,
  );
  const isComment = isFirst ? [`starts_with(${value}, ${text(comment === "" ? "#" : comment)})`] : [];
  return [...inside, `starts_with(${start}, ${text(quote)})`, ...isComment].join(" OR ");
}

function quoted(content: string, { quote, escape, escapeOfEscape }: CsvStyle): string {
  const inner =
    escape === quote || escapeOfEscape === ""
      ? content
      : `replace(${content}, ${text(escape)}, ${text(escapeOfEscape + escape)})`;
  return `${text(quote)} || replace(${inner}, ${text(quote)}, ${text(escape + quote)}) || ${text(quote)}`;
}

/** What stands for null and for empty text: written as it is where it has its quotes. */
export function constantCell(constant: string, isFirst: boolean, style: CsvStyle): string {
  const { separator, quote, escape, escapeOfEscape, comment, escapesQuotes, quotesAll } = style;
  const hasQuotes = constant.length >= 2 && constant.startsWith(quote) && constant.endsWith(quote);
  if (hasQuotes) return constant;
  const special = [separator, "\n", "\r", ...(escapesQuotes ? [quote] : [])].some((piece) => constant.includes(piece));
  const starts = constant.startsWith(quote) || (isFirst && constant.startsWith(comment === "" ? "#" : comment));
  if (!quotesAll && !special && !starts) return constant;
  const inner =
    escape === quote || escapeOfEscape === "" ? constant : constant.replaceAll(escape, escapeOfEscape + escape);
  return `${quote}${inner.replaceAll(quote, escape + quote)}${quote}`;
}
