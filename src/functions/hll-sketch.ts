/** HyperLogLog sketches: how many distinct values there are, in little room, of sets that can be joined. */
import { aggregate, scalar } from "./define.ts";

/**
 * A HyperLogLog sketch of a group's values, as bytes of Apache DataSketches that can be joined with others.
 *
 * @param value - what is counted: integers, texts or bytes, without the empty ones
 * @param lgConfigK - the logarithm to base 2 of the number of registers: 4 to 21, 12 when left out
 * @throws ExecutionError `HLL_INVALID_LG_K`
 * @throws AnalysisError `HLL_K_MUST_BE_CONSTANT`
 * @example hllSketchEstimate(hllSketchAgg("word")) // 2
 */
export const hllSketchAgg = aggregate("hll_sketch_agg(value: hllItem, lgConfigK?: onlyInt): binary not null");

/**
 * The union of a group's HyperLogLog sketches. Its estimate is one of its registers, within the same bounds as Spark's.
 *
 * @param sketch - bytes of HyperLogLog sketches
 * @param allowDifferentLgConfigK - whether they may have different numbers of registers; false when left out
 * @throws ExecutionError `HLL_UNION_DIFFERENT_LG_K`, `HLL_INVALID_INPUT_SKETCH_BUFFER`
 * @example hllSketchEstimate(hllUnionAgg(unhex(lit("0201070C03000108082BF2FB0000000000000000000000000000000000000000000000000000000000")))) // 1
 */
export const hllUnionAgg = aggregate(
  "hll_union_agg(sketch: sketch, allowDifferentLgConfigK?: onlyBoolean): binary not null",
);

/**
 * How many distinct values a HyperLogLog sketch has seen, about.
 *
 * @param sketch - bytes of a HyperLogLog sketch
 * @throws ExecutionError `HLL_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example hllSketchEstimate(hllSketchAgg("n")) // 2
 */
export const hllSketchEstimate = scalar("hll_sketch_estimate(sketch: sketch): bigint");

/**
 * What either of two HyperLogLog sketches has.
 *
 * @param first - bytes of a HyperLogLog sketch
 * @param second - bytes of another
 * @param allowDifferentLgConfigK - whether they may have different numbers of registers; false when left out
 * @throws ExecutionError `HLL_UNION_DIFFERENT_LG_K`
 * @example hllSketchEstimate(hllUnion(hllSketchAgg("n"), hllSketchAgg("word"))) // 4
 */
export const hllUnion = scalar(
  "hll_union(first: sketch, second: sketch, allowDifferentLgConfigK?: onlyBoolean): binary",
);
