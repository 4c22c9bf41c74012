/** CHAR and VARCHAR of tables: rows hold plain text, and the metadata of a column notes what it was stated as. */
import { type DataType, type StructField, structField } from "./data-type.ts";
import type { Metadata } from "./metadata.ts";
import { sameType } from "./same-type.ts";

/** The key under which Spark notes the bounds of a text, such as `char(5)`. */
export const boundsKey = "__CHAR_VARCHAR_TYPE_STRING";

/**
 * A column of bounded text as rows hold it: text, with its bounds noted. Other columns stay as they are.
 *
 * @param field - a column as a statement has it
 */
export function notedText(field: StructField): StructField {
  const { name, type, nullable, metadata } = field;
  if (type.kind !== "char" && type.kind !== "varchar") return field;
  return structField(name, { kind: "string" }, nullable, {
    ...metadata,
    [boundsKey]: `${type.kind}(${type.length})`,
  });
}

/**
 * A column as a statement would state it: text whose bounds are noted is bounded. Other columns stay as they are.
 *
 * @param field - a column of rows
 */
export function statedText(field: StructField): StructField {
  const type = notedBounds(field.metadata);
  if (type === undefined || field.type.kind !== "string") return field;
  const { [boundsKey]: _, ...rest } = field.metadata!;
  return structField(field.name, type, field.nullable, Object.keys(rest).length === 0 ? undefined : rest);
}

/** The bounded type that metadata notes; undefined for none. */
export function notedBounds(metadata: Metadata | undefined): (DataType & { kind: "char" | "varchar" }) | undefined {
  const text = metadata?.[boundsKey];
  const bounded = typeof text === "string" ? /^(char|varchar)\((\d+)\)$/.exec(text) : null;
  return bounded === null ? undefined : { kind: bounded[1] as "char" | "varchar", length: Number(bounded[2]) };
}

/** Whether CHAR or VARCHAR is anywhere in a type. */
export const holdsBoundedText = (type: DataType): boolean => !sameType(type, unboundedText(type));

/** The type of values that are cast to a type: Spark has text without bounds in queries. */
export function unboundedText(type: DataType): DataType {
  if (type.kind === "char" || type.kind === "varchar") return { kind: "string" };
  if (type.kind === "array") return { ...type, element: unboundedText(type.element) };
  if (type.kind === "map") return { ...type, key: unboundedText(type.key), value: unboundedText(type.value) };
  if (type.kind !== "struct") return type;
  return { ...type, fields: type.fields.map((field) => ({ ...field, type: unboundedText(field.type) })) };
}
