/** The list of a SELECT: expressions, each perhaps with a name. */
import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { seesAlias } from "../lookahead.ts";
import { isName, readIdentifier, readNames } from "../names.ts";
import { readListOf } from "./lists.ts";

/** Reads expressions with commas between, each perhaps with a name. */
export const readNamedExpressions = (cursor: SqlCursor): Expression[] => readListOf(cursor, readNamedExpression);

/** Reads an expression and its name, `a + 1 AS b`, or names, `explode(m) AS (k, v)`. */
export function readNamedExpression(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const input = cursor.selectItem(() => cursor.expression());
  const names = acceptNames(cursor);
  return names === undefined ? input : cursor.placed(start, { kind: "alias", input, names });
}

function acceptNames(cursor: SqlCursor): string[] | undefined {
  if (cursor.accept("AS")) return cursor.seesSign("(") ? readNames(cursor) : [readIdentifier(cursor, "a name")];
  if (cursor.seesSign("(") && isName(cursor, 1)) return readNames(cursor);
  return seesAlias(cursor) ? [readIdentifier(cursor)] : undefined;
}
