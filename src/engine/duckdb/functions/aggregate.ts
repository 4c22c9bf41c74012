/** Aggregates as DuckDB SQL. */
import { InternalError } from "../../../errors.ts";
import type { FunctionNames } from "../../../functions/catalogue.ts";
import type { ResolvedOrder } from "../../../plan/resolved.ts";
import { text } from "../sql-text.ts";
import { type AggregateLowering, type AggregateModifiers, aggregateCall, plain, typed } from "./aggregate/call.ts";
import { extreme, extremeBy } from "./aggregate/extremes.ts";
import { frequentItems } from "./aggregate/frequent-items.ts";
import { gatheredLowerings } from "./aggregate/gathered.ts";
import { collectedSet, mode } from "./aggregate/hash-tables.ts";
import { histogram } from "./aggregate/histogram.ts";
import { correlation, kurtosis, overPairs, skewness, slope, spread, triedCorrelation } from "./aggregate/moments.ts";
import { ordered, quantile } from "./aggregate/quantiles.ts";
import { average, sum, wrappedSum } from "./aggregate/sums.ts";
import type { LoweringContext } from "./lowering.ts";
import { rankingLowerings } from "./ranking.ts";
import { countMin } from "./sketches/count-min.ts";
import { hllAggregates } from "./sketches/hll.ts";
import { kllAggregates } from "./sketches/kll.ts";
import { thetaAggregates } from "./sketches/theta.ts";
import { approxTopK } from "./sketches/top.ts";
import { topKAggregates } from "./sketches/top-states.ts";
import { tupleAggregates } from "./sketches/tuple.ts";

const count: AggregateLowering = (args, modifiers, { call }) => {
  const countsRows =
    call.arguments.every((argument) => argument.kind === "constant" && !argument.nullable) && !modifiers.distinct;
  if (countsRows) return aggregateCall("count", ["*"], modifiers);
  if (args.length === 1) return aggregateCall("count", [args[0]!], modifiers);
  return aggregateCall("count", [`CASE WHEN ${present(args)} THEN row(${args.join(", ")}) END`], modifiers);
};

const present = (args: readonly string[]): string => args.map((argument) => `${argument} IS NOT NULL`).join(" AND ");

// These take no FILTER: what it keeps is wrapped, so that a null among it is not passed over.
function endOfFrame(name: string, value: string, { filter, over }: AggregateModifiers, ignores: boolean): string {
  if (filter === undefined) return `${name}(${value}${ignores ? " IGNORE NULLS" : ""}) ${over}`;
  const kept = ignores ? `${filter} AND ${value} IS NOT NULL` : filter;
  return `struct_extract(${name}(CASE WHEN ${kept} THEN {v: ${value}} END IGNORE NULLS) ${over}, 'v')`;
}

// In a window DuckDB has names of its own for the ends of a frame, which can pass over nulls.
const end =
  (name: string, inGroup: string): AggregateLowering =>
  (args, modifiers, { constant }) => {
    const ignores = modifiers.ignoreNulls || constant(1) === true;
    if (modifiers.over !== "") return endOfFrame(name, args[0]!, modifiers, ignores);
    return aggregateCall(inGroup, [args[0]!], modifiers, ignores ? `${args[0]} IS NOT NULL` : undefined);
  };

const collected: AggregateLowering = (args, modifiers) =>
  `coalesce(${aggregateCall("list", args, modifiers, `${args[0]} IS NOT NULL`)}, [])`;

// DuckDB's approximation errs by up to a tenth; the exact count is within any tolerance.
const distinctCount: AggregateLowering = (args, modifiers) => {
  if (modifiers.over === "") return aggregateCall("count", [args[0]!], { ...modifiers, distinct: true });
  return `len(list_distinct(coalesce(${aggregateCall("list", [args[0]!], modifiers, `${args[0]} IS NOT NULL`)}, [])))`;
};

/** A separator of another type is a cast, which DuckDB takes for a constant too. */
function separatorOf(written: string | undefined, constant: unknown): string {
  if (written === undefined || constant === null) return "''";
  return constant === undefined ? written : text(String(constant));
}

// DuckDB orders different values by themselves alone: here, by pairs of what they were and their text.
function joinedInOrder(
  value: string,
  separator: string,
  { expression, direction }: ResolvedOrder,
  modifiers: AggregateModifiers,
  { compile }: LoweringContext,
): string {
  const pair = `{k: ${compile(expression)}, v: ${value}}`;
  const order = `${pair} ${direction === "ascending" ? "ASC" : "DESC"}`;
  const pairs = aggregateCall("list", [pair], { ...modifiers, order }, `${value} IS NOT NULL`);
  return `array_to_string(list_transform(${pairs}, lambda e: e.v), ${separator})`;
}

const joined: AggregateLowering = (args, modifiers, context) => {
  const isBinary = context.types[0]?.kind === "binary";
  const separator = isBinary ? (args[1] ?? "NULL") : separatorOf(args[1], context.constant(1));
  const [order] = context.call.aggregate?.order ?? [];
  if (modifiers.distinct && order !== undefined && order.expression.type.kind !== context.types[0]?.kind)
    return joinedInOrder(args[0]!, separator, order, modifiers, context);
  // Different texts come in no order of their own.
  const inOrder = { ...modifiers, order: modifiers.distinct ? (modifiers.order ?? args[0]) : modifiers.order };
  if (!isBinary) return aggregateCall("string_agg", [args[0]!, separator], inOrder);
  const values = aggregateCall("list", [args[0]!], inOrder, `${args[0]} IS NOT NULL`);
  return `list_reduce(${values}, lambda a, b: a || coalesce(${separator}, ''::BLOB) || b)`;
};

const conditionCount: AggregateLowering = ([condition], modifiers) =>
  aggregateCall("count", ["*"], modifiers, condition!);

const groupingOf =
  (name: string): AggregateLowering =>
  (args) =>
    `${name}(${args.join(", ")})`;

/** By SQL name. */
export const groupLowerings = {
  any_value: end("first_value", "first"),
  approx_count_distinct: distinctCount,
  approx_percentile: quantile("quantile_disc"),
  avg: average("fails"),
  mean: average("fails"),
  bit_and: typed(plain("bit_and")),
  bit_or: typed(plain("bit_or")),
  bit_xor: typed(plain("bit_xor")),
  bool_and: plain("bool_and"),
  every: plain("bool_and"),
  bool_or: plain("bool_or"),
  some: plain("bool_or"),
  collect_list: collected,
  array_agg: collected,
  collect_set: collectedSet,
  corr: correlation,
  count,
  count_if: conditionCount,
  covar_pop: overPairs("covar_pop", 1),
  covar_samp: overPairs("covar_samp", 2),
  first: end("first_value", "first"),
  first_value: end("first_value", "first"),
  grouping: typed(groupingOf("GROUPING")),
  grouping_id: typed(groupingOf("GROUPING")),
  kurtosis,
  last: end("last_value", "last"),
  last_value: end("last_value", "last"),
  listagg: joined,
  string_agg: joined,
  max: extreme("max"),
  max_by: extremeBy("max"),
  median: quantile("quantile_cont"),
  min: extreme("min"),
  min_by: extremeBy("min"),
  mode,
  percentile: quantile("quantile_cont"),
  percentile_approx: quantile("quantile_disc"),
  product: plain("product"),
  regr_avgx: overPairs("regr_avgx", 1),
  regr_avgy: overPairs("regr_avgy", 1),
  regr_count: typed(plain("regr_count")),
  regr_intercept: slope("regr_intercept"),
  regr_r2: overPairs("regr_r2", 1),
  regr_slope: slope("regr_slope"),
  regr_sxx: overPairs("regr_sxx", 1),
  regr_sxy: overPairs("regr_sxy", 1),
  regr_syy: overPairs("regr_syy", 1),
  skewness,
  stddev: spread("stddev_samp", 2),
  std: spread("stddev_samp", 2),
  stddev_samp: spread("stddev_samp", 2),
  stddev_pop: spread("stddev_pop", 1),
  sum: sum("fails"),
  try_avg: average("is null"),
  try_sum: sum("is null"),
  var_pop: spread("var_pop", 1),
  variance: spread("var_samp", 2),
  var_samp: spread("var_samp", 2),
} satisfies {
  readonly [Name in FunctionNames<typeof import("../../../functions/aggregate.ts")>]: AggregateLowering;
};

type Summaries = typeof import("../../../functions/summary.ts");

const summaryLowerings = {
  approx_top_k: approxTopK,
  count_min_sketch: countMin,
  histogram_numeric: histogram,
  ...topKAggregates,
} satisfies { readonly [Name in FunctionNames<Omit<Summaries, "approxTopKEstimate">>]: AggregateLowering };

/** Different values of which most have met a row that has a number up to the last one: a set of bits, and the others. */
const codeCount: AggregateLowering = ([value, code, last], modifiers) => {
  const known = aggregateCall("bitstring_agg", [code!, "0", last!], modifiers);
  const others = aggregateCall("count", [value!], { ...modifiers, distinct: true }, `${code} IS NULL`);
  return `coalesce(bit_count(${known}), 0)::BIGINT + ${others}`;
};

/** What the engine's own rewriting and the analyzer ask for, and programs cannot call. */
const ownLowerings = {
  count_codes: codeCount,
  collect_frequent_items: frequentItems,
  try_corr: triedCorrelation,
  wrapping_sum: wrappedSum,
};

const lowerings: Readonly<Record<string, AggregateLowering>> = {
  ...groupLowerings,
  ...gatheredLowerings,
  ...kllAggregates,
  ...hllAggregates,
  ...summaryLowerings,
  ...thetaAggregates,
  ...tupleAggregates,
  percentile_cont: ordered("quantile_cont"),
  percentile_disc: ordered("quantile_disc"),
  ...rankingLowerings,
  ...ownLowerings,
};

/** The lowering of an aggregate or window function. */
export function aggregateLowerings(name: string): AggregateLowering {
  const lowering = lowerings[name];
  if (lowering === undefined) throw new InternalError(`the aggregate ${name} has no lowering for the embedded engine`);
  return lowering;
}
