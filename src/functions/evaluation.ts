/** The kind of a column over a schema: phantom expressions evaluated by the compiler, as the analyzer does it at run time. */
import type {
  ArrayOf,
  Decimals,
  Dynamic,
  Integral,
  Kind,
  MapOf,
  NonNull,
  Numeric,
  Problem,
  StructOf,
  Temporal,
} from "./kinds.ts";
import type { NullKinds } from "./null-kinds.ts";
import type { ParameterKinds } from "./parameter-kinds.ts";
import type { Aliased, Call, CastTo, Extracted, Known, Opaque, Over, Ref, TriedCast, UserCall } from "./phantom.ts";
import type { Items, ResultKinds } from "./result-kinds.ts";
import type { NoColumn, Show, WrongArgument } from "./sentences.ts";
import type { EachIn, NameIn, NullsIn, ResultIn, RulesIn } from "./signature.ts";
import type { SqlKind, StatedKind } from "./sql-kinds.ts";

/** The kind of the column `N` of a schema, or a problem; the hidden column of files may be there beside it. */
export type Lookup<S, N extends string> = N extends keyof S
  ? Dynamic extends S[N]
    ? Dynamic
    : S[N]
  : string extends N
    ? Dynamic
    : N extends `${infer Head}.${infer Rest}`
      ? Path<S, Head, Rest>
      : N extends "*" | `\`${string}` | "_metadata"
        ? Dynamic
        : NoColumn<S, N>;

/** `address.city` is a field of a struct; with another head (an alias, back-ticks) only the analyzer can tell. */
type Path<S, Head extends string, Rest extends string> = Head extends keyof S
  ? NonNull<S[Head]> extends StructOf<infer F>
    ? Lookup<F, Rest> extends infer K
      ? K extends Problem<string>
        ? K
        : K | Extract<S[Head], null>
      : never
    : Dynamic
  : Dynamic;

/** The kind of an expression over a schema, or a `Problem`. */
export type KindOf<S, E> = unknown extends E
  ? Dynamic
  : E extends Ref<infer N>
    ? Lookup<S, N>
    : E extends Known<infer K, string>
      ? K
      : E extends Aliased<string, infer I>
        ? KindOf<S, I>
        : E extends CastTo<infer T, infer I>
          ? Cast<T, KindOf<S, I>>
          : E extends TriedCast<infer T, infer I>
            ? Cast<T, KindOf<S, I> | null>
            : E extends Call<infer F, infer A>
              ? Apply<F, { [I in keyof A]: KindOf<S, A[I]> }>
              : E extends Over<infer I>
                ? KindOf<S, I>
                : E extends Extracted<infer I, infer Key>
                  ? ItemOf<KindOf<S, I>, Key>
                  : E extends UserCall<infer P, infer R, infer A>
                    ? ApplyUser<P, R, { [K in keyof A]: KindOf<S, A[K]> }>
                    : E extends Opaque<infer I>
                      ? Cast<string, KindOf<S, I>>
                      : Dynamic;

/** The element of an array, the value of a map or the field of a struct; what is not there is an error or null. */
type ItemOf<K, Key> = [Extract<K, Problem<string>>] extends [never]
  ? NonNull<K> extends ArrayOf<infer E>
    ? E | null
    : NonNull<K> extends MapOf<unknown, infer V>
      ? V | null
      : NonNull<K> extends StructOf<infer F>
        ? Key extends Known<unknown, infer N>
          ? Lookup<F, N> | Extract<K, null>
          : Dynamic
        : Dynamic
  : Extract<K, Problem<string>>;

type Cast<T extends string, K> = [Extract<K, Problem<string>>] extends [never]
  ? SqlKind<T> | Extract<K, null>
  : Extract<K, Problem<string>>;

type Apply<F extends string, A> = [Extract<Items<A>, Problem<string>>] extends [never]
  ? Checked<F, A> extends infer P
    ? [P] extends [never]
      ? Result<F, A>
      : P
    : never
  : Extract<Items<A>, Problem<string>>;

type Checked<F, A> =
  RulesIn<F> extends infer Fixed
    ? Items<{ [I in keyof A]: Check<F, I extends keyof Fixed ? Fixed[I] : EachIn<F>, A[I], I> }> extends infer P
      ? [P] extends [never]
        ? FirstRule<Fixed, F> extends "comparable" | "equatable" | "member"
          ? Compare<A>
          : never
        : P
      : never
    : never;

type FirstRule<Fixed, F> = Fixed extends readonly [infer Rule, ...unknown[]] ? Rule : EachIn<F>;

type Check<F, Rule, K, I> = (Rule extends `value ${infer Bare}` ? Bare : Rule) extends infer R
  ? R extends keyof ParameterKinds
    ? Fits<K, ParameterKinds[R]["kinds"]> extends true
      ? never
      : WrongArgument<NameIn<F>, ParameterKinds[R]["wanted"], K, I>
    : never
  : never;

/** The kinds of a user function's arguments against its parameters; then the stated result. */
type ApplyUser<P, R, A> =
  UserProblems<P, A> extends infer Found ? ([Found] extends [never] ? StatedKind<R> : Found) : never;
type UserProblems<P, A> = {
  [K in keyof A]: Extract<A[K], Problem<string>> extends infer Found
    ? [Found] extends [never]
      ? Fits<A[K], Takes<K extends keyof P ? StatedKind<P[K]> : Dynamic>> extends true
        ? never
        : Problem<`the argument ${K & string} must be ${Show<NonNull<K extends keyof P ? StatedKind<P[K]> : Dynamic>>}, not ${Show<NonNull<A[K]>>}`>
      : Found
    : never;
}[keyof A];

/** What a parameter takes besides its own kind: numbers that Spark widens to it. */
type Takes<K> = Dynamic extends K
  ? unknown
  : NonNull<K> extends "double" | "float" | Decimals
    ? Numeric
    : NonNull<K> extends "bigint"
      ? Integral | "number"
      : NonNull<K> extends "int"
        ? "tinyint" | "smallint" | "int" | "number"
        : NonNull<K> extends Temporal
          ? Temporal
          : NonNull<K>;

type Fits<K, P> = unknown extends P ? true : [NonNull<K>] extends [P | Dynamic] ? true : false;

type Result<F, A> =
  ResultIn<F> extends infer R
    ? R extends keyof ResultKinds<[]>
      ? Dynamic extends Items<A>
        ? Loosely<ResultKinds<A>[R], NullsIn<F>>
        :
            | ResultKinds<A>[R]
            | (F extends `explode(${string}`
                ? never
                : NullsIn<F> extends keyof NullKinds<[]>
                  ? NullKinds<A>[NullsIn<F>]
                  : null)
      : R extends Kind
        ? R | null
        : Dynamic
    : never;

/** Of arguments that are not known, only a result that does not depend on them is. */
type Loosely<K, Nulls> = K extends "string" | "int" | "bigint" | "boolean" | "date" | "timestamp"
  ? K | (Nulls extends "not null" ? never : null)
  : Dynamic;

/** Whether Spark compares two kinds without a cast of the program's. */
export type Comparable<A, B> = [A] extends [B]
  ? true
  : [B] extends [A]
    ? true
    : [A | B] extends [Numeric]
      ? true
      : [A | B] extends [Temporal | "string"]
        ? true
        : Dynamic extends A | B
          ? true
          : false;

type Compare<A> = A extends readonly [infer H, ...infer T]
  ? Comparable<NonNull<H>, NonNull<T[number]>> extends true
    ? never
    : Problem<`cannot compare ${Show<NonNull<H>>} with ${Show<NonNull<T[number]>>}; cast one of them`>
  : never;
