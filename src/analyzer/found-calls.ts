/** Calls of a kind inside expressions as they are written: what is in a place that does not take it. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { FunctionClass } from "../functions/definition.ts";
import type { Call, Expression, UserFunction, Window } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { isRelation, walk } from "../plan/rewrite.ts";
import { misplaced, unsupportedIn } from "./errors.ts";
import { prettyText, withoutAlias } from "./names.ts";

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

/** Whether an item of a select list is a generator. */
export const isGenerator = (item: Expression): boolean => classOf(withoutAlias(item)) === "generator";

/** Whether there is a generator anywhere in an expression but in its sub-queries. */
export function hasGenerator(expression: Expression): boolean {
  let found = false;
  walk(expression, (node) => {
    if (isRelation(node)) return false;
    found ||= classOf(node) === "generator";
    return !found;
  });
  return found;
}

/** Refuses generators in what is no select list. */
export function rejectGenerators(operator: string, expressions: readonly Expression[]): void {
  if (!expressions.some(hasGenerator)) return;
  const plan = `'${operator} ${expressions.map((expression) => prettyText(expression)).join(", ")}`;
  throw misplaced(
    "UNSUPPORTED_GENERATOR.OUTSIDE_SELECT",
    "42K0E",
    `The generator is not supported: outside the SELECT clause, found: ${plan}`,
    "Select the generator's column first and go on from the result.",
    { plan },
  );
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
