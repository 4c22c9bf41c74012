import type { DataType, StructType } from "./data-type.ts";
import type { Text, Utf8 } from "./text.ts";
import type { Validity } from "./validity.ts";

/** Numbers of one width. Booleans are 0 and 1; `type` says what a number means. */
export type FixedValues =
  | Uint8Array
  | Int8Array
  | Int16Array
  | Int32Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

interface Column {
  readonly type: DataType;
  readonly length: number;
  /** Absent when every row has a value. What a column stores in a row without one is undefined. */
  readonly validity?: Validity;
}

/**
 * A number a row.
 *
 * DATE counts days and TIMESTAMP, TIMESTAMP_NTZ, TIME and day-time intervals microseconds since their zero; year-month
 * intervals count months; a DECIMAL of up to 18 digits is its unscaled number.
 */
export interface FixedVector extends Column {
  readonly layout: "fixed";
  readonly values: FixedValues;
}

/**
 * Sixteen bytes a row, as two words.
 *
 * A DECIMAL of more than 18 digits is its unscaled number in two's complement, low word first. A calendar interval has
 * its months in the low half and its days in the high half of the first word, and its microseconds in the second.
 */
export interface WideVector extends Column {
  readonly layout: "wide";
  readonly words: BigInt64Array;
}

export interface TextVector extends Column {
  readonly layout: "text";
  readonly text: Text;
}

export interface BinaryVector extends Column, Utf8 {
  readonly layout: "binary";
}

/** Row `i` holds the children from `offsets[i]` up to `offsets[i + 1]`. */
export interface ListVector extends Column {
  readonly layout: "list";
  readonly offsets: Int32Array;
  readonly child: Vector;
}

/** Row `i` holds the entries from `offsets[i]` up to `offsets[i + 1]`. */
export interface MapVector extends Column {
  readonly layout: "map";
  readonly offsets: Int32Array;
  readonly keys: Vector;
  readonly values: Vector;
}

/**
 * A child a field. A VARIANT is one too: its binary metadata, then its binary value. So are shapes: the SRID as an INT,
 * then the well-known binary.
 */
export interface StructVector extends Column {
  readonly layout: "struct";
  readonly children: readonly Vector[];
}

/** No row has a value. */
export interface VoidVector extends Column {
  readonly layout: "void";
}

/** The values of one column of a batch. */
export type Vector =
  | FixedVector
  | WideVector
  | TextVector
  | BinaryVector
  | ListVector
  | MapVector
  | StructVector
  | VoidVector;

export type VectorLayout = Vector["layout"];

/**
 * Rows by column: what engines, user functions, local data and wires exchange.
 *
 * Buffers are laid out as Arrow's, but for booleans, which take a byte here, and for decimals of up to 18 digits, which
 * take eight. Nothing may change a batch once it is made.
 */
export interface Batch {
  readonly rows: number;
  readonly columns: readonly Vector[];
}

/** The most rows that an engine handles in one go: batches of a multiple of it are passed on without copying bits. */
export const chunkRows = 2048;

/** The type whose layout a type has: itself, but for user-defined types. */
export function storageType(type: DataType): Exclude<DataType, { kind: "udt" }> {
  return type.kind === "udt" ? storageType(type.storage) : type;
}

/** The types of a schema's columns, in order. */
export const columnTypes = (schema: StructType): DataType[] => schema.fields.map((field) => field.type);
