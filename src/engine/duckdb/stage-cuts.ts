/** Cutting a plan at asynchronous user functions: each becomes a stage below the relation that calls it. */
import { UnsupportedError } from "../../errors.ts";
import { someResolved } from "../../plan/resolved-rewrite.ts";
import type { ResolvedExpression, ResolvedRelation } from "../../plan/resolved.ts";
import { expressionsBelow } from "./needed-columns.ts";

const isAsynchronous = (expression: ResolvedExpression): boolean => expression.kind === "user function" && expression.asynchronous;

/** The plan with every asynchronous function taken out of its expressions. */
export function cutAtStages(relation: ResolvedRelation): ResolvedRelation {
  if (!expressionsBelow(relation).some((expression) => someResolved(expression, isAsynchronous))) return relation;
  throw new UnsupportedError("asynchronous user functions in expressions are not supported yet by the embedded engine", {
    hint: "Use mapBatches(…) with an asynchronous generator.",
  });
}
