import type { SortOrder } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";

/** Reads `a DESC NULLS LAST, b`. Nulls come first in ascending order and last in descending one. */
export function readSortOrders(cursor: SqlCursor): SortOrder[] {
  const orders = [readSortOrder(cursor)];
  while (cursor.accept(",")) orders.push(readSortOrder(cursor));
  return orders;
}

function readSortOrder(cursor: SqlCursor): SortOrder {
  const { start } = cursor.peek();
  const input = cursor.expression();
  return cursor.placed(start, { kind: "sort order", input, ...readDirection(cursor) });
}

/** Reads `ASC`, `DESC`, `NULLS FIRST`, `NULLS LAST`, all of which may be missing. */
export function readDirection(cursor: SqlCursor): Pick<SortOrder, "direction" | "nulls"> {
  const isDescending = cursor.acceptAny("ASC", "DESC") === "DESC";
  const nulls = cursor.accept("NULLS") ? cursor.acceptAny("FIRST", "LAST") : isDescending ? "LAST" : "FIRST";
  if (nulls === undefined) throw cursor.unexpected("FIRST or LAST");
  return { direction: isDescending ? "descending" : "ascending", nulls: nulls === "FIRST" ? "first" : "last" };
}
