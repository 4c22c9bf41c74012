/** Conditions: filters, HAVING and QUALIFY. */
import type { Expression } from "../plan/expression.ts";
import type { ResolvedExpression } from "../plan/resolved.ts";
import { notBoolean } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { prettyText } from "./names.ts";

/** An expression that must be boolean. */
export function resolveCondition(expression: Expression, context: ExpressionContext): ResolvedExpression {
  const resolved = resolveIn(context, expression);
  if (resolved.type.kind !== "boolean") throw notBoolean(prettyText(expression), resolved.type);
  return resolved;
}
