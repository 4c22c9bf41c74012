/** Fields of structs, also of structs inside arrays. */
import type { ResolvedExpression } from "../plan/resolved.ts";
import { arrayType, type StructType, stringType } from "../types/data-type.ts";
import { ambiguousColumn, noSuchField, notExtractable, unexpectedInputType } from "./errors.ts";
import type { NameEquality } from "./scope.ts";

/** The value at a path of fields below a column. */
export function fieldPath(
  input: ResolvedExpression,
  root: string,
  path: readonly string[],
  same: NameEquality,
): ResolvedExpression {
  let text = root;
  return path.reduce((value, field) => {
    const before = text;
    text = value.type.kind === "map" ? `${text}[${field}]` : `${text}.${field}`;
    if (value.type.kind === "array") return elementField(value, field, same, before);
    return value.type.kind === "map" ? mapValue(value, field) : fieldAccess(value, field, same, before);
  }, input);
}

function elementField(input: ResolvedExpression, field: string, same: NameEquality, text: string): ResolvedExpression {
  if (input.type.kind === "array" && input.type.element.kind === "struct") return arrayFieldAccess(input, field, same);
  throw unexpectedInputType(`${text}[${field}]`, 1, field, '"INTEGRAL"', stringType);
}

/** One field of a struct; `text` is what messages call it. */
export function fieldAccess(
  input: ResolvedExpression,
  name: string,
  same: NameEquality,
  text: string,
): ResolvedExpression {
  if (input.type.kind !== "struct") throw notExtractable(text, input.type);
  const index = fieldIndex(input.type, name, same);
  const field = input.type.fields[index]!;
  return { kind: "field", input, index, type: field.type, nullable: field.nullable || input.nullable };
}

/** One field of each struct of an array, as an array. */
export function arrayFieldAccess(input: ResolvedExpression, name: string, same: NameEquality): ResolvedExpression {
  if (input.type.kind !== "array" || input.type.element.kind !== "struct") return fieldAccess(input, name, same, name);
  const field = input.type.element.fields[fieldIndex(input.type.element, name, same)]!;
  const index: ResolvedExpression = {
    kind: "constant",
    type: { kind: "int" },
    value: input.type.element.fields.indexOf(field),
    nullable: false,
  };
  return {
    kind: "call",
    name: "get_array_struct_fields",
    arguments: [input, index],
    type: arrayType(field.type, input.type.containsNull || field.nullable),
    nullable: input.nullable,
    deterministic: true,
  };
}

function mapValue(input: ResolvedExpression, key: string): ResolvedExpression {
  if (input.type.kind !== "map") return input;
  const constant: ResolvedExpression = { kind: "constant", type: { kind: "string" }, value: key, nullable: false };
  return {
    kind: "call",
    name: "[]",
    arguments: [input, constant],
    type: input.type.value,
    nullable: true,
    deterministic: true,
  };
}

function fieldIndex(type: StructType, name: string, same: NameEquality): number {
  const found = type.fields.flatMap((field, index) => (same(field.name, name) ? [index] : []));
  if (found.length > 1)
    throw ambiguousColumn(
      [name],
      found.map((index) => type.fields[index]!.name),
    );
  if (found.length === 0)
    throw noSuchField(
      name,
      type.fields.map((field) => field.name),
    );
  return found[0]!;
}
