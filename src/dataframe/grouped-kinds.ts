/** What aggregates of groups do to the schema, for the compiler. */
import type { KindOf } from "../functions/evaluation.ts";
import type { Untyped } from "../functions/kinds.ts";
import type { Call, Ref } from "../functions/phantom.ts";
import type { Overlay, Projected, Settled } from "./schema-kinds.ts";

/** A value whose rows become a column. */
export type PivotValue = string | number | boolean;

/** Keys and aggregates; a pivot's columns where `V` names them. */
export type Grouped<S, Keys, V extends string, C> = Rows<Keys, V, Projected<S, C>, C>;

type Rows<Keys, V extends string, P, C> = [V] extends [never]
  ? Merged<Keys, P>
  : string extends V
    ? Untyped
    : Merged<Keys, Spread<V, P, C>>;

/** Of unknown names when either side is. */
type Merged<Keys, P> = string extends keyof Keys | keyof P ? Untyped : Overlay<Keys, P>;

/** A column of each value of a pivot; of each value and aggregate, `value_aggregate`, when there are several. */
type Spread<V extends string, P, C> = C extends readonly [unknown]
  ? { [K in V]: P[keyof P] | null }
  : { [X in Pair<V, keyof P & string> as `${X[0]}_${X[1]}`]: P[X[1] & keyof P] | null };
type Pair<V extends string, N extends string> = V extends unknown
  ? N extends unknown
    ? readonly [V, N]
    : never
  : never;

interface Definitions {
  sum: "sum(value: numeric): total nullable";
  avg: "avg(value: numeric): average nullable";
  min: "min(value: any): first nullable";
  max: "max(value: any): first nullable";
}

/** What `groupBy(…).sum("a", "b")` and the like give. */
export type Shortcut<S, Keys, V extends string, F extends string, N extends readonly string[]> = F extends "count"
  ? Rows<Keys, V, { count: "bigint" }, readonly [unknown]>
  : F extends keyof Definitions
    ? Rows<
        Keys,
        V,
        Settled<{ [K in N[number] as `${F}(${K})`]: KindOf<S, Call<Definitions[F], readonly [Ref<K>]>> }>,
        N
      >
    : never;
