/** What a sub-query may read of the query around it, and where sub-queries that do so may stand. */
import type { AnalysisError } from "../errors.ts";
import type {
  OutputColumn,
  ResolvedExpression,
  ResolvedJoin,
  ResolvedRelation,
  ResolvedSubquery,
} from "../plan/resolved.ts";
import { inputsOf, referencedColumns, resolvedChildren, someResolved } from "../plan/resolved-rewrite.ts";
import {
  expressionsBelow,
  outerColumns,
  ownExpressions,
  relationsBelow,
  subqueryColumns,
} from "../plan/resolved-walk.ts";
import { misplaced } from "./errors.ts";
import type { ExpressionContext } from "./expression-context.ts";

/**
 * Refuses what Spark does not decorrelate.
 *
 * Spark: `CheckAnalysis.checkCorrelationsInSubquery`.
 *
 * @param outer - the columns of the enclosing query that the plan reads
 */
export function rejectUnsupportedCorrelation(plan: ResolvedRelation, outer: readonly OutputColumn[]): void {
  if (outer.length === 0) return;
  const names = new Map(outer.map(({ id, name }) => [id, name]));
  for (const relation of relationsBelow(plan)) {
    if (relation.kind === "aggregate")
      for (const { column, expression } of relation.aggregates) rejectMixed(expression, column.name, names);
    if (relation.kind === "join") rejectOuterSide(relation);
    if (isSealed(relation)) rejectOuterInput(relation);
    for (const expression of closedExpressions(relation)) rejectOuter(expression, names);
  }
}

/** The expressions in which a relation takes no column of the query around it. */
function closedExpressions(relation: ResolvedRelation): readonly ResolvedExpression[] {
  if (relation.kind === "aggregate" || relation.kind === "sort" || relation.kind === "distribution")
    return ownExpressions(relation);
  if (relation.kind === "generate") return relation.input.output.length > 0 ? [relation.generator] : [];
  return ownExpressions(relation).flatMap(windowPlaces);
}

// What a window computes of columns is computed below it, where columns from outside may be; the columns themselves are not.
function windowPlaces(expression: ResolvedExpression): readonly ResolvedExpression[] {
  const below = resolvedChildren(expression).flatMap(windowPlaces);
  if (expression.kind !== "window") return below;
  const { call, partitionBy, orderBy } = expression;
  const places = [...resolvedChildren(call), ...partitionBy, ...orderBy.map((order) => order.expression)];
  return [...places.filter(({ kind }) => kind === "column"), ...below];
}

/** Relations that Spark takes no column of the query around through. */
function isSealed(relation: ResolvedRelation): boolean {
  if (relation.kind === "aggregate") return relation.groupingSets !== undefined;
  return relation.kind === "sample" || relation.kind === "recursion";
}

/** Refuses columns of the query around in what a relation reads. */
export function rejectOuterInput(relation: ResolvedRelation): void {
  if (inputsOf(relation).some((input) => outerColumns(input).size > 0)) throw inaccessible(`a ${relation.kind}`);
}

function rejectMixed(expression: ResolvedExpression, name: string, outer: ReadonlyMap<number, string>): void {
  const ids = [...referencedColumns(expression)];
  if (ids.every((id) => outer.has(id)) || !ids.some((id) => outer.has(id))) return;
  throw unsupportedSubquery(
    "AGGREGATE_FUNCTION_MIXED_OUTER_LOCAL_REFERENCES",
    `Found an aggregate function in a correlated predicate that has both outer and local references, which is not supported: ${name}`,
    "Join the query with the one around it, and aggregate the result.",
    { function: name },
  );
}

function rejectOuter(expression: ResolvedExpression, outer: ReadonlyMap<number, string>): void {
  const names = [...referencedColumns(expression)].flatMap((id) => outer.get(id) ?? []);
  if (names.length > 0) throw outerReference(names);
}

/** Whether a column is one of the queries around. */
export function isOuterColumn(id: number, around: ExpressionContext | undefined): boolean {
  if (around === undefined) return false;
  const { columns, hidden } = around.scope;
  return [...columns, ...hidden].some(({ column }) => column.id === id) || isOuterColumn(id, around.outer);
}

/** What is said where columns of an enclosing query are read and only the query's own can be. */
export function outerReference(names: readonly string[]): AnalysisError {
  const sqlExprs = names.map((name) => `"${name}"`).join(",");
  return unsupportedSubquery(
    "CORRELATED_REFERENCE",
    `Expressions referencing the outer query are not supported outside of WHERE/HAVING clauses: ${sqlExprs}`,
    "Select the column in a query below first, or compute this in the query around.",
    { sqlExprs },
  );
}

const closedSides: Partial<Record<ResolvedJoin["type"], readonly ("left" | "right")[]>> = {
  left: ["right"],
  "left semi": ["right"],
  "left anti": ["right"],
  right: ["left"],
  full: ["left", "right"],
};

function rejectOuterSide(join: ResolvedJoin): void {
  if (join.lateral) return;
  const isReading = (closedSides[join.type] ?? []).some((side) => outerColumns(join[side]).size > 0);
  if (isReading) throw inaccessible(`the side of a ${join.type} join that may be missing`);
}

/** What is said where a relation reads a column of the query around and Spark does not take it apart. */
export const inaccessible = (treeNode: string): AnalysisError =>
  unsupportedSubquery(
    "ACCESSING_OUTER_QUERY_COLUMN_IS_NOT_ALLOWED",
    `Accessing outer query column is not allowed in this location: ${treeNode}`,
    "Filter by the outer column above it, or join the two queries.",
    { treeNode },
  );

/**
 * Refuses a lateral side whose rows are others each time, beside rows of which there may be several.
 *
 * Spark: `CheckAnalysis`, for `LateralJoin`.
 */
export function rejectUncertainSide(left: ResolvedRelation, right: ResolvedRelation): void {
  if (hasOneRow(left) || !expressionsBelow(right).some((each) => someResolved(each, isUncertain))) return;
  throw unsupportedSubquery(
    "NON_DETERMINISTIC_LATERAL_SUBQUERIES",
    "Non-deterministic lateral subqueries are not supported when joining with outer relations that produce more than one row",
    "Compute the random values in a query below the join.",
    { treeNode: "LateralJoin" },
  );
}

const isUncertain = (expression: ResolvedExpression): boolean =>
  "deterministic" in expression && !expression.deterministic;

/** Whether it is known that a relation has a row at most. */
function hasOneRow(relation: ResolvedRelation): boolean {
  if (relation.kind === "value rows") return relation.rows.length <= 1;
  if (relation.kind === "aggregate") return relation.keys.length === 0;
  if (relation.kind === "slice" && relation.count !== undefined && relation.count <= 1n) return true;
  const isKept = relation.kind === "project" || relation.kind === "filter" || relation.kind === "slice";
  return isKept && hasOneRow(relation.input);
}

/** What is said of a query inside a lambda. */
export const subqueryInLambda = (): AnalysisError =>
  unsupportedSubquery(
    "HIGHER_ORDER_FUNCTION",
    "Subquery expressions are not supported within higher-order functions. Please remove all subquery expressions from higher-order functions and then try the query again",
    "Compute the query's value beside the function, or explode the array and join.",
    {},
  );

const unsupportedSubquery = (
  category: string,
  sentence: string,
  hint: string,
  parameters: Readonly<Record<string, string>>,
): AnalysisError =>
  misplaced(
    `UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.${category}`,
    "0A000",
    `Unsupported subquery expression: ${sentence}`,
    hint,
    parameters,
  );

/** The sub-queries in an expression, those inside others left out. */
export function subqueriesOf(expression: ResolvedExpression): readonly ResolvedSubquery[] {
  if (expression.kind === "subquery") return [expression];
  return resolvedChildren(expression).flatMap(subqueriesOf);
}

/** Refuses sub-queries where Spark has values of uncorrelated ones only. */
export function rejectSubqueriesIn(operator: string, expressions: readonly ResolvedExpression[]): void {
  rejectCorrelatedIn(operator, expressions);
  const tests = expressions.flatMap(subqueriesOf).filter(({ form }) => form !== "scalar");
  if (tests.length > 0)
    throw unsupportedSubquery(
      "UNSUPPORTED_IN_EXISTS_SUBQUERY",
      `IN/EXISTS predicate subqueries can only be used in filters, joins, aggregations, window functions, projections, and UPDATE/MERGE/DELETE commands: ${operator}`,
      "Compute it with withColumn(…) first and use the column.",
      { treeNode: operator },
    );
}

/** Refuses values of correlated sub-queries where Spark has none. */
export function rejectCorrelatedIn(operator: string, expressions: readonly ResolvedExpression[]): void {
  for (const { form, outer } of expressions.flatMap(subqueriesOf)) {
    if (form === "scalar" && outer.length > 0)
      throw unsupportedSubquery(
        "UNSUPPORTED_CORRELATED_SCALAR_SUBQUERY",
        `Correlated scalar subqueries can only be used in filters, aggregations, projections, and UPDATE/MERGE/DELETE commands: ${operator}`,
        "Compute it with withColumn(…) first and use the column.",
        { treeNode: operator },
      );
  }
}

/**
 * Refuses sub-queries in a join's condition that need rows of both sides.
 *
 * Spark: `RewritePredicateSubquery`.
 */
export function rejectBothSides(condition: ResolvedExpression, left: ResolvedRelation, right: ResolvedRelation): void {
  for (const subquery of subqueriesOf(condition)) {
    const read = subqueryColumns(subquery);
    if (![left, right].every(({ output }) => output.some(({ id }) => read.has(id)))) continue;
    const subqueryExpression = `${subquery.form}(${subquery.outer.map(({ name }) => name).join(", ")})`;
    throw unsupportedSubquery(
      "UNSUPPORTED_CORRELATED_EXPRESSION_IN_JOIN_CONDITION",
      `Correlated subqueries in the join predicate cannot reference both join inputs: ${subqueryExpression}`,
      "Join first and filter the result, or let the sub-query read one side.",
      { subqueryExpression },
    );
  }
}

/** Refuses a correlated value that is neither a key of a grouping nor inside an aggregate. */
export function rejectUngrouped(subquery: ResolvedSubquery): void {
  if (subquery.form !== "scalar" || subquery.outer.length === 0) return;
  const sqlExpr = `"scalarsubquery(${subquery.outer.map(({ name }) => name).join(", ")})"`;
  throw misplaced(
    "SCALAR_SUBQUERY_IS_IN_GROUP_BY_OR_AGGREGATE_FUNCTION",
    "0A000",
    `The correlated scalar subquery ${sqlExpr} is neither present in GROUP BY, nor in an aggregate function`,
    "Add it to the grouping by its position, or wrap it in first(…) if you do not care which value you get.",
    { sqlExpr },
  );
}
