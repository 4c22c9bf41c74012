/** How DuckDB reads a plain record's values, and how they become what the engine stores. */
import { type DataType, type StructType, structField, structType } from "../../../../types/data-type.ts";
import { duckType, storedFields, structFieldName } from "../../duck-type.ts";
import { identifier, text } from "../../sql-text.ts";

/** The type under which `read_json` reads values of a Spark type: structs by their names, bytes as base 64. */
export function readType(type: DataType): string {
  switch (type.kind) {
    case "binary":
    case "void":
      return "VARCHAR";
    case "array":
      return `${readType(type.element)}[]`;
    case "map":
      return `MAP(VARCHAR, ${readType(type.value)})`;
    case "struct":
      return `STRUCT(${type.fields.map((field) => `${identifier(field.name)} ${readType(field.type)}`).join(", ")})`;
    case "udt":
      return readType(type.storage);
    default:
      return duckType(type);
  }
}

/** SQL of the stored value of what was read under `readType`. */
export function storedValue(read: string, type: DataType, depth = 0): string {
  if (readType(type) === duckType(type)) return read;
  const item = `x${depth}`;
  switch (type.kind) {
    case "binary":
      return `from_base64(${read})`;
    case "array":
      return `list_transform(${read}, lambda ${item}: ${storedValue(item, type.element, depth + 1)})`;
    case "map":
      return `map_from_entries(list_transform(map_entries(${read}), lambda ${item}: {k: (${item}).key, v: ${storedValue(`(${item}).value`, type.value, depth + 1)}}))`;
    case "struct":
      return structValue(read, type, depth);
    case "udt":
      return storedValue(read, type.storage, depth);
    default:
      return `${read}::${duckType(type)}`;
  }
}

function structValue(read: string, { fields }: StructType, depth: number): string {
  const members = fields.map(
    ({ name, type }, index) =>
      `${structFieldName(index)}: ${storedValue(`struct_extract(${read}, ${text(name)})`, type, depth)}`,
  );
  return `CASE WHEN ${read} IS NULL THEN NULL ELSE {${members.join(", ")}} END`;
}

/** The schema under the names that the engine's own columns and fields have. */
export const renamed = ({ fields }: StructType, nameOf: (index: number) => string): StructType =>
  structType(storedFields(structType(fields)).map((type, index) => structField(nameOf(index), renamedType(type))));

function renamedType(type: DataType): DataType {
  switch (type.kind) {
    case "array":
      return { ...type, element: renamedType(type.element) };
    case "map":
      return { ...type, value: renamedType(type.value) };
    case "struct":
      return renamed(type, structFieldName);
    case "udt":
      return renamedType(type.storage);
    default:
      return type;
  }
}

/**
 * SQL of a TIMESTAMP from text with an offset from UTC, a `Z` or neither.
 *
 * @param read - a VARCHAR such as `2025-02-01T10:20:30+01:00`
 */
export function momentOf(read: string): string {
  const offset = `to_minutes((CASE WHEN ${read}[-6] = '-' THEN -1 ELSE 1 END) * (${read}[-5:-4]::INTEGER * 60 + ${read}[-2:]::INTEGER))`;
  return `CASE WHEN ${read}[-3] = ':' AND ${read}[-6] IN ('+', '-') THEN ${read}[:-7]::TIMESTAMP - ${offset} ELSE ${read}::TIMESTAMP END`;
}
