import type { Filter } from "../../plan/relation.ts";
import { someResolved } from "../../plan/resolved-rewrite.ts";
import type { ResolvedExpression, ResolvedFilter } from "../../plan/resolved.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, withRelation } from "../relation-context.ts";
import { resolveCondition } from "../resolve-expression.ts";
import { widened } from "../widened.ts";

/** The rows for which the condition holds; the condition may use names that a projection below has dropped. */
export function analyseFilter(filter: Filter, context: RelationContext): Analysed {
  const input = context.input(filter.input);
  return widened(input, (wide) => {
    const condition = resolveCondition(filter.condition, context.over(wide.scope));
    check(condition, filter);
    const relation: ResolvedFilter = { kind: "filter", input: wide.relation, condition, output: wide.relation.output };
    return withRelation(wide, relation);
  });
}

function check(condition: ResolvedExpression, filter: Filter): void {
  const misused = someResolved(condition, (node) => node.kind === "window" || (node.kind === "call" && node.aggregate !== undefined));
  if (!misused) return;
  throw misplaced(
    "INVALID_WHERE_CONDITION",
    "42903",
    `The WHERE condition "${prettyText(filter.condition)}" contains invalid expressions: aggregate or window functions`,
    "Compute them with agg(…) or withColumn(…) first and filter the result.",
  );
}
