/**
 * Phantom expressions: a column carries the shape of its expression as a type, and each DataFrame method evaluates that
 * shape against its own schema. That is how `col("amount")`, which knows no DataFrame, is checked.
 */
import type { Decimal } from "../types/decimal.ts";
import type { Interval } from "../types/interval.ts";
import type { InstantLike } from "../types/timestamp.ts";
import type { Dynamic } from "./kinds.ts";

/** A column by name. */
export interface Ref<out Name extends string> {
  readonly ref: Name;
}

/** An expression whose kind is known without a schema: a literal, `df.col("x")`. */
export interface Known<out K, out Name extends string = string> {
  readonly kind: K;
  readonly name: Name;
}

/** A call of the function that `Signature` defines. */
export interface Call<out Signature extends string, out Arguments> {
  readonly call: Signature;
  readonly args: Arguments;
}

export interface Aliased<out Name extends string, out E> {
  readonly alias: Name;
  readonly of: E;
}

export interface CastTo<out Type extends string, out E> {
  readonly to: Type;
  readonly of: E;
}

/** A cast that gives null where the value does not fit. */
export interface TriedCast<out Type extends string, out E> {
  readonly tried: Type;
  readonly of: E;
}

/** A function over a window; Spark's name for it is long and not worked out by the compiler. */
export interface Over<out E> {
  readonly over: E;
}

/** An element, a value or a field of a column. */
export interface Extracted<out E, out Key> {
  readonly from: E;
  readonly key: Key;
}

/** A call of a user's function: the types of its parameters and result as stated, its arguments by name. */
export interface UserCall<out Parameters, out Result, out Arguments> {
  readonly parameters: Parameters;
  readonly result: Result;
  readonly arguments: Arguments;
}

/** Something made of a column whose kind the compiler does not work out. */
export interface Opaque<out E> {
  readonly made: E;
}

/** The key under which a column carries its phantom expression; it exists for the compiler only. */
export declare const phantom: unique symbol;

/** The shallow bound of every generic that takes columns: never the recursive expression itself. */
export interface ColumnLike {
  readonly [phantom]: unknown;
}

/** The phantom expression of a column. */
export type Exp<C> = C extends { readonly [phantom]: infer E } ? E : never;

/** A JavaScript value that is a literal wherever a value is asked for. */
export type LiteralValue =
  | string
  | number
  | bigint
  | boolean
  | Date
  | Uint8Array
  | InstantLike
  | Decimal
  | Interval
  | null;

type LiteralKind<V> = V extends number
  ? number extends V
    ? "number"
    : `${V}` extends `${bigint}`
      ? "int"
      : "double"
  : V extends string
    ? "string"
    : V extends bigint
      ? "bigint"
      : V extends boolean
        ? "boolean"
        : V extends Date | InstantLike
          ? "timestamp"
          : V extends Uint8Array
            ? "binary"
            : V extends null
              ? null
              : Dynamic;

// Java writes very small and very large numbers otherwise than JavaScript.
type LiteralName<V> = V extends null
  ? "NULL"
  : V extends number
    ? `${V}` extends `${string}e${string}` | `${"" | "-"}0.00${string}`
      ? string
      : `${V}`
    : V extends string | bigint | boolean
      ? `${V}`
      : string;

export type LiteralExp<V> = Known<LiteralKind<V>, LiteralName<V>>;
/** An operand of an operator: a string is a value. */
export type ValueExp<B> = B extends ColumnLike ? Exp<B> : LiteralExp<B>;
/** An argument of a function or a method that takes columns: a string is a name. */
export type ColumnExp<B> = B extends ColumnLike
  ? Exp<B>
  : B extends "*"
    ? Known<Dynamic, "1">
    : B extends string
      ? Ref<B>
      : LiteralExp<B>;
