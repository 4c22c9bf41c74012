/** Calls of aggregates and window functions: distinct, filter, order and nulls around the lowered function. */
import type { ResolvedCall } from "../../../plan/resolved.ts";
import type { DecimalType } from "../../../types/data-type.ts";
import type { CompileContext } from "../compile/context.ts";
import { longDigits, narrowDecimal } from "../compile/narrow-decimal.ts";
import { compileOrder } from "../compile/order.ts";
import type { AggregateModifiers } from "./aggregate/call.ts";
import { decimalSum, sumOfParts } from "./aggregate/sums.ts";
import { aggregateLowerings } from "./aggregate.ts";
import { loweringContext } from "./index.ts";

/** Aggregates that are made of several calls, or of one that is looked at several times, and of nothing else. */
const severalCalls: ReadonlySet<string> = new Set(["sum", "try_sum", "avg", "mean", "try_avg"]);

/**
 * The SQL of an aggregate or window function.
 *
 * @param over - the OVER clause, where the call is windowed
 */
export function compileAggregate(call: ResolvedCall, context: CompileContext, over = ""): string {
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
  return narrowSum(call, modifiers, context) ?? lowered(call, modifiers, context);
}

function lowered(call: ResolvedCall, modifiers: AggregateModifiers, context: CompileContext): string {
  const args = call.arguments.map((argument) => context.compileExpression(argument));
  return aggregateLowerings(call.name)(args, modifiers, loweringContext(call, context));
}

/** A sum of decimals that fit 64 bits, or mostly do: those that do are then added up apart from the others. */
function narrowSum(call: ResolvedCall, modifiers: AggregateModifiers, context: CompileContext): string | undefined {
  if (call.name !== "sum" || modifiers.distinct) return undefined;
  const [value] = call.arguments;
  const type = value!.type;
  const narrow = type.kind === "decimal" && type.precision > longDigits ? narrowDecimal(value!, context) : undefined;
  if (narrow === undefined) return undefined;
  if (narrow.digits <= longDigits) return decimalSum(narrow.sql, modifiers, call.type as DecimalType);
  const small = `TRY(${narrow.sql})`;
  const large = `CASE WHEN ${small} IS NULL THEN ${context.compileExpression(value!)} END`;
  return sumOfParts(small, large, modifiers, call.type as DecimalType);
}
