/** Identities of columns that the compiler adds to a plan. */
import type { ResolvedExpression, ResolvedRelation } from "../../../plan/resolved.ts";
import { referencedColumns, resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import { subqueryColumns } from "../../../plan/resolved-walk.ts";

/** The first of the ids that no column has of those which relations give and expressions read. */
export function firstFreeId(
  relations: readonly ResolvedRelation[],
  expressions: readonly ResolvedExpression[] = [],
): number {
  const shown = relations.flatMap(({ output }) => output.map(({ id }) => id));
  const read = expressions.flatMap((expression) => [...readBy(expression)]);
  return [...shown, ...read].reduce((most, id) => Math.max(most, id), 0) + 1;
}

function readBy(expression: ResolvedExpression): ReadonlySet<number> {
  const ids = expression.kind === "subquery" ? subqueryColumns(expression) : referencedColumns(expression);
  return new Set([...ids, ...resolvedChildren(expression).flatMap((child) => [...readBy(child)])]);
}
