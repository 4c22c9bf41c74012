/** Calls of aggregates and window functions: distinct, filter, order and nulls around the lowered function. */
import type { ResolvedCall } from "../../../plan/resolved.ts";
import type { CompileContext } from "../compile/context.ts";
import { compileOrder } from "../compile/order.ts";
import type { AggregateModifiers } from "./aggregate/call.ts";
import { aggregateLowerings } from "./aggregate.ts";
import { loweringContext } from "./index.ts";

/**
 * The SQL of an aggregate or window function.
 *
 * @param over - the OVER clause, where the call is windowed
 */
export function compileAggregate(
  call: ResolvedCall,
  args: readonly string[],
  context: CompileContext,
  over = "",
): string {
  const details = call.aggregate!;
  const filter = details.filter === undefined ? undefined : context.compileExpression(details.filter);
  const modifiers: AggregateModifiers = {
    distinct: details.distinct,
    ignoreNulls: details.ignoreNulls,
    filter,
    order: details.order.length === 0 ? undefined : compileOrder(details.order, context),
    over,
  };
  return aggregateLowerings(call.name)(args, modifiers, loweringContext(call, context));
}
