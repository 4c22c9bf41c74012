/** Projections: stars, generators and aggregates found in them included. */
import type { Alias, Call, Expression } from "../../plan/expression.ts";
import type { Project } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn, ResolvedExpression } from "../../plan/resolved.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import { rewriteExpressions } from "../../plan/rewrite.ts";
import { aggregateProjection, isAggregated } from "../aggregation.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { callsOf, hasGenerator, isGenerator } from "../found-calls.ts";
import { columnName, prettyText, withoutAlias } from "../names.ts";
import { projectionOfDrawn, rejectRandomAggregates } from "../random-values.ts";
import { distinctColumns, type RelationContext, resolveOver } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";
import { expandStars, withoutStars } from "../stars.ts";
import { generateRows } from "./generate.ts";
import { groupsBelow } from "./generated-groups.ts";
import { rejectAggregates } from "./steps.ts";

/** An output column wanted: one that exists, passed on as it is, or an expression under a name. */
export type Wanted = OutputColumn | Expression;

export function analyseProject({ input, expressions, isStep }: Project, context: RelationContext): Analysed {
  const inner = context.input(input);
  if (isStep === true) rejectAggregates(expressions);
  return projectNamed(inner, expandStars(expressions, inner.scope, context.analysis, context.outer?.scope), context);
}

const isWritten = (item: Wanted): item is Expression => "kind" in item;

/** A projection of columns and expressions over an analysed input. */
export function projectNamed(input: Analysed, wanted: readonly Wanted[], context: RelationContext): Analysed {
  for (const item of wanted) if ("kind" in item) rejectNestedGenerator(withoutAlias(item));
  const generating = wanted.findIndex((item) => "kind" in item && isGenerator(item));
  if (generating >= 0 && wanted.some((item) => "kind" in item && callsOf(item, "aggregate").length > 0))
    return projectGrouped(input, wanted, generating, context);
  if (generating >= 0) return projectGenerated(input, wanted, generating, context);
  const columns = namedColumns(wanted, context, (item, over) =>
    isWritten(item) ? namedColumn(item, input, over) : passedColumn(item),
  );
  if (columns.some(({ expression }) => isAggregated(expression))) {
    rejectRandomAggregates(wanted.filter(isWritten), context.analysis);
    return aggregateProjection(input, columns, context);
  }
  const named = [...input.scope.hidden, ...input.scope.columns];
  const qualifiers = new Map(named.map(({ column, qualifier }) => [column.id, qualifier]));
  return projectionOfDrawn(
    input,
    distinctColumns(columns, context.analysis),
    context.analysis,
    ({ id }) => qualifiers.get(id) ?? [],
  );
}

/** The columns of a select list, in order: each may use the aliases before it. */
export function namedColumns<Item extends Wanted>(
  wanted: readonly Item[],
  context: RelationContext,
  make: (item: Item, context: RelationContext) => NamedExpression,
): readonly NamedExpression[] {
  const aliases = new Map<string, ResolvedExpression>();
  const over: RelationContext = { ...context, over: (scope) => ({ ...context.over(scope), aliases }) };
  return wanted.map((item) => {
    const named = make(item, over);
    if ("kind" in item && item.kind === "alias") aliases.set(named.column.name.toLowerCase(), named.expression);
    return named;
  });
}

const passedColumn = (column: OutputColumn): NamedExpression => ({ column, expression: reference(column) });

/** An expression with the column that it makes; a bare column keeps its identity, under the name as written. */
export function namedColumn(written: Expression, input: Analysed, context: RelationContext): NamedExpression {
  const source = rewriteExpressions(written, (inner) =>
    inner.kind === "call" ? withoutStars(inner, input.scope, context.analysis) : inner,
  );
  const expression = resolveOver(context, input.scope, source);
  const name = columnName(source, context.analysis.resolutions);
  if (source.kind === "alias" && source.names.length > 1) {
    const names = source.names.join(", ");
    const expr = `"${prettyText(source.input)}"`;
    throw misplaced(
      "MULTI_ALIAS_WITHOUT_GENERATOR",
      "42K0E",
      `Multi part aliasing (${names}) is not supported with ${expr} as it is not a generator function`,
      "Only generators such as explode of a map have several columns.",
      { names, expr },
    );
  }
  const own = expression.kind === "column" ? columnWithId(input, expression.id) : undefined;
  if (own !== undefined && source.kind !== "alias")
    return { column: { ...own, name, nullable: expression.nullable }, expression };
  const metadata = source.kind === "alias" ? (source.metadata ?? own?.metadata) : undefined;
  return { column: context.analysis.newColumn(name, expression.type, expression.nullable, metadata), expression };
}

const columnWithId = ({ scope }: Analysed, id: number): OutputColumn | undefined =>
  [...scope.columns, ...scope.hidden].find(({ column }) => column.id === id)?.column;

/** Refuses a generator within another expression of a select list. */
export function rejectNestedGenerator(expression: Expression): void {
  const parts = isGenerator(expression) ? (expression as Call).arguments : [expression];
  if (!parts.some(hasGenerator)) return;
  const text = `"${prettyText(expression)}"`;
  throw misplaced(
    "UNSUPPORTED_GENERATOR.NESTED_IN_EXPRESSIONS",
    "42K0E",
    `The generator is not supported: nested in expressions ${text}`,
    "Select the generator's column first and compute with it in a second select.",
    { expression: text },
  );
}

function projectGrouped(input: Analysed, items: readonly Wanted[], at: number, context: RelationContext): Analysed {
  const { grouped, wanted } = groupsBelow(items, at, (below) => projectNamed(input, below, context));
  return projectNamed(grouped, wanted, context);
}

// The generator becomes a relation below the projection; its columns take its place.
function projectGenerated(input: Analysed, wanted: readonly Wanted[], at: number, context: RelationContext): Analysed {
  const source = wanted[at] as Expression;
  const names = source.kind === "alias" ? (source as Alias).names : undefined;
  const { analysed, generated } = generateRows(
    input,
    withoutAlias(source),
    { names, qualifier: [], outer: false },
    context,
  );
  const before = {
    ...analysed,
    scope: { ...input.scope, hidden: [...input.scope.hidden, ...scopeOf(generated).columns] },
  };
  return projectNamed(before, [...wanted.slice(0, at), ...generated, ...wanted.slice(at + 1)], context);
}
