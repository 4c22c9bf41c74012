/** Questions about a type and those inside of it. */
import type { DataType } from "./data-type.ts";

/** Whether a type, or one inside of it, satisfies a test; what a user's type is stored as is not looked at. */
export function someType(type: DataType, test: (type: DataType) => boolean): boolean {
  if (test(type)) return true;
  if (type.kind === "array") return someType(type.element, test);
  if (type.kind === "map") return someType(type.key, test) || someType(type.value, test);
  return type.kind === "struct" && type.fields.some((field) => someType(field.type, test));
}

/** Whether a type is VARIANT or holds one. */
export const holdsVariant = (type: DataType): boolean => someType(type, ({ kind }) => kind === "variant");

/** Whether a type is one of shapes or holds one. */
export const holdsShape = (type: DataType): boolean =>
  someType(type, ({ kind }) => kind === "geometry" || kind === "geography");
