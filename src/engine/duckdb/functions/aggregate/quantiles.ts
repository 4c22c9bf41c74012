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
