/** `INSERT INTO | OVERWRITE`, and the statements that tables of plain files do not have. */

import { shownWhole } from "../../catalogue/errors.ts";
import type { TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import { partitionPath } from "../../storage/partition-path.ts";
import { joinPath } from "../../storage/path.ts";
import { type StructField, type StructType, stringType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import { defaultValue } from "../tables/column-defaults.ts";
import type { LoggedTables } from "../tables/logged-tables.ts";
import { type PartitionValues, partitionColumn, partitionValues } from "../tables/partitions.ts";
import { noTableOperation } from "../tables/provider.ts";
import { providerOf } from "../tables/providers.ts";
import { type ColumnSource, fitted, plainName, wrongArity } from "../tables/store-assignment.ts";
import { checkNotRead, rowsInTable } from "../tables/table-rows.ts";
import type { CommandContext, Handlers } from "./context.ts";
import { givenColumns, namedPlaces, type PlaceOf, withDefaults } from "./insert-columns.ts";

export const insertHandlers: Handlers<"insert" | "delete" | "update" | "merge into"> = {
  insert: async (command, context, options) => {
    const table = await context.names.table(command.table, "INSERT");
    const { logged } = providerOf(table.provider);
    if (logged !== undefined) return logged.insert(command, table, context, options);
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
  delete: async (command, context, options) => {
    const table = await context.names.table(command.table, "DELETE");
    return loggedOf(table, "DELETE").delete(command, table, context, options);
  },
  update: async (command, context, options) => {
    const table = await context.names.table(command.table, "UPDATE");
    return loggedOf(table, "UPDATE TABLE").update(command, table, context, options);
  },
  "merge into": async (command, context, options) => {
    const table = await context.names.table(command.target, "MERGE");
    return loggedOf(table, "MERGE INTO TABLE").merge(command, table, context, options);
  },
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

function loggedOf(table: TableObject, operation: string): LoggedTables {
  const { logged } = providerOf(table.provider);
  if (logged === undefined) throw noTableOperation(table, operation);
  return logged;
}

const noReplaceWhere = (table: TableObject): AnalysisError =>
  new AnalysisError(`Cannot write into v1 table: ${shownWhole(table)}`, {
    condition: "_LEGACY_ERROR_TEMP_1012",
    hint: "REPLACE WHERE needs a table that can change single rows; overwrite a partition instead.",
  });

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

/** The columns with fixed values, which must be the outermost folders, so that one folder holds what is replaced. */
function prefix(table: TableObject, fixed: PartitionValues): PartitionValues {
  if (fixed.every(([name], index) => table.partitionBy[index] === name)) return fixed;
  throw new UnsupportedError(
    `INSERT OVERWRITE of ${plainName(table)} needs values for its outermost partition columns: ${table.partitionBy.join(", ")}`,
    { hint: 'Set "spark.sql.sources.partitionOverwriteMode" to dynamic and let the rows say the values.' },
  );
}
