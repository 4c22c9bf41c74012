/**
 * The rules for null as the compiler knows them: `null` where the result may be null, from the kinds of the arguments `A`.
 * `null-rules.ts` is the analyzer's side, and has the same keys.
 */
import type { ArrayOf, NonNull, Temporal } from "./kinds.ts";
import type { Arg, Branches, Items } from "./result-kinds.ts";

export interface NullKinds<A> {
  "null if any": Extract<Items<A>, null>;
  "not null": never;
  nullable: null;
  "nullable in name": Extract<Items<A>, null>;
  "null if quotient": Extract<Items<A>, null>;
  "null if product": Extract<Items<A>, null>;
  "null if all": AllNullable<A>;
  "null if first": Extract<Arg<A, 0>, null>;
  "null if second": Extract<Arg<A, 1>, null>;
  "null if first two": Extract<Arg<A, 0> | Arg<A, 1>, null>;
  "null if branches": Extract<Items<Branches<A>>, null>;
  "null if outside": A extends readonly [infer V, unknown, infer Default] ? Extract<V | Default, null> : null;
  "null if element": NonNull<Arg<A, 0>> extends ArrayOf<infer E> ? Extract<E | Items<A>, null> : null;
  "null if tried element": null;
  "null if item": null;
  "null if tried item": null;
  "null if held": Extract<Items<A>, null> | HeldNull<Items<A>>;
  "null if unread": A extends readonly [infer V]
    ? NonNull<V> extends Temporal
      ? Extract<V, null>
      : null
    : Extract<Items<A>, null>;
  "null if tried": A extends readonly [infer V] ? (NonNull<V> extends Temporal ? Extract<V, null> : null) : null;
  "null if decoded": null;
  "null if bytes": Extract<Items<A>, null> | (Extract<Items<A>, "binary"> extends never ? never : null);
  "null if not finite":
    | Extract<Items<A>, null>
    | (Extract<Items<A>, "float" | "double" | "number"> extends never ? never : null);
  "null if accumulated": A extends readonly [infer V, unknown, unknown, infer Finished]
    ? Extract<V | Finished, null>
    : null;
}

type HeldNull<K> = K extends ArrayOf<infer E> ? Extract<E, null> : never;
type AllNullable<A> = A extends readonly [infer H, ...infer R]
  ? null extends H
    ? R extends readonly []
      ? null
      : AllNullable<R>
    : never
  : never;
