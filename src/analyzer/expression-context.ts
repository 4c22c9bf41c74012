import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import type { OutputColumn, ResolvedExpression } from "../plan/resolved.ts";
import { holdsCollation } from "../types/collation.ts";
import type { Analysed, AnalysisContext } from "./context.ts";
import type { Scope } from "./scope.ts";

/** What an expression is resolved against. */
export interface ExpressionContext {
  readonly analysis: AnalysisContext;
  readonly scope: Scope;
  /** Parameters of the lambdas around the expression. */
  readonly lambda: ReadonlyMap<string, OutputColumn>;
  /** Aliases earlier in the same select list, by name in lower case. */
  readonly aliases?: ReadonlyMap<string, ResolvedExpression>;
  /** The enclosing query of a sub-query or lateral join. */
  readonly outer: ExpressionContext | undefined;
  readonly resolve: (expression: Expression, context: ExpressionContext) => ResolvedExpression;
  readonly analyse: (relation: Relation, analysis: AnalysisContext, outer: ExpressionContext | undefined) => Analysed;
}

/** Resolves an expression in a context, and notes the result for what is said about the expression. */
export function resolveIn(context: ExpressionContext, expression: Expression): ResolvedExpression {
  const resolved = context.resolve(expression, context);
  context.analysis.resolutions.set(expression, resolved);
  context.analysis.hasCollations ||= holdsCollation(resolved.type);
  return resolved;
}
