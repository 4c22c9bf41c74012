/** Relations under names: aliases and common table expressions. */
import { UnsupportedError } from "../../errors.ts";
import type { CommonTableReference, SubqueryAlias, With } from "../../plan/relation.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import type { Analysed } from "../context.ts";
import { misplaced } from "../errors.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";

export function analyseSubqueryAlias({ input, name, columns }: SubqueryAlias, context: RelationContext): Analysed {
  const inner = context.input(input);
  const shown = inner.scope.columns.map(({ column }) => column);
  if (columns === undefined)
    return { relation: inner.relation, scope: { ...scopeOf(shown, [name]), hidden: inner.scope.hidden } };
  checkArity(columns, shown.length);
  const renamed = shown.map((column, index) => ({
    column: context.analysis.newColumn(columns[index]!, column.type, column.nullable, column.metadata),
    expression: reference(column),
  }));
  return projection(inner, renamed, () => [name]);
}

function checkArity(names: readonly string[], columns: number): void {
  if (names.length === columns) return;
  const parameters = { numTarget: String(columns), numExpr: String(names.length) };
  throw misplaced(
    "ASSIGNMENT_ARITY_MISMATCH",
    "42802",
    `The number of columns or variables assigned or aliased: ${columns} does not match the number of source expressions: ${names.length}`,
    `Give ${columns} ${columns === 1 ? "name" : "names"}.`,
    parameters,
  );
}

export function analyseWith({ input, tables, recursive }: With, context: RelationContext): Analysed {
  if (recursive) throw new UnsupportedError("A recursive common table expression is not supported yet");
  const { analysis } = context;
  const outside = analysis.commonTables;
  const inside = new Map(outside);
  analysis.commonTables = inside;
  try {
    for (const table of tables) {
      const analysed = visible(context.input(table.plan));
      if (table.columns !== undefined) checkArity(table.columns, analysed.relation.output.length);
      inside.set(table.name.toLowerCase(), { table, analysed });
    }
    return context.input(input);
  } finally {
    analysis.commonTables = outside;
  }
}

// The table is analysed once; each use has columns of its own over the same relation.
export function analyseCommonTableReference({ name }: CommonTableReference, context: RelationContext): Analysed {
  const found = context.analysis.commonTables.get(name.toLowerCase());
  if (found === undefined) {
    throw misplaced(
      "TABLE_OR_VIEW_NOT_FOUND",
      "42P01",
      `The table or view \`${name}\` cannot be found`,
      "Define it in a WITH clause or create a view.",
    );
  }
  const { table, analysed } = found;
  const columns = analysed.scope.columns.map(({ column }, index) => ({
    column: context.analysis.newColumn(
      table.columns?.[index] ?? column.name,
      column.type,
      column.nullable,
      column.metadata,
    ),
    expression: reference(column),
  }));
  return projection(analysed, columns, () => [name]);
}
