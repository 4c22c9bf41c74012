/** Vectors and bit maps as DuckDB SQL. */
import type { Lowering, Lowerings } from "./lowering.ts";

const ownKernel =
  (name: string): Lowering =>
  (args, { kernel }) =>
    kernel(name, args);

const normed =
  (name: string): Lowering =>
  ([vector, degree], { kernel }) =>
    kernel(name, [vector!, degree ?? "2::FLOAT"]);

const bucket = 32_768;

type Aggregates = "vectorSum" | "vectorAvg" | "bitmapConstructAgg" | "bitmapOrAgg" | "bitmapAndAgg";

// Numbers from 1 on are in the buckets from 1 on; 0 and those below it in the others.
export const vectorLowerings = {
  vector_inner_product: ownKernel("vector_inner_product"),
  vector_l2_distance: ownKernel("vector_l2_distance"),
  vector_cosine_similarity: ownKernel("vector_cosine_similarity"),
  vector_norm: normed("vector_norm"),
  vector_normalize: normed("vector_normalize"),
  bitmap_count: ownKernel("bitmap_count"),
  bitmap_bit_position: ([number]) =>
    `CASE WHEN ${number} > 0 THEN (${number} - 1) % ${bucket} ELSE (-((${number})::HUGEINT % ${bucket}))::BIGINT END`,
  bitmap_bucket_number: ([number]) =>
    `CASE WHEN ${number} > 0 THEN 1 + (${number} - 1) // ${bucket} ELSE ${number} // ${bucket} END`,
} satisfies Lowerings<Omit<typeof import("../../../functions/vector.ts"), Aggregates>>;
