/** `INSERT INTO | OVERWRITE`, and the statements that tables of plain files do not have. */

import { shownWhole } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, listed, nearest, UnsupportedError } from "../../errors.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { joinPath } from "../../storage/path.ts";
import { type StructField, type StructType, stringType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { defaultValue } from "../tables/column-defaults.ts";
import { columnExists } from "../tables/new-table.ts";
import { type PartitionValues, partitionColumn, partitionValues } from "../tables/partitions.ts";
import { noTableOperation } from "../tables/provider.ts";
import { type ColumnSource, fitted, plainName, wrongArity } from "../tables/store-assignment.ts";
import { checkNotRead, rowsInTable } from "../tables/table-rows.ts";
import type { CommandContext, Handlers } from "./context.ts";

export const insertHandlers: Handlers<"insert" | "delete" | "update" | "merge into"> = {
  insert: async (command, context, options) => {
    const table = await context.names.table(command.table, "INSERT");
    if (command.replaceWhere !== undefined) throw noReplaceWhere(table);
    for (const name of Object.keys(command.partition ?? {})) partitionColumn(table, name);
    const fixed = await partitionValues(table, command.partition ?? {}, context);
    const folder = joinPath(table.location, partitionPath(fixed));
    if (command.ifPartitionNotExists && (await context.catalogue.storage.stat(folder)) !== undefined) return;
    const given = withDefaults(command.input, givenColumns(command, table, fixed));
    const sources = await sourcesOf({ ...command, input: given }, table, fixed, context);
    checkPartition(command, table);
    if (command.overwrite) await checkNotRead(table, given, context);
    const within = command.overwrite ? prefix(table, fixed) : [];
    const written = sources.filter(({ column }) => !within.some(([name]) => name === column.name));
    const { fields } = await context.schemaOf(given);
    const input = fitted(given, fields.length, written, table);
    const { overwrite } = command;
    await context.write(
      [rowsInTable(table, input, { overwrite, options: command.options, within }, context.catalogue)],
      options,
    );
  },
  delete: async ({ table }, context) => refuse(await context.names.table(table, "DELETE"), "DELETE"),
  update: async ({ table }, context) => refuse(await context.names.table(table, "UPDATE"), "UPDATE TABLE"),
  "merge into": async ({ target }, context) => refuse(await context.names.table(target, "MERGE"), "MERGE INTO TABLE"),
};

function checkPartition({ partition }: Insert, table: TableObject): void {
  const names = Object.keys(partition ?? {});
  if (names.length === 0 || names.length === table.partitionBy.length) return;
  throw new AnalysisError(
    `Requested partitioning does not match the table ${shownWhole(table)}:\nRequested partitions: ${names.join(",")}.\nTable partitions: ${table.partitionBy.join(",")}`,
    {
      condition: "_LEGACY_ERROR_TEMP_1169",
      hint: "Name every partition column; those without a value take it from the rows.",
    },
  );
}

function refuse(table: TableObject, operation: string): never {
  throw noTableOperation(table, operation);
}

const noReplaceWhere = (table: TableObject): AnalysisError =>
  new AnalysisError(`Cannot write into v1 table: ${shownWhole(table)}`, {
    condition: "_LEGACY_ERROR_TEMP_1012",
    hint: "REPLACE WHERE needs a table that can change single rows; overwrite a partition instead.",
  });

/** The columns that the rows are for, in order: those that the statement lists, or all but those with a fixed value. */
function givenColumns(
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

const isDefault = (expression: Expression): boolean =>
  expression.kind === "attribute" && expression.name.length === 1 && expression.name[0]!.toLowerCase() === "default";

/** `VALUES (1, DEFAULT)`: the word stands for the default of the column in its place. */
function withDefaults(input: Relation, columns: readonly StructField[] | undefined): Relation {
  if (input.kind !== "inline table" || columns === undefined) return input;
  const value = (expression: Expression, index: number): Expression =>
    isDefault(expression) && columns[index] !== undefined ? defaultValue(columns[index]) : expression;
  return { ...input, rows: input.rows.map((row) => row.map(value)) };
}

/** What each column of the table is given. */
async function sourcesOf(
  command: Insert,
  table: TableObject,
  fixed: PartitionValues,
  context: CommandContext,
): Promise<readonly ColumnSource[]> {
  const schema = await context.schemaOf(command.input);
  const given = givenColumns(command, table, fixed);
  const placeOf = given === undefined ? namedPlaces(schema, table) : listedPlaces(schema, given, { table, fixed });
  return table.schema.fields.map((column): ColumnSource => {
    const value = fixed.find(([name]) => name === column.name);
    if (value !== undefined)
      return { column, from: { expression: { kind: "literal", type: stringType, value: value[1] } } };
    const index = placeOf(column);
    if (index < 0) return { column, from: { expression: defaultValue(column) } };
    return { column, from: { index, type: schema.fields[index]!.type } };
  });
}

type PlaceOf = (column: StructField) => number;

function listedPlaces(
  { fields }: StructType,
  given: readonly StructField[],
  { table, fixed }: { readonly table: TableObject; readonly fixed: PartitionValues },
): PlaceOf {
  const names = given.map(({ name }) => name);
  if (fields.length !== given.length) {
    const error = wrongArity(
      table,
      names,
      fields.map(({ name }) => name),
    );
    throw fixed.length === 0
      ? error
      : partitionArity(
          table,
          names,
          fields.map(({ name }) => name),
          fixed,
        );
  }
  return ({ name }) => names.indexOf(name);
}

const partitionArity = (
  table: TableObject,
  columns: readonly string[],
  data: readonly string[],
  fixed: PartitionValues,
): AnalysisError =>
  new AnalysisError(
    `Cannot write to ${shownWhole(table)}, the reason is that the number of columns does not match:\nTable columns: ${columns.map(quoted).join(", ")}.\nPartition columns with static values: ${fixed.map(([name]) => quoted(name)).join(", ")}.\nData columns: ${data.map(quoted).join(", ")}`,
    {
      condition: "INSERT_PARTITION_COLUMN_ARITY_MISMATCH",
      sqlState: "21S01",
      parameters: {
        tableName: shownWhole(table),
        tableColumns: columns.map(quoted).join(", "),
        staticPartCols: fixed.map(([name]) => quoted(name)).join(", "),
        dataColumns: data.map(quoted).join(", "),
      },
    },
  );

function namedPlaces({ fields }: StructType, table: TableObject): PlaceOf {
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

/** The columns with fixed values, which must be the outermost folders, so that one folder holds what is replaced. */
function prefix(table: TableObject, fixed: PartitionValues): PartitionValues {
  if (fixed.every(([name], index) => table.partitionBy[index] === name)) return fixed;
  throw new UnsupportedError(
    `INSERT OVERWRITE of ${plainName(table)} needs values for its outermost partition columns: ${table.partitionBy.join(", ")}`,
    { hint: 'Set "spark.sql.sources.partitionOverwriteMode" to dynamic and let the rows say the values.' },
  );
}
