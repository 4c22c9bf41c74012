/**
 * What each method does to the schema, for the compiler. A schema is an object of kinds: `{ user: "string"; amount:
 * "double" | null }`.
 */
import type { KindOf, Lookup } from "../functions/evaluation.ts";
import type { NameOf } from "../functions/generated-name.ts";
import type { Dynamic, Kind, NonNull, Problem, Untyped } from "../functions/kinds.ts";
import type { ColumnExp, ColumnLike, Exp } from "../functions/phantom.ts";
import type { Items } from "../functions/result-kinds.ts";
import type { Show, Told } from "../functions/sentences.ts";

/**
 * The schema itself, with every column read at once: left lazy, a column that is first read some thirty steps later is
 * "excessively deep". For the same reason each step makes one mapped type, never an intersection.
 */
export type Settled<T> = [T[keyof T]] extends [Kind] ? T : T;

/** The columns of `S`, with those of `T` over them. */
export type Overlay<S, T> = Settled<{
  [K in keyof S | keyof T]: K extends keyof T ? T[K] : K extends keyof S ? S[K] : never;
}>;

/** Completes the names of columns, and leaves the error to the method. */
export type Suggest<S> = (keyof S & string) | (string & {});

/** What a parameter must be: itself when it is right, a sentence otherwise. `C` is inferred through the last branch. */
export type Valid<S, C> =
  KindOf<S, C extends "*" ? unknown : ColumnExp<C>> extends infer K
    ? K extends Problem<infer M>
      ? Told<C, M>
      : C
    : never;
export type ValidAll<S, C> = { [I in keyof C]: Valid<S, C[I]> };
export type ValidName<S, N> = N extends ColumnLike
  ? Valid<S, N>
  : Lookup<S, N & string> extends infer K
    ? K extends Problem<infer M>
      ? Told<N, M>
      : N
    : never;
export type ValidNames<S, N> = { [I in keyof N]: ValidName<S, N[I]> };

/** A boolean column, or SQL text. */
export type Predicate<S, C> = C extends string
  ? C
  : KindOf<S, Exp<C>> extends infer K
    ? K extends Problem<infer M>
      ? M
      : [NonNull<K>] extends ["boolean" | Dynamic]
        ? C
        : `a filter needs a boolean column, not ${Show<NonNull<K>>}`
    : never;

/** The columns of a projection; of unknown names when one is generated in a way that the compiler does not know. */
export type Projected<S, C> = Settled<{
  [X in Items<C> as X extends "*" ? never : NameOf<ColumnExp<X>>]: KindOf<S, ColumnExp<X>>;
}>;
export type Selected<S, C> =
  string extends Items<C>
    ? Untyped
    : Projected<S, C> extends infer P
      ? string extends keyof P
        ? Untyped
        : "*" extends Items<C>
          ? Overlay<S, P>
          : P
      : never;

/** The schema without the columns of a list of names and columns. */
export type Omitted<S, N> = Without<S, N extends ColumnLike ? NameOf<Exp<N>> : N>;
type Without<S, N> = string extends N ? Untyped : Settled<{ [K in keyof S as K extends N ? never : K]: S[K] }>;
export type With<S, N extends string, K> = string extends N
  ? Untyped
  : Settled<{ [P in keyof S | N]: P extends N ? K : P extends keyof S ? S[P] : never }>;
export type WithAll<S, M> = string extends keyof M
  ? Untyped
  : Settled<{
      [P in keyof S | keyof M]: P extends keyof M ? KindOf<S, ColumnExp<M[P]>> : P extends keyof S ? S[P] : never;
    }>;
export type Renamed<S, M> = string extends keyof M
  ? Untyped
  : Settled<{ [K in keyof S as K extends keyof M ? M[K] & string : K]: S[K] }>;

/** What `agg` makes; of unknown names when one is generated in a way that the compiler does not know. */
export type Aggregates<S, C> = Projected<S, C> extends infer P ? (string extends keyof P ? Untyped : P) : never;

/** The kind of the only column of a schema, which is null where there is no row. */
export type OnlyKind<S> = string extends keyof S ? Dynamic : S[keyof S] | null;

/** Each column may be null, as keys are in subtotals. */
export type Nullable<S> = Settled<{ [K in keyof S]: S[K] | null }>;

export type AnyColumns = readonly (ColumnLike | string)[];
