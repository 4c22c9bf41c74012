/** Pivots: a column for each value of a column and aggregate, as aggregates of the rows with that value. */
import { widest } from "../../functions/coercion.ts";
import type { Expression, Literal } from "../../plan/expression.ts";
import type { Aggregate, Pivot } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedExpression } from "../../plan/resolved.ts";
import { isAggregateCall, mapResolved, referencedColumns } from "../../plan/resolved-rewrite.ts";
import type { Analysed } from "../context.ts";
import { conditional, conjunction, constant, converted } from "../conversion.ts";
import { differentOperandTypes, misplaced } from "../errors.ts";
import { prettyText } from "../names.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";

export function pivoted(
  aggregate: Aggregate,
  pivot: Pivot,
  aggregates: readonly NamedExpression[],
  input: Analysed,
  context: RelationContext,
): readonly NamedExpression[] {
  const column = resolveOver(context, input.scope, pivot.column);
  const values = pivot.values ?? context.analysis.leaves.pivotValues.get(aggregate);
  if (values === undefined) {
    throw misplaced(
      "NON_LITERAL_PIVOT_VALUES",
      "42K08",
      "The values of the pivot are not known",
      "List them: .pivot(column, [values]).",
    );
  }
  return values.flatMap((value) => {
    const isValue = equality(column, value, pivot, input, context);
    return aggregates.map((named) => pivotColumn(named, value, isValue, aggregates.length === 1, context));
  });
}

function equality(
  column: ResolvedExpression,
  value: Expression,
  pivot: Pivot,
  input: Analysed,
  context: RelationContext,
): ResolvedExpression {
  const resolved = resolveOver(context, input.scope, value);
  const type = widest([column.type, resolved.type]);
  if (type === undefined)
    throw differentOperandTypes(`${prettyText(pivot.column)} = ${prettyText(value)}`, column.type, resolved.type);
  return applyFunction("<=>", [converted(column, type), converted(resolved, type)]);
}

function pivotColumn(
  { column, expression }: NamedExpression,
  value: Expression,
  isValue: ResolvedExpression,
  only: boolean,
  context: RelationContext,
): NamedExpression {
  const label = value.kind === "alias" ? value.names[0]! : valueName(value);
  const filtered = nullWithoutRows(restricted(expression, isValue), expression, isValue);
  return {
    column: context.analysis.newColumn(only ? label : `${label}_${column.name}`, filtered.type, true),
    expression: filtered,
  };
}

/** The name of a column made of a value. */
export const valueName = (value: Expression): string => {
  const literal = value as Literal;
  return literal.kind === "literal" && literal.value === null
    ? "null"
    : prettyText(value).replace(/^(?:DATE|TIMESTAMP) '(.*)'$/, "$1");
};

function restricted(expression: ResolvedExpression, condition: ResolvedExpression): ResolvedExpression {
  if (!isAggregateCall(expression)) return mapResolved(expression, (child) => restricted(child, condition));
  return {
    ...expression,
    aggregate: { ...expression.aggregate, filter: conjunction(expression.aggregate.filter, condition) },
  };
}

// A group without a row of the value has null there, also where the aggregate of no rows is not null, such as a count.
function nullWithoutRows(
  filtered: ResolvedExpression,
  expression: ResolvedExpression,
  isValue: ResolvedExpression,
): ResolvedExpression {
  if (expression.nullable) return filtered;
  const details = { distinct: false, ignoreNulls: false, order: [], filter: isValue };
  const rows = applyFunction("count", [constant({ kind: "int" }, 1)], details);
  const some = applyFunction(">", [rows, constant({ kind: "bigint" }, 0n)]);
  return conditional(some, filtered, constant(filtered.type, null));
}

/** The columns that a pivot of SQL groups by: all that neither it nor its aggregates use. */
export function restOfPivot(aggregate: Aggregate, input: Analysed, context: RelationContext): readonly Expression[] {
  if (aggregate.groupsByRest !== true || aggregate.pivot === undefined) return [];
  const used = new Set<number>();
  for (const source of [aggregate.pivot.column, ...aggregate.aggregates]) {
    for (const id of referencedColumns(resolveOver(context, input.scope, source))) used.add(id);
  }
  return input.scope.columns
    .filter(({ column }) => !used.has(column.id))
    .map(({ column, qualifier }): Expression => ({ kind: "attribute", name: [...qualifier, column.name] }));
}
