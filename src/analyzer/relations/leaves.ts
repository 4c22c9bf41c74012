import { InternalError } from "../../errors.ts";
import { widestWithoutText } from "../../functions/coercion.ts";
import type { Expression } from "../../plan/expression.ts";
import type {
  CatalogueQuery,
  InlineTable,
  LocalRelation,
  OneRow,
  Range,
  Read,
  ReadTable,
  Relation,
  RelationChanges,
} from "../../plan/relation.ts";
import type { LocalRows, OutputColumn, RangeRows, ResolvedExpression, Scan, ValueRows } from "../../plan/resolved.ts";
import { isAggregateCall, someResolved } from "../../plan/resolved-rewrite.ts";
import type { Batch } from "../../types/batch.ts";
import { bigintType, type DataType, floatType, isIntegral, type StructType } from "../../types/data-type.ts";
import type { Analysed, AnalysisContext, LeafResolution } from "../context.ts";
import { converted } from "../conversion.ts";
import { misplaced, typeText } from "../errors.ts";
import { hasGenerator } from "../found-calls.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver, visible } from "../relation-context.ts";
import { emptyScope, scopeOf } from "../scope.ts";
import { analyseKept } from "./kept-columns.ts";

const columnsOf = (schema: StructType, analysis: AnalysisContext): readonly OutputColumn[] =>
  schema.fields.map((field) => analysis.newColumn(field.name, field.type, field.nullable, field.metadata));

/** A source bound by `resolve`: its schema's columns; a view or a table: its plan, under its name; an answer: its rows. */
export function analyseLeaf(
  relation: Read | ReadTable | RelationChanges | CatalogueQuery,
  context: RelationContext,
): Analysed {
  const found = context.analysis.leaves.leaves.get(relation);
  if (found === undefined) throw new InternalError(`the leaf ${relation.kind} was not resolved before analysis`);
  return (leafAnalysers[found.is] as LeafAnalyser<LeafResolution>)(found, relation, context);
}

type LeafAnalyser<Found> = (found: Found, relation: Relation, context: RelationContext) => Analysed;

const leafAnalysers: { readonly [Is in LeafResolution["is"]]: LeafAnalyser<Extract<LeafResolution, { is: Is }>> } = {
  source: sourceOf,
  view: ({ plan, name, settings, kept }, _, context) => {
    const analysed = context.analysis.under(settings, () =>
      kept !== undefined && plan.kind === "project" ? analyseKept(plan, kept, context) : context.input(plan),
    );
    const { relation } = visible(analysed);
    return { relation, scope: scopeOf(relation.output, name) };
  },
  table: ({ plan, name }, _, context) => {
    const { relation, scope } = context.input(plan);
    const hidden = scope.hidden.map((column) => ({ ...column, qualifier: name }));
    return { relation, scope: { ...scopeOf(relation.output, name), hidden } };
  },
  rows: ({ schema, batches }, _, { analysis }) => localRows(columnsOf(schema, analysis), batches),
};

function sourceOf(
  { leaf, metadataColumns = [] }: Extract<LeafResolution, { is: "source" }>,
  relation: Relation,
  { analysis }: RelationContext,
): Analysed {
  const output = columnsOf(leaf.schema, analysis);
  const hidden = metadataColumns.map(({ name, type }) => analysis.newColumn(name, type, false));
  analysis.metadata.push(...hidden);
  const scan: Scan = {
    kind: "scan",
    leaf: leaf.id,
    fields: leaf.schema.fields.map(({ name }) => name),
    output,
    hidden,
  };
  const qualifier = "name" in relation && Array.isArray(relation.name) ? relation.name : [];
  const scope = scopeOf(output, qualifier);
  return {
    relation: scan,
    scope: { ...scope, hidden: hidden.map((column) => ({ column, qualifier, metadata: true })) },
  };
}

export function analyseLocal({ schema, batches }: LocalRelation, { analysis }: RelationContext): Analysed {
  return localRows(columnsOf(schema, analysis), batches);
}

function localRows(output: readonly OutputColumn[], batches: readonly Batch[]): Analysed {
  const relation: LocalRows | ValueRows =
    output.length === 0
      ? { kind: "value rows", rows: batches.flatMap(({ rows }) => Array<[]>(rows).fill([])), output }
      : { kind: "local rows", batches, output };
  return { relation, scope: scopeOf(output) };
}

export function analyseRange({ start, end, step }: Range, { analysis }: RelationContext): Analysed {
  const output = [analysis.newColumn("id", bigintType, false)];
  const relation: RangeRows = { kind: "range rows", start, end, step, output };
  return { relation, scope: scopeOf(output) };
}

export function analyseOneRow(_: OneRow, _context: RelationContext): Analysed {
  const relation: ValueRows = { kind: "value rows", rows: [[]], output: [] };
  return { relation, scope: emptyScope };
}

export function analyseInlineTable({ rows }: InlineTable, context: RelationContext): Analysed {
  const resolved = rows.map((row) => row.map((expression) => resolveOver(context, emptyScope, expression)));
  for (const [index, row] of resolved.entries())
    for (const [at, value] of row.entries()) checkInlineValue(value, rows[index]![at]!);
  const width = resolved[0]?.length ?? 0;
  if (resolved.some((row) => row.length !== width)) {
    throw misplaced(
      "INVALID_INLINE_TABLE.NUM_COLUMNS_MISMATCH",
      "42000",
      `Invalid inline table. Inline table expected ${width} columns but found another count in one of its rows`,
      "Give every row the same number of values.",
    );
  }
  const output = Array.from({ length: width }, (_, index) => {
    const types = resolved.map((row) => row[index]!.type);
    const type = columnType(types);
    if (type === undefined) throw incompatibleColumn(`col${index + 1}`, types);
    return context.analysis.newColumn(
      `col${index + 1}`,
      type,
      resolved.some((row) => row[index]!.nullable),
    );
  });
  const values = resolved.map((row) => row.map((value, index) => converted(value, output[index]!.type)));
  const relation: ValueRows = { kind: "value rows", rows: values, output };
  return { relation, scope: scopeOf(output) };
}

/** Values of an inline table are the same whenever and wherever they are computed. */
function checkInlineValue(value: ResolvedExpression, source: Expression): void {
  if (value.kind === "constant") return;
  if (someResolved(value, ({ kind }) => kind === "subquery")) {
    throw misplaced(
      "UNSUPPORTED_SUBQUERY_EXPRESSION_CATEGORY.SCALAR_SUBQUERY_IN_VALUES",
      "0A000",
      "Unsupported subquery expression: Scalar subqueries in the VALUES clause",
      "Select from the query instead.",
    );
  }
  if (!someResolved(value, isUncertain) && !hasGenerator(source)) return;
  const text = prettyText(source);
  throw misplaced(
    "INVALID_INLINE_TABLE.CANNOT_EVALUATE_EXPRESSION_IN_INLINE_TABLE",
    "42000",
    `Invalid inline table. Cannot evaluate the expression "${text}" in inline table definition`,
    "Compute it in a select over the table.",
    { expr: `"${text}"` },
  );
}

const isUncertain = (expression: ResolvedExpression): boolean =>
  expression.kind === "column" ||
  expression.kind === "window" ||
  isAggregateCall(expression) ||
  (expression.kind === "call" && !expression.deterministic);

/** The type of a column of values. Beside a FLOAT, whole numbers become one here, as nowhere else. */
function columnType(types: readonly DataType[]): DataType | undefined {
  const rest = types.filter(({ kind }) => kind !== "float" && kind !== "void");
  const isFloat = types.some(({ kind }) => kind === "float") && rest.every(isIntegral);
  return isFloat ? floatType : widestWithoutText(types);
}

/** Spark reads no text as a number here: every value of a column must fit one type as it is. */
const incompatibleColumn = (name: string, types: readonly DataType[]) =>
  misplaced(
    "INVALID_INLINE_TABLE.INCOMPATIBLE_TYPES_IN_INLINE_TABLE",
    "42000",
    `Invalid inline table. Found incompatible types in the column \`${name}\` for inline table: ${[...new Set(types.map(typeText))].join(", ")}`,
    "Give the column values of one type, or convert them with CAST.",
    { colName: `\`${name}\`` },
  );
