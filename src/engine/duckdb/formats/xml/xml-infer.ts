/** The types of XML and what becomes of them when they meet: Spark's `XmlInferSchema`. */
import {
  arrayType,
  bigintType,
  booleanType,
  type DataType,
  dateType,
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
import { javaDouble, javaInteger } from "../text/java-numbers.ts";
import type { XmlElement } from "./xml-elements.ts";
import { countedText, isPlain, keyOf, partsOf } from "./xml-names.ts";
import type { XmlOptions } from "./xml-options.ts";

const longRange = 1n << 63n;
const maximumPrecision = 38;

/** The type of a row. */
export const typeOfRow = (row: XmlElement, options: XmlOptions): StructType => typeOfParts(row, options);

function typeOfElement(element: XmlElement, options: XmlOptions): DataType {
  const parts = partsOf(element, options);
  if (!isPlain(parts)) return typeOfParts(element, options);
  return parts.length === 0 ? voidType : typeOfText(parts[0]!.value as string, options);
}

/** A struct with a field a name; names that come several times are arrays. */
function typeOfParts(element: XmlElement, options: XmlOptions): StructType {
  const fields = new Map<string, { field: StructField; count: number }>();
  for (const { name, value } of partsOf(element, options)) {
    const type = typeof value === "string" ? typeOfText(value, options) : typeOfElement(value, options);
    const key = keyOf(name, options);
    const known = fields.get(key);
    if (known === undefined) fields.set(key, { field: structField(name, type), count: 1 });
    else {
      const merged = compatibleType(known.field.type, type, options);
      fields.set(key, { field: structField(known.field.name, merged), count: known.count + 1 });
    }
  }
  const made = [...fields.values()].map(({ field, count }) =>
    count === 1 ? field : structField(field.name, arrayType(field.type)),
  );
  return structType(made.sort(byName));
}

const byName = (left: StructField, right: StructField): number =>
  left.name < right.name ? -1 : left.name > right.name ? 1 : 0;

function typeOfText(text: string, options: XmlOptions): DataType {
  const value = countedText(text, options);
  if (value === undefined || value === options.nullValue) return voidType;
  if (!options.inferSchema) return stringType;
  const { temporal } = options;
  if (javaInteger(value, -longRange, longRange - 1n) !== undefined) return bigintType;
  const decimal = options.prefersDecimal ? decimalOf(value) : undefined;
  if (decimal !== undefined) return decimal;
  if (/\d$|\.$/.test(value) && javaDouble(value) !== undefined) return doubleType;
  if (/^(?:true|false)$/i.test(value)) return booleanType;
  if (options.preferDate && /^\d{4}-\d{2}-\d{2}$/.test(value) && temporal.date(value) !== undefined) return dateType;
  return /\d/.test(value) && temporal.timestamp(value) !== undefined ? timestampType : stringType;
}

function decimalOf(text: string): DataType | undefined {
  const match = /^[+-]?(\d*)\.?(\d*)$/.exec(text);
  if (match === null) return undefined;
  const scale = match[2]!.length;
  const precision = Math.max(`${match[1]}${match[2]}`.replace(/^0+/, "").length, scale, 1);
  return precision <= maximumPrecision ? decimalType(precision, scale) : undefined;
}

/** The type of values of two types in one place; STRING when nothing else holds both. */
export function compatibleType(left: DataType, right: DataType, options: XmlOptions): DataType {
  if (sameType(left, right) || right.kind === "void") return left;
  if (left.kind === "void") return right;
  const kinds = new Set([left.kind, right.kind]);
  if (kinds.size === 2 && kinds.has("bigint") && kinds.has("double")) return doubleType;
  if (kinds.size === 2 && kinds.has("date") && kinds.has("timestamp")) return timestampType;
  if (kinds.has("decimal")) return withDecimal(left, right);
  if (left.kind === "array" || right.kind === "array") return withArray(left, right, options);
  if (left.kind === "struct" && right.kind === "struct") return structType(mergedFields(left, right, options));
  if (left.kind === "struct") return withText(left, right, options);
  if (right.kind === "struct") return withText(right, left, options);
  return stringType;
}

function withDecimal(left: DataType, right: DataType): DataType {
  const [one, other] = [left, right].map((type) => (type.kind === "bigint" ? decimalType(20, 0) : type));
  if (one!.kind !== "decimal" || other!.kind !== "decimal")
    return [left, right].some(({ kind }) => kind === "double") ? doubleType : stringType;
  const scale = Math.max(one!.scale, other!.scale);
  const precision = scale + Math.max(one!.precision - one!.scale, other!.precision - other!.scale);
  return precision > maximumPrecision ? doubleType : decimalType(precision, scale);
}

function withArray(left: DataType, right: DataType, options: XmlOptions): DataType {
  const element = (type: DataType): DataType => (type.kind === "array" ? type.element : type);
  return arrayType(compatibleType(element(left), element(right), options));
}

/** Bare text beside elements with attributes is their value. */
function withText(struct: StructType, text: DataType, options: XmlOptions): DataType {
  const hasValue = struct.fields.some(
    ({ name }) =>
      name === options.valueTag || (options.attributePrefix !== "" && name.startsWith(options.attributePrefix)),
  );
  if (!hasValue) return stringType;
  return structType(mergedFields(struct, structType([structField(options.valueTag, text)]), options));
}

function mergedFields(left: StructType, right: StructType, options: XmlOptions): StructField[] {
  const merged = new Map(left.fields.map((field) => [keyOf(field.name, options), field]));
  for (const field of right.fields) {
    const known = merged.get(keyOf(field.name, options));
    const type = known === undefined ? field.type : compatibleType(known.type, field.type, options);
    merged.set(keyOf(field.name, options), structField(known?.name ?? field.name, type));
  }
  return [...merged.values()].sort(byName);
}

/** The type with STRING for what no value told. */
export function settledType(type: DataType): DataType {
  if (type.kind === "void") return stringType;
  if (type.kind === "array") return arrayType(settledType(type.element));
  if (type.kind !== "struct") return type;
  return structType(type.fields.map((field) => structField(field.name, settledType(field.type))));
}
