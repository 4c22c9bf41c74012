/** Aggregates of the user's as SQL: DuckDB lists the values of a group, and the function is called with the list. */
import type { ResolvedUserFunction } from "../../../plan/resolved.ts";
import { structFieldName } from "../duck-type.ts";
import type { CompileContext } from "./context.ts";

/**
 * The SQL of a user's aggregate.
 *
 * @param over - the OVER clause, where the call is windowed
 */
export function compileUserAggregate(call: ResolvedUserFunction, context: CompileContext, over = ""): string {
  const { distinct, filter } = call.aggregate!;
  const fields = call.arguments.map(
    (argument, index) => `${structFieldName(index)}: ${context.compileExpression(argument)}`,
  );
  const row = fields.length === 0 ? "true" : `{${fields.join(", ")}}`;
  const where = filter === undefined ? "" : ` FILTER (WHERE ${context.compileExpression(filter)})`;
  return context.userFunction(call, [
    `list(${distinct ? "DISTINCT " : ""}${row})${where}${over === "" ? "" : ` ${over}`}`,
  ]);
}
