/** Casts of arrays, maps and structs: part by part. */
import { InternalError } from "../../../errors.ts";
import type { TypeKind } from "../../../types/data-type.ts";
import { structFieldName } from "../duck-type.ts";
import { checkLevels } from "../joined-texts.ts";
import type { CastWriter } from "./cast-writer.ts";

const arrays: CastWriter = ({ value, from, to, cast }) => {
  if (from.kind !== "array" || to.kind !== "array")
    throw new InternalError(`no cast from ${from.kind} to ${to.kind} is known`);
  return `list_transform(${value}, lambda e: ${cast("e", from.element, to.element)})`;
};

const maps: CastWriter = ({ value, from, to, cast }) => {
  if (from.kind !== "map" || to.kind !== "map")
    throw new InternalError(`no cast from ${from.kind} to ${to.kind} is known`);
  checkLevels(from);
  const entry = `{k: ${cast("e.key", from.key, to.key)}, v: ${cast("e.value", from.value, to.value)}}`;
  return `map_from_entries(list_transform(map_entries(${value}), lambda e: ${entry}))`;
};

const structs: CastWriter = ({ value, from, to, cast }) => {
  if (from.kind !== "struct" || to.kind !== "struct")
    throw new InternalError(`no cast from ${from.kind} to ${to.kind} is known`);
  const fields = to.fields.map((field, index) => {
    const name = structFieldName(index);
    return `${name}: ${cast(`(${value}).${name}`, from.fields[index]!.type, field.type)}`;
  });
  return `CASE WHEN ${value} IS NULL THEN NULL ELSE {${fields.join(", ")}} END`;
};

export const nestedCasts: Partial<Record<TypeKind, CastWriter>> = { array: arrays, map: maps, struct: structs };
