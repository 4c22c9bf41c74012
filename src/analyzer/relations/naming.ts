/** Relations under names: aliases and common table expressions. */
import type { CommonTable, CommonTableReference, Relation, SubqueryAlias, With } from "../../plan/relation.ts";
import { reference } from "../../plan/resolved-rewrite.ts";
import type { Analysed, AnalysisContext } from "../context.ts";
import { misplaced } from "../errors.ts";
import { projection, type RelationContext, visible } from "../relation-context.ts";
import { passedOn, type ScopeColumn, scopeOf, withoutMetadata } from "../scope.ts";
import { analyseRecursion, isRecursive, useOf, withoutRowLimit } from "./recursion.ts";

export function analyseSubqueryAlias({ input, name, columns }: SubqueryAlias, context: RelationContext): Analysed {
  const inner = context.input(input);
  const shown = inner.scope.columns.map(({ column }) => column);
  if (columns === undefined)
    return { relation: inner.relation, scope: { ...scopeOf(shown, [name]), hidden: hiddenUnder(name, input, inner) } };
  checkArity(columns, shown.length);
  const renamed = shown.map((column, index) => ({
    column: context.analysis.newColumn(columns[index]!, column.type, column.nullable, column.metadata),
    expression: reference(column),
  }));
  const { relation, scope } = projection(inner, renamed, () => [name]);
  return { relation, scope: withoutMetadata(scope) };
}

// Metadata columns are found under the name of a source only: a sub-query shows what it selects.
function hiddenUnder(name: string, input: Relation, { scope }: Analysed): readonly ScopeColumn[] {
  const { hidden } = withoutMetadata(scope);
  if (!named.has(input.kind)) return hidden;
  return [...hidden, ...passedOn(scope).map((own) => ({ ...own, qualifier: [name] }))];
}

const named: ReadonlySet<Relation["kind"]> = new Set(["read", "read table", "subquery alias"]);

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

export const analyseWith = (plan: With, context: RelationContext): Analysed =>
  withTables(plan, context, () => context.input(plan.input));

function withTables({ tables, recursive }: With, context: RelationContext, analyse: () => Analysed): Analysed {
  const { analysis } = context;
  const outside = analysis.commonTables;
  try {
    for (const table of tables) {
      rejectNamesOfOuter(table.plan, analysis);
      define(table, recursive ? tableRows(table, context) : context.input(table.plan), context);
    }
    return analyse();
  } finally {
    analysis.commonTables = outside;
  }
}

/**
 * Refuses a WITH that begins a query and names a table like one around it.
 *
 * Spark: `CTESubstitution.assertNoNameConflictsInCTE` under `spark.sql.legacy.ctePrecedencePolicy` `EXCEPTION`.
 */
export function rejectNamesOfOuter(plan: Relation, { settings, commonTables }: AnalysisContext): void {
  if (settings.distinctNestedTables !== true || plan.kind !== "with") return;
  const taken = plan.tables.find(({ name }) => commonTables.has(name.toLowerCase()));
  if (taken === undefined) return;
  throw misplaced(
    "AMBIGUOUS_ALIAS_IN_NESTED_CTE",
    "42KD0",
    `Name \`${taken.name}\` is ambiguous in nested CTE. Please set "spark.sql.legacy.ctePrecedencePolicy" to "CORRECTED" so that name defined in inner CTE takes precedence`,
    "Give the inner table another name.",
    { name: `\`${taken.name}\``, config: '"spark.sql.legacy.ctePrecedencePolicy"' },
  );
}

function define(table: CommonTable, rows: Analysed, { analysis }: RelationContext): void {
  const analysed = visible(rows);
  if (table.columns !== undefined) checkArity(table.columns, analysed.relation.output.length);
  analysis.commonTables = new Map([...analysis.commonTables, [table.name.toLowerCase(), { table, analysed }]]);
}

function tableRows(table: CommonTable, context: RelationContext): Analysed {
  const { plan } = table;
  if (!isRecursive(table)) return context.input(plan);
  if (plan.kind === "with") return withTables(plan, context, () => tableRows({ ...table, plan: plan.input }, context));
  const { analysis } = context;
  const outside = analysis.commonTables;
  const within = (rows: Analysed, step: Relation): Analysed => {
    define(table, rows, context);
    try {
      return context.input(step);
    } finally {
      analysis.commonTables = outside;
    }
  };
  return analyseRecursion(table, within, context);
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
  const { analysed, table } = found;
  const used = context.analysis.hasAllRows ? { ...analysed, relation: withoutRowLimit(analysed.relation) } : analysed;
  return useOf(used, table, context);
}
