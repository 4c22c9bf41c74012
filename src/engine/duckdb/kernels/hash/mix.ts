/** How the values of columns are mixed into a hash. */
import { UnsupportedError } from "../../../../errors.ts";
import { type FixedVector, storageType, type Vector, type WideVector } from "../../../../types/batch.ts";
import type { DataType } from "../../../../types/data-type.ts";
import { isNullAt } from "../../../../types/validity.ts";
import type { Hasher } from "./hasher.ts";
import { bigEndian } from "./unsafe-format.ts";

/** Mixes the value of a row, nothing where it is null. */
export type MixRow = (row: number, hasher: Hasher) => void;

/**
 * Mixes the rows of a column as Spark's `HashExpression` does: fields and elements one after the other.
 *
 * @throws UnsupportedError for maps and variants
 */
export function mixOf(vector: Vector): MixRow {
  const mix = mixValue(vector);
  const { validity } = vector;
  return validity === undefined
    ? mix
    : (row, hasher) => {
        if (!isNullAt(validity, row)) mix(row, hasher);
      };
}

function mixValue(vector: Vector): MixRow {
  if (vector.layout === "fixed") return mixFixed(vector);
  if (vector.layout === "wide") return mixWide(vector);
  if (vector.layout === "void") return () => undefined;
  if (vector.layout === "text" || vector.layout === "binary") {
    const { bytes, offsets } = vector.layout === "text" ? vector.text.utf8() : vector;
    return (row, hasher) => hasher.bytes(bytes, offsets[row]!, offsets[row + 1]!);
  }
  if (vector.layout === "list") return mixList(vector.offsets, mixOf(vector.child));
  if (vector.layout === "struct" && storageType(vector.type).kind === "struct")
    return mixFields(vector.children.map(mixOf));
  throw new UnsupportedError(`values of type ${vector.type.kind} cannot be hashed`);
}

const mixList =
  (offsets: Int32Array, mix: MixRow): MixRow =>
  (row, hasher) => {
    for (let at = offsets[row]!; at < offsets[row + 1]!; at++) mix(at, hasher);
  };

const mixFields =
  (fields: readonly MixRow[]): MixRow =>
  (row, hasher) => {
    for (const mix of fields) mix(row, hasher);
  };

function mixFixed({ type, values }: FixedVector): MixRow {
  if (values instanceof BigInt64Array) {
    const halves = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
    return (row, hasher) => hasher.long(halves[row * 2]!, halves[row * 2 + 1]!);
  }
  if (values instanceof Float64Array) return mixDoubles(values);
  if (values instanceof Float32Array) return mixFloats(values);
  const numbers = values;
  return isUnscaled(type)
    ? (row, hasher) => hasher.long(numbers[row]!, numbers[row]! < 0 ? -1 : 0)
    : (row, hasher) => hasher.int(numbers[row]!);
}

/** Decimals are hashed as longs however few digits they have. */
const isUnscaled = (type: DataType): boolean => storageType(type).kind === "decimal";

const scratch = new DataView(new ArrayBuffer(8));

// Both zeros are hashed alike, and all NaN.
const mixDoubles =
  (values: Float64Array): MixRow =>
  (row, hasher) => {
    scratch.setFloat64(0, Number.isNaN(values[row]!) ? Number.NaN : values[row]! + 0);
    hasher.long(scratch.getInt32(4), scratch.getInt32(0));
  };

const mixFloats =
  (values: Float32Array): MixRow =>
  (row, hasher) => {
    scratch.setFloat32(0, Number.isNaN(values[row]!) ? Number.NaN : values[row]! + 0);
    hasher.int(scratch.getInt32(0));
  };

function mixWide({ type, words }: WideVector): MixRow {
  const halves = new Int32Array(words.buffer, words.byteOffset, words.length * 2);
  if (storageType(type).kind !== "decimal") {
    return (row, hasher) => {
      hasher.long(halves[row * 4 + 2]!, halves[row * 4 + 3]!);
      hasher.int(halves[row * 4 + 1]!);
      hasher.int(halves[row * 4]!);
    };
  }
  return (row, hasher) => {
    const bytes = bigEndian((words[row * 2 + 1]! << 64n) | BigInt.asUintN(64, words[row * 2]!));
    hasher.bytes(bytes, 0, bytes.length);
  };
}
