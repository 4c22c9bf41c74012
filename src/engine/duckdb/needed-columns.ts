/** Which columns of each relation a plan really reads. */

import type {
  NamedExpression,
  ResolvedExpression,
  ResolvedRelation,
  ResolvedRelationKind,
} from "../../plan/resolved.ts";
import { inputsOf, resolvedChildren } from "../../plan/resolved-rewrite.ts";
import { expressionsBelow, ownExpressions, relationsBelow, subqueryPlans } from "../../plan/resolved-walk.ts";

type Ids = ReadonlySet<number>;
type Ask<Kind extends ResolvedRelationKind> = (
  relation: Extract<ResolvedRelation, { kind: Kind }>,
  needed: Ids,
  visit: Visit,
) => void;

/** The ids of the columns that each relation must give, over all roots. */
export function neededColumns(roots: readonly ResolvedRelation[]): ReadonlyMap<ResolvedRelation, Ids> {
  const found = new Map<ResolvedRelation, Set<number>>();
  const visit = (relation: ResolvedRelation, needed: Ids): void => {
    const ids = found.get(relation) ?? new Set<number>();
    for (const id of needed) ids.add(id);
    found.set(relation, ids);
    (asks[relation.kind] as (relation: ResolvedRelation, needed: Ids, visit: Visit) => void)(relation, needed, visit);
  };
  for (const root of roots) {
    visit(root, outputIds(root));
    for (const relation of relationsBelow(root))
      for (const plan of subqueryPlans(relation)) visit(plan, outputIds(plan));
  }
  return found;
}

/** The ids of all columns that expressions of the plans mention, needed or not. */
export const mentionedColumns = (roots: readonly ResolvedRelation[]): Ids => readBy(roots.flatMap(expressionsBelow));

/** The ids of the columns that sums of decimals are made of. */
export const summedDecimals = (roots: readonly ResolvedRelation[]): Ids => {
  const ids = new Set<number>();
  const visit = (expression: ResolvedExpression): void => {
    const isSum = expression.kind === "call" && expression.name === "sum" && expression.type.kind === "decimal";
    if (isSum) readBy(expression.arguments, ids);
    else for (const child of resolvedChildren(expression)) visit(child);
  };
  for (const root of roots)
    for (const relation of relationsBelow(root)) for (const expression of ownExpressions(relation)) visit(expression);
  return ids;
};

/** The ids of the columns that a relation's own expressions read. */
export const ownColumns = (relation: ResolvedRelation): Ids => readBy(ownExpressions(relation));

const outputIds = (relation: ResolvedRelation): Ids => new Set(relation.output.map(({ id }) => id));

function readBy(expressions: readonly (ResolvedExpression | undefined)[], ids = new Set<number>()): Set<number> {
  for (const expression of expressions) if (expression !== undefined) read(expression, ids);
  return ids;
}

function read(expression: ResolvedExpression, ids: Set<number>): void {
  if (expression.kind === "column") ids.add(expression.id);
  // A correlated query reads columns from outside at any depth.
  if (expression.kind === "subquery") for (const inner of expressionsBelow(expression.plan)) read(inner, ids);
  for (const child of resolvedChildren(expression)) read(child, ids);
}

const wanted = (columns: readonly NamedExpression[], needed: Ids): readonly ResolvedExpression[] =>
  columns.filter(({ column }) => needed.has(column.id)).map(({ expression }) => expression);

const merged = (needed: Ids, ids: Ids): Ids => new Set([...needed, ...ids]);

type Visit = (relation: ResolvedRelation, needed: Ids) => void;

function everything(relation: ResolvedRelation, _needed: Ids, visit: Visit): void {
  for (const input of inputsOf(relation)) visit(input, merged(outputIds(input), readBy(ownExpressions(relation))));
}

function askedAndOwn(relation: ResolvedRelation, needed: Ids, visit: Visit): void {
  const ids = merged(needed, readBy(ownExpressions(relation)));
  for (const input of inputsOf(relation)) visit(input, ids);
}

const asks: { [Kind in ResolvedRelationKind]: Ask<Kind> } = {
  scan: () => {},
  "local rows": () => {},
  "range rows": () => {},
  "value rows": () => {},
  project: ({ input, columns }, needed, visit) => visit(input, readBy(wanted(columns, needed))),
  filter: askedAndOwn,
  join: (join, needed, visit) => {
    // The right side of a lateral join reads columns of the left.
    const read = readBy([join.condition, ...(join.lateral ? expressionsBelow(join.right) : [])]);
    for (const side of [join.left, join.right]) visit(side, merged(needed, read));
  },
  sort: askedAndOwn,
  slice: askedAndOwn,
  sample: askedAndOwn,
  distribution: askedAndOwn,
  observe: askedAndOwn,
  aggregate: ({ input, keys, aggregates }, needed, visit) =>
    visit(input, readBy([...keys.map(({ expression }) => expression), ...wanted(aggregates, needed)])),
  distinct: ({ input, keys }, needed, visit) => visit(input, merged(needed, new Set(keys))),
  generate: askedAndOwn,
  "set operation": ({ left, right, operation, all: keepsAll, output }, needed, visit) => {
    for (const side of [left, right]) {
      const partial = operation === "union" && keepsAll;
      const ids = side.output.filter((_, index) => !partial || needed.has(output[index]!.id)).map(({ id }) => id);
      visit(side, new Set(ids));
    }
  },
  stage: everything,
  recursion: everything,
  "recursive reference": () => {},
  cached: everything,
};
