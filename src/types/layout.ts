import {
  type FixedValues,
  type FixedVector,
  storageType,
  type Vector,
  type VectorLayout,
  type WideVector,
} from "./batch.ts";
import { binaryType, type DataType, intType, isSpatial, type StructType, type TypeKind } from "./data-type.ts";
import { powerOfTen } from "./decimal.ts";
import { storedReader } from "./stored-reader.ts";

type StoredKind = Exclude<TypeKind, "udt" | "decimal">;

const layouts: { readonly [K in StoredKind]: VectorLayout } = {
  boolean: "fixed",
  tinyint: "fixed",
  smallint: "fixed",
  int: "fixed",
  bigint: "fixed",
  float: "fixed",
  double: "fixed",
  date: "fixed",
  timestamp: "fixed",
  timestamp_ntz: "fixed",
  time: "fixed",
  "year-month interval": "fixed",
  "day-time interval": "fixed",
  interval: "wide",
  string: "text",
  char: "text",
  varchar: "text",
  binary: "binary",
  array: "list",
  map: "map",
  struct: "struct",
  variant: "struct",
  geometry: "struct",
  geography: "struct",
  void: "void",
};

/** The most digits of a decimal that 64 bits hold. */
export const longDecimalDigits = 18;

/** How a batch stores the values of a type. */
export function layoutOf(type: DataType): VectorLayout {
  const stored = storageType(type);
  if (stored.kind === "decimal") return stored.precision > longDecimalDigits ? "wide" : "fixed";
  return layouts[stored.kind];
}

export interface FixedArray {
  readonly BYTES_PER_ELEMENT: number;
  new (length: number): FixedValues;
  new (buffer: ArrayBufferLike, byteOffset: number, length: number): FixedValues;
}

const fixedArrays: { readonly [K in TypeKind]?: FixedArray } = {
  boolean: Uint8Array,
  tinyint: Int8Array,
  smallint: Int16Array,
  int: Int32Array,
  date: Int32Array,
  "year-month interval": Int32Array,
  float: Float32Array,
  double: Float64Array,
};

/** The class of the array that holds the numbers of a type of the fixed layout. */
export const fixedArrayOf = (type: DataType): FixedArray => fixedArrays[storageType(type).kind] ?? BigInt64Array;

/** The types of the columns inside a struct, a variant or a shape. */
export function childTypes(type: DataType): readonly DataType[] {
  const stored = storageType(type);
  if (stored.kind === "variant") return [binaryType, binaryType];
  if (isSpatial(stored)) return [intType, binaryType];
  return (stored as StructType).fields.map((field) => field.type);
}

/**
 * Says what is wrong with a vector, if its arrays are not those of its type and length.
 *
 * @param vector - a vector that a program made
 * @returns a part of a sentence, such as `Int32Array for bigint`, or undefined for a sound vector
 */
export function vectorFault(vector: Vector): string | undefined {
  if (vector.layout !== layoutOf(vector.type)) return `the layout ${vector.layout} for ${vector.type.kind}`;
  if (vector.validity !== undefined && vector.validity.length * 8 < vector.length) return "too few validity bits";
  return (faults[vector.layout] as (vector: Vector) => string | undefined)(vector);
}

type Faults = { [L in VectorLayout]: (vector: Extract<Vector, { layout: L }>) => string | undefined };

const counted = (rows: number, values: number) => (values >= rows ? undefined : `${values} values for ${rows}`);

const inside = (children: readonly Vector[], rows: number) =>
  children.map((child) => vectorFault(child) ?? counted(rows, child.length)).find((fault) => fault !== undefined);

function offsetsFault(offsets: Int32Array, rows: number, values: number): string | undefined {
  if (offsets.length <= rows) return counted(rows, offsets.length - 1);
  for (let row = 0; row < rows; row++) if (offsets[row + 1]! < offsets[row]!) return `offsets that fall at row ${row}`;
  return offsets[0]! < 0 ? "a negative offset" : counted(offsets[rows]!, values);
}

function digitsFault(vector: FixedVector | WideVector): string | undefined {
  const type = storageType(vector.type);
  if (type.kind !== "decimal") return undefined;
  const limit = powerOfTen(type.precision);
  const unscaled = storedReader(vector) as (row: number) => bigint | null;
  for (let row = 0; row < vector.length; row++) {
    const value = unscaled(row) ?? 0n;
    if (value >= limit || value <= -limit) return `more digits than ${type.precision} at row ${row}`;
  }
  return undefined;
}

function fixedFault(vector: FixedVector): string | undefined {
  const { type, values, length } = vector;
  if (!(values instanceof fixedArrayOf(type))) return `${values.constructor.name} for ${type.kind}`;
  return counted(length, values.length) ?? digitsFault(vector);
}

const faults: Faults = {
  fixed: fixedFault,
  wide: (vector) => counted(vector.length * 2, vector.words.length) ?? digitsFault(vector),
  text: ({ text, length }) => counted(length, text.length),
  binary: ({ bytes, offsets, length }) => offsetsFault(offsets, length, bytes.length),
  list: ({ offsets, child, length }) => vectorFault(child) ?? offsetsFault(offsets, length, child.length),
  map: ({ offsets, keys, values, length }) =>
    vectorFault(keys) ?? vectorFault(values) ?? offsetsFault(offsets, length, Math.min(keys.length, values.length)),
  struct: ({ type, children, length }) =>
    children.length === childTypes(type).length ? inside(children, length) : `${children.length} fields`,
  void: () => undefined,
};
