/** The columns of a table, and where their values lie. */
import type { ListedColumn } from "../plan/listed-files.ts";
import type { StructField, StructType } from "../types/data-type.ts";
import { schemaFromJson } from "../types/schema-json.ts";
import type { TableMetadata } from "./actions.ts";
import {
  type MappingMode,
  mappingMode,
  physicalId,
  physicalName,
  physicalType,
  visibleSchema,
} from "./column-mapping.ts";

/** A table's schema as the log has it, read once. */
export interface TableSchema {
  /** With all that the log notes of the columns. */
  readonly logged: StructType;
  /** As programs see it. */
  readonly visible: StructType;
  /** In the order of the partitioning. */
  readonly partitionColumns: readonly StructField[];
}

const known = new WeakMap<TableMetadata, TableSchema>();

/**
 * The schema of a table.
 *
 * @throws ParseError for a type that is not known
 */
export function tableSchema(metadata: TableMetadata): TableSchema {
  const schema = known.get(metadata) ?? readSchema(metadata);
  known.set(metadata, schema);
  return schema;
}

function readSchema({ schemaString, partitionColumns }: TableMetadata): TableSchema {
  const logged = schemaFromJson(schemaString);
  return {
    logged,
    visible: visibleSchema(logged),
    partitionColumns: partitionColumns.map((name) => fieldNamed(logged, name)!),
  };
}

/** A column by its name, in any case. */
export const fieldNamed = ({ fields }: StructType, name: string): StructField | undefined =>
  fields.find((field) => field.name === name) ??
  fields.find((field) => field.name.toLowerCase() === name.toLowerCase());

/**
 * Where a scan finds each column, by name. Partition columns come first among the values that the log lists.
 *
 * @param mode - by what columns are looked for in the files
 */
export function columnSources(
  metadata: TableMetadata,
  mode: MappingMode = mappingMode(metadata),
): ReadonlyMap<string, ListedColumn> {
  const { logged, partitionColumns } = tableSchema(metadata);
  return new Map(
    logged.fields.map((field): [string, ListedColumn] => {
      const index = partitionColumns.indexOf(field);
      if (index >= 0) return [field.name, { from: "list", index }];
      const key = (mode === "id" ? physicalId(field) : undefined) ?? physicalName(field);
      return [field.name, { from: "file", path: [key], type: physicalType(field.type) }];
    }),
  );
}
