/** Columns become rows: those that the function `stack` makes of each row. */
import type { Expression } from "../../plan/expression.ts";
import type { Unpivot } from "../../plan/relation.ts";
import type { NamedExpression, ResolvedExpression, ResolvedRelation } from "../../plan/resolved.ts";
import { passed, reference, referencedColumns } from "../../plan/resolved-rewrite.ts";
import { outerColumns } from "../../plan/resolved-walk.ts";
import { type DataType, stringType } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { constant, converted } from "../conversion.ts";
import { inaccessible } from "../correlation.ts";
import { misplaced } from "../errors.ts";
import { columnName } from "../names.ts";
import { type RelationContext, resolveOver } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { scopeOf } from "../scope.ts";
import { expandStars } from "../stars.ts";
import { stacked } from "./generate.ts";
import { namedColumn } from "./project.ts";

export function analyseUnpivot(unpivot: Unpivot, context: RelationContext): Analysed {
  const input = context.input(unpivot.input);
  if (outerColumns(input.relation).size > 0) throw inaccessible("an UNPIVOT");
  const identifiers = [...expressions(unpivot.identifiers, input, context), ...restOf(unpivot, input, context)].map(
    (source) => namedColumn(source, input, context),
  );
  const groups = valueGroups(unpivot, identifiers, input, context);
  const types = unpivot.valueColumns.map((_, at) =>
    valueType(
      groups.map((group) => group[at]!),
      input,
      context,
    ),
  );
  const labels = groups.map((group, at) =>
    constant(stringType, unpivot.aliases?.[at] ?? group.map((source) => columnName(source)).join("_")),
  );
  const values = groups.map((group) =>
    group.map((source, at) =>
      converted(resolveOver(context, input.scope, source), types[at]!, context.analysis.coercion.castMode),
    ),
  );
  const made = [
    context.analysis.newColumn(unpivot.variableColumn, stringType, false),
    ...unpivot.valueColumns.map((name, at) => context.analysis.newColumn(name, types[at]!, true)),
  ];
  const kept = identifiers.map(({ column, expression }) => ({
    column: context.analysis.newColumn(column.name, column.type, column.nullable, column.metadata),
    expression,
  }));
  const rows = stacked(
    input.relation,
    labels.map((label, at) => [label, ...values[at]!]),
    made,
  );
  const present = unpivot.includeNulls === false ? withoutNulls(rows, made.slice(1).map(reference)) : rows;
  const columns = [...kept, ...passed(made)];
  const output = columns.map(({ column }) => column);
  return { relation: { kind: "project", input: present, columns, output }, scope: scopeOf(output) };
}

function withoutNulls(input: ResolvedRelation, values: readonly ResolvedExpression[]): ResolvedRelation {
  const condition = values
    .map((value): ResolvedExpression => applyFunction("isnotnull", [value]))
    .reduce((left, right) => applyFunction("OR", [left, right]));
  return { kind: "filter", input, condition, output: input.output };
}

function valueGroups(
  unpivot: Unpivot,
  identifiers: readonly NamedExpression[],
  input: Analysed,
  context: RelationContext,
): readonly (readonly Expression[])[] {
  if (unpivot.values?.length === 0) throw missingValues();
  if (unpivot.values !== undefined)
    return unpivot.values.flatMap((group) =>
      group.length === 1 ? expressions(group, input, context).map((source) => [source]) : [group],
    );
  const used = new Set(identifiers.map(({ expression }) => (expression.kind === "column" ? expression.id : -1)));
  const rest = input.scope.columns.filter(({ column }) => !used.has(column.id));
  if (rest.length === 0) throw missingValues();
  return rest.map(({ column, qualifier }) => [{ kind: "attribute", name: [...qualifier, column.name] }]);
}

// In SQL, what is no value identifies a row.
function restOf(
  { identifiersAreRest, values = [] }: Unpivot,
  input: Analysed,
  context: RelationContext,
): readonly Expression[] {
  if (identifiersAreRest !== true) return [];
  const used = new Set(
    values.flat().flatMap((source) => [...referencedColumns(resolveOver(context, input.scope, source))]),
  );
  return input.scope.columns
    .filter(({ column }) => !used.has(column.id))
    .map(({ column, qualifier }): Expression => ({ kind: "attribute", name: [...qualifier, column.name] }));
}

const missingValues = (): Error =>
  misplaced(
    "UNPIVOT_REQUIRES_VALUE_COLUMNS",
    "42K0A",
    "At least one value column needs to be specified for UNPIVOT, all columns specified as ids",
    "Name value columns, or fewer id columns.",
  );

function expressions(sources: readonly Expression[], input: Analysed, context: RelationContext): readonly Expression[] {
  return expandStars(sources, input.scope, context.analysis).map((item) =>
    "kind" in item ? item : { kind: "attribute", name: [item.name] },
  );
}

function valueType(sources: readonly Expression[], input: Analysed, context: RelationContext): DataType {
  const types = sources.map((source) => resolveOver(context, input.scope, source).type);
  const type = context.analysis.coercion.widestWithoutText(types);
  if (type !== undefined) return type;
  const listed = sources.map((source, index) => `"${sqlName(types[index]!)}" (\`${columnName(source)}\`)`).join(", ");
  throw misplaced(
    "UNPIVOT_VALUE_DATA_TYPE_MISMATCH",
    "42K09",
    `Unpivot value columns must share a least common type, some types do not: [${listed}]`,
    "Cast the value columns to one type first.",
    { types: listed },
  );
}
