/** What GROUP BY names of the select list: positions, aliases, all of it. */
import type { Expression } from "../../plan/expression.ts";
import type { Aggregate } from "../../plan/relation.ts";
import { rewriteExpressions, someNode } from "../../plan/rewrite.ts";
import type { Analysed, AnalysisContext } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf } from "../found-calls.ts";
import { withoutAggregates } from "../grouping-keys.ts";
import { columnName, prettyText, withoutAlias } from "../names.ts";
import { itemAt, positionOf } from "../positions.ts";
import { matchName } from "../scope.ts";

/**
 * A grouping expression with a position replaced by what stands there in the select list, and names that the input does
 * not have by what has them there. Spark's `ResolveReferencesInAggregate`.
 */
export function groupedItem(
  source: Expression,
  list: readonly Expression[],
  input: Analysed,
  analysis: AnalysisContext,
): Expression {
  const position = positionOf(source, "GROUP BY", analysis.settings);
  if (position !== undefined) return groupable(itemAt(list, position, "GROUP BY"), position);
  if (analysis.settings.groupByAliases === false) return source;
  return rewriteExpressions(source, (node) => {
    if (node.kind !== "attribute" || node.name.length !== 1 || hasColumn(input, node.name[0]!, analysis)) return node;
    const item = list.find((listed) => isNamed(listed, node.name[0]!, analysis));
    return item === undefined ? node : withoutAlias(item);
  });
}

/** Whether the input has a column of a name. */
export const hasColumn = (input: Analysed, name: string, { sameName }: AnalysisContext): boolean =>
  matchName(input.scope, [name], sameName).length > 0;

/** Whether an item of the select list has an alias that GROUP BY may name. */
export const hasAlias = (list: readonly Expression[], name: string, analysis: AnalysisContext): boolean =>
  analysis.settings.groupByAliases !== false &&
  list.some((item) => item.kind === "alias" && isNamed(item, name, analysis));

const isNamed = (item: Expression, name: string, { sameName, resolutions }: AnalysisContext): boolean =>
  item.kind !== "attribute" && sameName(columnName(item, resolutions), name);

/** What `GROUP BY ALL` groups by: the items of the select list without an aggregate. */
export function groupedByAll(list: readonly Expression[]): readonly Expression[] {
  const plain = withoutAggregates(list);
  if (plain.length > 0 || !list.some(readsOutside)) return plain;
  throw misplaced(
    "UNRESOLVED_ALL_IN_GROUP_BY",
    "42803",
    "Cannot infer grouping columns for GROUP BY ALL based on the select clause. Please explicitly specify the grouping columns",
    "Write the columns that stand beside an aggregate in one expression behind GROUP BY.",
  );
}

/** Whether an expression reads a column outside of its aggregates. */
function readsOutside(source: Expression): boolean {
  const aggregates: ReadonlySet<unknown> = new Set(callsOf(source, "aggregate"));
  return someNode(
    source,
    ({ kind }) => kind === "attribute",
    (node) => !aggregates.has(node),
  );
}

/** Refuses positions beside a star. */
export function rejectPositions(
  { aggregates }: Aggregate,
  grouping: readonly Expression[],
  { settings }: AnalysisContext,
): void {
  const isPosition = (source: Expression): boolean => positionOf(source, "GROUP BY", settings) !== undefined;
  if (!aggregates.some(({ kind }) => kind === "star") || !grouping.some(isPosition)) return;
  throw misplaced(
    "STAR_GROUP_BY_POS",
    "0A000",
    "Star (*) is not allowed in a select list when GROUP BY an ordinal position is used",
    "Write the names of the columns, or GROUP BY ALL.",
  );
}

function groupable(item: Expression, position: number): Expression {
  const [aggregate] = callsOf(item, "aggregate");
  if (aggregate === undefined) return withoutAlias(item);
  throw misplaced(
    "GROUP_BY_POS_AGGREGATE",
    "42903",
    `GROUP BY ${position} refers to an expression ${prettyText(item)} that contains an aggregate function. Aggregate functions are not allowed in GROUP BY`,
    "Group by a column that is not aggregated.",
    { index: String(position), aggExpr: prettyText(item) },
  );
}
