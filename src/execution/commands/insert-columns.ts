/** Which columns of a table the rows of an INSERT are for. */

import { shownWhole } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, listed, nearest } from "../../errors.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { StructField, StructType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { defaultValue } from "../tables/column-defaults.ts";
import { columnExists } from "../tables/new-table.ts";
import type { PartitionValues } from "../tables/partitions.ts";

/** The place of a column's value in the rows; -1 for none. */
export type PlaceOf = (column: StructField) => number;

/** The columns that the rows are for, in order: those that the statement lists, or all but those with a fixed value. */
export function givenColumns(
  { columns, byName }: Insert,
  table: TableObject,
  fixed: PartitionValues,
): readonly StructField[] | undefined {
  if (byName) return undefined;
  if (columns === undefined)
    return table.schema.fields.filter(({ name }) => !fixed.some(([column]) => column === name));
  const names = columns.map((name) => name.toLowerCase());
  const double = names.find((name, index) => names.indexOf(name) < index);
  if (double !== undefined) throw columnExists(double);
  return columns.map((name) => columnOf(name, table));
}

function columnOf(name: string, { schema }: TableObject): StructField {
  const found = schema.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  const names = schema.fields.map((field) => field.name);
  const near = nearest(name, names).map((other) => `Did you mean ${other}? `);
  throw new AnalysisError(`A column, variable, or function parameter with name ${quoted(name)} cannot be resolved`, {
    condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    sqlState: "42703",
    parameters: { objectName: quoted(name), proposal: names.map(quoted).join(", ") },
    hint: `${near.join("")}The columns are: ${listed(names)}.`,
  });
}

export const isDefault = (expression: Expression): boolean =>
  expression.kind === "attribute" && expression.name.length === 1 && expression.name[0]!.toLowerCase() === "default";

/** `VALUES (1, DEFAULT)`: the word stands for the default of the column in its place. */
export function withDefaults(input: Relation, columns: readonly StructField[] | undefined): Relation {
  if (input.kind !== "inline table" || columns === undefined) return input;
  const value = (expression: Expression, index: number): Expression =>
    isDefault(expression) && columns[index] !== undefined ? defaultValue(columns[index]) : expression;
  return { ...input, rows: input.rows.map((row) => row.map(value)) };
}

export function namedPlaces({ fields }: StructType, table: TableObject): PlaceOf {
  const names = fields.map(({ name }) => name.toLowerCase());
  const extra = fields.filter(
    ({ name }) => !table.schema.fields.some((column) => column.name.toLowerCase() === name.toLowerCase()),
  );
  if (extra.length > 0) throw extraColumns(table, extra.map(({ name }) => quoted(name)).join(", "));
  return ({ name }) => names.indexOf(name.toLowerCase());
}

const extraColumns = (table: TableObject, columns: string): AnalysisError =>
  new AnalysisError(
    `Cannot write incompatible data for the table ${shownWhole(table)}: Cannot write extra columns ${columns}`,
    {
      condition: "INCOMPATIBLE_DATA_FOR_TABLE.EXTRA_COLUMNS",
      sqlState: "KD000",
      parameters: { tableName: shownWhole(table), extraColumns: columns },
      hint: `The columns are: ${listed(table.schema.fields.map(({ name }) => name))}.`,
    },
  );
