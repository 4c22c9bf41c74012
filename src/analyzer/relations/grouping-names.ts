/** What GROUP BY names of the select list: positions and aliases. */
import type { Expression } from "../../plan/expression.ts";
import type { Analysed, AnalysisContext } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf } from "../found-calls.ts";
import { prettyText } from "../names.ts";
import { itemAt, positionOf } from "../positions.ts";
import { matchName } from "../scope.ts";

/**
 * A grouping expression with a position or an alias of the select list replaced by what it names; a column of the input
 * comes before an alias.
 */
export function groupedItem(
  source: Expression,
  list: readonly Expression[],
  input: Analysed,
  { sameName }: AnalysisContext,
): Expression {
  const position = positionOf(source);
  if (position !== undefined) return withoutAggregates(itemAt(list, position, "GROUP BY"), position);
  if (source.kind !== "attribute" || source.name.length !== 1) return source;
  const name = source.name[0]!;
  if (matchName(input.scope, source.name, sameName).length > 0) return source;
  const alias = list.find((item) => item.kind === "alias" && sameName(item.names[0]!, name));
  return alias?.kind === "alias" ? alias.input : source;
}

function withoutAggregates(item: Expression, position: number): Expression {
  const [aggregate] = callsOf(item, "aggregate");
  if (aggregate === undefined) return item.kind === "alias" ? item.input : item;
  throw misplaced(
    "GROUP_BY_POS_AGGREGATE",
    "42903",
    `GROUP BY ${position} refers to an expression ${prettyText(item)} that contains an aggregate function. Aggregate functions are not allowed in GROUP BY`,
    "Group by a column that is not aggregated.",
    { index: String(position), aggExpr: prettyText(item) },
  );
}
