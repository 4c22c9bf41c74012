/** Equality of types. */
import type { ArrayType, DataType, MapType, StructField, StructType } from "./data-type.ts";
import type { Metadata, MetadataValue } from "./metadata.ts";

/** What two types may differ in and still be called the same. */
interface Tolerance {
  /** Whether elements, values and fields may hold null, and how field names are cased. */
  readonly ignoreNulls: boolean;
  readonly ignoreMetadata: boolean;
  readonly ignoreNames?: boolean;
}

/**
 * Whether two types are equal in everything but the metadata of fields.
 *
 * @example
 * ```ts
 * console.log(sameType(arrayType(intType, true), arrayType(intType, false))); // false
 * ```
 */
export const sameType = (left: DataType, right: DataType): boolean =>
  same(left, right, { ignoreNulls: false, ignoreMetadata: true });

/**
 * Whether two types are equal in everything, the metadata of fields as well.
 *
 * @example
 * ```ts
 * console.log(equalType(parseDdl("a INT COMMENT 'x'"), parseDdl("a INT"))); // false
 * ```
 */
export const equalType = (left: DataType, right: DataType): boolean =>
  same(left, right, { ignoreNulls: false, ignoreMetadata: false });

/**
 * Whether a value of one type is a value of the other but for nulls inside it; field names are compared in any case.
 * Spark's `DataTypeUtils.sameType`.
 *
 * @example
 * ```ts
 * console.log(sameShape(arrayType(intType, true), arrayType(intType, false))); // true
 * ```
 */
export const sameShape = (left: DataType, right: DataType): boolean =>
  same(left, right, { ignoreNulls: true, ignoreMetadata: true });

/**
 * Whether two types differ in nothing but the names of fields and in nulls inside. Spark's `equalsStructurally`.
 *
 * @example
 * ```ts
 * console.log(sameStructure(parseDdl("a INT, b STRING"), parseDdl("x INT, y STRING"))); // true
 * ```
 */
export const sameStructure = (left: DataType, right: DataType): boolean =>
  same(left, right, { ignoreNulls: true, ignoreMetadata: true, ignoreNames: true });

function same(left: DataType, right: DataType, tolerance: Tolerance): boolean {
  if (left === right) return true;
  if (left.kind !== right.kind) return false;
  if (left.kind === "array") return sameArray(left, right as ArrayType, tolerance);
  if (left.kind === "map") return sameMap(left, right as MapType, tolerance);
  if (left.kind === "struct") return sameStruct(left, right as StructType, tolerance);
  if (left.kind === "udt") return left.name === (right as typeof left).name;
  return samePlain(left, right);
}

function sameArray(left: ArrayType, right: ArrayType, tolerance: Tolerance): boolean {
  return sameNulls(left.containsNull, right.containsNull, tolerance) && same(left.element, right.element, tolerance);
}

function sameMap(left: MapType, right: MapType, tolerance: Tolerance): boolean {
  return (
    sameNulls(left.valueContainsNull, right.valueContainsNull, tolerance) &&
    same(left.key, right.key, tolerance) &&
    same(left.value, right.value, tolerance)
  );
}

function sameStruct(left: StructType, right: StructType, tolerance: Tolerance): boolean {
  if (left.fields.length !== right.fields.length) return false;
  return left.fields.every((field, index) => sameField(field, right.fields[index]!, tolerance));
}

function sameField(left: StructField, right: StructField, tolerance: Tolerance): boolean {
  return (
    sameName(left, right, tolerance) &&
    sameNulls(left.nullable, right.nullable, tolerance) &&
    same(left.type, right.type, tolerance) &&
    (tolerance.ignoreMetadata || sameMetadata(left.metadata ?? {}, right.metadata ?? {}))
  );
}

function sameName(left: StructField, right: StructField, { ignoreNames, ignoreNulls }: Tolerance): boolean {
  if (ignoreNames === true || left.name === right.name) return true;
  return ignoreNulls && left.name.toLowerCase() === right.name.toLowerCase();
}

const sameNulls = (left: boolean, right: boolean, tolerance: Tolerance): boolean =>
  tolerance.ignoreNulls || left === right;

/** Types whose parameters are plain values. */
function samePlain(left: DataType, right: DataType): boolean {
  const keys = new Set([...Object.keys(left), ...Object.keys(right)]);
  return [...keys].every((key) => left[key as keyof DataType] === right[key as keyof DataType]);
}

function sameMetadata(left: MetadataValue, right: MetadataValue): boolean {
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return left === right;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const entries = Object.entries(left);
  return (
    entries.length === Object.keys(right).length &&
    entries.every(([key, value]) => Object.hasOwn(right, key) && sameMetadata(value, (right as Metadata)[key]!))
  );
}
