/** Logical types that DuckDB hides or cannot write: taken off schemas that it is to read, and put on those that it wrote. */
import type { DataType, StructType } from "../../../types/data-type.ts";
import {
  childrenOf,
  isMarked,
  type LogicalType,
  marked,
  type SchemaElement,
  schemaElements,
  unmarked,
  withSchemaElements,
} from "./file-metadata.ts";

/** Whether a footer says of a column that it is a VARIANT. */
export const marksVariant = (footer: Uint8Array): boolean =>
  schemaElements(footer).some((element) => isMarked(element, "variant"));

/** A footer whose VARIANT columns look like the groups of bytes that they are. */
export const withoutVariantMarks = (footer: Uint8Array): Uint8Array =>
  withSchemaElements(
    footer,
    schemaElements(footer).map((element) => (isMarked(element, "variant") ? unmarked(element) : element)),
  );

/** Whether a type, or a part of it, has to be marked in files. */
export function needsMark(type: DataType): boolean {
  if (type.kind === "struct") return type.fields.some((field) => needsMark(field.type));
  if (type.kind === "array") return needsMark(type.element);
  if (type.kind === "map") return needsMark(type.key) || needsMark(type.value);
  if (type.kind === "udt") return needsMark(type.storage);
  return type.kind === "variant" || type.kind === "void";
}

/**
 * A footer with the marks that columns of its types have.
 *
 * @param schema - the columns of the file, one for each child of the root
 */
export function withMarks(footer: Uint8Array, schema: StructType): Uint8Array {
  const elements = [...schemaElements(footer)];
  markParts(elements, 0, schema);
  return withSchemaElements(footer, elements);
}

/** Marks the node at a place and those below it; gives the place after them. */
function markParts(elements: SchemaElement[], at: number, type: DataType): number {
  if (type.kind === "udt") return markParts(elements, at, type.storage);
  if (type.kind === "variant" || type.kind === "void") mark(elements, at, type.kind);
  // Arrays and maps have a group that repeats between them and what they hold.
  if (type.kind === "array") return markParts(elements, at + 2, type.element);
  if (type.kind === "map") return markParts(elements, markParts(elements, at + 2, type.key), type.value);
  if (type.kind === "struct") return type.fields.reduce((next, field) => markParts(elements, next, field.type), at + 1);
  return after(elements, at);
}

function mark(elements: SchemaElement[], at: number, type: LogicalType): void {
  elements[at] = marked(elements[at]!, type);
}

function after(elements: readonly SchemaElement[], at: number): number {
  let next = at + 1;
  for (let child = childrenOf(elements[at]!); child > 0; child--) next = after(elements, next);
  return next;
}
