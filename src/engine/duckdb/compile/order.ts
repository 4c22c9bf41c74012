import type { ResolvedOrder } from "../../../plan/resolved.ts";
import type { CompileContext } from "./context.ts";

/** The text of an ORDER BY. */
export function compileOrder(order: readonly ResolvedOrder[], context: CompileContext): string {
  return order
    .map(
      ({ expression, direction, nulls }) =>
        `${context.compileExpression(expression)} ${direction === "ascending" ? "ASC" : "DESC"} NULLS ${nulls === "first" ? "FIRST" : "LAST"}`,
    )
    .join(", ");
}
