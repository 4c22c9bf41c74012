/** Statistics of numbers and pairs of numbers. */
import type { ResolvedExpression } from "../../../../plan/resolved.ts";
import { type DataType, isNumeric } from "../../../../types/data-type.ts";
import { sqlError } from "../../sql-text.ts";
import { type AggregateLowering, aggregateCall } from "./call.ts";

const isFloating = ({ kind }: DataType): boolean => kind === "double" || kind === "float";

/** Whether a value may be infinite or NaN, which a number of another kind that was converted is not. */
function mayBeOdd(value: ResolvedExpression): boolean {
  if (value.kind === "cast" && isNumeric(value.input.type)) return mayBeOdd(value.input);
  return isFloating(value.type);
}

/**
 * NaN where DuckDB fails for infinite numbers and NaN; `least` is how many rows give a result at all. The conditions stand
 * in the arguments: for each FILTER, DuckDB copies the columns of all aggregates.
 */
const guarded =
  (name: string, least: number): AggregateLowering =>
  (args, modifiers, { call }) => {
    if (!call.arguments.some(mayBeOdd)) return aggregateCall(name, args, modifiers);
    const finite = args.map((argument) => `isfinite(${argument})`).join(" AND ");
    const present = args.map((argument) => `${argument} IS NOT NULL`).join(" AND ");
    const rest = { ...modifiers, distinct: false };
    const odd = aggregateCall("bool_or", [`${present} AND NOT (${finite})`], rest);
    const all = aggregateCall("count", [`CASE WHEN ${present} THEN 1 END`], rest);
    const finiteOnly = args.map((argument) => `CASE WHEN ${finite} THEN ${argument} END`);
    return `CASE WHEN ${odd} THEN CASE WHEN ${all} >= ${least} THEN 'nan'::DOUBLE END ELSE ${aggregateCall(name, finiteOnly, modifiers)} END`;
  };

/** Standard deviations and variances. */
export const spread = (name: string, least: number): AggregateLowering => guarded(name, least);

/** Statistics of rows in which neither number is null. */
export const overPairs = (name: string, least: number): AggregateLowering => guarded(name, least);

const spreadOf = (name: "regr_sxx" | "regr_syy"): AggregateLowering => guarded(name, 1);

/** A line has no slope where all points have one x. */
export const slope =
  (name: string): AggregateLowering =>
  (args, modifiers, context) =>
    `CASE WHEN ${spreadOf("regr_sxx")(args, modifiers, context)} = 0 THEN NULL ELSE ${guarded(name, 2)(args, modifiers, context)} END`;

/** Spark divides by the spread of both numbers, which is an error in ANSI mode where that is zero, else null. */
const correlationOr =
  (byZero: () => string): AggregateLowering =>
  (args, modifiers, context) => {
    const [x, y] = (["regr_sxx", "regr_syy"] as const).map((name) => spreadOf(name)(args, modifiers, context));
    const count = aggregateCall("regr_count", args, { ...modifiers, distinct: false });
    return `CASE WHEN ${count} < 2 THEN NULL WHEN ${x} = 0 OR ${y} = 0 THEN ${byZero()} ELSE ${guarded("corr", 2)(args, modifiers, context)} END`;
  };

export const correlation = correlationOr(() => sqlError("DIVIDE_BY_ZERO"));
export const triedCorrelation = correlationOr(() => "NULL");

// DuckDB's own are made of sums of powers, which lose all digits where the numbers are far from zero.
const moment =
  (kernel: "skewness" | "kurtosis"): AggregateLowering =>
  ([value], modifiers, context) =>
    context.kernel(kernel, [aggregateCall("list", [`(${value})::DOUBLE`], modifiers, `${value} IS NOT NULL`)]);

export const skewness = moment("skewness");
export const kurtosis = moment("kurtosis");
