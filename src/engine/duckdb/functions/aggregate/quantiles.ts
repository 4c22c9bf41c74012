/** Values at given parts of a group. */
import { UnsupportedError } from "../../../../errors.ts";
import { type AggregateLowering, aggregateCall, typed } from "./call.ts";

/** A quantile; without a fraction, the median. */
export const quantile = (name: "quantile_cont" | "quantile_disc"): AggregateLowering =>
  typed(([value, fraction], modifiers, context) => {
    if (name === "quantile_cont") rejectFrequency(context.constant(2), context.call.arguments.length);
    const interpolated = name === "quantile_cont" && context.call.type.kind === "double";
    return aggregateCall(name, [interpolated ? `(${value})::DOUBLE` : value!, fraction ?? "0.5"], modifiers);
  });

function rejectFrequency(frequency: unknown, count: number): void {
  if (count < 3 || Number(frequency) === 1) return;
  throw new UnsupportedError("percentile with a frequency is not supported by the embedded engine", {
    hint: "Repeat the rows instead, with explode(arrayRepeat(…)).",
  });
}

/** A quantile of values in an order, which may fall. */
export const ordered = (name: "quantile_cont" | "quantile_disc"): AggregateLowering =>
  typed(([value, fraction], modifiers, { call }) => {
    const falls = call.aggregate?.order[0]?.direction === "descending";
    const isArray = call.arguments[1]!.type.kind === "array";
    const part = falls ? falling(fraction!, isArray) : fraction!;
    const interpolated = name === "quantile_cont" && call.type.kind === "double";
    return aggregateCall(name, [interpolated ? `(${value})::DOUBLE` : value!, part], {
      ...modifiers,
      order: undefined,
    });
  });

// DuckDB counts from the greatest value where the part is negative: the part 0 is the least number then.
function falling(fraction: string, isArray: boolean): string {
  return isArray
    ? `list_transform((${fraction})::DOUBLE[], lambda f: -greatest(f, 1e-300))`
    : `-greatest((${fraction})::DOUBLE, 1e-300)`;
}
