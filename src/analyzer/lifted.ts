/**
 * What a clause above a select computes of the select's own input: aggregates in HAVING and ORDER BY, windows in ORDER BY
 * and QUALIFY. They become columns of the select that nobody sees.
 */
import { lookupFunction } from "../functions/catalogue.ts";
import { equalPlans } from "../plan/equal.ts";
import type { Expression } from "../plan/expression.ts";
import type { Aggregate, Project, Relation } from "../plan/relation.ts";
import { childrenOf, isRelation, mapChildren } from "../plan/rewrite.ts";
import type { Analysed, AnalysisContext } from "./context.ts";
import { callsOf, windowsOf } from "./found-calls.ts";
import { type KeyFinder, keyFinder, sameKey } from "./grouping-keys.ts";
import { calledWithoutParentheses, withoutAlias } from "./names.ts";

/** A relation with columns that compute what was lifted, and expressions that read them. */
export interface Lifted<Item extends Expression> {
  readonly relation: Relation;
  readonly expressions: readonly Item[];
  /** Takes the additional columns out of sight. */
  readonly hide: (analysed: Analysed) => Analysed;
}

/**
 * What is lifted, by the clause above: QUALIFY lifts windows too, and HAVING where a grouped column lacks the field that is
 * named goes by the names of whole columns.
 */
export type LiftedKind = "having" | "having by names" | "order by" | "qualify";

/**
 * Lifts what the expressions have of a kind into the select below.
 *
 * @param relation - the select, perhaps under its HAVING
 * @param expressions - of the clause above
 * @returns undefined when there is nothing to lift, or no select to lift it into
 */
export function lifted<Item extends Expression>(
  relation: Relation,
  expressions: readonly Item[],
  kind: LiftedKind,
  analysis: AnalysisContext,
): Lifted<Item> | undefined {
  const select = selectOf(relation);
  if (select === undefined) return undefined;
  const find = finderIn(relation, select, kind, analysis);
  const found: Expression[] = [];
  const names: string[] = [];
  const replace = (expression: Expression): Expression => {
    const meant = find(expression);
    if (meant === undefined) return mapChildren(expression, { relation: (plan) => plan, expression: replace });
    const known = found.findIndex((other) => equalPlans(other, meant.key));
    const position = known < 0 ? found.push(meant.key) - 1 : known;
    names[position] ??= analysis.newHiddenName();
    return { kind: "attribute", name: [names[position]!, ...meant.path] };
  };
  const replaced = expressions.map((expression) => replace(expression) as Item);
  if (found.length === 0) return undefined;
  const added = found.map((input, index): Expression => ({ kind: "alias", input, names: [names[index]!] }));
  return {
    relation: withColumns(relation, added),
    expressions: replaced,
    hide: (analysed) => hidden(analysed, new Set(names)),
  };
}

function selectOf(relation: Relation): Project | Aggregate | undefined {
  if (relation.kind === "filter" || relation.kind === "qualify") return selectOf(relation.input);
  if (relation.kind === "aggregate") return relation.pivot === undefined ? relation : undefined;
  return relation.kind === "project" ? relation : undefined;
}

function finderIn(
  relation: Relation,
  select: Project | Aggregate,
  kind: LiftedKind,
  analysis: AnalysisContext,
): KeyFinder {
  const keyOf = keysIn(select, kind, analysis);
  if (kind === "order by" && isClosed(relation, select, analysis)) return groupedColumns(keyOf);
  return (expression) => {
    if (expression.kind === "window") return kind === "qualify" ? { key: expression, path: [] } : undefined;
    if (!isAggregate(expression)) return keyOf(expression);
    return select.kind === "aggregate" || isAggregated(select) ? { key: expression, path: [] } : undefined;
  };
}

const groupedColumns =
  (keyOf: KeyFinder): KeyFinder =>
  (expression) => {
    if (isGroupingCall(expression)) return { key: expression, path: [] };
    const meant = keyOf(expression);
    return meant?.key.kind === "attribute" ? meant : undefined;
  };

// Once windows are computed over the groups, or columns of HAVING are taken out of sight, an order reaches grouped columns only.
function isClosed(relation: Relation, select: Project | Aggregate, analysis: AnalysisContext): boolean {
  const list = select.kind === "project" ? select.expressions : select.aggregates;
  if (list.some((item) => windowsOf(item).length > 0)) return select.kind === "aggregate" || isAggregated(select);
  return (
    relation.kind === "filter" &&
    hidesMore(relation.condition, list, finderIn(select, select, "having", analysis), analysis)
  );
}

function hidesMore(
  expression: Expression,
  list: readonly Expression[],
  find: KeyFinder,
  analysis: AnalysisContext,
): boolean {
  if (list.some((item) => sameKey(withoutAlias(item), expression, analysis))) return false;
  if (find(expression) !== undefined) return true;
  return childrenOf(expression).some((child) => !isRelation(child) && hidesMore(child, list, find, analysis));
}

function keysIn(select: Project | Aggregate, kind: LiftedKind, analysis: AnalysisContext): KeyFinder {
  if (select.kind !== "aggregate" || select.aggregatesOnly !== true) return () => undefined;
  return keyFinder(select, kind === "having" || kind === "having by names" ? kind : "order by", analysis);
}

const isAggregate = (expression: Expression): boolean =>
  isGroupingCall(expression) ||
  (expression.kind === "call" && lookupFunction(expression.name.at(-1)!)?.class === "aggregate");

const isGroupingCall = (expression: Expression): boolean => {
  if (expression.kind === "attribute") return calledWithoutParentheses(expression.name)?.name[0] === "grouping_id";
  return expression.kind === "call" && /^grouping(?:_id)?$/i.test(expression.name.at(-1)!);
};

const isAggregated = ({ expressions }: Project): boolean =>
  expressions.some((expression) => callsOf(expression, "aggregate").length > 0);

function withColumns(relation: Relation, added: readonly Expression[]): Relation {
  if (relation.kind === "project") return { ...relation, expressions: [...relation.expressions, ...added] };
  if (relation.kind === "aggregate") return { ...relation, aggregates: [...relation.aggregates, ...added] };
  return "input" in relation
    ? ({ ...relation, input: withColumns(relation.input as Relation, added) } as Relation)
    : relation;
}

function hidden(analysed: Analysed, names: ReadonlySet<string>): Analysed {
  const { columns, hidden: more } = analysed.scope;
  return { ...analysed, scope: { columns: columns.filter(({ column }) => !names.has(column.name)), hidden: more } };
}
