/** Pivots: a column for each value of a column and aggregate, as aggregates of the rows with that value. */
import { canCast } from "../../functions/coercion.ts";
import { isOrderable } from "../../functions/rule.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Aggregate, Pivot } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedExpression } from "../../plan/resolved.ts";
import { isAggregateCall, mapResolved, referencedColumns } from "../../plan/resolved-rewrite.ts";
import { walk } from "../../plan/rewrite.ts";
import type { DataType } from "../../types/data-type.ts";
import { simpleString } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { conditional, conjunction, constant, converted } from "../conversion.ts";
import { misplaced } from "../errors.ts";
import { callsOf } from "../found-calls.ts";
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
  if (!isOrderable(column.type)) throw incomparable(pivot.column);
  for (const source of aggregate.aggregates) checkAggregate(source, aggregate.groupsByRest === true);
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
    const isValue = equality(column, value, input, context);
    return aggregates.map((named) => pivotColumn(named, value, isValue, aggregates.length === 1, context));
  });
}

function equality(
  column: ResolvedExpression,
  value: Expression,
  input: Analysed,
  context: RelationContext,
): ResolvedExpression {
  const resolved = resolveOver(context, input.scope, value);
  if (referencedColumns(resolved).size > 0) throw notLiteral(value);
  const { castMode } = context.analysis.coercion;
  if (!canCast(resolved.type, column.type, castMode)) throw otherType(value, resolved.type, column.type);
  return applyFunction("<=>", [column, converted(resolved, column.type, castMode)]);
}

const notLiteral = (value: Expression): Error =>
  misplaced(
    "NON_LITERAL_PIVOT_VALUES",
    "42K08",
    `Literal expressions required for pivot values, found "${prettyText(value)}"`,
    "Write the values themselves.",
    { expression: `"${prettyText(value)}"` },
  );

const otherType = (value: Expression, valueType: DataType, pivotType: DataType): Error =>
  misplaced(
    "PIVOT_VALUE_DATA_TYPE_MISMATCH",
    "42K09",
    `Invalid pivot value '${prettyText(value)}': value data type ${simpleString(valueType)} does not match pivot column data type ${simpleString(pivotType)}`,
    "Write values of the type of the pivot column.",
    { value: prettyText(value), valueType: simpleString(valueType), pivotType: simpleString(pivotType) },
  );

const incomparable = (column: Expression): Error =>
  misplaced(
    "INCOMPARABLE_PIVOT_COLUMN",
    "42818",
    `Invalid pivot column \`${prettyText(column)}\`. Pivot columns must be comparable`,
    "Pivot by one of its values.",
    { columnName: `\`${prettyText(column)}\`` },
  );

/** A pivot computes aggregates and what is made of them; `count(*)` counts a constant in SQL text alone. */
function checkAggregate(source: Expression, isText: boolean): void {
  const aggregates: ReadonlySet<unknown> = new Set(callsOf(source, "aggregate"));
  walk(source, ({ kind }) => {
    if (kind === "star" && !isText) throw starInside();
    return true;
  });
  walk(source, (node) => {
    if (node.kind === "attribute") throw outsideOfAggregate(node.name.join("."));
    return !aggregates.has(node);
  });
}

const starInside = (): Error =>
  misplaced(
    "INVALID_USAGE_OF_STAR_OR_REGEX",
    "42000",
    "Invalid usage of '*' in Pivot",
    "Count a constant: count(lit(1)).",
    { elem: "'*'", prettyName: "Pivot" },
  );

const outsideOfAggregate = (name: string): Error =>
  misplaced(
    "_LEGACY_ERROR_TEMP_1006",
    undefined,
    `Aggregate expression required for pivot, but '${name}' did not appear in any aggregate function`,
    "Put it into an aggregate.",
    { sql: name },
  );

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
export function valueName(value: Expression): string {
  if (value.kind === "alias") return valueName(value.input);
  const parts = value.kind === "call" ? value.arguments : [];
  if (value.kind === "call" && value.name[0] === "named_struct")
    return `{${parts
      .filter((_, index) => index % 2 === 1)
      .map(valueName)
      .join(", ")}}`;
  if (value.kind === "call" && value.name[0] === "array") return `[${parts.map(valueName).join(", ")}]`;
  if (value.kind === "literal" && value.value === null) return "null";
  return prettyText(value).replace(/^(?:DATE|TIMESTAMP) '(.*)'$/, "$1");
}

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
