/** The types of JSON values and what becomes of them when they meet: Spark's `JsonInferSchema`. */
import {
  arrayType,
  bigintType,
  booleanType,
  type DataType,
  decimalType,
  doubleType,
  type StructField,
  type StructType,
  stringType,
  structField,
  structType,
  timestampType,
  voidType,
} from "../../../../types/data-type.ts";
import { sameType } from "../../../../types/same-type.ts";
import { Malformed } from "../text/malformed.ts";
import type { JacksonTokens } from "./jackson-tokens.ts";
import type { JsonOptions } from "./json-options.ts";

const maximumPrecision = 38;
const longRange = 1n << 63n;
const longAsDecimal = decimalType(20, 0);

/** The type of the value at the current token; what has no type yet is VOID. */
export function typeOfValue(tokens: JacksonTokens, options: JsonOptions): DataType {
  if (tokens.token === "FIELD_NAME") tokens.nextToken();
  const { token } = tokens;
  switch (token) {
    case undefined:
    case "VALUE_NULL":
      return voidType;
    case "VALUE_STRING":
      return typeOfText(tokens.text(), options);
    case "START_OBJECT":
      return typeOfObject(tokens, options);
    case "START_ARRAY":
      return typeOfArray(tokens, options);
    case "VALUE_TRUE":
    case "VALUE_FALSE":
      return options.primitivesAsString ? stringType : booleanType;
    case "VALUE_NUMBER_INT":
    case "VALUE_NUMBER_FLOAT":
      return options.primitivesAsString
        ? stringType
        : typeOfNumber(tokens.text(), token === "VALUE_NUMBER_INT", options);
    default:
      throw new Malformed("Malformed JSON");
  }
}

function typeOfObject(tokens: JacksonTokens, options: JsonOptions): StructType {
  const fields: StructField[] = [];
  for (let token = tokens.nextToken(); token !== undefined && token !== "END_OBJECT"; token = tokens.nextToken()) {
    fields.push(structField(tokens.currentName ?? "", typeOfValue(tokens, options)));
  }
  return structType(fields.sort(byName));
}

const byName = (left: StructField, right: StructField): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;

function typeOfArray(tokens: JacksonTokens, options: JsonOptions): DataType {
  let element: DataType = voidType;
  for (let token = tokens.nextToken(); token !== undefined && token !== "END_ARRAY"; token = tokens.nextToken()) {
    element = compatibleType(element, typeOfValue(tokens, options));
  }
  return arrayType(element);
}

function typeOfText(text: string, { prefersDecimal, inferTimestamp, temporal }: JsonOptions): DataType {
  if (text === "") return voidType;
  const decimal = prefersDecimal ? decimalOf(text.replaceAll(",", "")) : undefined;
  if (
    decimal !== undefined &&
    decimal.scale >= 0 &&
    decimal.scale <= decimal.precision &&
    decimal.precision <= maximumPrecision
  ) {
    return decimalType(decimal.precision, decimal.scale);
  }
  const isTime = inferTimestamp && (temporal.localTimestamp(text) ?? temporal.timestamp(text)) !== undefined;
  return isTime ? timestampType : stringType;
}

function typeOfNumber(text: string, isInteger: boolean, { prefersDecimal }: JsonOptions): DataType {
  if (isInteger && isLong(text)) return bigintType;
  if (!isInteger && !prefersDecimal) return doubleType;
  const decimal = decimalOf(text);
  if (decimal === undefined) throw new Malformed(`${text} is no decimal number`);
  const precision = Math.max(decimal.precision, decimal.scale);
  return precision <= maximumPrecision && decimal.scale >= 0 ? decimalType(precision, decimal.scale) : doubleType;
}

function isLong(text: string): boolean {
  if (text.length < 19) return true;
  const value = BigInt(text);
  return value >= -longRange && value < longRange;
}

/** Precision and scale as Java's `BigDecimal` has them. */
function decimalOf(text: string): { precision: number; scale: number } | undefined {
  const match = /^[+-]?(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?$/.exec(text);
  const digits = match === null ? "" : `${match[1]}${match[2]}`;
  if (match === null || digits === "") return undefined;
  return { precision: Math.max(digits.replace(/^0+/, "").length, 1), scale: match[2]!.length - Number(match[3] ?? 0) };
}

/** The type of values of two types in one place; STRING when nothing else holds both. */
export function compatibleType(left: DataType, right: DataType): DataType {
  return tightestCommonType(left, right) ?? widened(left, right);
}

function tightestCommonType(left: DataType, right: DataType): DataType | undefined {
  if (sameType(left, right) || right.kind === "void") return left;
  if (left.kind === "void") return right;
  if (left.kind === "bigint" && right.kind === "decimal") return holdsLong(right) ? right : undefined;
  if (left.kind === "decimal" && right.kind === "bigint") return holdsLong(left) ? left : undefined;
  if (isPair(left, right, "bigint", "double")) return doubleType;
  if (left.kind === "array" && right.kind === "array") {
    const element = tightestCommonType(left.element, right.element);
    return element && arrayType(element);
  }
  return left.kind === "struct" && right.kind === "struct" ? sameFields(left, right) : undefined;
}

const holdsLong = ({ precision, scale }: { precision: number; scale: number }): boolean =>
  precision - scale >= longAsDecimal.precision;

const isPair = (left: DataType, right: DataType, one: string, other: string): boolean =>
  (left.kind === one && right.kind === other) || (left.kind === other && right.kind === one);

// Fields meet by their places here, and by names without case: two spellings of a name become the first.
function sameFields(left: StructType, right: StructType): StructType | undefined {
  if (left.fields.length !== right.fields.length) return undefined;
  const fields: StructField[] = [];
  for (const [index, field] of left.fields.entries()) {
    const other = right.fields[index]!;
    const type =
      field.name.toLowerCase() === other.name.toLowerCase() ? tightestCommonType(field.type, other.type) : undefined;
    if (type === undefined) return undefined;
    fields.push(structField(field.name, type));
  }
  return structType(fields);
}

function widened(left: DataType, right: DataType): DataType {
  if (isPair(left, right, "double", "decimal")) return doubleType;
  if (left.kind === "decimal" && right.kind === "decimal") {
    const scale = Math.max(left.scale, right.scale);
    const precision = scale + Math.max(left.precision - left.scale, right.precision - right.scale);
    return precision > maximumPrecision ? doubleType : decimalType(precision, scale);
  }
  if (left.kind === "bigint" && right.kind === "decimal") return compatibleType(longAsDecimal, right);
  if (left.kind === "decimal" && right.kind === "bigint") return compatibleType(left, longAsDecimal);
  if (left.kind === "struct" && right.kind === "struct") return structType(mergedFields(left.fields, right.fields));
  if (left.kind === "array" && right.kind === "array") return arrayType(compatibleType(left.element, right.element));
  return stringType;
}

/** Two lists of fields sorted by name made one. */
function mergedFields(left: readonly StructField[], right: readonly StructField[]): StructField[] {
  const merged: StructField[] = [];
  let first = 0;
  let second = 0;
  while (first < left.length && second < right.length) {
    const one = left[first]!;
    const other = right[second]!;
    const order = byName(one, other);
    merged.push(order === 0 ? structField(one.name, compatibleType(one.type, other.type)) : order < 0 ? one : other);
    if (order <= 0) first++;
    if (order >= 0) second++;
  }
  return [...merged, ...left.slice(first), ...right.slice(second)];
}

/** A record's type met with the type so far; a record that is no object gives the column of corrupt records. */
export function compatibleRoot(
  left: DataType,
  right: DataType,
  withCorrupt: (struct: StructType) => StructType,
): DataType {
  if (left.kind === "array") return compatibleRoot(left.element, right, withCorrupt);
  if (right.kind === "array") return compatibleRoot(left, right.element, withCorrupt);
  if (left.kind === "struct" && right.kind === "void") return left;
  if (left.kind === "void" && right.kind === "struct") return right;
  if (left.kind === "struct" && right.kind !== "struct") return withCorrupt(left);
  if (right.kind === "struct" && left.kind !== "struct") return withCorrupt(right);
  return compatibleType(left, right);
}

/** The schema with the column of corrupt records. */
export function withField({ fields }: StructType, name: string): StructType {
  return structType(
    fields.some((field) => field.name === name) ? fields : [...fields, structField(name, stringType)].sort(byName),
  );
}

/** The type without structs of no fields; VOID becomes STRING or goes too. */
export function canonicalType(type: DataType, dropsNulls: boolean): DataType | undefined {
  if (type.kind === "void") return dropsNulls ? undefined : stringType;
  if (type.kind === "array") {
    const element = canonicalType(type.element, dropsNulls);
    return element && arrayType(element);
  }
  if (type.kind !== "struct") return type;
  const fields = type.fields.flatMap(({ name, type: inner }) => {
    const canonical = name === "" ? undefined : canonicalType(inner, dropsNulls);
    return canonical === undefined ? [] : [structField(name, canonical)];
  });
  return fields.length === 0 ? undefined : structType(fields);
}
