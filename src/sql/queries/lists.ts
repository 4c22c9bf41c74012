import type { Expression } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";

/** Reads what `item` reads, once or more, with commas between. */
export function readListOf<Item>(cursor: SqlCursor, item: (cursor: SqlCursor) => Item): Item[] {
  const items = [item(cursor)];
  while (cursor.accept(",")) items.push(item(cursor));
  return items;
}

/** Reads expressions with commas between. */
export const readExpressions = (cursor: SqlCursor): Expression[] => readListOf(cursor, (inner) => inner.expression());
