/** Casts of shapes: their values stay as they are, but on the globe they are looked at. */
import { UnsupportedError } from "../../../errors.ts";
import type { TypeKind } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import type { CastWriter } from "./cast-writer.ts";

const toGeography: CastWriter = ({ value, from, mode, kernel }) => {
  if (from.kind === "geography") return value;
  return kernel(mode === "try" ? "try_put_on_globe" : "put_on_globe", [value]);
};

export const spatialCasts: Partial<Record<TypeKind, CastWriter>> = {
  geometry: ({ value }) => value,
  geography: toGeography,
};

/** Rows are shown as programs print them; what Spark shows says nothing of the shape. */
export const shapeText: CastWriter = ({ value, from, style }) => {
  if (style === "cast")
    throw new UnsupportedError(`${sqlName(from)} inside of another value has no text`, {
      hint: "Take the bytes: hex(stAsbinary(…)).",
    });
  const name = from.kind === "geometry" ? "Geometry" : "Geography";
  return `'${name}(' || lower(hex((${value}).f1)) || ', ' || (${value}).f0 || ')'`;
};
