/** The one traversal and the one rewrite of plans: everything that walks a plan is made of these. */
import { expressionFields, type Holding, relationFields } from "./children.ts";
import type { Command } from "./command.ts";
import type { Expression } from "./expression.ts";
import type { CommonTable, Pivot, Relation } from "./relation.ts";

/** What to do with the nodes directly below a node. */
export interface ChildVisitor {
  readonly relation: (relation: Relation) => Relation;
  readonly expression: (expression: Expression) => Expression;
}

type Visit = (value: never, visitor: ChildVisitor) => unknown;

const visits = {
  relation: (value: Relation, visitor) => visitor.relation(value),
  relations: (value: readonly Relation[], visitor) => mapSame(value, visitor.relation),
  // Window bounds may be words instead of expressions.
  expression: (value: Expression | string, visitor) => (typeof value === "string" ? value : visitor.expression(value)),
  expressions: (value: readonly Expression[], visitor) => mapSame(value, visitor.expression),
  "expression lists": (value: readonly (readonly Expression[])[], visitor) =>
    mapSame(value, (list) => mapSame(list, visitor.expression)),
  "expression map": (value: Readonly<Record<string, Expression>>, visitor) => {
    const entries = Object.entries(value);
    const mapped = mapSame(entries, (entry): [string, Expression] => {
      const expression = visitor.expression(entry[1]);
      return expression === entry[1] ? entry : [entry[0], expression];
    });
    return mapped === entries ? value : Object.freeze(Object.fromEntries(mapped));
  },
  pivot: (value: Pivot, visitor) => {
    const column = visitor.expression(value.column);
    const values = value.values === undefined ? undefined : mapSame(value.values, visitor.expression);
    if (column === value.column && values === value.values) return value;
    return Object.freeze(values === undefined ? { column } : { column, values });
  },
  "common tables": (value: readonly CommonTable[], visitor) =>
    mapSame(value, (table) => {
      const plan = visitor.relation(table.plan);
      return plan === table.plan ? table : Object.freeze({ ...table, plan });
    }),
} satisfies { [Kind in Holding]: (value: never, visitor: ChildVisitor) => unknown };

/**
 * The node with its direct children replaced by what the visitor gives; the node itself when nothing changed.
 *
 * @param node - a relation or an expression
 * @param visitor - called once for each direct child
 */
export function mapChildren<Node extends Relation | Expression>(node: Node, visitor: ChildVisitor): Node {
  const fields: Readonly<Record<string, Holding>> = fieldsOf(node);
  let copy: Record<string, unknown> | undefined;
  for (const name in fields) {
    const value = (node as unknown as Record<string, unknown>)[name];
    if (value === undefined) continue;
    const mapped = (visits[fields[name]!] as Visit)(value as never, visitor);
    if (mapped === value) continue;
    copy ??= copied(node);
    copy[name] = mapped;
  }
  return copy === undefined ? node : (Object.freeze(copy) as unknown as Node);
}

// What is rewritten is no longer what the text says.
function copied(node: Relation | Expression): Record<string, unknown> {
  const { written: _, ...copy } = node as Relation;
  return copy;
}

/** The direct children of a node, relations and expressions, in order. */
export function childrenOf(node: Relation | Expression): readonly (Relation | Expression)[] {
  const children: (Relation | Expression)[] = [];
  const keep = <Node extends Relation | Expression>(child: Node): Node => {
    children.push(child);
    return child;
  };
  mapChildren(node, { relation: keep, expression: keep });
  return children;
}

/** Calls `visit` for a node and everything below it, sub-queries included, parents first; `false` skips what is below. */
export function walk(node: Relation | Expression, visit: (node: Relation | Expression) => boolean | undefined): void {
  if (visit(node) === false) return;
  for (const child of childrenOf(node)) walk(child, visit);
}

/** Whether a node, or one below it, satisfies a test, sub-queries included; `into` says whether to look below a node. */
export function someNode(
  node: Relation | Expression,
  test: (node: Relation | Expression) => boolean,
  into: (node: Relation | Expression) => boolean = () => true,
): boolean {
  return test(node) || (into(node) && childrenOf(node).some((child) => someNode(child, test, into)));
}

/** The plan with some nodes replaced, wherever they are; what takes their place is not looked into. */
export function withReplaced(
  plan: Relation,
  relations: ReadonlyMap<Relation, Relation>,
  expressions: ReadonlyMap<Expression, Expression>,
): Relation {
  const relation = (node: Relation): Relation => relations.get(node) ?? mapChildren(node, visitor);
  const expression = (node: Expression): Expression => expressions.get(node) ?? mapChildren(node, visitor);
  const visitor: ChildVisitor = { relation, expression };
  return relation(plan);
}

/** The relation with every relation below it, and itself, replaced; children first. */
export function rewriteRelations(relation: Relation, replace: (relation: Relation) => Relation): Relation {
  const below = (child: Relation): Relation => rewriteRelations(child, replace);
  const inside = (expression: Expression): Expression =>
    mapChildren(expression, { relation: below, expression: inside });
  return replace(mapChildren(relation, { relation: below, expression: inside }));
}

/** The expression with every expression inside it, and itself, replaced; children first. Sub-queries are left alone. */
export function rewriteExpressions(
  expression: Expression,
  replace: (expression: Expression) => Expression,
): Expression {
  const inside = (child: Expression): Expression => rewriteExpressions(child, replace);
  return replace(mapChildren(expression, { relation: (plan) => plan, expression: inside }));
}

/** Whether a node is a relation. */
export const isRelation = (node: Relation | Expression | Command): node is Relation => node.kind in relationFields;

function fieldsOf(node: Relation | Expression): Readonly<Record<string, Holding>> {
  return isRelation(node) ? relationFields[node.kind] : expressionFields[node.kind];
}

function mapSame<Item>(items: readonly Item[], change: (item: Item) => Item): readonly Item[] {
  let copy: Item[] | undefined;
  items.forEach((item, index) => {
    const changed = change(item);
    if (changed === item) return;
    copy ??= [...items];
    copy[index] = changed;
  });
  return copy === undefined ? items : Object.freeze(copy);
}
