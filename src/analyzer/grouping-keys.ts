/** What a clause above an aggregation names of its grouping: `1 + t.a` where `a + 1` is grouped by. */
import { equalPlans } from "../plan/equal.ts";
import type { Expression } from "../plan/expression.ts";
import type { Aggregate } from "../plan/relation.ts";
import { childrenOf, isRelation, mapChildren } from "../plan/rewrite.ts";
import type { AnalysisContext } from "./context.ts";
import { callsOf } from "./found-calls.ts";
import { columnName, withoutAlias } from "./names.ts";
import { positionOf } from "./positions.ts";

/** The grouping expression that an expression means, and the path to the field of it that is meant. */
export interface KeyMeant {
  readonly key: Expression;
  readonly path: readonly string[];
}

/** Finds the grouping expression that an expression means; undefined where it means none that the select list lacks. */
export type KeyFinder = (expression: Expression) => KeyMeant | undefined;

type Clause = "having" | "having by names" | "order by";

/**
 * What finds the grouping expressions that a clause above an aggregation names.
 *
 * @param clause - HAVING takes a grouped column before what the select list gives its name to; ORDER BY the other way round
 */
export function keyFinder(select: Aggregate, clause: Clause, analysis: AnalysisContext): KeyFinder {
  const keys = keysOf(select, analysis);
  return (expression) => keyMeant(expression, keys, { select, clause, analysis });
}

interface Place {
  readonly select: Aggregate;
  readonly clause: Clause;
  readonly analysis: AnalysisContext;
}

function keyMeant(expression: Expression, keys: readonly Expression[], place: Place): KeyMeant | undefined {
  if (expression.kind === "literal") return undefined;
  const key = keys.find((item) => sameKey(item, expression, place.analysis));
  if (key === undefined) return fieldMeant(expression, keys, place);
  if (expression.kind === "attribute" && isShown(expression.name, key, place)) return undefined;
  return { key, path: [] };
}

// A name that is longer than the grouped column's goes on to its field.
function fieldMeant(expression: Expression, keys: readonly Expression[], place: Place): KeyMeant | undefined {
  if (expression.kind !== "attribute" || place.clause === "having by names") return undefined;
  const lengths = Array.from({ length: expression.name.length - 1 }, (_, index) => index + 1);
  for (const length of lengths) {
    const name = expression.name.slice(0, length);
    const key = keys.find((item) => item.kind === "attribute" && sameColumn(item.name, name, place.analysis));
    if (key !== undefined && !isShown(name, key, place)) return { key, path: expression.name.slice(length) };
  }
  return undefined;
}

function isShown(name: readonly string[], key: Expression, { select, clause, analysis }: Place): boolean {
  if (name.length > 1) return false;
  const named = select.aggregates.filter((item) => isNamed(item, name[0]!, analysis));
  return clause !== "order by" ? named.length === 1 && sameKey(named[0]!, key, analysis) : named.length > 0;
}

const isNamed = (item: Expression, name: string, { sameName, resolutions }: AnalysisContext): boolean =>
  item.kind !== "star" && item.kind !== "regular expression star" && sameName(columnName(item, resolutions), name);

/** The grouping expressions, positions replaced by what they stand for. */
function keysOf(
  { type, grouping, groupingSets = [], aggregates }: Aggregate,
  { settings }: AnalysisContext,
): readonly Expression[] {
  if (type === "all") return withoutAggregates(aggregates);
  return [...grouping, ...groupingSets.flat()].map((key) => {
    const position = positionOf(key, "GROUP BY", settings);
    return withoutAlias((position === undefined ? undefined : aggregates[position - 1]) ?? key);
  });
}

/** The items of a select list that have no aggregate: what `GROUP BY ALL` groups by. */
export const withoutAggregates = (list: readonly Expression[]): readonly Expression[] =>
  list.filter((item) => callsOf(item, "aggregate").length === 0).map(withoutAlias);

const commutative: ReadonlySet<string> = new Set(["+", "*", "=", "<=>", "AND", "OR", "&", "|", "^"]);

/** Whether two expressions over the same input mean the same for certain. */
export function sameKey(left: Expression, right: Expression, analysis: AnalysisContext): boolean {
  if (left.kind === "attribute" && right.kind === "attribute") return sameColumn(left.name, right.name, analysis);
  if (left.kind !== right.kind || !equalPlans(childless(left), childless(right))) return false;
  const [mine, others] = [childrenOf(left), childrenOf(right)];
  if (mine.length !== others.length || [...mine, ...others].some(isRelation)) return equalPlans(left, right);
  const inOrder = (candidates: typeof others): boolean =>
    candidates.every((other, index) => sameKey(mine[index] as Expression, other as Expression, analysis));
  const turns = left.kind === "call" && commutative.has(left.name[0]!) && others.length === 2;
  return inOrder(others) || (turns && inOrder(others.toReversed()));
}

function sameColumn(left: readonly string[], right: readonly string[], { sameName }: AnalysisContext): boolean {
  const shared = Math.min(left.length, right.length);
  return Array.from({ length: shared }, (_, index) => index + 1).every((back) =>
    sameName(left.at(-back)!, right.at(-back)!),
  );
}

const hole: Expression = { kind: "attribute", name: [] };
const childless = (expression: Expression): Expression =>
  mapChildren(expression, { relation: (plan) => plan, expression: () => hole });
