/** Statistics of columns, each written as the query that computes it. */
import { UnsupportedError } from "../../errors.ts";
import type { Alias, Attribute, Call, Cast, Expression, Literal } from "../../plan/expression.ts";
import type {
  Aggregate,
  ApproximateQuantile,
  Crosstab,
  FillNulls,
  PairStatistic,
  Relation,
  SampleBy,
} from "../../plan/relation.ts";
import { type DataType, isNumeric, stringType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";

const column = (name: string): Attribute => ({ kind: "attribute", name: [name] });
const literal = (type: DataType, value: unknown): Literal => ({ kind: "literal", type, value });
const double = (value: number): Literal => literal({ kind: "double" }, value);
const call = (name: string, ...args: readonly Expression[]): Call => ({ kind: "call", name: [name], arguments: args });
const aliased = (input: Expression, name: string): Alias => ({ kind: "alias", input, names: [name] });
const cast = (input: Expression, type: DataType): Cast => ({ kind: "cast", input, type, mode: "ansi" });

const aggregate = (input: Relation, ...aggregates: readonly Expression[]): Aggregate => ({
  kind: "aggregate",
  input,
  type: "group by",
  grouping: [],
  aggregates,
});

function checkNumeric(what: string, name: string, input: Relation, context: RelationContext): void {
  const { type } = resolveOver(context, context.input(input).scope, column(name));
  if (isNumeric(type)) return;
  throw misplaced(
    "DATATYPE_MISMATCH.UNEXPECTED_INPUT_TYPE",
    "42K09",
    `${what} for column ${name} with data type ${sqlName(type)} is not supported`,
    "Use a column of numbers.",
    { sqlExpr: `"${name}"`, requiredType: '"NUMERIC"', inputType: `"${sqlName(type)}"` },
  );
}

/** Spark: `StatFunctions.calculateCov` and `pearsonCorrelation`. */
export function analysePairStatistic(
  { input, statistic, column1, column2 }: PairStatistic,
  context: RelationContext,
): Analysed {
  const isCovariance = statistic === "covariance";
  for (const name of [column1, column2])
    checkNumeric(isCovariance ? "Covariance calculation" : "Correlation calculation", name, input, context);
  const values = [column1, column2].map((name) => cast(column(name), { kind: "double" }));
  const value = call(isCovariance ? "covar_samp" : "corr", ...values);
  return context.input(aggregate(input, aliased(value, isCovariance ? "cov" : "corr")));
}

/** Exact quantiles, which is within any error that is allowed. Null and NaN are left out. */
export function analyseApproximateQuantile(
  { input, columns, probabilities }: ApproximateQuantile,
  context: RelationContext,
): Analysed {
  for (const name of columns) checkNumeric("Quantile calculation", name, input, context);
  const wanted = call("array", ...probabilities.map(double));
  const quantiles = columns.map((name): Expression => {
    const value = cast(column(name), { kind: "double" });
    const number = call("when", call("NOT", call("isnan", value)), value);
    return call("coalesce", call("percentile_approx", number, wanted), cast(call("array"), doubles));
  });
  return context.input(aggregate(input, aliased(call("array", ...quantiles), "approx_quantile")));
}

const doubles: DataType = { kind: "array", element: { kind: "double" }, containsNull: false };

/** Spark: `DataFrameStatFunctions.sampleBy`. */
export function analyseSampleBy({ input, column: by, fractions, seed }: SampleBy, context: RelationContext): Analysed {
  const wrong = fractions.find(([, fraction]) => fraction < 0 || fraction > 1);
  if (wrong !== undefined)
    throw misplaced(
      "INVALID_SAMPLE_FRACTION",
      "22023",
      `Fractions must be in [0, 1], but got ${wrong[1]}`,
      "Give each value a fraction between 0 and 1.",
    );
  if (seed === undefined) throw new UnsupportedError("sampleBy needs a seed");
  const branches = fractions.flatMap(([value, fraction]) => [call("<=>", by, value), double(fraction)]);
  const chance = branches.length === 0 ? double(0) : call("when", ...branches, double(0));
  const random = call("rand", literal({ kind: "bigint" }, seed));
  return context.input({ kind: "filter", input, condition: call("<", random, chance) });
}

const crosstabs = new WeakMap<Crosstab, { readonly pivot: Aggregate; readonly plan: FillNulls }>();

/** The query of a contingency table; its pivot is one object for whoever asks, so that its values can be found before. */
export function crosstabPlan(crosstab: Crosstab): { readonly pivot: Aggregate; readonly plan: FillNulls } {
  const known = crosstabs.get(crosstab);
  if (known !== undefined) return known;
  const { input, column1, column2 } = crosstab;
  const label = (name: string): Expression =>
    call("when", call("isnull", column(name)), literal(stringType, "null"), cast(column(name), stringType));
  const withoutTicks = call("replace", label(column2), literal(stringType, "`"), literal(stringType, ""));
  const pivot: Aggregate = {
    kind: "aggregate",
    input,
    type: "pivot",
    grouping: [aliased(label(column1), `${column1}_${column2}`)],
    aggregates: [call("count", literal({ kind: "int" }, 1))],
    pivot: { column: withoutTicks },
  };
  const made = {
    pivot,
    plan: { kind: "fill nulls", input: pivot, values: [literal({ kind: "bigint" }, 0n)] },
  } as const;
  crosstabs.set(crosstab, made);
  return made;
}

/** Spark: `StatFunctions.crossTabulate`. */
export const analyseCrosstab = (crosstab: Crosstab, context: RelationContext): Analysed =>
  context.input(crosstabPlan(crosstab).plan);
