/** What stands behind a query: ORDER BY, SORT BY, CLUSTER BY, DISTRIBUTE BY, WINDOW, LIMIT, OFFSET. */
import type { SortOrder } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { intType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { literal } from "../expressions/nodes.ts";
import { readDirection, readSortOrders } from "../expressions/sort-orders.ts";
import { readExpressions } from "./lists.ts";

/** Reads the order and the number of rows, if they stand here. */
export function acceptOrganization(cursor: SqlCursor, query: Relation): Relation {
  return acceptLimits(cursor, acceptOrder(cursor, query));
}

/** Reads ORDER BY, SORT BY, CLUSTER BY or DISTRIBUTE BY. */
export function acceptOrder(cursor: SqlCursor, input: Relation): Relation {
  const { start } = cursor.peek();
  if (cursor.accept("ORDER", "BY")) return cursor.placed(start, sort(cursor, input, true));
  if (cursor.accept("SORT", "BY")) return cursor.placed(start, sort(cursor, input, false));
  if (cursor.accept("CLUSTER", "BY")) return clustered(cursor, start, input);
  if (!cursor.accept("DISTRIBUTE", "BY")) return input;
  const distributed = cursor.placed(start, {
    kind: "repartition by expression",
    input,
    expressions: readExpressions(cursor),
  } satisfies Relation);
  const { start: sorted } = cursor.peek();
  return cursor.accept("SORT", "BY") ? cursor.placed(sorted, sort(cursor, distributed, false)) : distributed;
}

function sort(cursor: SqlCursor, input: Relation, global: boolean): Relation {
  if (cursor.word() !== "ALL" || !endsOrder(cursor))
    return { kind: "sort", input, order: readSortOrders(cursor), global };
  cursor.take();
  const order: SortOrder = { kind: "sort order", input: literal(intType, 1), ...readDirection(cursor) };
  return { kind: "sort", input, order: [order], global, byAll: true };
}

// A column may be called all.
function endsOrder(cursor: SqlCursor): boolean {
  const { kind, value } = cursor.peek(1);
  return kind !== "sign" || value === ")" || value === ";" || value === "|>";
}

function clustered(cursor: SqlCursor, start: number, input: Relation): Relation {
  const expressions = readExpressions(cursor);
  const order = expressions.map(
    (expression): SortOrder => ({ kind: "sort order", input: expression, direction: "ascending", nulls: "first" }),
  );
  const spread: Relation = cursor.placed(start, { kind: "repartition by expression", input, expressions });
  return cursor.placed(start, { kind: "sort", input: spread, order, global: false });
}

/** Reads LIMIT and OFFSET: the rows after the first ones are counted. */
export function acceptLimits(cursor: SqlCursor, input: Relation): Relation {
  const { start } = cursor.peek();
  const isLimited = cursor.accept("LIMIT");
  const isAll = isLimited && cursor.accept("ALL");
  const count = isLimited && !isAll ? cursor.expression() : undefined;
  const skipped = cursor.accept("OFFSET") ? cursor.expression() : undefined;
  const rest: Relation =
    skipped === undefined ? input : cursor.placed(start, { kind: "offset", input, count: skipped });
  if (isAll) return cursor.placed(start, { kind: "limit", input: rest });
  return count === undefined ? rest : cursor.placed(start, { kind: "limit", input: rest, count });
}
