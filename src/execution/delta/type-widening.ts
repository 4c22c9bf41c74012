/** Types of columns made wider without writing the files anew (`typeWidening`). */
import type { TableMetadata } from "../../delta/actions.ts";
import { type DataType, type StructField, structField } from "../../types/data-type.ts";
import { typeToJson } from "../../types/schema-json.ts";

const wider: Readonly<Record<string, readonly DataType["kind"][]>> = {
  tinyint: ["smallint", "int", "bigint", "double", "decimal"],
  smallint: ["int", "bigint", "double", "decimal"],
  int: ["bigint", "double", "decimal"],
  bigint: ["decimal"],
  float: ["double"],
  date: ["timestamp_ntz"],
  decimal: ["decimal"],
};

/** How many digits before the point a type holds. */
const digits: Readonly<Record<string, number>> = { tinyint: 10, smallint: 10, int: 10, bigint: 20 };

/** Whether a column may get a type without its files being written anew. */
export function isWidening(from: DataType, to: DataType, { configuration }: TableMetadata): boolean {
  if (configuration?.["delta.enableTypeWidening"] !== "true" || !wider[from.kind]?.includes(to.kind)) return false;
  if (to.kind !== "decimal") return true;
  if (from.kind === "decimal") return to.scale >= from.scale && to.precision - to.scale >= from.precision - from.scale;
  return to.precision - to.scale >= digits[from.kind]!;
}

const changesKey = "delta.typeChanges";

/** The column with its new type, and a note of the old one for readers of old files. */
export function widened(field: StructField, to: DataType): StructField {
  const before = field.metadata?.[changesKey];
  const change = { toType: typeToJson(to), fromType: typeToJson(field.type) };
  return structField(field.name, to, field.nullable, {
    ...field.metadata,
    [changesKey]: [...(Array.isArray(before) ? before : []), change],
  });
}
