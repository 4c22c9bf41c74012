/** Values given to columns of a table by name, cast as they are stored. */
import { AnalysisError, listed, nearest } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { DataType, StructField, StructType } from "../../../types/data-type.ts";
import { quoted } from "../../../types/identifier.ts";
import type { CommandContext } from "../../commands/context.ts";
import { isDefault } from "../../commands/insert-columns.ts";
import { defaultValue } from "../../tables/column-defaults.ts";
import { stored } from "../../tables/store-assignment.ts";
import { checkMayBeGiven } from "../fit-rows.ts";
import { identityOf } from "../identity-columns.ts";
import { columnOf } from "../schema-change.ts";
import { statedSchema } from "../table-definition.ts";
import { call, column, named, project, text } from "./expressions.ts";
import { targetCopy } from "./row-columns.ts";
import { byName } from "./struct-values.ts";
import type { TargetName } from "./target-rows.ts";

/** `column = value`, as a statement has it. */
export interface Assignment {
  readonly column: Expression;
  readonly value: Expression;
}

export interface AssignedTable {
  readonly schema: StructType;
  readonly target: TargetName;
  /** The types of the values (`assignedTypes`). */
  readonly types: ReadonlyMap<Expression, DataType>;
  /** Whether structs may lack fields of the table's. */
  readonly evolves: boolean;
  /** The error for a name that is no column of the table. */
  readonly unknown: (name: string) => Error;
}

/** The types that the values of a clause have over the rows that they are about. */
export async function assignedTypes(
  assignments: readonly Assignment[],
  over: Relation,
  context: CommandContext,
): Promise<ReadonlyMap<Expression, DataType>> {
  const values = assignments.map(({ value }) => value).filter((value) => !isDefault(value));
  if (values.length === 0) return new Map();
  const { fields } = await context.schemaOf(
    project(
      over,
      values.map((value, index) => named(value, `value ${index}`)),
    ),
  );
  return new Map(values.map((value, index) => [value, fields[index]!.type]));
}

/**
 * The values of an update by the column that gets each.
 *
 * @throws AnalysisError `DELTA_CONFLICT_SET_COLUMN`, `DELTA_UPDATE_SCHEMA_MISMATCH_EXPRESSION`, `DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED`
 */
export function updatedValues(
  assignments: readonly Assignment[],
  table: AssignedTable,
): ReadonlyMap<string, Expression> {
  const places = assignments.map((assignment) => ({ ...placeOf(assignment.column, table), value: assignment.value }));
  checkOnce(places.map(({ field, inner }) => [field.name, ...inner].join(".")));
  const values = new Map<string, Expression>();
  for (const { field, inner, value } of places) {
    if (identityOf(field) !== undefined) throw identityUpdate(field.name);
    const given = isDefault(value) ? defaultValue(field) : shaped(value, typeAt(field.type, inner), table);
    const before = values.get(field.name) ?? column(targetCopy(table.schema.fields.indexOf(field)));
    values.set(field.name, fitted(inner.length === 0 ? given : withField(before, field.type, inner, given), field));
  }
  return values;
}

/** The values of a row that comes, by the column that gets each. */
export function insertedValues(
  assignments: readonly Assignment[],
  table: AssignedTable,
): ReadonlyMap<string, Expression> {
  const places = assignments.map((assignment) => ({ ...placeOf(assignment.column, table), value: assignment.value }));
  checkOnce(places.map(({ field }) => field.name));
  return new Map(
    places.map(({ field, inner, value }) => {
      if (inner.length > 0) throw table.unknown([field.name, ...inner].join("."));
      checkMayBeGiven(field);
      return [field.name, isDefault(value) ? defaultValue(field) : fitted(shaped(value, field.type, table), field)];
    }),
  );
}

/** A value with the fields of its column's structs; left alone where there is no such column, which is told elsewhere. */
function shaped(value: Expression, to: DataType | undefined, { types, evolves }: AssignedTable): Expression {
  const from = types.get(value);
  return from === undefined || to === undefined ? value : byName(value, from, to, { evolves });
}

/** The type of a field within a type. */
function typeAt(type: DataType, [name, ...inner]: readonly string[]): DataType | undefined {
  if (name === undefined) return type;
  const field = type.kind === "struct" ? columnOf(name, type) : undefined;
  return field && typeAt(field.type, inner);
}

/** A value as the column keeps it: bounded texts are checked for their length. */
export const fitted = (value: Expression, field: StructField): Expression =>
  stored(value, statedSchema({ kind: "struct", fields: [field] }).fields[0]!);

/** A struct with another value in a field of it. One that is null becomes one whose other fields are null. */
function withField(input: Expression, type: DataType, path: readonly string[], value: Expression): Expression {
  const [name, ...inner] = path;
  const found = type.kind === "struct" ? columnOf(name!, type) : undefined;
  if (type.kind !== "struct" || found === undefined) return { kind: "update field", input, field: path, value };
  const fields = type.fields.flatMap((field): readonly Expression[] => {
    const before: Expression = { kind: "extract value", input, extraction: text(field.name) };
    const given = inner.length === 0 ? value : withField(before, field.type, inner, value);
    return [text(field.name), field === found ? given : before];
  });
  return call("named_struct", ...fields);
}

/** The column that a name means, and the fields within it. */
function placeOf(
  written: Expression,
  { schema, target, unknown }: AssignedTable,
): { readonly field: StructField; readonly inner: readonly string[] } {
  const name = written.kind === "attribute" ? written.name : [];
  const qualifiers = target.alias === undefined ? suffixesOf(target.name) : [[target.alias]];
  for (const qualifier of [...qualifiers, []]) {
    const fits = qualifier.every((part, index) => part.toLowerCase() === name[index]?.toLowerCase());
    const field = fits ? columnOf(name[qualifier.length] ?? "", schema) : undefined;
    if (field !== undefined) return { field, inner: name.slice(qualifier.length + 1) };
  }
  throw unknown(name.join("."));
}

const suffixesOf = (name: readonly string[]): readonly (readonly string[])[] =>
  name.map((_, index) => name.slice(index));

function checkOnce(names: readonly string[]): void {
  const lower = names.map((name) => name.toLowerCase());
  const clashing = names.filter((_, index) =>
    lower.some((other, place) => place !== index && (other === lower[index]! || other.startsWith(`${lower[index]!}.`))),
  );
  if (clashing.length === 0) return;
  const shown = names.filter((name) => clashing.some((other) => name.toLowerCase().startsWith(other.toLowerCase())));
  throw new AnalysisError(`There is a conflict from these SET columns: [${shown.map(quoted).join(", ")}]`, {
    condition: "DELTA_CONFLICT_SET_COLUMN",
    sqlState: "42701",
    parameters: { columnList: shown.map(quoted).join(", ") },
    hint: "Give each column one value.",
  });
}

const identityUpdate = (name: string): AnalysisError =>
  new AnalysisError(`Updates on IDENTITY columns are not supported: ${name}`, {
    condition: "DELTA_IDENTITY_COLUMNS_UPDATE_NOT_SUPPORTED",
    sqlState: "42808",
    parameters: { colName: name },
    hint: "Leave the column out: its numbers stay.",
  });

/** The error for a name that an `UPDATE` sets and the table lacks. */
export const unknownColumn =
  ({ fields }: StructType) =>
  (name: string): AnalysisError => {
    const names = fields.map((field) => field.name);
    const near = nearest(name, names).map((other) => `Did you mean ${other}? `);
    return new AnalysisError(`A column, variable, or function parameter with name ${quoted(name)} cannot be resolved`, {
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: quoted(name), proposal: names.map(quoted).join(", ") },
      hint: `${near.join("")}The columns are: ${listed(names)}.`,
    });
  };
