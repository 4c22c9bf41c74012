/** The places of resolved expressions that may fail on data. */
import type { Expression } from "../plan/expression.ts";
import type { Origin } from "../plan/node.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";

/** What may fail on data with the place of the expression that it was made of; the innermost place stays. */
export function placed(resolved: ResolvedExpression, { origin }: Expression): ResolvedExpression {
  if (origin === undefined || !mayFail(resolved) || resolved.origin !== undefined) return resolved;
  return { ...resolved, origin };
}

const mayFail = (resolved: ResolvedExpression): resolved is Extract<ResolvedExpression, { origin?: Origin }> =>
  resolved.kind === "call" || resolved.kind === "cast" || resolved.kind === "subquery";
