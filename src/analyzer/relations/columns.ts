/** Relations that add, drop, rename and reorder columns. */
import { canStoreAssign } from "../../functions/cast-rules.ts";
import type { Drop, ToColumns, ToSchema, WithColumns, WithColumnsRenamed } from "../../plan/relation.ts";
import type { NamedExpression, OutputColumn } from "../../plan/resolved.ts";
import { passed, reference } from "../../plan/resolved-rewrite.ts";
import type { DataType, StructField } from "../../types/data-type.ts";
import { sqlName } from "../../types/type-name.ts";
import type { Analysed } from "../context.ts";
import { constant, converted } from "../conversion.ts";
import { columnAlreadyExists, misplaced, quoted, unresolvedColumn } from "../errors.ts";
import { projection, qualifiersOf, type RelationContext } from "../relation-context.ts";
import { matchName, nameKey, outputOf, type Scope } from "../scope.ts";
import { projectNamed } from "./project.ts";

export function analyseWithColumns({ input, columns }: WithColumns, context: RelationContext): Analysed {
  const inner = context.input(input);
  const key = nameKey(context.analysis.sameName);
  const byName = Map.groupBy(columns, (alias) => key(alias.names[0]!));
  const doubled = [...byName.values()].find(({ length }) => length > 1);
  if (doubled !== undefined) throw columnAlreadyExists(doubled[1]!.names[0]!);
  const shown = outputOf(inner.scope);
  const kept = shown.map((column) => byName.get(key(column.name))?.[0] ?? column);
  const known = new Set(shown.map((column) => key(column.name)));
  const added = columns.filter((alias) => !known.has(key(alias.names[0]!)));
  return projectNamed(inner, [...kept, ...added], context);
}

export function analyseWithColumnsRenamed({ input, renames }: WithColumnsRenamed, context: RelationContext): Analysed {
  const inner = context.input(input);
  const key = nameKey(context.analysis.sameName);
  const steps = Object.entries(renames).map(([from, to], position) => ({ from, to, position }));
  const byName = Map.groupBy(steps, ({ from }) => key(from));
  // One after the other: a column may be renamed again under its new name.
  const nameOf = (name: string, done = -1): string => {
    const next = byName.get(key(name))?.find(({ position }) => position > done);
    return next === undefined ? name : nameOf(next.to, next.position);
  };
  const columns = outputOf(inner.scope).map((column) => {
    const name = nameOf(column.name);
    return renamed(column, name === column.name ? undefined : name, context);
  });
  return projection(inner, columns, qualifiersOf(inner.scope));
}

export function analyseToColumns({ input, names }: ToColumns, context: RelationContext): Analysed {
  const inner = context.input(input);
  const output = outputOf(inner.scope);
  if (names.length !== output.length) throw wrongNameCount(output.length, names.length);
  return projection(
    inner,
    output.map((column, index) => renamed(column, names[index], context)),
    qualifiersOf(inner.scope),
  );
}

const wrongNameCount = (columns: number, names: number): Error =>
  misplaced(
    "ASSIGNMENT_ARITY_MISMATCH",
    "42802",
    `The number of columns or variables assigned or aliased: ${columns} does not match the number of source expressions: ${names}`,
    `Give ${columns} names.`,
    { numTarget: String(columns), numExpr: String(names) },
  );

function renamed(column: OutputColumn, name: string | undefined, { analysis }: RelationContext): NamedExpression {
  const expression = reference(column);
  if (name === undefined) return { column, expression };
  return { column: analysis.newColumn(name, column.type, column.nullable, column.metadata), expression };
}

/** Unknown names are ignored, as Spark does; an expression must be a column of the input. */
export function analyseDrop({ input, columns }: Drop, context: RelationContext): Analysed {
  const inner = context.input(input);
  const over = context.over(inner.scope);
  const dropped = new Set(
    columns.flatMap((expression) => {
      if (expression.kind === "attribute" && expression.planId === undefined)
        return idsOf(inner.scope, expression.name, context);
      const resolved = over.resolve(expression, over);
      return resolved.kind === "column" ? [resolved.id] : [];
    }),
  );
  const kept = outputOf(inner.scope).filter((column) => !dropped.has(column.id));
  return projection(inner, passed(kept), qualifiersOf(inner.scope));
}

const idsOf = (scope: Scope, name: readonly string[], { analysis }: RelationContext): readonly number[] =>
  matchName({ ...scope, hidden: [] }, name, analysis.sameName).flatMap(({ column, fields }) =>
    fields.length === 0 ? [column.id] : [],
  );

/** Columns by the schema's names, order and types; missing ones are null where that is allowed. */
export function analyseToSchema({ input, schema }: ToSchema, context: RelationContext): Analysed {
  const inner = context.input(input);
  return projection(
    inner,
    schema.fields.map((field) => conformed(field, inner, context)),
  );
}

function conformed(field: StructField, { scope, relation }: Analysed, context: RelationContext): NamedExpression {
  const [match, ...others] = matchName(scope, [field.name], context.analysis.sameName);
  if (others.length > 0) throw ambiguousField(field.name, others.length + 1);
  const nullable = match?.column.nullable ?? true;
  const column = context.analysis.newColumn(field.name, field.type, nullable, field.metadata);
  if (match === undefined) {
    if (!field.nullable)
      throw unresolvedColumn(
        [field.name],
        relation.output.map(({ name }) => name),
      );
    return { column, expression: constant(field.type, null) };
  }
  if (match.column.nullable && !field.nullable) {
    throw misplaced(
      "NULLABLE_COLUMN_OR_FIELD",
      "42000",
      `Column or field \`${field.name}\` is nullable while it's required to be non-nullable`,
      "Filter its nulls out, or declare it nullable.",
      { name: quoted([field.name]) },
    );
  }
  if (!canStoreAssign(match.column.type, field.type)) throw unfit(field, match.column.type);
  return { column, expression: converted(reference(match.column), field.type) };
}

const ambiguousField = (name: string, count: number): Error =>
  misplaced(
    "AMBIGUOUS_COLUMN_OR_FIELD",
    "42702",
    `Column or field ${quoted([name])} is ambiguous and has ${count} matches`,
    "Rename or drop all but one of them first.",
    {
      name: quoted([name]),
      n: String(count),
    },
  );

function unfit({ name, type: wanted }: StructField, type: DataType): Error {
  const parameters = { name: quoted([name]), type: `"${sqlName(type)}"`, expectedType: `"${sqlName(wanted)}"` };
  const sentence = `Column or field ${parameters.name} is of type ${parameters.type} while it's required to be ${parameters.expectedType}`;
  return misplaced(
    "INVALID_COLUMN_OR_FIELD_DATA_TYPE",
    "42000",
    sentence,
    `Convert it with .cast("…") first.`,
    parameters,
  );
}
