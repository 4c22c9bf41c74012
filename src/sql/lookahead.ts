/** Telling what follows before it is read: queries from expressions in parentheses, aliases from the next clause. */
import type { SqlCursor } from "./cursor.ts";
import { afterItem, queryContinuation, queryStart } from "./keywords.ts";

/**
 * Whether the parenthesis that stands here holds a query: it may do so in more parentheses, `((SELECT 1) UNION (…))`,
 * where an expression may begin with a query too, `((SELECT 1) + 1)`.
 */
export function opensQuery(cursor: SqlCursor): boolean {
  const depth = cursor.openParentheses();
  if (depth === 0 || !startsQuery(cursor, depth)) return false;
  for (let level = depth - 1; level > 0; level--) {
    const after = cursor.afterClosing(level);
    const goesOn = after.kind === "word" && queryContinuation.has(after.value);
    if (!goesOn && !(after.kind === "sign" && (after.value === ")" || after.value === "|>"))) return false;
  }
  return true;
}

/** Whether a query begins here, or further on. */
export function startsQuery(cursor: SqlCursor, ahead = 0): boolean {
  if (!cursor.seesAny(queryStart, ahead)) return false;
  const next = cursor.peek(ahead + 1);
  const isName = next.kind === "sign" && [".", "->", ")", ","].includes(next.value);
  return !isName && !(next.value === "(" && ["MAP", "REDUCE"].includes(cursor.word(ahead)!));
}

/** Whether `APPROX NEAREST` or `EXACT NEAREST` stands here; alone, each of the words may be an alias. */
export const seesNearest = (cursor: SqlCursor): boolean =>
  cursor.sees("APPROX", "NEAREST") || cursor.sees("EXACT", "NEAREST");

const seesInsertion = (cursor: SqlCursor): boolean =>
  cursor.sees("INSERT", "INTO") || cursor.sees("INSERT", "OVERWRITE");

/** Whether a name stands here that can be an alias without AS. */
export function seesAlias(cursor: SqlCursor): boolean {
  const { kind } = cursor.peek();
  if (kind === "quoted") return true;
  return (
    kind === "word" && !cursor.endsQuery && !cursor.seesAny(afterItem) && !seesNearest(cursor) && !seesInsertion(cursor)
  );
}
