/** Vectors, which are arrays of FLOAT without nulls, and bit maps. Every step is rounded to a FLOAT, as Spark does. */
import { aggregate, scalar } from "./define.ts";

/**
 * The inner product of two vectors; null where one holds a null.
 *
 * @param left - a vector
 * @param right - a vector of as many numbers
 * @throws ExecutionError `VECTOR_DIMENSION_MISMATCH`
 * @example vectorInnerProduct(array(lit(1), lit(2)).cast("array<float>"), array(lit(3), lit(4)).cast("array<float>")) // 11.0
 */
export const vectorInnerProduct = scalar("vector_inner_product(left: vector, right: vector): float nullable");

/**
 * The Euclidean distance of two vectors; null where one holds a null.
 *
 * @param left - a vector
 * @param right - a vector of as many numbers
 * @throws ExecutionError `VECTOR_DIMENSION_MISMATCH`
 * @example vectorL2Distance(array(lit(1)).cast("array<float>"), array(lit(4)).cast("array<float>")) // 3.0
 */
export const vectorL2Distance = scalar("vector_l2_distance(left: vector, right: vector): float nullable");

/**
 * The cosine of the angle between two vectors; null where one has no length or holds a null.
 *
 * @param left - a vector
 * @param right - a vector of as many numbers
 * @throws ExecutionError `VECTOR_DIMENSION_MISMATCH`
 * @example vectorCosineSimilarity(array(lit(1)).cast("array<float>"), array(lit(4)).cast("array<float>")) // 1.0
 */
export const vectorCosineSimilarity = scalar("vector_cosine_similarity(left: vector, right: vector): float nullable");

/**
 * The length of a vector; null where it holds a null.
 *
 * @param vector - a vector
 * @param degree - which norm, as a FLOAT: 1, 2 (when left out) or infinity
 * @throws ExecutionError `INVALID_VECTOR_NORM_DEGREE`
 * @example vectorNorm(array(lit(3), lit(4)).cast("array<float>")) // 5.0
 */
export const vectorNorm = scalar("vector_norm(vector: vector, degree?: onlyFloat): float nullable");

/**
 * A vector of length 1 that points where another does; null where that has no length or holds a null.
 *
 * @param vector - a vector
 * @param degree - which norm, as a FLOAT: 1, 2 (when left out) or infinity
 * @throws ExecutionError `INVALID_VECTOR_NORM_DEGREE`
 * @example vectorNormalize(array(lit(3), lit(4)).cast("array<float>")) // [0.6, 0.8]
 */
export const vectorNormalize = scalar("vector_normalize(vector: vector, degree?: onlyFloat): floats nullable");

/**
 * The sum of the vectors of a group, without those that are null or hold a null.
 *
 * @param vector - a vector
 * @throws ExecutionError `VECTOR_DIMENSION_MISMATCH`
 * @example vectorSum(array(lit(1)).cast("array<float>")) // [1.0]
 */
export const vectorSum = aggregate("vector_sum(vector: vector): floatsWithoutNull nullable");

/**
 * The mean of the vectors of a group, without those that are null or hold a null.
 *
 * @param vector - a vector
 * @throws ExecutionError `VECTOR_DIMENSION_MISMATCH`
 * @example vectorAvg(array(lit(1)).cast("array<float>")) // [1.0]
 */
export const vectorAvg = aggregate("vector_avg(vector: vector): floatsWithoutNull nullable");

/**
 * The number of bits that are 1.
 *
 * @param bitmap - a binary value
 * @example bitmapCount(unhex(lit("FF01"))) // 9
 */
export const bitmapCount = scalar("bitmap_count(bitmap: onlyBinary): bigint");

/**
 * The place of a number in its bucket of 32,768 numbers.
 *
 * @param number - an integer
 * @example bitmapBitPosition(lit(123)) // 122
 */
export const bitmapBitPosition = scalar("bitmap_bit_position(number: bigint): bigint");

/**
 * The bucket of 32,768 numbers that a number lies in.
 *
 * @param number - an integer
 * @example bitmapBucketNumber(lit(123)) // 1
 */
export const bitmapBucketNumber = scalar("bitmap_bucket_number(number: bigint): bigint");

/**
 * A bit map of 4,096 bytes with a 1 at each position of the group.
 *
 * @param position - from 0 to 32,767
 * @throws ExecutionError `INVALID_BITMAP_POSITION`
 * @example bitmapCount(bitmapConstructAgg(lit(3))) // 1
 */
export const bitmapConstructAgg = aggregate("bitmap_construct_agg(position: bigint): binary not null");

/**
 * The bits that are 1 in any bit map of the group.
 *
 * @param bitmap - a binary value
 * @example bitmapCount(bitmapOrAgg(unhex(lit("0F")))) // 4
 */
export const bitmapOrAgg = aggregate("bitmap_or_agg(bitmap: onlyBinary): binary not null");

/**
 * The bits that are 1 in all bit maps of the group.
 *
 * @param bitmap - a binary value
 * @example bitmapCount(bitmapAndAgg(unhex(lit("0F")))) // 4
 */
export const bitmapAndAgg = aggregate("bitmap_and_agg(bitmap: onlyBinary): binary not null");
