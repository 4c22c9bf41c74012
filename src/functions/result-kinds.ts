/**
 * The rules of results as the compiler knows them: the kind of each, from the kinds of the arguments `A`, null apart.
 * `result-rules.ts` is the analyzer's side, and has the same keys.
 */
import type {
  ArrayOf,
  Decimals,
  Dynamic,
  Integral,
  Intervals,
  MapOf,
  NonNull,
  Numeric,
  StructOf,
  Temporal,
  Untyped,
} from "./kinds.ts";

/** The kind of an argument. */
export type Arg<A, I extends number> = A extends readonly unknown[] ? A[I] : never;
/** The union of the kinds of all arguments. */
export type Items<A> = A extends readonly unknown[] ? A[number] : never;

type Given<A, I extends number> = NonNull<Arg<A, I>>;
type Last<A> = A extends readonly [...unknown[], infer L] ? NonNull<L> : Dynamic;

interface ValueResults<A> {
  string: "string";
  boolean: "boolean";
  tinyint: "tinyint";
  smallint: "smallint";
  int: "int";
  bigint: "bigint";
  float: "float";
  double: "double";
  binary: "binary";
  date: "date";
  timestamp: "timestamp";
  timestampNtz: "timestamp_ntz";
  time: "time";
  daySeconds: "decimal";
  interval: "interval";
  dayTimeInterval: "day-time interval";
  yearMonthInterval: "year-month interval";
  variant: "variant";
  globeShape: "geography";
  planeShape: "geometry";
  movedShape: Given<A, 0>;
  void: never;
  "array<string>": ArrayOf<"string" | null>;
  "array<array<string>>": ArrayOf<ArrayOf<"string">>;
  floatsWithoutNull: ArrayOf<"float">;
  floats: ArrayOf<"float" | null>;
  strings: ArrayOf<"string">;
  stringMap: MapOf<"string", "string" | null>;
  first: Given<A, 0>;
  second: Given<A, 1>;
  collated: "string";
  third: Given<A, 2>;
  last: Last<A>;
  firstOrSeveral: A extends readonly [unknown, unknown, unknown, ...unknown[]] ? ArrayOf<Given<A, 0>> : Given<A, 0>;
  widest: Widest<A>;
  branches: Widest<Branches<A>>;
  sum: Sum<Given<A, 0>, Given<A, 1>>;
  difference: Difference<Given<A, 0>, Given<A, 1>>;
  product: Product<Given<A, 0>, Given<A, 1>>;
  quotient: Quotient<Given<A, 0> | Given<A, 1>>;
  remainder: Wider<Given<A, 0>, Given<A, 1>>;
  total: Total<Given<A, 0>>;
  average: Mean<Given<A, 0>>;
  averageOfSecond: Mean<Given<A, 1>>;
  patternedNumber: Decimals;
  patternedText: "string";
  encodedBytes: "binary";
  variantPart: Dynamic;
  spread: Wider<Given<A, 0>, Given<A, 1>>;
  rounded: Given<A, 0>;
  roundedToInteger: Given<A, 0> extends Decimals ? Given<A, 0> : "bigint";
  percentile: PerPercentage<Given<A, 0> extends Intervals ? Given<A, 0> : "double", Given<A, 1>>;
  approximatePercentile: PerPercentage<Given<A, 0>, Given<A, 1>>;
  frequencies: ArrayOf<StructOf<{ item: Given<A, 0> | null; count: "bigint" }>>;
  topKState: StructOf<{
    sketch: "binary";
    maxItemsTracked: "int";
    itemDataType: Given<A, 0> | null;
    itemDataTypeDDL: "string";
  }>;
  topKStateOf: Given<A, 0>;
  topKItems: Given<A, 0> extends StructOf<{ itemDataType: infer I }>
    ? ArrayOf<StructOf<{ item: I | null; count: "bigint" }>>
    : Dynamic;
  bins: ArrayOf<StructOf<{ x: Given<A, 0> | null; y: "double" | null }> | null>;
  quantileBigint: PerPercentage<"bigint", Given<A, 1>>;
  quantileDouble: PerPercentage<"double", Given<A, 1>>;
  quantileFloat: PerPercentage<"float", Given<A, 1>>;
  dateField: Dynamic;
  timeWindow: StructOf<{ start: MomentOf<Given<A, 0>> | null; end: MomentOf<Given<A, 0>> | null }>;
  windowTime: Given<A, 0> extends StructOf<{ end: infer E }> ? NonNull<E> : Dynamic;
}

interface CollectionResults<A> {
  element: Given<A, 0> extends ArrayOf<infer E>
    ? NonNull<E>
    : Given<A, 0> extends MapOf<unknown, infer V>
      ? NonNull<V>
      : Dynamic;
  array: ArrayOf<Widest<A> | Extract<Items<A>, null>>;
  arrayOfFirst: ArrayOf<Given<A, 0>>;
  arrayRepeating: ArrayOf<Arg<A, 0>>;
  arrayWithoutNulls: ArrayOf<NonNull<ElementOf<Given<A, 0>>>>;
  arrayExtended: ArrayOf<ElementOf<Given<A, 0>> | null>;
  arrayOfBoth: ArrayOf<ElementOf<NonNull<Items<A>>>>;
  arrayInBoth: ArrayOf<ElementOf<NonNull<Items<A>>>>;
  innerArray: ElementOf<Given<A, 0>> extends infer Inner ? NonNull<Inner> : never;
  joined: [NonNull<Items<A>>] extends [ArrayOf<unknown>]
    ? ArrayOf<ElementOf<NonNull<Items<A>>>>
    : Given<A, 0> extends "binary"
      ? "binary"
      : "string";
  sequence: ArrayOf<Given<A, 0>>;
  zipped: ArrayOf<StructOf<Untyped>>;
  mapKeys: Given<A, 0> extends MapOf<infer K, unknown> ? ArrayOf<K> : Dynamic;
  mapValues: Given<A, 0> extends MapOf<unknown, infer V> ? ArrayOf<V> : Dynamic;
  mapEntries: Given<A, 0> extends MapOf<infer K, infer V> ? ArrayOf<StructOf<{ key: K; value: V }>> : Dynamic;
  mapOfPairs: Dynamic;
  mapFromPairs: Dynamic;
  mapFromArrays: MapOf<NonNull<ElementOf<Given<A, 0>>>, ElementOf<Given<A, 1>>>;
  mapOfAll: Widest<A>;
  namedStruct: StructOf<Untyped>;
  struct: StructOf<Untyped>;
  statedForJson: Dynamic;
  statedStruct: Dynamic;
  statedElement: Dynamic;
  arrayOfLambda: A extends readonly [...unknown[], infer L] ? ArrayOf<L> : Dynamic;
  mapWithKeys: Given<A, 0> extends MapOf<unknown, infer V> ? MapOf<Given<A, 1>, V> : Dynamic;
  mapWithValues: Given<A, 0> extends MapOf<infer K, unknown> ? MapOf<K, Arg<A, 1>> : Dynamic;
  mapOfLambda: Given<A, 0> extends MapOf<infer K, unknown> ? MapOf<K, Arg<A, 2>> : Dynamic;
  accumulated: A extends readonly [unknown, unknown, unknown, infer Finished] ? NonNull<Finished> : Given<A, 1>;
  exploded: Given<A, 0> extends ArrayOf<infer E> ? E : Dynamic;
  positionAndExploded: Dynamic;
  inlined: Dynamic;
  stacked: Dynamic;
  jsonTuple: Dynamic;
  variantEntries: Dynamic;
}

/** The kind of each result, by the name that definitions use. */
export interface ResultKinds<A> extends ValueResults<A>, CollectionResults<A> {}

type MomentOf<K> = K extends "timestamp_ntz" ? K : K extends StructOf<{ end: infer E }> ? NonNull<E> : "timestamp";
type ElementOf<K> = K extends ArrayOf<infer E> ? E : Dynamic;
type PerPercentage<K, P> = P extends ArrayOf<unknown> ? ArrayOf<K> : K;

type Sum<L, R> = [L | R] extends [Numeric]
  ? Wider<L, R>
  : [L, R] extends ["date", Integral] | [Integral, "date"]
    ? "date"
    : Dynamic;
type Difference<L, R> = [L | R] extends [Numeric]
  ? Wider<L, R>
  : [L, R] extends ["date", Integral]
    ? "date"
    : [L, R] extends [Temporal, Temporal]
      ? "day-time interval"
      : Dynamic;
type Product<L, R> = [L | R] extends [Numeric] ? Wider<L, R> : Dynamic;
type Quotient<K> = [K] extends [Numeric]
  ? [Extract<K, Decimals>] extends [never]
    ? "double"
    : [Extract<K, "double" | "float" | "number">] extends [never]
      ? Extract<K, Decimals>
      : "double"
  : Dynamic;
type Total<K> = K extends Integral ? "bigint" : K extends Decimals | Intervals | Dynamic | "number" ? K : "double";
type Mean<K> = K extends Decimals | Intervals | Dynamic ? K : "double";

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
  ? Widest<R, [W] extends [never] ? NonNull<H> : Wider<W, NonNull<H>>>
  : W;

/** The values of condition, value, condition, value, …, else. */
export type Branches<A, V extends readonly unknown[] = []> = A extends readonly [unknown, infer B, ...infer R]
  ? Branches<R, [...V, B]>
  : A extends readonly [infer Else]
    ? [...V, Else]
    : [...V, null];
