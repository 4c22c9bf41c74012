/** Conversions between types as DuckDB SQL, with Spark's meaning in ANSI mode. */
import { InternalError } from "../../../errors.ts";
import type { CastMode } from "../../../functions/cast-rules.ts";
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import type { CastStyle, CastWriter } from "../casts/cast-writer.ts";
import { nestedCasts } from "../casts/nested.ts";
import { numericCasts } from "../casts/numeric.ts";
import { spatialCasts } from "../casts/spatial.ts";
import { temporalCasts } from "../casts/temporal.ts";
import { textCasts } from "../casts/text.ts";
import { fromVariant, toVariant } from "../casts/variant.ts";
import { duckType } from "../duck-type.ts";
import type { CompileContext } from "./context.ts";

/** By the kind that is converted to. */
const writers: Partial<Record<TypeKind, CastWriter>> = {
  ...numericCasts,
  ...textCasts,
  ...temporalCasts,
  ...nestedCasts,
  ...spatialCasts,
  variant: toVariant,
};

const isNested = ({ kind }: DataType): boolean => kind === "array" || kind === "map" || kind === "struct";

/** A null of a type; what gives none because it fails is still computed. */
const nullOf = (value: string, to: DataType): string =>
  /^NULL\b/.test(value) ? `NULL::${duckType(to)}` : `CASE WHEN ${value} IS NULL THEN NULL::${duckType(to)} END`;

/**
 * The SQL of a cast.
 *
 * @param value - SQL of the value, of type `from`; it may be written several times
 * @param mode - `ansi` fails where a value does not fit, `try` gives null
 */
export function compileCast(
  value: string,
  from: DataType,
  to: DataType,
  mode: CastMode,
  context: Pick<CompileContext, "timeZone" | "kernel">,
  style: CastStyle = "cast",
): string {
  if (from.kind === "void") return nullOf(value, to);
  if (from.kind === "udt") return compileCast(value, from.storage, to, mode, context, style);
  if (to.kind === "udt") return compileCast(value, from, to.storage, mode, context, style);
  const writer = from.kind === "variant" && to.kind !== "variant" ? fromVariant : writers[to.kind];
  if (writer === undefined) throw new InternalError(`no cast from ${from.kind} to ${to.kind} is known`);
  // A leaf of a variant that does not fit is told of as a part of the variant.
  const inside = from.kind === "variant" && !isNested(to) ? "try" : mode;
  const cast = (inner: string, a: DataType, b: DataType): string => compileCast(inner, a, b, inside, context, style);
  return writer({ value, from, to, mode, style, timeZone: context.timeZone, kernel: context.kernel, cast });
}
