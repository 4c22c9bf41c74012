/** The rows of a table that a statement changes, as a relation that its conditions can be asked of. */
import { catalogName } from "../../../catalogue/errors.ts";
import type { TableObject } from "../../../catalogue/objects.ts";
import { tracksRows } from "../../../delta/row-ids.ts";
import { tableSchema } from "../../../delta/table-schema.ts";
import type { SourceDescription } from "../../../engine/engine.ts";
import type { Read, ReadTable, Relation } from "../../../plan/relation.ts";
import {
  bigintType,
  intType,
  type StructField,
  type StructType,
  structField,
  structType,
} from "../../../types/data-type.ts";
import type { CommandContext } from "../../commands/context.ts";
import type { OpenTable } from "../open-table.ts";
import { column, named, nothing, project } from "./expressions.ts";
import type { NumberedFiles } from "./numbered-files.ts";
import { fileColumn, rowColumn, rowIdColumn, rowVersionColumn, targetCopy } from "./row-columns.ts";
import { byName } from "./struct-values.ts";

/** What a statement calls its table. */
export interface TargetName {
  readonly name: readonly string[];
  readonly alias?: string | undefined;
}

/** What a statement that means a table of the catalogue, or one by its path, calls it. */
export const targetName = ({ namespace, name, id, location }: TableObject, alias: string | undefined): TargetName => ({
  name: id === location ? [namespace, name] : [catalogName, namespace, name],
  alias,
});

/** The rows as programs see them, under the name that a statement gives its table. */
export function tableRows(
  { location, snapshot }: OpenTable,
  files: NumberedFiles,
  { name, alias }: TargetName,
  { delta }: CommandContext,
  beside: readonly StructField[] = [],
): Relation {
  const { visible, partitionColumns } = tableSchema(snapshot!.metadata);
  const description: SourceDescription = {
    leaf: {
      schema: structType([...visible.fields, ...beside]),
      format: "parquet",
      paths: [location],
      options: {},
      partitionColumns: partitionColumns.map((field) => field.name),
      details: files,
    },
    metadataColumns: [],
  };
  // Equal plans share what is kept of their rows: no other is equal to this one.
  const options = { "lakewright.look": crypto.randomUUID() };
  const read: Read = { kind: "read", format: "delta", paths: [location], options, isStreaming: false };
  delta.pin(read, description);
  if (alias !== undefined) return { kind: "subquery alias", input: read, name: alias };
  const table: ReadTable = { kind: "read table", name, options, isStreaming: false };
  delta.pin(table, read);
  return table;
}

/**
 * The rows with where each lies, and with a copy of each column that the table is to have.
 *
 * @param schema - what the table is to have; columns, and fields of structs, that it does not have yet are null
 */
export function targetRows(
  table: OpenTable,
  files: NumberedFiles,
  target: TargetName,
  schema: StructType,
  context: CommandContext,
): Relation {
  const { visible } = tableSchema(table.snapshot!.metadata);
  const places = [structField(fileColumn, intType, false), structField(rowColumn, bigintType, false)];
  const ids = tracksRows(table.snapshot!.metadata)
    ? [rowIdColumn, rowVersionColumn].map((id) => structField(id, bigintType))
    : [];
  const own = new Map(visible.fields.map((field) => [field.name, field.type]));
  const copies = schema.fields.map(({ name, type }, index) => {
    const from = own.get(name);
    const value = from === undefined ? nothing(type) : byName(column(name), from, type, { evolves: true });
    return named(value, targetCopy(index));
  });
  return project(tableRows(table, files, target, context, [...places, ...ids]), [{ kind: "star" }, ...copies]);
}
