/** Columns added, and what is noted of them changed: all that Spark's tables of files allow. */
import { shownWhole } from "../../catalogue/errors.ts";
import type { CatalogueRelation, TableObject } from "../../catalogue/objects.ts";
import { AnalysisError, listed, UnsupportedError } from "../../errors.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { AlterRelation, TableChange } from "../../plan/catalogue-command.ts";
import { textType } from "../../types/collation.ts";
import { type StructField, structField, structType } from "../../types/data-type.ts";
import { quoted } from "../../types/identifier.ts";
import type { Metadata } from "../../types/metadata.ts";
import { sameType } from "../../types/same-type.ts";
import { sqlName } from "../../types/type-name.ts";
import { checkCollated } from "../tables/collated-columns.ts";
import { defaultKey, defaultText } from "../tables/column-defaults.ts";
import { dataColumns, partitionColumns } from "../tables/file-tables.ts";
import { checkNames } from "../tables/new-table.ts";
import { noTableOperation } from "../tables/provider.ts";
import type { Changes } from "./table-change.ts";

type ColumnChange =
  | "add columns"
  | "replace columns"
  | "drop columns"
  | "rename column"
  | "alter column"
  | "sync identity";
type Alteration = Extract<TableChange, { change: "alter column" }>;

const tableOf = (relation: CatalogueRelation): TableObject => relation as TableObject;

type Addition = Extract<TableChange, { change: "add columns" }>;

/** The columns with the collation of the table where they state none. */
function columnsAdded(written: Addition, { collation }: TableObject): Addition["columns"] {
  if (collation === undefined || written.text === undefined) return written.columns;
  const statement = sqlParser().statement(`ALTER TABLE t ADD COLUMNS ${written.text}`, {
    stringType: textType(collation),
  });
  const { columns } = (statement as AlterRelation).change as Addition;
  checkCollated(
    columns.map(({ field }) => field),
    collation,
  );
  return columns;
}

export const columnChanges: Changes<ColumnChange> = {
  "add columns": (change, relation) => {
    const table = tableOf(relation);
    const columns = columnsAdded(change, table);
    if (table.provider === "text") throw noMoreColumns(table);
    if (columns.some(({ path }) => path.length > 1)) throw noTableOperation(table, "ADD COLUMN with qualified column");
    const added = columns.map(({ field }) => ({ ...field, nullable: true }));
    const withDefault = added.find((field) => defaultText(field) !== undefined);
    if (withDefault !== undefined) throw noLaterDefault(withDefault);
    // As in Spark, new columns stand before the partition columns, whatever place the statement names.
    const fields = [...dataColumns(table), ...added, ...partitionColumns(table)];
    checkNames(fields);
    return { ...table, schema: structType(fields) };
  },
  "replace columns": (_, relation) => {
    throw noTableOperation(relation as TableObject, "REPLACE COLUMNS");
  },
  "drop columns": (_, relation) => {
    throw noTableOperation(relation as TableObject, "DROP COLUMN");
  },
  "rename column": (_, relation) => {
    throw noTableOperation(relation as TableObject, "RENAME COLUMN");
  },
  "alter column": (change, relation) => {
    const table = tableOf(relation);
    checkAlteration(change, table);
    const field = fieldOf(change.column[0]!, table);
    if (table.partitionBy.includes(field.name)) throw partitionColumn(table, field);
    if (change.type !== undefined && !sameType(change.type, field.type)) throw otherType(table, field, change);
    const fields = table.schema.fields.map((each) => (each === field ? altered(field, change) : each));
    return { ...table, schema: structType(fields) };
  },
  "sync identity": () => {
    throw notDelta();
  },
};

const notDelta = (): AnalysisError =>
  new AnalysisError("ALTER TABLE ALTER COLUMN SYNC IDENTITY is only supported by Delta", {
    condition: "DELTA_IDENTITY_COLUMNS_ALTER_NON_DELTA_FORMAT",
    sqlState: "0AKDD",
    hint: "Only Delta tables have identity columns.",
  });

function checkAlteration({ column, nullable, position }: Alteration, table: TableObject): void {
  if (column.length > 1) throw noTableOperation(table, "ALTER COLUMN with qualified column");
  if (nullable !== undefined) throw noTableOperation(table, "ALTER COLUMN ... SET NOT NULL");
  if (position !== undefined) throw noTableOperation(table, "ALTER COLUMN ... FIRST | AFTER");
}

function altered(field: StructField, { comment, default: value }: Alteration): StructField {
  const { [defaultKey]: old, ...others }: Metadata = field.metadata ?? {};
  const kept = value === undefined ? old : value;
  const metadata = {
    ...others,
    ...(comment === undefined ? {} : { comment }),
    ...(kept === undefined || kept === null ? {} : { [defaultKey]: kept }),
  };
  return structField(field.name, field.type, field.nullable, metadata);
}

/** @throws AnalysisError `UNRESOLVED_COLUMN.WITH_SUGGESTION` */
function fieldOf(name: string, { schema }: TableObject): StructField {
  const found = schema.fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
  if (found !== undefined) return found;
  throw new AnalysisError(`A column, variable, or function parameter with name ${quoted(name)} cannot be resolved`, {
    condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
    sqlState: "42703",
    parameters: { objectName: quoted(name) },
    hint: `The columns are: ${listed(schema.fields.map((field) => field.name))}.`,
  });
}

const partitionColumn = (table: TableObject, { name }: StructField): AnalysisError =>
  new AnalysisError(
    `ALTER TABLE (ALTER|CHANGE) COLUMN is not supported for partition columns, but found the partition column ${quoted(name)} in the table ${shownWhole(table)}`,
    {
      condition: "CANNOT_ALTER_PARTITION_COLUMN",
      sqlState: "428FR",
      parameters: { tableName: shownWhole(table), columnName: quoted(name) },
    },
  );

const otherType = (table: TableObject, field: StructField, { type }: Alteration): AnalysisError => {
  const [name, from, to] = [quoted(field.name), `"${sqlName(field.type)}"`, `"${sqlName(type!)}"`];
  return new AnalysisError(
    `ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing ${shownWhole(table)}'s column ${name} with type ${from} to ${name} with type ${to}`,
    {
      condition: "NOT_SUPPORTED_CHANGE_COLUMN",
      sqlState: "0A000",
      parameters: { table: shownWhole(table), originName: name, originType: from, newName: name, newType: to },
      hint: "The files have the old type: make another table of the rows, with the column cast.",
    },
  );
};

const noMoreColumns = (table: TableObject): AnalysisError =>
  new AnalysisError(
    `ALTER ADD COLUMNS does not support datasource table with type ${table.provider}. You must drop and re-create the table for adding the new columns`,
    { condition: "_LEGACY_ERROR_TEMP_1260", parameters: { tableType: table.provider, table: shownWhole(table) } },
  );

// The rows that are there would have to have it, and their files do not.
const noLaterDefault = ({ name }: StructField): UnsupportedError =>
  new UnsupportedError(`the column ${quoted(name)} cannot be added with a default to a table of files`, {
    hint: `Add it without, then ALTER COLUMN ${name} SET DEFAULT: rows that are there have null, new ones the default.`,
  });
