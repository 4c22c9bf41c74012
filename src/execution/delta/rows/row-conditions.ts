/** What conditions of statements about rows must not be. */

import { prettyText } from "../../../analyzer/names.ts";
import { isRandom } from "../../../analyzer/random-values.ts";
import { UnsupportedError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { ResolvedExpression, ResolvedRelation } from "../../../plan/resolved.ts";
import { someNode } from "../../../plan/rewrite.ts";
import type { CommandContext } from "../../commands/context.ts";
import { named, project } from "./expressions.ts";

/**
 * Refuses queries inside of a condition, as Delta does.
 *
 * @param where - such as `DELETE` or `search condition of MERGE operation`
 */
export function checkNoSubquery(condition: Expression, where: string): void {
  if (!someNode(condition, ({ kind }) => kind === "subquery")) return;
  const text = prettyText(condition);
  throw new UnsupportedError(`Subqueries are not supported in the ${where} (condition = ${text})`, {
    condition: "DELTA_UNSUPPORTED_SUBQUERY",
    sqlState: "0AKDC",
    parameters: { operation: where, cond: text },
    hint: "Merge the rows of the query instead, or look up its values first.",
  });
}

/** Whether an expression over a relation always gives the same for the same row. */
export async function isDeterministic(
  expression: Expression,
  over: Relation,
  context: CommandContext,
): Promise<boolean> {
  const { plan } = await context.analysed(project(over, [named(expression, "value")]));
  return !expressionsOf(plan).some(isRandom);
}

const expressionsOf = (plan: ResolvedRelation): readonly ResolvedExpression[] =>
  plan.kind === "project" ? plan.columns.map(({ expression }) => expression) : [];
