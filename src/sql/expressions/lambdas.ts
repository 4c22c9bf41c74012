/** Functions as arguments: `x -> x + 1`, `(x, i) -> x + i`. */
import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName, readIdentifier, readNames } from "../names.ts";

/** Whether a lambda stands here. */
export function seesLambda(cursor: SqlCursor): boolean {
  if (isName(cursor)) return cursor.seesSign("->", 1);
  if (!cursor.seesSign("(")) return false;
  let ahead = 1;
  while (isName(cursor, ahead) && cursor.seesSign(",", ahead + 1)) ahead += 2;
  return isName(cursor, ahead) && cursor.seesSign(")", ahead + 1) && cursor.seesSign("->", ahead + 2);
}

/** Reads a lambda. */
export function readLambda(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  const parameters = cursor.seesSign("(") ? readNames(cursor) : [readIdentifier(cursor)];
  cursor.expect("->");
  return cursor.placed(start, { kind: "lambda", parameters, body: cursor.expression() });
}
