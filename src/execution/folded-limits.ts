/** Constants that LIMIT and OFFSET compute, `LIMIT 2 * 5`, replaced by their values. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { someNode, walk, withReplaced } from "../plan/rewrite.ts";

/**
 * The plan with the values of what limits compute; the plan itself when they compute nothing.
 *
 * @param evaluate - the value of an expression without columns; undefined for what can be no limit, which stays as it is
 */
export async function withFoldedLimits(
  plan: Relation,
  evaluate: (expression: Expression) => Promise<Literal | undefined>,
): Promise<Relation> {
  const counts = computedCounts(plan);
  if (counts.length === 0) return plan;
  const values = new Map<Expression, Expression>();
  for (const count of counts) {
    const value = await evaluate(count);
    if (value !== undefined) values.set(count, placed(value, count));
  }
  return withReplaced(plan, new Map(), values);
}

function computedCounts(plan: Relation): readonly Expression[] {
  const found: Expression[] = [];
  walk(plan, (node) => {
    if ((node.kind === "limit" || node.kind === "offset") && isComputed(node.count)) found.push(node.count);
    return undefined;
  });
  return found;
}

/** Whether an expression is made of constants by functions that always give the same. */
function isComputed(count: Expression): boolean {
  if (count.kind !== "call" && count.kind !== "cast") return false;
  return !someNode(
    count,
    (node) => !(node.kind === "literal" || node.kind === "cast" || (node.kind === "call" && isFoldable(node.name))),
  );
}

function isFoldable(name: readonly string[]): boolean {
  const definition = lookupFunction(name.at(-1)!);
  return definition?.class === "scalar" && definition.deterministic;
}

const placed = (value: Literal, { origin }: Expression): Literal =>
  origin === undefined ? value : { ...value, origin };
