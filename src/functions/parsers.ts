/** The parsers of SQL text that columns need; `index.ts` binds them, since the parser is made of columns and plans. */
import { UnsupportedError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";
import type { DataType } from "../types/data-type.ts";

export interface TextParsers {
  /** `amount * 2 AS double` */
  readonly expression: (text: string) => Expression;
  /** `decimal(10,2)` */
  readonly type: (text: string) => DataType;
}

const bound: { parsers?: Partial<TextParsers> } = {};

/** Binds the parsers of the process; called once, where the package is put together. */
export function bindTextParsers(parsers: Partial<TextParsers>): void {
  bound.parsers = { ...bound.parsers, ...parsers };
}

/**
 * Parses an SQL expression.
 *
 * @throws UnsupportedError when no parser is bound
 */
export const parseExpression = (text: string): Expression => parser("expression", "SQL expressions")(text);

/**
 * Parses the name of a type as SQL writes it.
 *
 * @throws UnsupportedError when no parser is bound
 */
export const parseType = (text: string): DataType => parser("type", "types in SQL text")(text);

function parser<Name extends keyof TextParsers>(name: Name, what: string): TextParsers[Name] {
  const found = bound.parsers?.[name];
  if (found === undefined) throw new UnsupportedError(`${what} cannot be parsed here: no parser is bound`);
  return found;
}
