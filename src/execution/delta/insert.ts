/** `INSERT INTO | OVERWRITE` of Delta tables, by position or by name. */
import type { TableObject } from "../../catalogue/objects.ts";
import type { ActionOptions } from "../../dataframe/session-state.ts";
import { AnalysisError } from "../../errors.ts";
import type { Insert } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import { printExpression } from "../../plan/print.ts";
import type { Relation } from "../../plan/relation.ts";
import { type StructField, type StructType, stringType } from "../../types/data-type.ts";
import type { CommandContext } from "../commands/context.ts";
import { givenColumns, namedPlaces, withDefaults } from "../commands/insert-columns.ts";
import { type PartitionValues, partitionColumn, partitionValues } from "../tables/partitions.ts";
import { plainName, stored } from "../tables/store-assignment.ts";
import { describedTable } from "./described-table.ts";
import { openTable } from "./open-table.ts";
import type { Replaced } from "./replaced-files.ts";
import { replacedWhere } from "./save.ts";
import { writeRows } from "./write-rows.ts";

export async function insertRows(
  command: Insert,
  given: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<void> {
  const table = await describedTable(given, context);
  for (const name of Object.keys(command.partition ?? {})) partitionColumn(table, name);
  const fixed = await partitionValues(table, command.partition ?? {}, context);
  const columns = givenColumns(command, table, fixed);
  const rows = withDefaults(command.input, columns);
  const schema = await context.schemaOf(rows);
  const open = await openTable(table.location, context);
  const input = withFixed(rows, schema, fixed);
  await writeRows(
    open,
    {
      input,
      given: fixed.length === 0 ? schema : await context.schemaOf(input),
      placeOf: placesOf(columns, schema, table, fixed),
      casts: true,
      replaced: replacedBy(command, table, fixed, context),
      options: command.options,
      operation: {
        name: "WRITE",
        parameters: { mode: command.overwrite ? "Overwrite" : "Append", partitionBy: "[]", ...predicateOf(command) },
      },
    },
    context,
    options,
  );
}

const predicateOf = ({ replaceWhere }: Insert): Record<string, string> =>
  replaceWhere === undefined ? {} : { predicate: printExpression(replaceWhere) };

/** The rows with the values that the statement names for partition columns. */
function withFixed(rows: Relation, { fields }: StructType, fixed: PartitionValues): Relation {
  if (fixed.length === 0) return rows;
  const names = fields.map((_, index) => `given ${index}`);
  const values = fixed.map(
    ([column, value]): Expression => ({
      kind: "alias",
      input: { kind: "literal", type: stringType, value },
      names: [column],
    }),
  );
  return {
    kind: "project",
    input: { kind: "to columns", input: rows, names },
    expressions: [...names.map((name): Expression => ({ kind: "attribute", name: [name] })), ...values],
  };
}

type PlaceOf = (column: StructField) => number;

function placesOf(
  columns: readonly StructField[] | undefined,
  schema: StructType,
  table: TableObject,
  fixed: PartitionValues,
): PlaceOf {
  const own = columns === undefined ? namedPlaces(schema, table) : listed(columns, schema, table);
  return (column) => {
    const index = fixed.findIndex(([name]) => name === column.name);
    return index < 0 ? own(column) : schema.fields.length + index;
  };
}

function listed(columns: readonly StructField[], { fields }: StructType, table: TableObject): PlaceOf {
  if (columns.length !== fields.length) throw otherArity(table, columns.length, fields.length);
  const names = columns.map(({ name }) => name);
  return ({ name }) => names.indexOf(name);
}

const otherArity = (table: TableObject, columns: number, data: number): AnalysisError => {
  const words = data < columns ? "not enough data columns" : "too many data columns";
  return new AnalysisError(
    `Cannot write to '${plainName(table)}', ${words}; target table has ${columns} column(s) but the inserted data has ${data} column(s)`,
    {
      condition: "DELTA_INSERT_COLUMN_ARITY_MISMATCH",
      sqlState: "42802",
      parameters: {
        tableName: plainName(table),
        columnName: words,
        numColumns: String(columns),
        insertColumns: String(data),
      },
      hint: `The columns are: ${table.schema.fields.map(({ name }) => name).join(", ")}.`,
    },
  );
};

function replacedBy(
  { overwrite, replaceWhere, options }: Insert,
  table: TableObject,
  fixed: PartitionValues,
  { configuration }: CommandContext,
): Replaced {
  if (replaceWhere !== undefined) return replacedWhere(printExpression(replaceWhere), replaceWhere);
  if (!overwrite) return { what: "nothing", checks: [] };
  const mode =
    options.partitionOverwriteMode ?? configuration.get("spark.sql.sources.partitionOverwriteMode", "static");
  if (mode.toLowerCase() === "dynamic" && table.partitionBy.length > 0) return { what: "partitions", checks: [] };
  if (fixed.length === 0) return { what: "all", checks: [] };
  return { what: "matching", condition: fixed.map((value) => equality(value, table)).reduce(both), checks: [] };
}

function equality([name, value]: PartitionValues[number], { schema }: TableObject): Expression {
  const column: Expression = { kind: "attribute", name: [name] };
  const literal: Expression = { kind: "literal", type: stringType, value };
  const field = schema.fields.find((each) => each.name === name)!;
  return { kind: "call", name: ["<=>"], arguments: [column, stored(literal, field)] };
}

const both = (left: Expression, right: Expression): Expression => ({
  kind: "call",
  name: ["and"],
  arguments: [left, right],
});
