/** Names and ids that columns have in files, apart from those that they are known by (`columnMapping`). */
import { type DataType, type StructField, type StructType, structField, structType } from "../types/data-type.ts";
import type { TableMetadata } from "./actions.ts";

const idKey = "delta.columnMapping.id";
const nameKey = "delta.columnMapping.physicalName";

export type MappingMode = "none" | "name" | "id";

/** How a table maps its columns. */
export const mappingMode = ({ configuration }: Pick<TableMetadata, "configuration">): MappingMode =>
  (configuration?.["delta.columnMapping.mode"]?.toLowerCase() ?? "none") as MappingMode;

/** The name of a column in files. */
export const physicalName = ({ name, metadata }: StructField): string => String(metadata?.[nameKey] ?? name);

/** The id of a column in files; undefined where the table does not map its columns. */
export function physicalId({ metadata }: StructField): number | undefined {
  const id = metadata?.[idKey];
  return typeof id === "number" ? id : undefined;
}

/** A type with the fields of every struct in it changed. */
export function within(type: DataType, change: (field: StructField) => StructField): DataType {
  if (type.kind === "struct") return structType(type.fields.map(change));
  if (type.kind === "array") return { ...type, element: within(type.element, change) };
  if (type.kind === "map") return { ...type, key: within(type.key, change), value: within(type.value, change) };
  return type;
}

/** A type with the names that the fields of its structs have in files. */
export const physicalType = (type: DataType): DataType =>
  within(type, (field) => structField(physicalName(field), physicalType(field.type), field.nullable));

/** What a schema notes for readers and writers of the log alone. */
const internalKeys: ReadonlySet<string> = new Set([
  idKey,
  nameKey,
  "delta.typeChanges",
  "delta.generationExpression",
  "delta.identity.start",
  "delta.identity.step",
  "delta.identity.highWaterMark",
  "delta.identity.allowExplicitInsert",
  "parquet.field.id",
  "delta.columnMapping.nested.ids",
  "parquet.field.nested.ids",
]);

/** A schema as programs see it. */
export const visibleSchema = ({ fields }: StructType): StructType => structType(fields.map(visibleField));

function visibleField({ name, type, nullable, metadata = {} }: StructField): StructField {
  const rest = Object.entries(metadata).filter(([key]) => !internalKeys.has(key));
  return structField(
    name,
    within(type, visibleField),
    nullable,
    rest.length === 0 ? undefined : Object.fromEntries(rest),
  );
}
