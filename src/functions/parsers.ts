/** The parser of SQL expressions; `index.ts` binds it, since the parser itself is made of columns and plans. */
import { UnsupportedError } from "../errors.ts";
import type { Expression } from "../plan/expression.ts";

export type ExpressionParser = (text: string) => Expression;

const bound: { parser?: ExpressionParser } = {};

/** Binds the parser of the process; called once, where the package is put together. */
export function bindExpressionParser(parser: ExpressionParser): void {
  bound.parser = parser;
}

/**
 * Parses an SQL expression, `amount * 2 AS double`.
 *
 * @param text - the expression
 * @throws ParseError when the text is no expression
 * @throws UnsupportedError when no parser is bound
 */
export function parseExpression(text: string): Expression {
  if (bound.parser !== undefined) return bound.parser(text);
  throw new UnsupportedError(`the SQL expression '${text}' cannot be parsed: no SQL parser is bound`, {
    hint: "Write it with col(…) and the functions of lakewright/functions.",
  });
}
