import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import type {
  NamedExpression,
  OutputColumn,
  ResolvedExpression,
  ResolvedProject,
  ResolvedRelation,
} from "../plan/resolved.ts";
import { reference } from "../plan/resolved-rewrite.ts";
import type { Analysed, AnalysisContext } from "./context.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { passedOn, type Scope } from "./scope.ts";

/** What the handlers of relations work with. */
export interface RelationContext {
  readonly analysis: AnalysisContext;
  readonly outer: ExpressionContext | undefined;
  /** Analyses an input. */
  readonly input: (relation: Relation) => Analysed;
  /** Analyses an input whose names may come from an enclosing scope: a lateral side. */
  readonly inputWithin: (relation: Relation, outer: Scope) => Analysed;
  /** The context of expressions over a scope. */
  readonly over: (scope: Scope) => ExpressionContext;
}

export const resolveOver = (context: RelationContext, scope: Scope, expression: Expression): ResolvedExpression =>
  resolveIn(context.over(scope), expression);

/** A projection; its columns answer to the qualifiers given. */
export function projection(
  input: Analysed,
  columns: readonly NamedExpression[],
  qualifiers: (column: OutputColumn) => readonly string[] = () => [],
): Analysed {
  const output = columns.map(({ column }) => column);
  const relation: ResolvedProject = { kind: "project", input: input.relation, columns, output };
  return {
    relation,
    scope: {
      columns: output.map((column) => ({ column, qualifier: qualifiers(column) })),
      hidden: passedOn(input.scope),
    },
    below: { input },
  };
}

/** An input's names over another relation with the same columns. */
export const withRelation = (input: Analysed, relation: ResolvedRelation): Analysed => ({
  relation,
  scope: input.scope,
});

/** The qualifier that each column id has in a scope. */
export function qualifiersOf(scope: Scope): (column: OutputColumn) => readonly string[] {
  const byId = new Map(scope.columns.map(({ column, qualifier }) => [column.id, qualifier]));
  return (column) => byId.get(column.id) ?? [];
}

/** The columns that names can see, in their order: what sets of rows, views and results are made of. */
export function visible(input: Analysed): Analysed {
  const shown = input.scope.columns.map(({ column }) => column);
  const { output } = input.relation;
  if (shown.length === output.length && shown.every((column, index) => column.id === output[index]!.id)) return input;
  const columns = shown.map((column) => ({ column, expression: reference(column) }));
  return projection(input, columns, qualifiersOf(input.scope));
}

/** Columns of which none has the identity of another: a column taken twice becomes two. */
export function distinctColumns(
  columns: readonly NamedExpression[],
  analysis: AnalysisContext,
): readonly NamedExpression[] {
  const seen = new Set<number>();
  return columns.map((named) => {
    const { id, name, type, nullable, metadata } = named.column;
    if (!seen.has(id)) {
      seen.add(id);
      return named;
    }
    return { column: analysis.newColumn(name, type, nullable, metadata), expression: named.expression };
  });
}
