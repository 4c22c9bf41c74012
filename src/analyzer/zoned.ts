/** Expressions that read clocks of another zone than the session's: those of views and functions, which keep the zone of their making. */
import type { ResolvedCall, ResolvedCast, ResolvedExpression, ResolvedRelation } from "../plan/resolved.ts";
import { mapInputs, mapOwnExpressions, mapResolved } from "../plan/resolved-rewrite.ts";

/** Asks about the session wherever it is written. */
const ofSession = "current_timezone";

const readsClock = (expression: ResolvedExpression): expression is ResolvedCall | ResolvedCast =>
  expression.kind === "cast" || (expression.kind === "call" && expression.name !== ofSession);

/**
 * The expression by clocks of a zone. What has a zone already keeps it, with all inside.
 *
 * Spark: `ResolveTimeZone`.
 */
export function inZone(expression: ResolvedExpression, timeZone: string): ResolvedExpression {
  if (readsClock(expression) && expression.timeZone !== undefined) return expression;
  const inner = mapResolved(expression, (child) => inZone(child, timeZone));
  return readsClock(inner) ? { ...inner, timeZone } : inner;
}

/** The expression without the zone where it is named. */
export function outsideZone(expression: ResolvedExpression, timeZone: string): ResolvedExpression {
  const inner = mapResolved(expression, (child) => outsideZone(child, timeZone));
  if (!readsClock(inner) || inner.timeZone !== timeZone) return inner;
  const { timeZone: _, ...plain } = inner;
  return plain;
}

/** Relations and what they became by clocks of a zone; these became themselves. */
export type ZonedRelations = WeakMap<ResolvedRelation, ResolvedRelation>;

/** The relation by clocks of a zone, with those below it that have not been looked at yet. */
export function relationInZone(relation: ResolvedRelation, timeZone: string, known: ZonedRelations): ResolvedRelation {
  const found = known.get(relation);
  if (found !== undefined) return found;
  const below = mapInputs(relation, (input) => relationInZone(input, timeZone, known));
  const zoned = mapOwnExpressions(below, (expression) => inZone(expression, timeZone));
  known.set(relation, zoned).set(zoned, zoned);
  return zoned;
}
