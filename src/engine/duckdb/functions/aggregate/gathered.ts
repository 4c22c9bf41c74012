/** Aggregates that a kernel makes of all values of a group. */
import type { FunctionNames } from "../../../../functions/catalogue.ts";
import { type AggregateLowering, type AggregateModifiers, aggregateCall } from "./call.ts";

/** The values of a group that are not null, as a list. */
export const gathered = (value: string, modifiers: AggregateModifiers): string =>
  `coalesce(${aggregateCall("list", [value], modifiers, `${value} IS NOT NULL`)}, [])`;

const byKernel =
  (name: string): AggregateLowering =>
  ([value], modifiers, { kernel }) =>
    kernel(name, [gathered(value!, modifiers)]);

type Module = typeof import("../../../../functions/vector.ts");
type Aggregates = Pick<Module, "vectorSum" | "vectorAvg" | "bitmapConstructAgg" | "bitmapOrAgg" | "bitmapAndAgg">;

/** By SQL name. */
export const gatheredLowerings = {
  vector_sum: byKernel("vector_sum"),
  vector_avg: byKernel("vector_avg"),
  bitmap_construct_agg: byKernel("bitmap_construct"),
  bitmap_or_agg: byKernel("bitmap_or"),
  bitmap_and_agg: byKernel("bitmap_and"),
  schema_of_variant_agg: byKernel("schema_of_variants"),
} satisfies { readonly [Name in FunctionNames<Aggregates> | "schema_of_variant_agg"]: AggregateLowering };
