/** Calls of a kind inside expressions as they are written: what is in a place that does not take it. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { FunctionClass } from "../functions/definition.ts";
import type { Call, Expression, UserFunction, Window } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { isRelation, walk } from "../plan/rewrite.ts";
import { unsupportedIn } from "./errors.ts";
import { prettyText } from "./names.ts";

/** The calls of functions of a class, the outermost first; those of windows and sub-queries are not looked at. */
export function callsOf(expression: Expression, wanted: FunctionClass): readonly (Call | UserFunction)[] {
  const found: (Call | UserFunction)[] = [];
  walk(expression, (node) => {
    if (isRelation(node) || node.kind === "window") return false;
    if (classOf(node) !== wanted) return true;
    found.push(node as Call | UserFunction);
    return false;
  });
  return found;
}

function classOf(expression: Expression): FunctionClass | undefined {
  if (expression.kind === "user function") return expression.aggregate === true ? "aggregate" : "scalar";
  return expression.kind === "call" ? lookupFunction(expression.name.at(-1)!)?.class : undefined;
}

/** Whether a node computes over several rows of a query: an aggregate or a window. */
export const isOfRows = (node: Relation | Expression): boolean =>
  node.kind === "window" || (node.kind === "call" && lookupFunction(node.name.at(-1)!)?.class === "aggregate");

/** The windows of an expression, the outermost first. */
export function windowsOf(expression: Expression): readonly Window[] {
  const found: Window[] = [];
  walk(expression, (node) => {
    if (!isRelation(node) && node.kind === "window") found.push(node);
    return !isRelation(node) && node.kind !== "window";
  });
  return found;
}

/** Refuses aggregates and windows in what an operator computes row by row. */
export function rejectGrouped(operator: string, expressions: readonly Expression[]): void {
  const found = expressions.flatMap((expression) => [...callsOf(expression, "aggregate"), ...windowsOf(expression)]);
  if (found.length > 0)
    throw unsupportedIn(
      operator,
      found.map((expression) => prettyText(expression)),
    );
}
