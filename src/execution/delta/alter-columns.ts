/** Columns of Delta tables added, dropped, renamed and changed. */

import { mappingMode, physicalName } from "../../delta/column-mapping.ts";
import { AnalysisError, listed } from "../../errors.ts";
import { tightestElement } from "../../functions/coercion.ts";
import { sqlParser } from "../../functions/parsers.ts";
import type { ColumnPosition, TableChange } from "../../plan/catalogue-command.ts";
import { notedText } from "../../types/bounded-text.ts";
import { isText, type StructField, type StructType, structField, structType } from "../../types/data-type.ts";
import { quoted, quotedIfNeeded } from "../../types/identifier.ts";
import type { Metadata } from "../../types/metadata.ts";
import { sameType } from "../../types/same-type.ts";
import { typeToJson } from "../../types/schema-json.ts";
import { sqlName } from "../../types/type-name.ts";
import { defaultKey } from "../tables/column-defaults.ts";
import { columnExists } from "../tables/new-table.ts";
import type { Altering, Changes } from "./alter-table.ts";
import { clusteringColumns } from "./clustering.ts";
import type { OpenTable } from "./open-table.ts";
import { columnsOf, generationText } from "./row-checks.ts";
import { isWidening, widened } from "./type-widening.ts";

type Path = readonly string[];
type Alteration = Extract<TableChange, { change: "alter column" }>;

export const columnChanges: Changes<
  "add columns" | "replace columns" | "drop columns" | "rename column" | "alter column"
> = {
  "add columns": ({ columns }, { schema }) => {
    const required = columns.find(({ field }) => !field.nullable);
    if (required !== undefined) throw notNullAdded();
    const next = columns.reduce(
      (into, { path, field, position }) =>
        inStruct(into, path.slice(0, -1), (fields) => placed(fields, notedText(field), position)),
      schema,
    );
    return {
      schema: next,
      operation: "ADD COLUMNS",
      parameters: {
        columns: JSON.stringify(
          columns.map(({ path, field, position }) => ({
            column: fieldJson(structField(path.join("."), field.type, field.nullable, field.metadata)),
            ...(position === undefined ? {} : { position: position === "first" ? "FIRST" : `AFTER ${position.after}` }),
          })),
        ),
      },
    };
  },
  "replace columns": ({ schema: wanted }, { schema }) => {
    const fields = wanted.fields.map((field) => {
      const own = schema.fields.find(({ name }) => same(name, field.name));
      if (own !== undefined && !sameType(own.type, field.type)) throw cannotChange(field.name, own, field);
      return own === undefined
        ? notedText(field)
        : structField(own.name, own.type, own.nullable, { ...own.metadata, ...field.metadata });
    });
    const gone = schema.fields.find(({ name }) => !fields.some((field) => same(field.name, name)));
    if (gone !== undefined) throw noMapping("DROP COLUMN");
    return {
      schema: structType(fields),
      operation: "REPLACE COLUMNS",
      parameters: { columns: JSON.stringify(fields.map(fieldJson)) },
    };
  },
  "drop columns": ({ columns, ifExists }, altering) => {
    const { schema, metadata } = altering;
    if (mappingMode(metadata) === "none") throw noMapping("DROP COLUMN");
    const there = columns.filter((path) => !ifExists || fieldAt(schema, path) !== undefined);
    if (there.length === 0) return undefined;
    for (const path of there) checkUnused(path, altering, "drop");
    const next = there.reduce((into, path) => {
      fieldOf(into, path);
      return inStruct(into, path.slice(0, -1), (fields) => fields.filter(({ name }) => !same(name, path.at(-1)!)));
    }, schema);
    if (next.fields.length === 0) throw dropsAll();
    return {
      schema: next,
      operation: "DROP COLUMNS",
      parameters: { columns: JSON.stringify(there.map((path) => path.join("."))) },
    };
  },
  "rename column": ({ column, to }, altering) => {
    const { schema, metadata } = altering;
    if (mappingMode(metadata) === "none") throw noMapping("RENAME COLUMN");
    const old = fieldOf(schema, column);
    checkUnused(column, altering, "rename");
    const next = inStruct(schema, column.slice(0, -1), (fields) => {
      if (fields.some((field) => field !== old && same(field.name, to))) throw columnExists(to);
      return fields.map((field) => (same(field.name, old.name) ? { ...field, name: to } : field));
    });
    const { partitionColumns } = metadata;
    return {
      schema: next,
      ...(column.length > 1
        ? {}
        : { partitionColumns: partitionColumns.map((name) => (name === old.name ? to : name)) }),
      operation: "RENAME COLUMN",
      parameters: { oldColumnPath: column.join("."), newColumnPath: [...column.slice(0, -1), to].join(".") },
    };
  },
  "alter column": (change, altering) => {
    const { schema } = altering;
    const old = fieldOf(schema, change.column);
    const next = altered(old, change, altering);
    const changed = inStruct(schema, change.column.slice(0, -1), (fields) => {
      const replaced = fields.map((field) => (field === old ? next : field));
      return change.position === undefined
        ? replaced
        : placed(
            replaced.filter((field) => field !== next),
            next,
            change.position,
          );
    });
    return {
      schema: changed,
      operation: "CHANGE COLUMN",
      parameters: { column: JSON.stringify(fieldJson(next)) },
    };
  },
};

const same = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** A column as the history writes it. */
export const fieldJson = ({ name, type, nullable, metadata = {} }: StructField) => ({
  name,
  type: typeToJson(type),
  nullable,
  metadata,
});

/** The schema with the fields of one of its structs changed. */
function inStruct(
  schema: StructType,
  path: Path,
  change: (fields: readonly StructField[]) => readonly StructField[],
): StructType {
  const [name, ...rest] = path;
  if (name === undefined) return structType(change(schema.fields));
  const own = fieldOf(schema, [name]);
  return structType(schema.fields.map((field) => (field === own ? inField(field, rest, change) : field)));
}

/** `element`, `key` and `value` lead into arrays and maps. */
function inField(
  field: StructField,
  path: Path,
  change: (fields: readonly StructField[]) => readonly StructField[],
): StructField {
  const { type } = field;
  const [name, ...rest] = path;
  if (type.kind === "struct") return { ...field, type: inStruct(type, path, change) };
  const inner = (of: StructField["type"]): StructField["type"] => inField(structField("inner", of), rest, change).type;
  if (type.kind === "array" && name === "element") return { ...field, type: { ...type, element: inner(type.element) } };
  if (type.kind === "map" && name === "key") return { ...field, type: { ...type, key: inner(type.key) } };
  if (type.kind === "map" && name === "value") return { ...field, type: { ...type, value: inner(type.value) } };
  throw noColumn(path, [field.name]);
}

/** The fields with one more, at its place. */
function placed(
  fields: readonly StructField[],
  field: StructField,
  position: ColumnPosition | undefined,
): readonly StructField[] {
  if (fields.some(({ name }) => same(name, field.name))) throw columnExists(field.name);
  if (position === undefined) return [...fields, field];
  if (position === "first") return [field, ...fields];
  const index = fields.findIndex(({ name }) => same(name, position.after));
  if (index < 0)
    throw noColumn(
      [position.after],
      fields.map(({ name }) => name),
    );
  return [...fields.slice(0, index + 1), field, ...fields.slice(index + 1)];
}

function fieldAt(schema: StructType, [name, ...rest]: Path): StructField | undefined {
  const field = schema.fields.find((each) => same(each.name, name!));
  if (field === undefined || rest.length === 0) return field;
  const { type } = field;
  if (type.kind === "struct") return fieldAt(type, rest);
  const inner =
    type.kind === "array"
      ? type.element
      : type.kind === "map"
        ? rest[0] === "key"
          ? type.key
          : type.value
        : undefined;
  return inner?.kind === "struct" && rest.length > 1 ? fieldAt(inner, rest.slice(1)) : undefined;
}

/** @throws AnalysisError `UNRESOLVED_COLUMN.WITH_SUGGESTION` */
export function fieldOf(schema: StructType, path: Path): StructField {
  const found = fieldAt(schema, path);
  if (found !== undefined) return found;
  throw noColumn(
    path,
    schema.fields.map(({ name }) => name),
  );
}

function altered(old: StructField, change: Alteration, { metadata }: Altering): StructField {
  const { comment, nullable, type, default: value } = change;
  if (nullable === false && old.nullable) throw cannotRequire(old.name);
  const wanted = type === undefined ? undefined : notedText(structField(old.name, type, old.nullable, old.metadata));
  const isChanged = wanted !== undefined && !sameType(wanted.type, old.type);
  if (isChanged && !isWidening(old.type, wanted.type, metadata)) throw unfitType(change.column.join("."), old, wanted);
  const base = isChanged ? widened(old, wanted.type) : old;
  const notes: Metadata = {
    ...base.metadata,
    ...(comment === undefined ? {} : { comment }),
    ...(typeof value === "string" ? { [defaultKey]: value } : {}),
  };
  const { [defaultKey]: _, ...withoutDefault } = notes;
  return structField(old.name, base.type, nullable ?? old.nullable, value === null ? withoutDefault : notes);
}

/** Columns that others are made of, or that the table lies by, stay. */
function checkUnused(path: Path, { schema, metadata, open }: Altering, verb: "drop" | "rename"): void {
  const [name] = path;
  const own = fieldOf(schema, [name!]);
  if (verb === "drop" && metadata.partitionColumns.includes(own.name)) throw isPartition(own.name);
  const texts = [
    ...Object.entries(metadata.configuration ?? {}).flatMap(([key, text]) =>
      key.startsWith("delta.constraints.") ? [text] : [],
    ),
    ...schema.fields.flatMap((field) => generationText(field) ?? []),
  ];
  const user = texts.find((text) => columnsOf(sqlParser().expression(text), schema.fields).includes(own.name));
  if (user !== undefined) throw isUsed(own.name, user);
  if (verb === "drop") checkNotClustering(path, schema, open);
}

/** A struct with a field by which the table is clustered stays as well. */
function checkNotClustering(path: Path, schema: StructType, { transaction }: OpenTable): void {
  const dropped = path.map((_, index) => physicalName(fieldOf(schema, path.slice(0, index + 1))));
  const clusters = clusteringColumns(transaction.base.domains) ?? [];
  if (clusters.some((cluster) => dropped.every((name, index) => cluster[index] === name)))
    throw isClustering(path.map(quotedIfNeeded).join("."));
}

// ------------------------------------------------------------------------------------------------ errors

const noColumn = (path: Path, names: readonly string[]): AnalysisError =>
  new AnalysisError(
    `A column, variable, or function parameter with name ${path.map(quoted).join(".")} cannot be resolved`,
    {
      condition: "UNRESOLVED_COLUMN.WITH_SUGGESTION",
      sqlState: "42703",
      parameters: { objectName: path.map(quoted).join("."), proposal: names.map(quoted).join(", ") },
      hint: `The columns are: ${listed(names)}.`,
    },
  );

const noMapping = (what: "DROP COLUMN" | "RENAME COLUMN"): AnalysisError =>
  new AnalysisError(`${what === "DROP COLUMN" ? what : "Column rename"} is not supported for your Delta table`, {
    condition: what === "DROP COLUMN" ? "DELTA_UNSUPPORTED_DROP_COLUMN" : "DELTA_UNSUPPORTED_RENAME_COLUMN",
    sqlState: "0AKDC",
    parameters: { advice: "Please enable Column Mapping on your Delta table with mapping mode 'name'." },
    hint: "Map the columns first: ALTER TABLE … SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name').",
  });

const notNullAdded = (): AnalysisError =>
  new AnalysisError("Operation not allowed: `NOT NULL in ALTER TABLE ADD COLUMNS` is not supported for Delta tables", {
    condition: "DELTA_OPERATION_NOT_ALLOWED",
    sqlState: "0AKDC",
    parameters: { operation: "NOT NULL in ALTER TABLE ADD COLUMNS" },
    hint: "The rows that are there have no value for it.",
  });

const cannotRequire = (name: string): AnalysisError =>
  new AnalysisError(`Cannot change nullable column to non-nullable: ${name}`, {
    condition: "_LEGACY_ERROR_TEMP_2330",
    parameters: { fieldName: name },
    hint: `Add a constraint instead: ALTER TABLE … ADD CONSTRAINT … CHECK (${name} IS NOT NULL).`,
  });

/** Spark refuses a type that not every value fits before it asks the table. */
function unfitType(path: string, old: StructField, next: StructField): AnalysisError {
  const wider = tightestElement(old.type, next.type);
  const holdsAll = isText(next.type) || (wider !== undefined && sameType(wider, next.type));
  return holdsAll ? cannotChange(path, old, next) : narrower(path, old, next);
}

const narrower = (path: string, old: StructField, next: StructField): AnalysisError =>
  new AnalysisError(
    `ALTER TABLE ALTER/CHANGE COLUMN is not supported for changing column ${path} with type "${sqlName(old.type)}" to type "${sqlName(next.type)}"`,
    {
      condition: "NOT_SUPPORTED_CHANGE_COLUMN",
      sqlState: "0A000",
      parameters: { originName: path, originType: `"${sqlName(old.type)}"`, newType: `"${sqlName(next.type)}"` },
      hint: "Write the rows anew with overwriteSchema, the column cast.",
    },
  );

const cannotChange = (path: string, old: StructField, next: StructField): AnalysisError =>
  new AnalysisError(
    `ALTER TABLE CHANGE COLUMN is not supported for changing column ${path} from ${sqlName(old.type)} to ${sqlName(next.type)}`,
    {
      condition: "DELTA_UNSUPPORTED_ALTER_TABLE_CHANGE_COL_OP",
      sqlState: "0AKDC",
      parameters: { fieldPath: path, oldField: sqlName(old.type), newField: sqlName(next.type) },
      hint: "A type can be made wider where the property delta.enableTypeWidening is true; for any other change write the rows anew with overwriteSchema.",
    },
  );

const dropsAll = (): AnalysisError =>
  new AnalysisError("Cannot drop the last column of a Delta table", {
    condition: "DELTA_TARGET_TABLE_FINAL_SCHEMA_EMPTY",
    sqlState: "428GU",
    hint: "Drop the table instead.",
  });

const isPartition = (name: string): AnalysisError =>
  new AnalysisError(`Dropping partition columns (${name}) is not allowed`, {
    condition: "DELTA_UNSUPPORTED_DROP_PARTITION_COLUMN",
    sqlState: "0AKDC",
    parameters: { columnList: name },
  });

const isClustering = (name: string): AnalysisError =>
  new AnalysisError(`Dropping clustering columns (${name}) is not allowed`, {
    condition: "DELTA_UNSUPPORTED_DROP_CLUSTERING_COLUMN",
    sqlState: "0AKDC",
    parameters: { columnList: name },
    hint: "Cluster the table by other columns first.",
  });

const isUsed = (name: string, text: string): AnalysisError =>
  new AnalysisError(
    `Cannot drop or rename column ${name} because this column is referenced by the expression ${text}`,
    {
      condition: "DELTA_CONSTRAINT_DEPENDENT_COLUMN_CHANGE",
      sqlState: "42K09",
      parameters: { columnName: name, constraints: text },
      hint: "Drop the constraint or the generated column first.",
    },
  );
