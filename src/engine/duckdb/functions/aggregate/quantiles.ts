/** Values at given parts of a group. */
import type { ResolvedCall } from "../../../../plan/resolved.ts";
import { sqlError } from "../../sql-text.ts";
import { type AggregateLowering, aggregateCall, typed } from "./call.ts";

/** A quantile; without a fraction, the median. */
export const quantile = (name: "quantile_cont" | "quantile_disc"): AggregateLowering =>
  typed(([value, fraction = "0.5", frequency], modifiers, { call, constant }) => {
    const isNumber = name === "quantile_cont" && call.type.kind === "double";
    const number = isNumber ? `(${value})::DOUBLE` : value!;
    const isOnce = name === "quantile_disc" || frequency === undefined || Number(constant(2)) === 1;
    const list = isOnce ? "" : `flatten(${aggregateCall("list", [repeated(number, frequency)], modifiers)})`;
    const part = (which: string): string =>
      isOnce ? aggregateCall(which, [number, fraction], modifiers) : `list_aggregate(${list}, '${which}', ${fraction})`;
    return isExact(name, fraction === "0.5" ? 0.5 : constant(1)) ? part(name) : between(part, call);
  });

// Halves of two equal numbers make that number again.
const isExact = (name: string, fraction: unknown): boolean =>
  name === "quantile_disc" || [0, 0.5, 1].includes(Number(fraction));

/** SQL of the value between two neighbours; DuckDB's is not always theirs where they are equal. */
function between(part: (name: string) => string, { type }: ResolvedCall): string {
  const [mean, near] = [part("quantile_cont"), part("quantile_disc")];
  if (type.kind !== "array") return settled(mean, near);
  const means = `list_transform(list_zip(${mean}, ${near}), lambda q: ${settled("q[1]", "q[2]")})`;
  return `CASE WHEN ${mean} IS NOT NULL THEN ${means} END`;
}

const settled = (mean: string, near: string): string =>
  `CASE WHEN abs(${mean} - ${near}) <= abs(${near}) * 1e-15 THEN ${near} ELSE ${mean} END`;

/** SQL of the list in which a value stands as often as a frequency says. */
function repeated(value: string, frequency: string): string {
  const negative = sqlError("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", { negativeValue: `(${frequency}) || 'L'` });
  return `CASE WHEN (${frequency}) < 0 THEN ${negative} ELSE list_resize([${value}], coalesce(${frequency}, 0), ${value}) END`;
}

/** A quantile of values in an order, which may fall. */
export const ordered = (name: "quantile_cont" | "quantile_disc"): AggregateLowering =>
  typed(([value, fraction], modifiers, { call, constant }) => {
    const falls = call.aggregate?.order[0]?.direction === "descending";
    const isArray = call.arguments[1]!.type.kind === "array";
    const part = falls ? falling(fraction!, isArray) : fraction!;
    const interpolated = name === "quantile_cont" && call.type.kind === "double";
    const number = interpolated ? `(${value})::DOUBLE` : value!;
    const quantileOf = (which: string): string =>
      aggregateCall(which, [number, part], { ...modifiers, order: undefined });
    return isExact(name, constant(1)) ? quantileOf(name) : between(quantileOf, call);
  });

// DuckDB counts from the greatest value where the part is negative: the part 0 is the least number then.
function falling(fraction: string, isArray: boolean): string {
  return isArray
    ? `list_transform((${fraction})::DOUBLE[], lambda f: -greatest(f, 1e-300))`
    : `-greatest((${fraction})::DOUBLE, 1e-300)`;
}
