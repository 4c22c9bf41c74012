/** The rules of results as the compiler knows them: the kind of each, from the kinds of the arguments `A`. */
import type { ArrayOf, Decimals, Dynamic, Integral, MapOf, NonNull } from "./kinds.ts";

/** The kind of an argument. */
export type Arg<A, I extends number> = A extends readonly unknown[] ? A[I] : never;
/** The union of the kinds of all arguments. */
export type Items<A> = A extends readonly unknown[] ? A[number] : never;

export interface ResultKinds<A> {
  string: "string";
  boolean: "boolean";
  int: "int";
  bigint: "bigint";
  double: "double";
  date: "date";
  timestamp: "timestamp";
  first: Arg<A, 0>;
  second: Arg<A, 1>;
  widest: Widest<A>;
  quotient: Arg<A, 0> extends Decimals ? Arg<A, 0> : "double";
  sum: SumOf<Arg<A, 0>>;
  array: ArrayOf<Widest<A>>;
  element: Arg<A, 0> extends ArrayOf<infer E> ? E : Dynamic;
  mapValues: Arg<A, 0> extends MapOf<unknown, infer V> ? ArrayOf<V> : Dynamic;
}

// First match wins. The analyzer has Spark's exact decimal precision; for the compiler a decimal is "a decimal".
export type Wider<A, B> = [A] extends [B]
  ? B
  : [B] extends [A]
    ? A
    : FirstOf<
        A | B,
        [Dynamic, "double", "number", Decimals, "float", "bigint", "int", "smallint", "timestamp", "timestamp_ntz"]
      >;
type FirstOf<U, Order> = Order extends readonly [infer H, ...infer R]
  ? [Extract<U, H>] extends [never]
    ? FirstOf<U, R>
    : Extract<U, H>
  : U;

/** The kind to which all of `A` are cast. */
export type Widest<A, W = never> = A extends readonly [infer H, ...infer R]
  ? Widest<R, [W] extends [never] ? H : Wider<W, H>>
  : W;

type SumOf<K> = K extends Integral ? "bigint" : K extends Decimals | Dynamic ? K : "double";

/** The values of condition, value, condition, value, …, else. */
export type Branches<A, V extends readonly unknown[] = []> = A extends readonly [unknown, infer B, ...infer R]
  ? Branches<R, [...V, B]>
  : A extends readonly [infer Else]
    ? [...V, Else]
    : [...V, null];

export type Bare<A> = { [I in keyof A]: NonNull<A[I]> };
