/** Rows as programs see them: the JavaScript type of each kind, and the kind of each JavaScript type. */
import type { ArrayOf, Decimals, Dynamic, Intervals, MapOf, StructOf } from "../functions/kinds.ts";
import type { Decimal } from "../types/decimal.ts";
import type { Interval } from "../types/interval.ts";
import type { InstantLike, Timestamp } from "../types/timestamp.ts";
import type { Variant } from "../types/variant.ts";
import type { Settled } from "./schema-kinds.ts";

/** How rows are given to a program. */
export interface RowOptions {
  /** What a BIGINT is: a number, with an error beyond 2^53 (the default), or always a `bigint`. */
  readonly longs?: "number" | "bigint";
  /** What a row is: an object by name (the default), or an array by position, which allows columns of one name. */
  readonly rows?: "object" | "array";
}

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

/** A row as the options ask for it. */
export type RowAs<S, O> = O extends { readonly rows: "array" } ? ValueOf<S[keyof S], LongOf<O>>[] : Row<S, LongOf<O>>;
type LongOf<O> = O extends { readonly longs: "bigint" } ? bigint : number;

type KindOfValue<V> = V extends number
  ? "number"
  : V extends string
    ? "string"
    : V extends boolean
      ? "boolean"
      : V extends bigint
        ? "bigint"
        : V extends Date | InstantLike
          ? "timestamp"
          : V extends Uint8Array
            ? "binary"
            : V extends Decimal
              ? "decimal(38,18)"
              : V extends null | undefined
                ? null
                : V extends readonly (infer E)[]
                  ? ArrayOf<KindOfValue<E>>
                  : V extends Map<infer A, infer B>
                    ? MapOf<KindOfValue<A>, KindOfValue<B>>
                    : V extends Interval | Variant
                      ? Dynamic
                      : V extends object
                        ? StructOf<SchemaOf<V>>
                        : Dynamic;

/** The schema of rows that a program holds. */
export type SchemaOf<R> = string extends keyof R
  ? { readonly [name: string]: Dynamic }
  : Settled<{ [K in keyof R]-?: KindOfValue<R[K]> }>;
