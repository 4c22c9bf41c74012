/** Values at given parts of a group. */
import type { ResolvedExpression } from "../../../../plan/resolved.ts";
import { constantOf } from "../../compile/constant-cast.ts";
import { sqlError } from "../../sql-text.ts";
import type { LoweringContext } from "../lowering.ts";
import { type AggregateLowering, aggregateCall, typed } from "./call.ts";

type Quantile = "quantile_cont" | "quantile_disc";
type QuantileOf = (name: Quantile) => string;

/** A quantile; without a fraction, the median. */
export const quantile = (name: Quantile): AggregateLowering =>
  typed(([value, fraction = "0.5", frequency], modifiers, context) => {
    const number = interpolated(name, value!, context);
    if (name === "quantile_disc" || frequency === undefined || Number(context.constant(2)) === 1)
      return exact(name, (which) => aggregateCall(which, [number, fraction], modifiers), context);
    const list = `flatten(${aggregateCall("list", [repeated(number, frequency)], modifiers)})`;
    return exact(name, (which) => `list_aggregate(${list}, '${which}', ${fraction})`, context);
  });

const interpolated = (name: Quantile, value: string, { call }: LoweringContext): string =>
  name === "quantile_cont" && call.type.kind === "double" ? `(${value})::DOUBLE` : value;

/** A quantile that is its neighbours' value where they are equal, which DuckDB's between them is not always. */
function exact(name: Quantile, quantileOf: QuantileOf, { call, timeZone }: LoweringContext): string {
  if (name === "quantile_disc" || isHalf(call.arguments[1], timeZone)) return quantileOf(name);
  const [mean, near] = [quantileOf("quantile_cont"), quantileOf("quantile_disc")];
  if (call.type.kind !== "array") return settled(mean, near);
  const means = `list_transform(list_zip(${mean}, ${near}), lambda q: ${settled("q[1]", "q[2]")})`;
  return `CASE WHEN ${mean} IS NOT NULL THEN ${means} END`;
}

// Halves of two equal numbers make that number again.
const isHalf = (fraction: ResolvedExpression | undefined, timeZone: string): boolean =>
  fraction === undefined || [0, 0.5, 1].includes(constantOf(fraction, timeZone)?.value as number);

const settled = (mean: string, near: string): string =>
  `CASE WHEN abs(${mean} - ${near}) <= abs(${near}) * 1e-15 THEN ${near} ELSE ${mean} END`;

/** SQL of the list in which a value stands as often as a frequency says. */
function repeated(value: string, frequency: string): string {
  const negative = sqlError("NEGATIVE_VALUES_IN_FREQUENCY_EXPRESSION", { negativeValue: `(${frequency}) || 'L'` });
  return `CASE WHEN (${frequency}) < 0 THEN ${negative} ELSE list_resize([${value}], coalesce(${frequency}, 0), ${value}) END`;
}

/** A quantile of values in an order, which may fall. */
export const ordered = (name: Quantile): AggregateLowering =>
  typed(([value, fraction], modifiers, context) => {
    const { call } = context;
    const falls = call.aggregate?.order[0]?.direction === "descending";
    const isArray = call.arguments[1]!.type.kind === "array";
    const part = falls ? falling(fraction!, isArray) : fraction!;
    const args = [interpolated(name, value!, context), part];
    return exact(name, (which) => aggregateCall(which, args, { ...modifiers, order: undefined }), context);
  });

// DuckDB counts from the greatest value where the part is negative: the part 0 is the least number then.
function falling(fraction: string, isArray: boolean): string {
  return isArray
    ? `list_transform((${fraction})::DOUBLE[], lambda f: -greatest(f, 1e-300))`
    : `-greatest((${fraction})::DOUBLE, 1e-300)`;
}
