import type { VariantBinary } from "./variant-node.ts";

/**
 * A single value as columns store it: what rows are read from, and what is made of the values of a program.
 *
 * | type | stored |
 * |---|---|
 * | BOOLEAN | boolean |
 * | TINYINT, SMALLINT, INT, FLOAT, DOUBLE | number |
 * | BIGINT | bigint |
 * | DECIMAL | bigint: the number without its point, at the scale of the type |
 * | STRING, CHAR, VARCHAR | string |
 * | BINARY | Uint8Array |
 * | DATE | number: days since 1970-01-01 |
 * | TIMESTAMP, TIMESTAMP_NTZ | bigint: microseconds since 1970, in UTC or on any clock |
 * | TIME | bigint: microseconds since midnight |
 * | day-time interval | bigint: microseconds |
 * | year-month interval | number: months |
 * | INTERVAL | `StoredInterval` |
 * | VARIANT | `VariantBinary` |
 * | GEOMETRY, GEOGRAPHY | `StoredShape` |
 * | ARRAY | array of its elements |
 * | STRUCT | array of its fields, in order |
 * | MAP | `StoredMap` |
 * | VOID and every missing value | null |
 */
export type StoredValue =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | StoredInterval
  | VariantBinary
  | StoredShape
  | StoredMap
  | readonly StoredValue[];

/** A calendar interval. */
export interface StoredInterval {
  readonly months: number;
  readonly days: number;
  readonly microseconds: bigint;
}

/** A shape: the number of its coordinate system, and its little-endian well-known binary without anything behind. */
export interface StoredShape {
  readonly srid: number;
  readonly wkb: Uint8Array;
}

/** A map: value `i` belongs to key `i`, and no key is there twice. */
export interface StoredMap {
  readonly keys: readonly StoredValue[];
  readonly values: readonly StoredValue[];
}
