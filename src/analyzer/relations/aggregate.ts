/** Grouping: by expressions, rollup, cube, grouping sets, pivot. */
import { isOrderable } from "../../functions/rule.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Aggregate } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedExpression } from "../../plan/resolved.ts";
import { meaning } from "../../plan/resolved-rewrite.ts";
import { walk } from "../../plan/rewrite.ts";
import { bigintType, type DataType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import { aggregation, type Groups, isAggregated } from "../aggregation.ts";
import type { Analysed } from "../context.ts";
import { misplaced, missingAggregation, unsupportedIn } from "../errors.ts";
import { hasGenerator, isGenerator, windowsOf } from "../found-calls.ts";
import { columnName, prettyText, withoutAlias } from "../names.ts";
import { rejectRandomAggregates } from "../random-values.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";
import { namedStars } from "../stars.ts";
import { groupsBelow } from "./generated-groups.ts";
import { groupedByAll, groupedItem, hasAlias, hasColumn, rejectPositions } from "./grouping-names.ts";
import { pivoted, restOfPivot } from "./pivot.ts";
import { namedColumn, namedColumns, projectNamed, rejectNestedGenerator } from "./project.ts";
import { groupedStep } from "./steps.ts";

export function analyseAggregate(written: Aggregate, context: RelationContext): Analysed {
  const input = context.input(written.input);
  const stated = written.type === "all" ? written : statedGrouping(written, input, context);
  const items = stated.aggregates;
  for (const item of items) rejectNestedGenerator(withoutAlias(item));
  const generating = items.findIndex(isGenerator);
  const group = (aggregates: readonly Expression[]) => grouped(written, { ...stated, aggregates }, input, context);
  if (generating < 0) return group(items);
  const below = groupsBelow(items, generating, group);
  return projectNamed(below.grouped, below.wanted, context);
}

function grouped(written: Aggregate, stated: Aggregate, input: Analysed, context: RelationContext): Analysed {
  const aggregate = stated.type === "all" ? statedGrouping(stated, input, context) : stated;
  const shown = groupingKeys(aggregate, input, context);
  const keys = withSetKeys(shown, aggregate, input, context);
  const groups = groupsOf(aggregate, keys, input, context);
  const over = withGroupingId(input, groups);
  const aggregates = namedColumns(aggregate.aggregates, context, (source, inner) =>
    outputColumn(source, over, keys, inner),
  );
  rejectRandomAggregates(aggregate.aggregates, context.analysis);
  const columns =
    aggregate.pivot === undefined ? aggregates : pivoted(written, aggregate.pivot, aggregates, input, context);
  return aggregation(
    input,
    groups,
    aggregate.aggregatesOnly === true ? columns : [...keyColumns(shown), ...columns],
    context,
  );
}

/** What an aggregation groups by, apart from what only its grouping sets name. */
export function groupingKeys(
  aggregate: Aggregate,
  input: Analysed,
  context: RelationContext,
): readonly NamedExpression[] {
  const grouping = [...aggregate.grouping, ...restOfPivot(aggregate, input, context)];
  return grouping.map((source) => groupingKey(source, input, context));
}

/** The aggregation without stars, and in SQL without positions and aliases of the select list. */
export function statedGrouping(aggregate: Aggregate, input: Analysed, { analysis }: RelationContext): Aggregate {
  const aggregates = namedStars(aggregate.aggregates, input.scope, analysis);
  const isName = hasColumn(input, "all", analysis) || hasAlias(aggregates, "all", analysis);
  const type = aggregate.type === "all" && isName ? "group by" : aggregate.type;
  const written = type === aggregate.type ? aggregate.grouping : [allColumn];
  const grouping = type === "all" ? groupedByAll(aggregates) : namedStars(written, input.scope, analysis);
  if (aggregate.isStep === true) return groupedStep({ ...aggregate, aggregates, grouping }, input, analysis.settings);
  const stated = { ...aggregate, type, aggregates, grouping };
  if (aggregate.aggregatesOnly !== true || type === "all") return stated;
  rejectPositions(aggregate, grouping, analysis);
  const named = (source: Expression) => groupedItem(source, aggregates, input, analysis);
  const sets = aggregate.groupingSets?.map((set) => set.map(named));
  return { ...stated, grouping: grouping.map(named), ...(sets === undefined ? {} : { groupingSets: sets }) };
}

const allColumn: Expression = { kind: "attribute", name: ["all"] };

/** What a program groups by, as a column. */
export function groupingKey(source: Expression, input: Analysed, context: RelationContext): NamedExpression {
  if (hasGenerator(source)) throw unsupportedIn("Aggregate", [prettyText(source)]);
  const key = namedColumn(source, input, context);
  if (isAggregated(key.expression)) {
    throw misplaced(
      "GROUP_BY_AGGREGATE",
      "42903",
      `Aggregate functions are not allowed in GROUP BY, but found ${prettyText(source)}`,
      "Group by its inputs instead.",
      { sqlExpr: prettyText(source) },
    );
  }
  if (key.expression.kind === "window" || windowsOf(source).length > 0) throw missingAggregation(firstColumn(source));
  if (!isGroupable(key.expression.type)) {
    throw misplaced(
      "GROUP_EXPRESSION_TYPE_IS_NOT_ORDERABLE",
      "42822",
      `The expression "${prettyText(source)}" cannot be used as a grouping expression because its data type "${sqlName(key.expression.type)}" is not an orderable data type`,
      "Group by one of its values.",
      { sqlExpr: `"${prettyText(source)}"`, dataType: `"${sqlName(key.expression.type)}"` },
    );
  }
  return key;
}

// Maps cannot be sorted, but Spark groups by their sorted entries.
function isGroupable(type: DataType): boolean {
  if (type.kind === "map") return isGroupable(type.key) && isGroupable(type.value);
  if (type.kind === "array") return isGroupable(type.element);
  if (type.kind === "struct") return type.fields.every((field) => isGroupable(field.type));
  return isOrderable(type);
}

// What only a grouping set names is a key that is not shown.
function withSetKeys(
  shown: readonly NamedExpression[],
  { groupingSets = [] }: Aggregate,
  input: Analysed,
  context: RelationContext,
): readonly NamedExpression[] {
  const keys = [...shown];
  for (const source of groupingSets.flat()) {
    const key = groupingKey(source, input, context);
    const known = keys.some(({ expression }) => meaning(expression) === meaning(key.expression));
    if (!known) keys.push(key);
  }
  return keys;
}

// To Spark, a window in a grouping reads columns that are not grouped.
function firstColumn(source: Expression): string {
  const names: string[] = [];
  walk(source, (node) => {
    if (node.kind === "attribute") names.push(node.name.at(-1)!);
  });
  return names[0] ?? prettyText(source);
}

// A repeated key is computed once.
const keyColumns = (keys: readonly NamedExpression[]): readonly NamedExpression[] =>
  keys.map(({ column, expression }) => ({ column, expression }));

function outputColumn(
  source: Expression,
  input: Analysed,
  keys: readonly NamedExpression[],
  context: RelationContext,
): NamedExpression {
  const named = namedColumn(source, input, context);
  const meant = meaning(named.expression);
  const key = keys.find(({ expression }) => meaning(expression) === meant);
  return key !== undefined && source.kind !== "alias"
    ? {
        column: { ...key.column, name: columnName(source, context.analysis.resolutions) },
        expression: named.expression,
      }
    : named;
}

function groupsOf(
  aggregate: Aggregate,
  keys: readonly NamedExpression[],
  input: Analysed,
  context: RelationContext,
): Groups {
  const sets = setsOf(aggregate, keys, input, context);
  if (sets === undefined) return { keys };
  return { keys, groupingSets: sets, groupingId: context.analysis.newColumn("spark_grouping_id", bigintType, false) };
}

function setsOf(
  { type, groupingSets }: Aggregate,
  keys: readonly NamedExpression[],
  input: Analysed,
  context: RelationContext,
) {
  const positions = keys.map((_, index) => index);
  if (type === "rollup") return [...positions, positions.length].reverse().map((length) => positions.slice(0, length));
  if (type === "cube") return subsets(positions);
  if (type !== "grouping sets") return undefined;
  return (groupingSets ?? []).map((set) =>
    set.map((source) => positionOf(resolveOver(context, input.scope, source), keys)),
  );
}

function subsets(positions: readonly number[]): readonly (readonly number[])[] {
  const count = 2 ** positions.length;
  return Array.from({ length: count }, (_, index) =>
    positions.filter((position) => (index & (1 << (positions.length - 1 - position))) === 0),
  );
}

const positionOf = (expression: ResolvedExpression, keys: readonly NamedExpression[]): number =>
  keys.findIndex((key) => meaning(key.expression) === meaning(expression));

// grouping_id() reads the id of the row's set like a column.
function withGroupingId(input: Analysed, { groupingId }: Groups): Analysed {
  if (groupingId === undefined) return input;
  return { ...input, scope: { ...input.scope, hidden: [...input.scope.hidden, ...scopeOf([groupingId]).columns] } };
}
