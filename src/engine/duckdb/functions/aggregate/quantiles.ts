/** Values at given parts of a group. */
import { sqlError } from "../../sql-text.ts";
import { type AggregateLowering, aggregateCall, typed } from "./call.ts";

/** A quantile; without a fraction, the median. */
export const quantile = (name: "quantile_cont" | "quantile_disc"): AggregateLowering =>
  typed(([value, fraction = "0.5", frequency], modifiers, { call, constant }) => {
    const isNumber = name === "quantile_cont" && call.type.kind === "double";
    const number = isNumber ? `(${value})::DOUBLE` : value!;
    if (name === "quantile_disc" || frequency === undefined || Number(constant(2)) === 1)
      return aggregateCall(name, [number, fraction], modifiers);
    const all = aggregateCall("list", [repeated(number, frequency)], modifiers);
    return `list_aggregate(flatten(${all}), '${name}', ${fraction})`;
  });

/** SQL of the list in which a value stands as often as a frequency says. */
function repeated(value: string, frequency: string): string {
  const negative = sqlError("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", { negativeValue: `(${frequency}) || 'L'` });
  return `CASE WHEN (${frequency}) < 0 THEN ${negative} ELSE list_resize([${value}], coalesce(${frequency}, 0), ${value}) END`;
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
