import type { Decimal } from "./decimal.ts";

/**
 * What a VARIANT holds, each value under the type that its binary form has.
 *
 * | kind | value |
 * |---|---|
 * | `long` | an integer of up to 64 bits, however few its binary form takes |
 * | `date` | days since 1970-01-01 |
 * | `time` | microseconds since midnight |
 * | `timestamp`, `timestamp_ntz` | microseconds since 1970, in UTC or on any clock |
 * | `timestamp_nanos`, `timestamp_ntz_nanos` | the same in nanoseconds |
 * | `uuid` | its 16 bytes |
 */
export type VariantNode = VariantLeaf | VariantArray | VariantObject;

export type VariantLeaf =
  | { readonly kind: "null"; readonly value: null }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "long"; readonly value: bigint }
  | { readonly kind: "double"; readonly value: number }
  | { readonly kind: "float"; readonly value: number }
  | { readonly kind: "decimal"; readonly value: Decimal }
  | { readonly kind: "string"; readonly value: string }
  | { readonly kind: "binary"; readonly value: Uint8Array }
  | { readonly kind: "uuid"; readonly value: Uint8Array }
  | { readonly kind: "date"; readonly value: number }
  | { readonly kind: "time"; readonly value: bigint }
  | { readonly kind: "timestamp"; readonly value: bigint }
  | { readonly kind: "timestamp_ntz"; readonly value: bigint }
  | { readonly kind: "timestamp_nanos"; readonly value: bigint }
  | { readonly kind: "timestamp_ntz_nanos"; readonly value: bigint };

export interface VariantArray {
  readonly kind: "array";
  readonly elements: readonly VariantNode[];
}

export interface VariantObject {
  readonly kind: "object";
  /** In any order; no name twice. */
  readonly fields: readonly (readonly [name: string, value: VariantNode])[];
}

/** The two binary values that make up a VARIANT in Parquet: the names of fields, and the value that refers to them. */
export interface VariantBinary {
  readonly metadata: Uint8Array;
  readonly value: Uint8Array;
}

/** The kind of a leaf, and its value where the binary form has one of a fixed width. */
export type VariantLeafKind = VariantLeaf["kind"];

/** The ids of the basic types, the two low bits of a value's first byte. */
export const basicTypes = { primitive: 0, shortString: 1, object: 2, array: 3 } as const;

/** The ids of the primitive types, the six high bits of a primitive's first byte. */
export const primitiveTypes = {
  null: 0,
  true: 1,
  false: 2,
  int8: 3,
  int16: 4,
  int32: 5,
  int64: 6,
  double: 7,
  decimal4: 8,
  decimal8: 9,
  decimal16: 10,
  date: 11,
  timestamp: 12,
  timestamp_ntz: 13,
  float: 14,
  binary: 15,
  string: 16,
  time: 17,
  timestamp_nanos: 18,
  timestamp_ntz_nanos: 19,
  uuid: 20,
} as const;
