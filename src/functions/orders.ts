/** Sort orders as functions; `Column` has a method for each. */
import { type Column, columnExpression, makeColumn } from "./column.ts";
import type { ColumnExp, ColumnLike } from "./phantom.ts";

type Order = "asc" | "ascNullsFirst" | "ascNullsLast" | "desc" | "descNullsFirst" | "descNullsLast";

const ordered =
  (order: Order) =>
  <const C extends ColumnLike | string>(column: C): Column<ColumnExp<C>> =>
    makeColumn(makeColumn(columnExpression(column))[order]().expression);

/**
 * Ascending order, nulls first.
 *
 * @param column - a column or its name
 * @example
 * ```ts
 * sales.orderBy(asc("user"), desc("amount"));
 * ```
 */
export const asc = /* @__PURE__ */ ordered("asc");
/** Ascending order, nulls first. */
export const ascNullsFirst = /* @__PURE__ */ ordered("ascNullsFirst");
/** Ascending order, nulls last. */
export const ascNullsLast = /* @__PURE__ */ ordered("ascNullsLast");
/** Descending order, nulls last. */
export const desc = /* @__PURE__ */ ordered("desc");
/** Descending order, nulls first. */
export const descNullsFirst = /* @__PURE__ */ ordered("descNullsFirst");
/** Descending order, nulls last. */
export const descNullsLast = /* @__PURE__ */ ordered("descNullsLast");
