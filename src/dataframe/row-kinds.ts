/** Rows as programs see them: the JavaScript type of each kind, and the kind of each JavaScript type. */
import type { ArrayOf, Dynamic, MapOf, StructOf } from "../functions/kinds.ts";
import type { Row, ValueOf } from "../functions/value-kinds.ts";
import type { Decimal } from "../types/decimal.ts";
import type { Interval } from "../types/interval.ts";
import type { Geography, Geometry } from "../types/shape.ts";
import type { InstantLike } from "../types/timestamp.ts";
import type { Variant } from "../types/variant.ts";
import type { Settled } from "./schema-kinds.ts";

export type { Row, ValueOf } from "../functions/value-kinds.ts";

/** How rows are given to a program. */
export interface RowOptions {
  /** What a BIGINT is: a number, with an error beyond 2^53 (the default), or always a `bigint`. */
  readonly longs?: "number" | "bigint";
  /** What a row is: an object by name (the default), or an array by position, which allows columns of one name. */
  readonly rows?: "object" | "array";
}

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
            : V extends Geometry
              ? "geometry"
              : V extends Geography
                ? "geography"
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
