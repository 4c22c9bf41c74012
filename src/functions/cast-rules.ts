/**
 * Which types can be cast to which, and when a cast may give null. Spark's source: `Cast.scala` (`canAnsiCast`,
 * `canTryCast`, `canCast`, `canANSIStoreAssign`, `forceNullable`).
 */
import {
  type DataType,
  type DecimalType,
  isIntegral,
  isNumeric,
  isSpatial,
  isText,
  type SpatialType,
  type StructField,
  type TypeKind,
} from "../types/data-type.ts";
import { sameType } from "../types/same-type.ts";
import { decimalFor, holdsAll } from "./decimal-precision.ts";

/**
 * `ansi` casts fail on values that do not fit, `try` casts give null; `legacy` casts, those of a session whose ANSI mode is
 * off, wrap numbers around and give null for the rest.
 */
export type CastMode = "ansi" | "try" | "legacy";

const texts: readonly TypeKind[] = ["string", "char", "varchar"];
const integers: readonly TypeKind[] = ["tinyint", "smallint", "int", "bigint"];
const exact: readonly TypeKind[] = [...integers, "decimal"];
const numbers: readonly TypeKind[] = [...exact, "float", "double"];
const spans: readonly TypeKind[] = ["day-time interval", "year-month interval"];
const exactTargets: readonly TypeKind[] = ["boolean", ...numbers, "timestamp", ...spans, "variant"];
const variantTargets: readonly TypeKind[] = [
  ...(["boolean", "binary", "date", "timestamp", "timestamp_ntz", "time", "array", "map", "struct"] as const),
  ...numbers,
];

/** What each kind can be cast to besides itself and text; collections and structs go by their parts. */
const castTargets: { readonly [kind in TypeKind]: readonly TypeKind[] } = {
  boolean: [...numbers, "variant"],
  tinyint: exactTargets,
  smallint: exactTargets,
  int: exactTargets,
  bigint: exactTargets,
  decimal: exactTargets,
  float: ["boolean", ...numbers, "timestamp", "variant"],
  double: ["boolean", ...numbers, "timestamp", "variant"],
  string: [
    ...(["boolean", "binary", "date", "timestamp", "timestamp_ntz", "time", "interval", "variant"] as const),
    ...numbers,
    ...spans,
  ],
  char: [],
  varchar: [],
  binary: ["variant"],
  date: ["timestamp", "timestamp_ntz", "variant"],
  timestamp: [...numbers, "date", "timestamp_ntz", "variant"],
  timestamp_ntz: ["date", "timestamp", "variant"],
  time: [...exact, "variant"],
  "day-time interval": exact,
  "year-month interval": exact,
  interval: [],
  array: [],
  map: [],
  struct: [],
  variant: variantTargets,
  geometry: [],
  geography: [],
  void: [],
  udt: [],
};

/** What only casts with the ANSI mode off do. */
const legacyTargets: { readonly [kind in TypeKind]?: readonly TypeKind[] } = {
  boolean: ["timestamp"],
  ...Object.fromEntries(integers.map((kind) => [kind, ["binary"]])),
  date: ["boolean", ...numbers],
  timestamp: ["boolean"],
};

const storeTargets: readonly (readonly TypeKind[])[] = [numbers, ["date", "timestamp", "timestamp_ntz", "time"]];
const notAtomic: ReadonlySet<TypeKind> = new Set<TypeKind>(["array", "map", "struct", "udt"]);

/** CHAR and VARCHAR are STRING wherever a value is computed. */
const plain = (kind: TypeKind): TypeKind => (texts.includes(kind) ? "string" : kind);

/**
 * Whether `CAST(… AS to)` is allowed.
 *
 * @param from - the type of the value
 * @param to - the type asked for
 * @param mode - `try` and `legacy` also demand that collections which hold no null stay free of nulls
 * @example
 * ```ts
 * console.log(canCast(dateType, intType, "ansi")); // false
 * ```
 */
export function canCast(from: DataType, to: DataType, mode: CastMode): boolean {
  if (from.kind === "void" || sameType(from, to)) return true;
  if (isSpatial(from) || isSpatial(to)) return isSpatial(from) && isSpatial(to) && canRestate(from, to);
  if (isText(to)) return true;
  if (to.kind === "variant") return canBecomeVariant(from);
  if (mode === "legacy" && legacyTargets[from.kind]?.includes(to.kind)) return true;
  if (castTargets[plain(from.kind)].includes(to.kind)) return from.kind !== "variant" || canLeaveVariant(to);
  if (from.kind === to.kind) return sameParts(from, to, (source, target) => canCast(source, target, mode), mode);
  return false;
}

/** Shapes of one system may be of any; between plane and globe the system stays as it is stated. */
const canRestate = (from: SpatialType, to: SpatialType): boolean =>
  from.kind === to.kind ? to.srid === "any" : from.srid === to.srid;

function canBecomeVariant(from: DataType): boolean {
  return from.kind === "array" ? canBecomeVariant(from.element) : castTargets[plain(from.kind)].includes("variant");
}

function canLeaveVariant(to: DataType): boolean {
  if (to.kind === "array") return canLeaveVariant(to.element);
  if (to.kind === "map") return to.key.kind === "string" && canLeaveVariant(to.value);
  if (to.kind === "struct") return to.fields.every((field) => canLeaveVariant(field.type));
  return to.kind === "variant" || isText(to) || variantTargets.includes(to.kind);
}

/**
 * Whether a value of one type may be written to a column of another (`spark.sql.storeAssignmentPolicy=ANSI`).
 *
 * @param from - the type of the value
 * @param to - the type of the column
 */
export function canStoreAssign(from: DataType, to: DataType): boolean {
  if (from.kind === "void" || sameType(from, to)) return true;
  if (isText(to)) return !notAtomic.has(from.kind);
  if (storeTargets.some((family) => family.includes(from.kind) && family.includes(to.kind))) return true;
  if (!notAtomic.has(from.kind)) return false;
  return from.kind === to.kind && sameParts(from, to, canStoreAssign, "ansi");
}

/** Whether the parts of two types of one kind pair up: elements, keys and values, fields in order. */
function sameParts(
  from: DataType,
  to: DataType,
  pairs: (from: DataType, to: DataType) => boolean,
  mode: CastMode,
): boolean {
  const fits = (source: DataType, mayHoldNull: boolean, target: DataType, accepts: boolean) =>
    pairs(source, target) && (accepts || !(mayHoldNull || (mode !== "ansi" && castMayGiveNull(source, target))));
  if (from.kind === "array" && to.kind === "array") {
    return fits(from.element, from.containsNull, to.element, to.containsNull);
  }
  if (from.kind === "map" && to.kind === "map") {
    const values = fits(from.value, from.valueContainsNull, to.value, to.valueContainsNull);
    return values && fits(from.key, false, to.key, mode === "ansi");
  }
  if (from.kind === "struct" && to.kind === "struct") {
    const pair = (field: StructField, index: number) =>
      fits(field.type, field.nullable, to.fields[index]!.type, to.fields[index]!.nullable);
    return from.fields.length === to.fields.length && from.fields.every(pair);
  }
  return spans.includes(from.kind) || from.kind === "decimal" || from.kind === "time" || from.kind === "string";
}

/**
 * Whether Spark calls the result of a cast nullable though its input is not; so it says of any text that becomes a
 * number even in ANSI mode, where such a cast fails instead of giving null.
 *
 * @param from - the type of the value
 * @param to - the type it is cast to
 */
export function castMayGiveNull(from: DataType, to: DataType): boolean {
  if (from.kind === "void" || sameType(from, to)) return false;
  if (from.kind === "variant") return true;
  if (isText(from)) return to.kind !== "binary" && !isText(to);
  if (isText(to)) return false;
  const rule = nullRules[to.kind];
  return rule === undefined ? leavesRange(from, to) : rule(from, to);
}

/** Kinds whose values may lie outside every integer type, or outside the narrow ones. */
const wide: readonly TypeKind[] = ["float", "double", "decimal"];
const narrowTargets: { readonly [kind in TypeKind]?: readonly TypeKind[] } = {
  timestamp: ["tinyint", "smallint", "int"],
  time: ["tinyint", "smallint"],
};

const leavesRange = (from: DataType, to: DataType): boolean =>
  (from.kind === "date" && to.kind !== "timestamp") ||
  (wide.includes(from.kind) && isIntegral(to)) ||
  (narrowTargets[from.kind]?.includes(to.kind) ?? false);

const nullRules: { readonly [kind in TypeKind]?: (from: DataType, to: DataType) => boolean } = {
  date: (from) => from.kind !== "timestamp",
  timestamp: (from) => from.kind === "float" || from.kind === "double",
  interval: () => true,
  decimal: (from, to) => !fitsDecimal(from, to as DecimalType),
};

function fitsDecimal(from: DataType, to: DecimalType): boolean {
  if (from.kind !== "boolean" && !isNumeric(from)) return false;
  if (holdsAll(to, from)) return true;
  const other = from.kind === "decimal" ? decimalFor(from) : undefined;
  return other !== undefined && to.precision - to.scale > other.precision - other.scale;
}
