import type { ResolvedOrder } from "../../../plan/resolved.ts";
import type { CompileContext } from "./context.ts";
import { orderKey } from "./order-key.ts";

/** The text of an ORDER BY. */
export function compileOrder(order: readonly ResolvedOrder[], context: CompileContext): string {
  return order
    .map(
      ({ expression, direction, nulls }) =>
        `${orderKey(context.compileExpression(expression), expression.type)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls === "first" ? "FIRST" : "LAST"}`,
    )
    .join(", ");
}
