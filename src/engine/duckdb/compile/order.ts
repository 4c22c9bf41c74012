import type { ResolvedExpression, ResolvedOrder } from "../../../plan/resolved.ts";
import { duckType } from "../duck-type.ts";
import type { CompileContext } from "./context.ts";
import { orderKey } from "./order-key.ts";

/** The text of an ORDER BY. */
export const compileOrder = (order: readonly ResolvedOrder[], context: CompileContext): string =>
  order
    .map(
      ({ expression, direction, nulls }) =>
        `${keyOf(expression, context)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls === "first" ? "FIRST" : "LAST"}`,
    )
    .join(", ");

// DuckDB would take a constant number for a position, and refuses other constants: to it, a cast is none.
function keyOf(expression: ResolvedExpression, context: CompileContext): string {
  const text = context.compileExpression(expression);
  return expression.kind === "constant"
    ? `CAST(${text} AS ${duckType(expression.type)})`
    : orderKey(text, expression.type);
}
