import { type ErrorContext, ParseError } from "../errors.ts";

/** A condition of Spark for text that cannot be parsed. */
export interface SourceFault {
  readonly condition: string;
  readonly sqlState?: string;
  readonly parameters?: Readonly<Record<string, string>>;
  readonly hint?: string;
}

/**
 * The error of a text that cannot be parsed, with the line in question and a caret below the place, as Spark shows it.
 *
 * Lines and columns count from 1.
 *
 * @param text - the whole text
 * @param offset - where in it the fault is
 * @param sentence - what is wrong, without a final stop
 * @param fault - Spark's condition and what to do
 */
export function sourceError(text: string, offset: number, sentence: string, fault: SourceFault): ParseError {
  return new ParseError(sentence, { ...fault, context: sourceContext(text, offset) });
}

/** The longest part of a line that is shown. */
const shownWidth = 160;

/**
 * A place in a text: its line, with a caret below. Of a very long line only the part around the place is shown.
 *
 * @param text - the whole text
 * @param offset - where in it the place is
 */
export function sourceContext(text: string, offset: number): ErrorContext & { readonly fragment: string } {
  const before = text.slice(0, offset);
  const lineStart = Math.max(before.lastIndexOf("\n"), before.lastIndexOf("\r")) + 1;
  const line = before.split(/\r\n|\n|\r/).length;
  const column = offset - lineStart + 1;
  const rest = text.slice(offset);
  const lineEnd = rest.search(/[\r\n]/);
  const fragment = text.slice(lineStart, lineEnd < 0 ? text.length : offset + lineEnd);
  const cut = column > shownWidth ? column - shownWidth / 2 : 0;
  const shown = fragment.slice(cut, cut + shownWidth);
  const origin = `line ${line}, column ${column}:\n  ${shown}\n  ${"-".repeat(column - 1 - cut)}^^^`;
  return { origin, line, column, fragment: fragment.length > shownWidth ? shown : fragment };
}

/**
 * Spark's `PARSE_SYNTAX_ERROR`.
 *
 * @param text - the whole text
 * @param offset - where the unexpected token starts
 * @param token - the unexpected token as it is written; empty at the end of the text
 * @param hint - what was expected there
 */
export function syntaxError(text: string, offset: number, token: string, hint?: string): ParseError {
  const error = token === "" ? "end of input" : `'${token}'`;
  return sourceError(text, offset, `Syntax error at or near ${error}`, {
    condition: "PARSE_SYNTAX_ERROR",
    sqlState: "42601",
    parameters: { error, hint: "" },
    ...(hint === undefined ? {} : { hint }),
  });
}
