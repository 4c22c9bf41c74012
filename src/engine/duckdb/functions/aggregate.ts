/** Aggregates as DuckDB SQL. */
import { InternalError, UnsupportedError } from "../../../errors.ts";
import type { FunctionNames } from "../../../functions/catalogue.ts";
import { duckType } from "../duck-type.ts";
import { text } from "../sql-text.ts";
import { decimalAverage } from "./decimal.ts";
import type { LoweringContext } from "./lowering.ts";
import { rankingLowerings } from "./ranking.ts";

/** What stands around an aggregate's arguments. */
export interface AggregateModifiers {
  readonly distinct: boolean;
  readonly ignoreNulls: boolean;
  readonly filter: string | undefined;
  readonly order: string | undefined;
  /** `OVER (…)`, or empty. */
  readonly over: string;
}

export type AggregateLowering = (args: readonly string[], modifiers: AggregateModifiers, context: LoweringContext) => string;

/** A call of a DuckDB aggregate with its modifiers. */
export function aggregateCall(name: string, args: readonly string[], modifiers: AggregateModifiers, only?: string): string {
  const { distinct, filter, order, over } = modifiers;
  const conditions = [filter, only].filter((condition) => condition !== undefined);
  const where = conditions.length === 0 ? "" : ` FILTER (WHERE ${conditions.join(" AND ")})`;
  return `${name}(${distinct ? "DISTINCT " : ""}${args.join(", ")}${order === undefined ? "" : ` ORDER BY ${order}`})${where} ${over}`;
}

const plain = (name: string): AggregateLowering => (args, modifiers) => aggregateCall(name, args, modifiers);

/** The result in the Spark type of the call, where DuckDB's own is another. */
const typed = (lowering: AggregateLowering): AggregateLowering => (args, modifiers, context) =>
  `(${lowering(args, modifiers, context)})::${duckType(context.call.type)}`;

const count: AggregateLowering = (args, modifiers, { call }) => {
  const countsRows = call.arguments.every((argument) => argument.kind === "constant" && !argument.nullable) && !modifiers.distinct;
  if (countsRows) return aggregateCall("count", ["*"], modifiers);
  if (args.length === 1) return aggregateCall("count", [args[0]!], modifiers);
  return aggregateCall("count", [`CASE WHEN ${present(args)} THEN row(${args.join(", ")}) END`], modifiers);
};

const present = (args: readonly string[]): string => args.map((argument) => `${argument} IS NOT NULL`).join(" AND ");

const average: AggregateLowering = (args, modifiers, context) => {
  const [type] = context.types;
  if (context.call.type.kind === "decimal" && type?.kind === "decimal") {
    const sum = aggregateCall("sum", args, modifiers);
    const rows = aggregateCall("count", args, modifiers);
    return decimalAverage(sum, rows, type, context.call.type);
  }
  if (type?.kind === "day-time interval" || type?.kind === "year-month interval") {
    return `round(${aggregateCall("avg", args, modifiers)})::${duckType(context.call.type)}`;
  }
  return `(${aggregateCall("avg", args, modifiers)})::DOUBLE`;
};

// In a window DuckDB has names of its own for the ends of a frame, which can pass over nulls.
const end = (name: string, inGroup: string): AggregateLowering => (args, modifiers, { constant }) => {
  const ignores = modifiers.ignoreNulls || constant(1) === true;
  if (modifiers.over !== "") return `${name}(${args[0]}${ignores ? " IGNORE NULLS" : ""}) ${modifiers.over}`;
  return aggregateCall(inGroup, [args[0]!], modifiers, ignores ? `${args[0]} IS NOT NULL` : undefined);
};

const collected: AggregateLowering = (args, modifiers) =>
  `coalesce(${aggregateCall("list", args, modifiers, `${args[0]} IS NOT NULL`)}, [])`;

const collectedSet: AggregateLowering = (args, modifiers) => {
  if (modifiers.over !== "") return `coalesce(list_distinct(${aggregateCall("list", args, { ...modifiers, distinct: false }, `${args[0]} IS NOT NULL`)}), [])`;
  return `coalesce(${aggregateCall("list", args, { ...modifiers, distinct: true }, `${args[0]} IS NOT NULL`)}, [])`;
};

// DuckDB's approximation errs by up to a tenth; the exact count is within any tolerance.
const distinctCount: AggregateLowering = (args, modifiers) => {
  if (modifiers.over === "") return aggregateCall("count", [args[0]!], { ...modifiers, distinct: true });
  return `len(list_distinct(coalesce(${aggregateCall("list", [args[0]!], modifiers, `${args[0]} IS NOT NULL`)}, [])))`;
};

const fractions = (context: LoweringContext, index: number): string => {
  const value = context.constant(index);
  if (value === undefined) throw new UnsupportedError(`the percentage of ${context.call.name} must be a constant`);
  return Array.isArray(value) ? `[${value.map(Number).join(", ")}]` : `${Number(value)}`;
};

const quantile = (name: string): AggregateLowering => (args, modifiers, context) =>
  aggregateCall(name, [args[0]!, fractions(context, 1)], modifiers);

// DuckDB's sample versions divide by n - 1; Spark's moments divide by n.
const skewness: AggregateLowering = ([value], modifiers) => {
  const n = aggregateCall("count", [value!], modifiers);
  return `(CASE WHEN ${n} < 3 THEN ${smallSkew(value!, modifiers)} ELSE ${aggregateCall("skewness", [value!], modifiers)} * (${n} - 2) / sqrt(${n}::DOUBLE * (${n} - 1)) END)`;
};

const smallSkew = (value: string, modifiers: AggregateModifiers): string => {
  const n = aggregateCall("count", [value], modifiers);
  const spread = aggregateCall("var_pop", [value], modifiers);
  return `CASE WHEN ${n} = 0 OR ${spread} = 0 THEN NULL ELSE 0::DOUBLE END`;
};

const pair = (name: string): AggregateLowering => (args, modifiers) => aggregateCall(name, args, modifiers);

const extremeBy = (name: string): AggregateLowering => (args, modifiers) => aggregateCall(name, args, modifiers, `${args[1]} IS NOT NULL`);

const joined: AggregateLowering = (args, modifiers, context) => {
  const delimiter = context.constant(1);
  if (context.types[0]?.kind === "binary") throw new UnsupportedError("listagg of binary values is not supported by the embedded engine");
  return aggregateCall("string_agg", [args[0]!, delimiter === undefined || delimiter === null ? "''" : text(String(delimiter))], modifiers);
};

const conditionCount: AggregateLowering = ([condition], modifiers) => aggregateCall("count", ["*"], modifiers, condition!);

const attemptedSum: AggregateLowering = (args, modifiers, { call, types }) =>
  `TRY_CAST(${aggregateCall("sum", types[0]?.kind === "double" ? args : args, modifiers)} AS ${duckType(call.type)})`;

const mode: AggregateLowering = (args, modifiers) => aggregateCall("mode", [args[0]!], modifiers);

const groupingOf = (name: string): AggregateLowering => (args) => `${name}(${args.join(", ")})`;

const unsupported = (reason: string): AggregateLowering => (_args, _modifiers, { call }) => {
  throw new UnsupportedError(`the aggregate ${call.name} is not supported by the embedded engine: ${reason}`, { parameters: { function: call.name } });
};

const regression = (name: string): AggregateLowering => (args, modifiers) => aggregateCall(name, args.map((argument) => `(${argument})::DOUBLE`), modifiers);

/** By SQL name. */
export const groupLowerings = {
  any_value: end("first_value", "first"),
  approx_count_distinct: distinctCount,
  approx_percentile: quantile("quantile_disc"),
  avg: average,
  mean: average,
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
  corr: pair("corr"),
  count,
  count_if: conditionCount,
  covar_pop: pair("covar_pop"),
  covar_samp: pair("covar_samp"),
  first: end("first_value", "first"),
  first_value: end("first_value", "first"),
  grouping: typed(groupingOf("GROUPING")),
  grouping_id: unsupported("grouping sets give it through the analyzer only"),
  kurtosis: plain("kurtosis_pop"),
  last: end("last_value", "last"),
  last_value: end("last_value", "last"),
  listagg: joined,
  string_agg: joined,
  max: plain("max"),
  max_by: extremeBy("arg_max_null"),
  median: quantileOfHalf,
  min: plain("min"),
  min_by: extremeBy("arg_min_null"),
  mode,
  percentile: quantile("quantile_cont"),
  percentile_approx: quantile("quantile_disc"),
  product: plain("product"),
  regr_avgx: regression("regr_avgx"),
  regr_avgy: regression("regr_avgy"),
  regr_count: typed(regression("regr_count")),
  regr_intercept: regression("regr_intercept"),
  regr_r2: regression("regr_r2"),
  regr_slope: regression("regr_slope"),
  regr_sxx: regression("regr_sxx"),
  regr_sxy: regression("regr_sxy"),
  regr_syy: regression("regr_syy"),
  skewness,
  stddev: plain("stddev_samp"),
  std: plain("stddev_samp"),
  stddev_samp: plain("stddev_samp"),
  stddev_pop: plain("stddev_pop"),
  sum: typed(plain("sum")),
  try_avg: average,
  try_sum: attemptedSum,
  var_pop: plain("var_pop"),
  variance: plain("var_samp"),
  var_samp: plain("var_samp"),
} satisfies { readonly [Name in FunctionNames<typeof import("../../../functions/aggregate.ts")>]: AggregateLowering };

function quantileOfHalf(args: readonly string[], modifiers: AggregateModifiers): string {
  return aggregateCall("quantile_cont", [args[0]!, "0.5"], modifiers);
}

const lowerings: Readonly<Record<string, AggregateLowering>> = { ...groupLowerings, ...rankingLowerings };

/** The lowering of an aggregate or window function. */
export function aggregateLowerings(name: string): AggregateLowering {
  const lowering = lowerings[name];
  if (lowering === undefined) throw new InternalError(`the aggregate ${name} has no lowering for the embedded engine`);
  return lowering;
}

