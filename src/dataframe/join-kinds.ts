/** What joins and unions do to the schemas of two DataFrames, for the compiler. */
import type { Comparable, Lookup } from "../functions/evaluation.ts";
import type { Dynamic, NonNull, Problem, Untyped } from "../functions/kinds.ts";
import type { Wider } from "../functions/result-kinds.ts";
import type { List, Show } from "../functions/sentences.ts";
import type { Predicate, Settled } from "./schema-kinds.ts";

/** Spark's names of join types. */
export type JoinName =
  | "inner"
  | "cross"
  | "left"
  | "leftouter"
  | "left_outer"
  | "right"
  | "rightouter"
  | "right_outer"
  | "full"
  | "outer"
  | "fullouter"
  | "full_outer"
  | "semi"
  | "leftsemi"
  | "left_semi"
  | "anti"
  | "leftanti"
  | "left_anti";

/** Spark's names of the types that a lateral join may have. */
export type LateralJoinName = "inner" | "cross" | "left" | "leftouter" | "left_outer";

/** Spark's names of the types that an as-of join may have. */
export type AsOfJoinName = "inner" | "left" | "leftouter" | "left_outer";

type OneSided = "semi" | "leftsemi" | "left_semi" | "anti" | "leftanti" | "left_anti";
type Full = "full" | "outer" | "fullouter" | "full_outer";
type LeftOptional = "right" | "rightouter" | "right_outer" | Full;
type RightOptional = "left" | "leftouter" | "left_outer" | Full;

type Twice<N> =
  Problem<`column '${N & string}' is on both sides of the join; drop or rename one, or select it as left.col('${N & string}')`>;

/** The columns of a join of `L` and `R` that share the keys `U`. */
export type Joined<L, R, U, How> = How extends OneSided
  ? L
  : Settled<{
      [K in keyof L | keyof R]: K extends keyof L
        ? K extends U
          ? Key<L[K], K extends keyof R ? R[K] : L[K], How>
          : K extends keyof R
            ? string extends keyof L | keyof R
              ? Dynamic
              : Twice<K>
            : L[K] | (How extends LeftOptional ? null : never)
        : K extends keyof R
          ? R[K] | (How extends RightOptional ? null : never)
          : never;
    }>;

/** The kind of a shared key: the left's, but in a right join the right's, and in a full join of either. */
type Key<Left, Right, How> = How extends Full ? Left | Extract<Right, null> : How extends LeftOptional ? Right : Left;

type UsingKey<L, R, U> =
  Lookup<L, U & string> extends Problem<infer M>
    ? Problem<`left side: ${M}`>
    : Lookup<R, U & string> extends Problem<infer M>
      ? Problem<`right side: ${M}`>
      : U;

/** What a join may be on: a shared name, several, or a boolean column over both sides. */
export type JoinOn<L, R, On> = On extends string
  ? UsingKey<L, R, On>
  : On extends readonly unknown[]
    ? { [I in keyof On]: On[I] extends string ? UsingKey<L, R, On[I]> : Predicate<Joined<L, R, never, "inner">, On[I]> }
    : Predicate<Joined<L, R, never, "inner">, On>;
/** The keys that both sides share in the output. */
export type JoinKeys<On> = On extends string ? On : On extends readonly (infer U)[] ? Extract<U, string> : never;

type Missing<S, T, Where extends string> = [Exclude<keyof T, keyof S>] extends [never]
  ? never
  : `${Where}: ${List<Exclude<keyof T, keyof S> & string>}`;
type Clash<S, T> = {
  [K in keyof S & keyof T & string]: Comparable<NonNull<S[K]>, NonNull<T[K]>> extends true
    ? never
    : `column '${K}' is ${Show<NonNull<S[K]>>} here and ${Show<NonNull<T[K]>>} in the other DataFrame`;
}[keyof S & keyof T & string];

/** Why two schemas do not match; `never` when they do. The order of columns is left to the analyzer. */
export type Unmatched<S, T> = string extends keyof S | keyof T
  ? never
  : Missing<S, T, "only the other DataFrame has"> | Missing<T, S, "the other DataFrame lacks"> | Clash<S, T>;

/** The columns of a union: the wider of each pair. */
export type United<S, T> = string extends keyof S | keyof T
  ? Untyped
  : Settled<{
      [K in keyof S]: K extends keyof T ? Wider<NonNull<S[K]>, NonNull<T[K]>> | Extract<S[K] | T[K], null> : S[K];
    }>;

/** The columns of a union by name that fills missing columns with null. */
export type UnitedLoosely<S, T> = string extends keyof S | keyof T
  ? Untyped
  : Settled<{
      [K in keyof S | keyof T]: K extends keyof S
        ? K extends keyof T
          ? Wider<NonNull<S[K]>, NonNull<T[K]>> | Extract<S[K] | T[K], null>
          : S[K] | null
        : K extends keyof T
          ? T[K] | null
          : never;
    }>;
