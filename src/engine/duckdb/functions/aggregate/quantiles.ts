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
export const ordered = (name: "percentile_cont" | "percentile_disc"): AggregateLowering =>
  typed(([value, fraction], modifiers, context) => {
    const falls = context.call.aggregate?.order[0]?.direction === "descending";
    const filter = modifiers.filter === undefined ? "" : ` FILTER (WHERE ${modifiers.filter})`;
    if (modifiers.over !== "")
      throw new UnsupportedError(`${name} over a window is not supported by the embedded engine`);
    return `${name}(${fraction}) WITHIN GROUP (ORDER BY ${value}${falls ? " DESC" : ""})${filter}`;
  });
