/** `na.fill`, `na.drop` and `na.replace`. */
import type { Literal } from "../../plan/expression.ts";
import type { DropNulls, FillNulls, ReplaceValues } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn, ResolvedExpression } from "../../plan/resolved.ts";
import { passed, reference } from "../../plan/resolved-rewrite.ts";
import { booleanType, type DataType, doubleType, intType, isNumeric, isText } from "../../types/data-type.ts";
import type { Analysed } from "../context.ts";
import { conditional, constant, converted, inHalves } from "../conversion.ts";
import { unresolvedColumn } from "../errors.ts";
import { projection, qualifiersOf, type RelationContext, withRelation } from "../relation-context.ts";
import { applyFunction } from "../resolve-call.ts";
import { nameKey } from "../scope.ts";

export function analyseFillNulls({ input, columns, values }: FillNulls, context: RelationContext): Analysed {
  const inner = context.input(input);
  const wanted = new Set(named(inner, columns, context, "as they are"));
  const one = values[0]?.type.kind === "int" && values.length === 1 ? fraction(values[0]) : values[0];
  const key = nameKey(context.analysis.sameName);
  const byName = Map.groupBy(values, (_, index) => key(columns?.[index] ?? ""));
  const valueOf = (column: OutputColumn): Literal | undefined =>
    columns !== undefined && values.length > 1 ? byName.get(key(column.name))?.[0] : one;
  return changed(inner, (column) => {
    const value = wanted.has(column) ? valueOf(column) : undefined;
    return value === undefined || !fits(column.type, value.type) ? undefined : filled(column, value);
  });
}

function filled(column: OutputColumn, value: Literal): ResolvedExpression {
  const own = reference(column);
  const present =
    column.type.kind === "double" || column.type.kind === "float"
      ? applyFunction("nanvl", [own, constant(column.type, null)])
      : own;
  return applyFunction("coalesce", [present, converted(constant(value.type, value.value), column.type)]);
}

/** PySpark takes one integer for all columns as DOUBLE, whose conversion to an integer may be null to Spark. */
const fraction = (value: Literal): Literal => ({ ...value, type: doubleType });

const fits = (column: DataType, value: DataType): boolean =>
  (isNumeric(column) && isNumeric(value)) ||
  (isText(column) && isText(value)) ||
  (column.kind === "boolean" && value.kind === "boolean");

export function analyseDropNulls({ input, columns, minimumNonNulls }: DropNulls, context: RelationContext): Analysed {
  const inner = context.input(input);
  const wanted = named(inner, columns, context);
  const least = minimumNonNulls ?? wanted.length;
  const count = wanted
    .map(isPresent)
    .map((present) => conditional(present, constant(intType, 1), constant(intType, 0)));
  const condition =
    least === wanted.length
      ? inHalves([constant(booleanType, true), ...wanted.map(isPresent)], (left, right) =>
          applyFunction("AND", [left, right]),
        )
      : applyFunction(">=", [
          inHalves([constant(intType, 0), ...count], (left, right) => applyFunction("+", [left, right])),
          constant(intType, least),
        ]);
  return withRelation(inner, { kind: "filter", input: inner.relation, condition, output: inner.relation.output });
}

function isPresent(column: OutputColumn): ResolvedExpression {
  const own = reference(column);
  const notNull: ResolvedExpression = applyFunction("isnotnull", [own]);
  if (column.type.kind !== "double" && column.type.kind !== "float") return notNull;
  return applyFunction("AND", [notNull, applyFunction("NOT", [applyFunction("isnan", [own])])]);
}

export function analyseReplaceValues(
  { input, columns, replacements }: ReplaceValues,
  context: RelationContext,
): Analysed {
  const inner = context.input(input);
  const wanted = new Set(named(inner, columns, context));
  return changed(inner, (column) => {
    const fitting = replacements.filter(([from]) => wanted.has(column) && fits(column.type, from.type));
    return fitting.length === 0 ? undefined : replaced(column, fitting);
  });
}

function replaced(column: OutputColumn, replacements: ReplaceValues["replacements"]): ResolvedExpression {
  const own = reference(column);
  const value = ({ type, value }: Literal): ResolvedExpression => constant(type, value);
  // What is looked for keeps its type: NaN is in no column of integers.
  const branches = replacements.map(([from, to]) => ({
    when: applyFunction("=", [own, value(from)]) as ResolvedExpression,
    then: converted(value(to), column.type),
  }));
  const nullable = column.nullable || replacements.some(([, to]) => to.value === null);
  return { kind: "conditional", branches, otherwise: own, type: column.type, nullable };
}

function named(
  { scope }: Analysed,
  names: readonly string[] | undefined,
  { analysis }: RelationContext,
  order?: "as they are",
): readonly OutputColumn[] {
  const all = scope.columns.map(({ column }) => column);
  if (names === undefined) return all;
  const key = nameKey(analysis.sameName);
  const byName = Map.groupBy(all, ({ name }) => key(name));
  return names.flatMap((name) => {
    const columns = byName.get(key(name));
    if (columns === undefined)
      throw unresolvedColumn(
        [name],
        all.map((column) => column.name),
        order,
      );
    return columns;
  });
}

function changed(inner: Analysed, change: (column: OutputColumn) => ResolvedExpression | undefined): Analysed {
  const columns = inner.scope.columns.map(({ column }): NamedExpression => {
    const expression = change(column);
    return expression === undefined
      ? passed([column])[0]!
      : { column: { ...column, nullable: expression.nullable }, expression };
  });
  return projection(inner, columns, qualifiersOf(inner.scope));
}
