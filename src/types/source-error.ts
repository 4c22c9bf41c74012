import { ParseError } from "../errors.ts";

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
  const before = text.slice(0, offset).split(/\r\n|\n|\r/);
  const line = before.length;
  const column = before[line - 1]!.length + 1;
  const fragment = text.split(/\r\n|\n|\r/)[line - 1]!;
  const origin = `line ${line}, column ${column}:\n  ${fragment}\n  ${"-".repeat(column - 1)}^^^`;
  return new ParseError(sentence, { ...fault, context: { origin, line, column, fragment } });
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
