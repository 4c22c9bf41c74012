/** Which relations are computed once because several others read them. */
import type { ResolvedExpression, ResolvedRelation } from "../../../plan/resolved.ts";
import { inputsOf, resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import { isClosed, ownExpressions, subqueryPlans } from "../../../plan/resolved-walk.ts";

/** Whether reading a leaf again is cheaper than keeping its rows. */
export type IsQuickLeaf = (leaf: number) => boolean;

/**
 * The relations that are read more than once, innermost first. What is but picked out of rows that are there, or that a
 * columnar file gives quickly, is computed again.
 */
export function sharedRelations(
  roots: readonly ResolvedRelation[],
  isQuickLeaf: IsQuickLeaf,
): readonly ResolvedRelation[] {
  const counts = new Map<ResolvedRelation, number>();
  const order: ResolvedRelation[] = [];
  const visit = (relation: ResolvedRelation): void => {
    const count = counts.get(relation) ?? 0;
    counts.set(relation, count + 1);
    if (count > 0) return;
    for (const input of [...inputsOf(relation), ...subqueryPlans(relation)]) visit(input);
    order.push(relation);
  };
  for (const root of roots) visit(root);
  return order.filter(
    (relation) => counts.get(relation)! > 1 && !isPicked(relation, isQuickLeaf) && isClosed(relation),
  );
}

/** Whether a relation only picks rows and columns out of what is there. */
function isPicked(relation: ResolvedRelation, isQuickLeaf: IsQuickLeaf): boolean {
  switch (relation.kind) {
    case "local rows":
    case "range rows":
    case "value rows":
      return true;
    case "scan":
      return isQuickLeaf(relation.leaf) && (relation.hidden ?? []).length === 0;
    case "project":
    case "filter":
      return ownExpressions(relation).every(isQuick) && isPicked(relation.input, isQuickLeaf);
    default:
      return false;
  }
}

const quickCalls =
  /^(?:[<>=!+*-]|<=|>=|<=>|!=|and|or|not|isnull|isnotnull|in|like|year|month|startswith|endswith|contains)$/i;

/** Comparisons and the like: no functions of users, no random numbers, nothing that costs more than a column does. */
function isQuick(expression: ResolvedExpression): boolean {
  switch (expression.kind) {
    case "column":
    case "constant":
      return true;
    case "cast":
    case "conditional":
    case "field":
      return resolvedChildren(expression).every(isQuick);
    case "call":
      return quickCalls.test(expression.name) && resolvedChildren(expression).every(isQuick);
    default:
      return false;
  }
}
