/** Calls of aggregates and window functions: distinct, filter, order and nulls around the lowered function. */
import type { ResolvedCall } from "../../../plan/resolved.ts";
import type { DecimalType } from "../../../types/data-type.ts";
import type { CompileContext } from "../compile/context.ts";
import { longDigits, narrowDecimal } from "../compile/narrow-decimal.ts";
import { compileOrder } from "../compile/order.ts";
import type { AggregateModifiers } from "./aggregate/call.ts";
import { sumOfParts } from "./aggregate/sums.ts";
import { aggregateLowerings } from "./aggregate.ts";
import { loweringContext } from "./index.ts";

/** Aggregates that are made of several calls, or of one that is looked at several times, and of nothing else. */
const severalCalls: ReadonlySet<string> = new Set(["sum", "try_sum", "avg", "mean", "try_avg"]);

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
    below: over === "" && severalCalls.has(call.name) ? context.below : undefined,
  };
  return narrowSum(call, args, modifiers, context) ?? lowered(call, args, modifiers, context);
}

const lowered = (
  call: ResolvedCall,
  args: readonly string[],
  modifiers: AggregateModifiers,
  context: CompileContext,
): string => aggregateLowerings(call.name)(args, modifiers, loweringContext(call, context));

/** A sum of decimals that mostly fit 64 bits: those that do are added up apart from the others. */
function narrowSum(
  call: ResolvedCall,
  [arg]: readonly string[],
  modifiers: AggregateModifiers,
  context: CompileContext,
): string | undefined {
  if (call.name !== "sum" || modifiers.distinct) return undefined;
  const [value] = call.arguments;
  const type = value!.type;
  const narrow = type.kind === "decimal" && type.precision > longDigits ? narrowDecimal(value!, context) : undefined;
  if (narrow === undefined) return undefined;
  const small = `TRY(${narrow.sql})`;
  const large = `CASE WHEN ${small} IS NULL THEN ${arg} END`;
  return sumOfParts(small, large, modifiers, call.type as DecimalType);
}
