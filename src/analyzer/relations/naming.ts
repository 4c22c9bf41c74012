/** Relations under names: aliases and common table expressions. */
import { UnsupportedError } from "../../errors.ts";
import type { CommonTableReference, SubqueryAlias, With } from "../../plan/relation.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import type { Analysed } from "../context.ts";
import { columnCountMismatch, misplaced } from "../errors.ts";
import { projection, type RelationContext } from "../relation-context.ts";
import { scopeOf } from "../scope.ts";

export function analyseSubqueryAlias({ input, name, columns }: SubqueryAlias, context: RelationContext): Analysed {
  const inner = context.input(input);
  const shown = inner.scope.columns.map(({ column }) => column);
  if (columns === undefined)
    return { relation: inner.relation, scope: { ...scopeOf(shown, [name]), hidden: inner.scope.hidden } };
  if (columns.length !== shown.length) throw columnCountMismatch(name, shown.length, columns.length);
  const renamed = shown.map((column, index) => ({
    column: context.analysis.newColumn(columns[index]!, column.type, column.nullable, column.metadata),
    expression: reference(column),
  }));
  return projection(inner, renamed, () => [name]);
}

export function analyseWith({ input, tables, recursive }: With, context: RelationContext): Analysed {
  if (recursive) throw new UnsupportedError("A recursive common table expression is not supported yet");
  for (const table of tables)
    context.analysis.commonTables.set(table.name.toLowerCase(), { table, analysed: context.input(table.plan) });
  return context.input(input);
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
