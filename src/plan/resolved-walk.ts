/** Walking analysed plans: the expressions of relations, sub-queries, and what a plan reads from outside. */
import type { ColumnReference, ResolvedExpression, ResolvedRelation, ResolvedSubquery } from "./resolved.ts";
import { inputsOf, referencedColumns, resolvedChildren } from "./resolved-rewrite.ts";

/** The expressions that a relation itself holds. */
export function ownExpressions(relation: ResolvedRelation): readonly ResolvedExpression[] {
  switch (relation.kind) {
    case "project":
      return relation.columns.map(({ expression }) => expression);
    case "filter":
      return [relation.condition];
    case "join":
      return relation.condition === undefined ? [] : [relation.condition];
    case "sort":
      return relation.order.map(({ expression }) => expression);
    case "distribution":
      return [...relation.keys, ...relation.order.map(({ expression }) => expression)];
    case "aggregate":
      return [...relation.keys, ...relation.aggregates].map(({ expression }) => expression);
    case "observe":
      return relation.metrics.map(({ expression }) => expression);
    case "generate":
      return [relation.generator];
    case "value rows":
      return relation.rows.flat();
    default:
      return [];
  }
}

/** Every expression of a relation and of those below it. */
export function expressionsBelow(relation: ResolvedRelation): readonly ResolvedExpression[] {
  return [...ownExpressions(relation), ...inputsOf(relation).flatMap(expressionsBelow)];
}

/** The plans of sub-queries in a relation's own expressions. */
export function subqueryPlans(relation: ResolvedRelation): readonly ResolvedRelation[] {
  const plans: ResolvedRelation[] = [];
  const visit = (expression: ResolvedExpression): void => {
    if (expression.kind === "subquery") plans.push(expression.plan);
    for (const child of resolvedChildren(expression)) visit(child);
  };
  for (const expression of ownExpressions(relation)) visit(expression);
  return plans;
}

/** A relation and all that it reads, sub-queries included, inputs first. */
export function relationsBelow(
  relation: ResolvedRelation,
  seen = new Set<ResolvedRelation>(),
): ReadonlySet<ResolvedRelation> {
  if (seen.has(relation)) return seen;
  for (const input of [...inputsOf(relation), ...subqueryPlans(relation)]) relationsBelow(input, seen);
  return seen.add(relation);
}

/** The columns that a plan reads and no relation of it gives: those of an enclosing query. */
export function outerColumns(plan: ResolvedRelation): ReadonlyMap<number, ColumnReference> {
  const found = new Map<number, ColumnReference>();
  const given = new Set<number>();
  const read = (expression: ResolvedExpression): void => {
    if (expression.kind === "column") found.set(expression.id, expression);
    if (expression.kind === "lambda") for (const { id } of expression.parameters) given.add(id);
    for (const child of resolvedChildren(expression)) read(child);
  };
  for (const relation of relationsBelow(plan)) {
    for (const { id } of relation.output) given.add(id);
    if (relation.kind === "scan") for (const { id } of relation.hidden ?? []) given.add(id);
    for (const expression of ownExpressions(relation)) read(expression);
  }
  for (const id of given) found.delete(id);
  return found;
}

/** The ids of the columns of the query around it that a sub-query reads, in what it is compared with too. */
export const subqueryColumns = (subquery: ResolvedSubquery): ReadonlySet<number> =>
  referencedColumns(subquery, new Set(subquery.outer.map(({ id }) => id)));

/** The ids of the columns of an enclosing query where a plan reads them, as often as it does, from its end to its start. */
export function outerReferences(plan: ResolvedRelation): readonly number[] {
  const outer = outerColumns(plan);
  const known = new Map<ResolvedRelation, readonly number[]>();
  const readIn = (expression: ResolvedExpression): readonly number[] => {
    if (expression.kind === "column") return outer.has(expression.id) ? [expression.id] : [];
    const inside = expression.kind === "subquery" ? expression.outer.map(({ id }) => id) : [];
    return [...resolvedChildren(expression).flatMap(readIn), ...inside.filter((id) => outer.has(id))];
  };
  const readBelow = (relation: ResolvedRelation): readonly number[] => {
    const found = known.get(relation) ?? [
      ...ownExpressions(relation).flatMap(readIn),
      ...inputsOf(relation).flatMap(readBelow),
    ];
    known.set(relation, found);
    return found;
  };
  return outer.size === 0 ? [] : readBelow(plan);
}

/** Whether a plan has a meaning by itself: it reads neither an enclosing query nor a recursion around it. */
export function isClosed(plan: ResolvedRelation): boolean {
  if (outerColumns(plan).size > 0) return false;
  const below = [...relationsBelow(plan)];
  const recursions = new Set(below.map((relation) => (relation.kind === "recursion" ? relation.id : undefined)));
  return below.every((relation) => relation.kind !== "recursive reference" || recursions.has(relation.recursion));
}
