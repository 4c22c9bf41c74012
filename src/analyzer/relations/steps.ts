/** Rules of the steps behind `|>`: which of them take aggregates, and which want them. */
import type { AnalysisSettings } from "../../plan/analysis-settings.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Aggregate } from "../../plan/relation.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf, windowsOf } from "../found-calls.ts";
import { prettyText, withoutAlias } from "../names.ts";
import { itemAt, positionOf } from "../positions.ts";

/** Refuses aggregates in EXTEND and SET, which keep every row. */
export function rejectAggregates(expressions: readonly Expression[]): void {
  for (const expression of expressions) {
    const replacement = expression.kind === "star" ? expression.replacement : undefined;
    const [aggregate] = callsOf(expression, "aggregate");
    if (aggregate === undefined) continue;
    const clause = replacement === undefined ? "EXTEND" : "SET";
    const expr = prettyText(aggregate);
    throw misplaced(
      "PIPE_OPERATOR_CONTAINS_AGGREGATE_FUNCTION",
      "0A000",
      `Aggregate function ${expr} is not allowed when using the pipe operator |> ${clause} clause; please use the pipe operator |> AGGREGATE clause instead`,
      "Write |> AGGREGATE … GROUP BY …, or a window: OVER ().",
      { clause, expr },
    );
  }
}

/**
 * An aggregation whose positions count the columns of its input, and whose list holds aggregates alone.
 *
 * Source: `PipeAggregate`, `UnresolvedPipeAggregateOrdinal`.
 */
export function groupedStep(aggregate: Aggregate, { scope }: Analysed, settings: AnalysisSettings): Aggregate {
  for (const expression of aggregate.aggregates) rejectUngrouped(withoutAlias(expression));
  const grouping = aggregate.grouping.map((source): Expression => {
    const position = positionOf(source, "GROUP BY", settings);
    if (position === undefined) return source;
    const { column, qualifier } = itemAt(scope.columns, position, "GROUP BY");
    return { kind: "attribute", name: [...qualifier, column.name] };
  });
  return { ...aggregate, grouping };
}

function rejectUngrouped(expression: Expression): void {
  const expr = prettyText(expression);
  if (windowsOf(expression).length > 0)
    throw unsupportedCase("window functions", "Compute them by a |> SELECT after it.");
  const grouping = callsOf(expression, "aggregate").find(
    ({ kind, name }) => kind === "call" && /^grouping(_id)?$/i.test(name.at(-1)!),
  );
  if (grouping?.kind === "call") throw unsupportedCase(grouping.name.at(-1)!.toUpperCase(), "Use SELECT … GROUP BY.");
  if (callsOf(expression, "aggregate").length > 0) return;
  throw misplaced(
    "PIPE_OPERATOR_AGGREGATE_EXPRESSION_CONTAINS_NO_AGGREGATE_FUNCTION",
    "0A000",
    `Non-grouping expression ${expr} is provided as an argument to the |> AGGREGATE pipe operator but does not contain any aggregate function; please update it to include an aggregate function and then retry the query again`,
    "Columns of GROUP BY are in the result without naming them.",
    { expr },
  );
}

const unsupportedCase = (what: string, hint: string) =>
  misplaced(
    "UNSUPPORTED_FEATURE.PIPE_OPERATOR_AGGREGATE_UNSUPPORTED_CASE",
    "0A000",
    `The feature is not supported: The SQL pipe operator syntax with aggregation (using |> AGGREGATE) does not support ${what}`,
    hint,
    { case: what },
  );
