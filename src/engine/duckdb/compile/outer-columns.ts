/**
 * Columns of the queries around where DuckDB takes none: in windows, lambdas, and conditions of joins other than inner ones.
 * They become columns of an input.
 */
import { UnsupportedError } from "../../../errors.ts";
import type {
  ColumnReference,
  NamedExpression,
  ResolvedExpression,
  ResolvedFilter,
  ResolvedJoin,
  ResolvedProject,
  ResolvedRelation,
  ResolvedSubquery,
} from "../../../plan/resolved.ts";
import { mapOwnExpressions, mapResolved, passed, reference, resolvedChildren } from "../../../plan/resolved-rewrite.ts";
import { outerColumns, ownExpressions } from "../../../plan/resolved-walk.ts";
import { firstFreeId } from "./free-id.ts";

type Ids = ReadonlySet<number>;

/** A relation with columns beside its own. */
export function withColumnsBeside(input: ResolvedRelation, columns: readonly NamedExpression[]): ResolvedRelation {
  if (columns.length === 0) return input;
  const all = [...passed(input.output), ...columns];
  return { kind: "project", input, columns: all, output: all.map(({ column }) => column) };
}

/** A projection or a filter whose windows and lambdas read columns of its input alone. */
export function withOuterBelow<Node extends ResolvedProject | ResolvedFilter>(relation: Node): Node {
  const expressions = ownExpressions(relation);
  const closed = expressions.flatMap(closedParts);
  if (closed.length === 0) return relation;
  const outer = outerIn(closed, given(relation.input));
  if (outer.length === 0) return relation;
  const copies = copiesOf(outer, firstFreeId([relation, relation.input], expressions));
  const input = withColumnsBeside(relation.input, [...copies.values()]);
  return { ...mapOwnExpressions(relation, replacing(copies)), input } as Node;
}

const closedParts = (expression: ResolvedExpression): readonly ResolvedExpression[] =>
  isClosed(expression) ? [expression] : resolvedChildren(expression).flatMap(closedParts);

// Where a list is of the query around, DuckDB looks there too for what the lambda reads.
const isClosed = (expression: ResolvedExpression): boolean =>
  expression.kind === "window" ||
  (expression.kind === "call" && expression.arguments.some(({ kind }) => kind === "lambda"));

/** The same rows by joins whose conditions read columns of the queries around where DuckDB takes them. */
export function withoutOuterCondition(join: ResolvedJoin): ResolvedRelation {
  if (join.type === "left semi" || join.type === "left anti") return isOpen(join) ? asTest(join) : join;
  const outer = outerOf(join);
  if (outer.length === 0) return join;
  if (join.type === "full") throw refusedFull();
  return withOuterOn(join.type === "right" ? "right" : "left", join, outer);
}

/** Whether the condition of a join reads columns of the queries around where DuckDB does not take them. */
export const readsOuter = (join: ResolvedJoin): boolean => outerOf(join).length > 0;

function outerOf(join: ResolvedJoin): readonly ColumnReference[] {
  if (join.condition === undefined) return [];
  const isInner = join.type === "inner" || join.type === "cross";
  const read = isInner ? closedParts(join.condition) : [join.condition];
  return read.length === 0 ? [] : outerIn(read, new Set([...given(join.left), ...given(join.right)]));
}

// DuckDB takes no semi- or anti-join of rows that depend on the query around.
const isOpen = (join: ResolvedJoin): boolean => readsOuter(join) || outerColumns(join.left).size > 0;

function asTest({ type, left, right, condition, output }: ResolvedJoin): ResolvedRelation {
  const plan: ResolvedRelation =
    condition === undefined ? right : { kind: "filter", input: right, condition, output: right.output };
  const exists: ResolvedSubquery = {
    kind: "subquery",
    form: "exists",
    plan,
    values: [],
    outer: [],
    type: { kind: "boolean" },
    nullable: false,
  };
  const test = type === "left semi" ? exists : not(exists);
  return { kind: "filter", input: left, condition: test, output };
}

const not = (condition: ResolvedExpression): ResolvedExpression => ({
  kind: "call",
  name: "NOT",
  arguments: [condition],
  deterministic: true,
  type: condition.type,
  nullable: condition.nullable,
});

function withOuterOn(side: "left" | "right", join: ResolvedJoin, outer: readonly ColumnReference[]): ResolvedJoin {
  const copies = copiesOf(outer, firstFreeId([join, join.left, join.right], ownExpressions(join)));
  const changed = mapOwnExpressions(join, replacing(copies)) as ResolvedJoin;
  return { ...changed, [side]: withColumnsBeside(join[side], [...copies.values()]) };
}

const refusedFull = (): UnsupportedError =>
  new UnsupportedError(
    "the embedded engine has no full join by columns of the query around, of which Spark loses rows",
    {
      hint: "Write it as a left join and a UNION ALL of the right rows that NOT EXISTS finds no partner for.",
    },
  );

const given = (relation: ResolvedRelation): Ids =>
  new Set([...relation.output, ...(relation.kind === "scan" ? (relation.hidden ?? []) : [])].map(({ id }) => id));

/** The columns that expressions read and neither an input nor a lambda of theirs gives. */
function outerIn(expressions: readonly ResolvedExpression[], own: Ids): readonly ColumnReference[] {
  const found = new Map<number, ColumnReference>();
  const read = (expression: ResolvedExpression, known: Ids): void => {
    if (expression.kind === "column" && !known.has(expression.id)) found.set(expression.id, expression);
    const inside =
      expression.kind === "lambda" ? new Set([...known, ...expression.parameters.map(({ id }) => id)]) : known;
    for (const child of resolvedChildren(expression)) read(child, inside);
  };
  for (const expression of expressions) read(expression, own);
  return [...found.values()];
}

const copiesOf = (outer: readonly ColumnReference[], firstId: number): ReadonlyMap<number, NamedExpression> =>
  new Map(
    outer.map((expression, index) => {
      const { id, type, nullable } = expression;
      return [id, { column: { id: firstId + index, name: "outer", type, nullable }, expression }];
    }),
  );

function replacing(copies: ReadonlyMap<number, NamedExpression>) {
  const replace = (expression: ResolvedExpression): ResolvedExpression => {
    const copy = expression.kind === "column" ? copies.get(expression.id) : undefined;
    return copy === undefined ? mapResolved(expression, replace) : reference(copy.column);
  };
  return replace;
}
