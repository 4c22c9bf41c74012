import type { Expression } from "../../plan/expression.ts";
import type { Observe } from "../../plan/relation.ts";
import type { ResolvedObserve } from "../../plan/resolved.ts";
import { isAggregated } from "../aggregation.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf, windowsOf } from "../found-calls.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, withRelation } from "../relation-context.ts";
import { namedColumn } from "./project.ts";

/** The input's rows, with aggregates over them noted on the way. */
export function analyseObserve({ input, name, metrics }: Observe, context: RelationContext): Analysed {
  const inner = context.input(input);
  const named = metrics.map((metric) => {
    rejectUnsupported(metric);
    const column = namedColumn(metric, inner, context);
    if (isAggregated(column.expression)) return column;
    throw misplaced(
      "INVALID_OBSERVED_METRICS.NON_AGGREGATE_FUNC_ARG_IS_ATTRIBUTE",
      "42K0E",
      `The observed metric "${prettyText(metric)}" is not an aggregate`,
      'Observe aggregates only, such as count(lit(1)).as("rows").',
      { expr: `"${prettyText(metric)}"` },
    );
  });
  const relation: ResolvedObserve = {
    kind: "observe",
    input: inner.relation,
    name,
    metrics: named,
    output: inner.relation.output,
  };
  return withRelation(inner, relation);
}

function rejectUnsupported(metric: Expression): void {
  const isDistinct = callsOf(metric, "aggregate").some((call) => call.kind === "call" && call.distinct);
  if (!isDistinct && windowsOf(metric).length === 0) return;
  const text = `"${prettyText(metric)}"`;
  const [condition, what] = isDistinct
    ? ["AGGREGATE_EXPRESSION_WITH_DISTINCT_UNSUPPORTED", "Aggregate expressions with DISTINCT"]
    : ["WINDOW_EXPRESSIONS_UNSUPPORTED", "Window expressions"];
  throw misplaced(
    `INVALID_OBSERVED_METRICS.${condition}`,
    "42K0E",
    `Invalid observed metrics. ${what} are not allowed in observed metrics, but found: ${text}`,
    "Compute it in a query of its own.",
    { expr: text },
  );
}
