/** The JavaScript values of each kind: what rows hold, and what functions of the user's take and give. */
import type { Decimal } from "../types/decimal.ts";
import type { Interval } from "../types/interval.ts";
import type { Geography, Geometry } from "../types/shape.ts";
import type { InstantLike, Timestamp } from "../types/timestamp.ts";
import type { Variant } from "../types/variant.ts";
import type { ArrayOf, Decimals, Dynamic, Intervals, MapOf, StructOf } from "./kinds.ts";

interface LeafValues<Long> {
  tinyint: number;
  smallint: number;
  int: number;
  bigint: Long;
  number: number;
  float: number;
  double: number;
  string: string;
  date: string;
  timestamp: Timestamp;
  timestamp_ntz: string;
  time: string;
  boolean: boolean;
  binary: Uint8Array;
  variant: Variant;
  geometry: Geometry;
  geography: Geography;
}

/** The JavaScript value of a kind. */
export type ValueOf<K, Long = number> = Dynamic extends K
  ? unknown
  : K extends keyof LeafValues<Long>
    ? LeafValues<Long>[K]
    : K extends null
      ? null
      : K extends Decimals
        ? Decimal
        : K extends Intervals
          ? Interval
          : K extends ArrayOf<infer E>
            ? ValueOf<E, Long>[]
            : K extends MapOf<infer A, infer B>
              ? Map<ValueOf<A, Long>, ValueOf<B, Long>>
              : K extends StructOf<infer S>
                ? Row<S, Long>
                : never;

/** A row as an object. */
export type Row<S, Long = number> = { [K in keyof S]: ValueOf<S[K], Long> };

interface LeafInputs {
  tinyint: number;
  smallint: number;
  int: number;
  bigint: number | bigint;
  number: number | bigint;
  float: number;
  double: number;
  string: string;
  date: string | Date;
  timestamp: Timestamp | Date | InstantLike;
  timestamp_ntz: string;
  time: string;
  boolean: boolean;
  binary: Uint8Array;
  variant: unknown;
  geometry: Geometry;
  geography: Geography;
}

/** The JavaScript values that a column of a kind takes. */
export type InputOf<K> = Dynamic extends K
  ? unknown
  : K extends keyof LeafInputs
    ? LeafInputs[K]
    : K extends null
      ? null | undefined
      : K extends Decimals
        ? Decimal | number | bigint
        : K extends Intervals
          ? Interval
          : K extends ArrayOf<infer E>
            ? readonly InputOf<E>[]
            : K extends MapOf<infer A, infer B>
              ? ReadonlyMap<InputOf<A>, InputOf<B>>
              : K extends StructOf<infer S>
                ? { readonly [F in keyof S]: InputOf<S[F]> }
                : never;
