/** Stars: `*`, `t.*`, `* EXCEPT (a, b.c)`. */
import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { readQualifiedName } from "../names.ts";

/** Whether a star stands here, or further on. */
export const seesStar = (cursor: SqlCursor, ahead = 0): boolean => cursor.seesSign("*", ahead);

/**
 * Reads a star.
 *
 * @param start - where it begins, before the relation that it is of
 * @param target - the relation or struct that it is of
 */
export function readStar(cursor: SqlCursor, start = cursor.peek().start, target?: readonly string[]): Expression {
  if (target !== undefined) cursor.expect(".");
  cursor.expect("*");
  const except = cursor.sees("EXCEPT", "(") ? readExcept(cursor) : undefined;
  return cursor.placed(start, {
    kind: "star",
    ...(target === undefined ? {} : { target }),
    ...(except === undefined ? {} : { except }),
  });
}

function readExcept(cursor: SqlCursor): string[][] {
  cursor.expectAll("EXCEPT", "(");
  const names = [readQualifiedName(cursor, "the name of a column")];
  while (cursor.accept(",")) names.push(readQualifiedName(cursor, "the name of a column"));
  cursor.expect(")");
  return names;
}
