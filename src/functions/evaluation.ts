/** The kind of a column over a schema: phantom expressions evaluated by the compiler, as the analyzer does it at run time. */
import type { Dynamic, Kind, NonNull, Numeric, Problem, StructOf, Temporal } from "./kinds.ts";
import type { ParameterKinds } from "./parameter-kinds.ts";
import type { Aliased, Call, CastTo, Known, Over, Ref, TriedCast } from "./phantom.ts";
import type { Bare, Branches, Items, ResultKinds, Widest } from "./result-kinds.ts";
import type { NoColumn, Show, WrongArgument } from "./sentences.ts";
import type { EachIn, NameIn, NullsIn, ResultIn, RulesIn } from "./signature.ts";

/** The kind of the column `N` of a schema, or a problem. */
export type Lookup<S, N extends string> = N extends keyof S
  ? Dynamic extends S[N]
    ? Dynamic
    : S[N]
  : string extends N
    ? Dynamic
    : N extends `${infer Head}.${infer Rest}`
      ? Path<S, Head, Rest>
      : N extends "*" | `\`${string}`
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
                : Dynamic;

type Cast<T extends string, K> = [Extract<K, Problem<string>>] extends [never]
  ? (Lowercase<T> extends infer L extends Kind ? L : Dynamic) | Extract<K, null>
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
        ? Fixed extends readonly ["comparable", ...unknown[]]
          ? Compare<A>
          : never
        : P
      : never
    : never;

type Check<F, Rule, K, I> = (Rule extends `value ${infer Bare}` ? Bare : Rule) extends infer R
  ? R extends keyof ParameterKinds
    ? Fits<K, ParameterKinds[R]["kinds"]> extends true
      ? never
      : WrongArgument<NameIn<F>, ParameterKinds[R]["wanted"], K, I>
    : never
  : never;

type Fits<K, P> = unknown extends P
  ? true
  : [NonNull<K>] extends [P | Dynamic | ("int" extends P ? "number" : never)]
    ? true
    : false;

type Result<F, A> =
  ResultIn<F> extends infer R
    ? R extends "branches"
      ? Widest<Bare<Branches<A>>> | Extract<Items<Branches<A>>, null>
      : R extends keyof ResultKinds<A>
        ? Dynamic extends Items<A>
          ? DynamicResult<ResultKinds<A>[R]>
          : Nullable<NullsIn<F>, A, ResultKinds<Bare<A>>[R]>
        : Dynamic
    : never;

type DynamicResult<K> = K extends "string" | "int" | "bigint" | "boolean" | "date" | "timestamp" ? K | null : Dynamic;

type Nullable<N, A, K> = N extends "not null"
  ? K
  : N extends "nullable"
    ? K | null
    : null extends Items<A>
      ? N extends "null if all"
        ? AllNullable<A> extends true
          ? K | null
          : K
        : K | null
      : K;
type AllNullable<A> = A extends readonly [infer H, ...infer R] ? (null extends H ? AllNullable<R> : false) : true;

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
