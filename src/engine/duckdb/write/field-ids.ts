/** The ids that columns of a Parquet file have besides their names. */
import type { DataType, StructField } from "../../../types/data-type.ts";
import { identifier } from "../sql-text.ts";

/** The key of a field's id in its metadata, as Spark's Parquet has it. */
const idKey = "parquet.field.id";

/** The ids of fields at any depth as COPY takes them; undefined when no field has one. */
export function fieldIds(fields: readonly StructField[]): string | undefined {
  const ids = fields.flatMap((field) => {
    const id = idsOf(field);
    return id === undefined ? [] : [`${identifier(field.name)}: ${id}`];
  });
  return ids.length === 0 ? undefined : `{${ids.join(", ")}}`;
}

function idsOf({ type, metadata }: StructField): string | undefined {
  const id = metadata?.[idKey];
  const inner = innerIds(type);
  if (inner === undefined) return id === undefined ? undefined : String(id);
  const own = id === undefined ? "" : `__duckdb_field_id: ${id}, `;
  return `{${own}${inner}}`;
}

function innerIds(type: DataType): string | undefined {
  if (type.kind === "struct") return fieldIds(type.fields)?.slice(1, -1);
  if (type.kind === "array") return named("element", type.element);
  if (type.kind !== "map") return undefined;
  const parts = [named("key", type.key), named("value", type.value)].filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
}

function named(name: string, type: DataType): string | undefined {
  const inner = innerIds(type);
  return inner === undefined ? undefined : `${name}: {${inner}}`;
}
