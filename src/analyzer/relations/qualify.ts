import type { Expression } from "../../plan/expression.ts";
import type { Qualify, Relation } from "../../plan/relation.ts";
import type { ResolvedFilter } from "../../plan/resolved.ts";
import { outerColumns } from "../../plan/resolved-walk.ts";
import type { Analysed } from "../context.ts";
import { misplaced, unresolvedColumn } from "../errors.ts";
import type { ExpressionContext } from "../expression-context.ts";
import { callsOf, windowsOf } from "../found-calls.ts";
import { lifted } from "../lifted.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver, withRelation } from "../relation-context.ts";
import { resolveCondition } from "../resolve-condition.ts";

/** The rows of a select for which a condition over its windows holds. */
export function analyseQualify({ input, condition }: Qualify, context: RelationContext): Analysed {
  if (!hasWindow(input, condition)) {
    throw misplaced(
      "QUALIFY_REQUIRES_WINDOW_FUNCTION",
      "42903",
      "The QUALIFY clause requires at least one window function in the current SELECT list or the QUALIFY condition",
      "Filter with WHERE or HAVING instead.",
    );
  }
  rejectAggregates(input, condition, context);
  const select = lifted(input, [condition], "qualify", context.analysis) ?? {
    relation: input,
    expressions: [condition],
    hide: (analysed: Analysed) => analysed,
  };
  const wide = context.input(select.relation);
  if (context.outer !== undefined) rejectOuterNames(wide, context.input(input), context);
  const filter: ResolvedFilter = {
    kind: "filter",
    input: wide.relation,
    condition: resolveCondition(select.expressions[0]!, withoutOuter(context.over(wide.scope))),
    output: wide.relation.output,
  };
  return select.hide(withRelation(wide, filter));
}

// What an aggregate over groups reads is looked up first: it may be missing.
function rejectAggregates(select: Relation, condition: Expression, context: RelationContext): void {
  const [call] = callsOf(condition, "aggregate");
  if (call === undefined) return;
  if (select.kind === "aggregate") {
    const { scope } = context.input(select);
    for (const argument of call.arguments) if (argument.kind !== "star") resolveOver(context, scope, argument);
  }
  const aggregateExpr = `"${prettyText(call)}"`;
  throw misplaced(
    "QUALIFY_AGGREGATE_NOT_ALLOWED",
    "42903",
    `Aggregate functions are not supported in QUALIFY: ${aggregateExpr}`,
    "Give it a name in the select list, and name that in QUALIFY.",
    { aggregateExpr },
  );
}

// As in Spark, the condition sees no query around its own.
const withoutOuter = (context: ExpressionContext): ExpressionContext => ({ ...context, outer: undefined });

function rejectOuterNames({ relation }: Analysed, select: Analysed, { analysis }: RelationContext): void {
  const known = outerColumns(select.relation);
  const id = [...outerColumns(relation).keys()].find((outer) => !known.has(outer));
  if (id === undefined) return;
  const columns = select.scope.columns.map(({ column, qualifier }) => [...qualifier, column.name]);
  throw unresolvedColumn([analysis.columnName(id)!], columns);
}

function hasWindow(select: Relation, condition: Expression): boolean {
  const list = select.kind === "project" ? select.expressions : select.kind === "aggregate" ? select.aggregates : [];
  const below = select.kind === "filter" && hasWindow(select.input, condition);
  return below || [condition, ...list].some((expression) => windowsOf(expression).length > 0);
}
