/** Statements of SQL text, those whose names only a running session can compute included. */
import type { Expression } from "../plan/expression.ts";
import { isRelation } from "../plan/rewrite.ts";
import { stringType } from "../types/data-type.ts";
import type { SqlOptions, SqlParser, Statement } from "./parsers.ts";

/**
 * Reads a statement. One in which `IDENTIFIER(…)` computes names, of variables or by functions, is read as far as its
 * syntax goes, and again when it runs.
 *
 * @throws ParseError when the text is no statement
 */
export function readStatement(parser: SqlParser, text: string, options: SqlOptions): Statement {
  let isComputed = false;
  const computedName = (): string => {
    isComputed = true;
    return "computed";
  };
  const statement = parser.statement(text, { ...options, computedName });
  if (!isComputed) return statement;
  if (!isRelation(statement) && statement.kind === "script") return parser.statement(text, options);
  const { named = {}, positional = [] } = options.parameters ?? {};
  if (isRelation(statement)) return { kind: "sql text", statement: { text, named, positional, views: [] } };
  const values = Object.entries(named).map(([name, input]): Expression => ({ kind: "alias", input, names: [name] }));
  return {
    kind: "execute immediate",
    text: { kind: "literal", type: stringType, value: text },
    into: [],
    values: [...values, ...positional],
  };
}
