/** KLL sketches: quantiles and ranks of many values, within a bound. */
import { aggregate, scalar } from "./define.ts";

/**
 * A KLL sketch of a group's values of type BIGINT, as bytes.
 *
 * @param value - what is ranked
 * @param k - how many values are kept at least: 8 to 65535, 200 when left out
 * @example kllSketchGetNBigint(kllSketchAggBigint("n")) // 3
 */
export const kllSketchAggBigint = aggregate("kll_sketch_agg_bigint(value: kllInteger, k?: onlyInt): binary not null");

/**
 * A group's KLL sketches of values of type BIGINT as one.
 *
 * @param sketch - bytes of a KLL sketch of values of type BIGINT
 * @param k - as for the sketch; that of the first one when left out
 * @example kllSketchGetNBigint(kllMergeAggBigint(unhex(lit("02010F01C8000800")))) // 0
 */
export const kllMergeAggBigint = aggregate("kll_merge_agg_bigint(sketch: sketch, k?: onlyInt): binary not null");

/**
 * How many values of type BIGINT a KLL sketch has seen.
 *
 * @param sketch - bytes of a KLL sketch of values of type BIGINT
 * @throws ExecutionError `KLL_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example kllSketchGetNBigint(kllSketchAggBigint("n")) // 3
 */
export const kllSketchGetNBigint = scalar("kll_sketch_get_n_bigint(sketch: binary): bigint");

/**
 * The value of type BIGINT below which, itself included, a part of all values of a KLL sketch lies.
 *
 * @param sketch - bytes of a KLL sketch of values of type BIGINT
 * @param rank - the part, between 0 and 1, or an array of such
 * @throws ExecutionError `KLL_SKETCH_INVALID_QUANTILE_RANGE` for a part outside
 * @example kllSketchGetQuantileBigint(kllSketchAggBigint("n"), lit(0.5)) // 2
 */
export const kllSketchGetQuantileBigint = scalar(
  "kll_sketch_get_quantile_bigint(sketch: binary, rank: doubleOrSeveral): quantileBigint",
);

/**
 * The part of all values of a KLL sketch that lies below a value of type BIGINT, itself included.
 *
 * @param sketch - bytes of a KLL sketch of values of type BIGINT
 * @param quantile - the value, or an array of such
 * @example kllSketchGetRankBigint(kllSketchAggBigint("n"), lit(2)) // 1.0
 */
export const kllSketchGetRankBigint = scalar(
  "kll_sketch_get_rank_bigint(sketch: binary, quantile: bigintOrSeveral): quantileDouble",
);

/**
 * Two KLL sketches of values of type BIGINT as one.
 *
 * @param left - bytes of a KLL sketch of values of type BIGINT
 * @param right - bytes of another
 * @example kllSketchGetNBigint(kllSketchMergeBigint(kllSketchAggBigint("n"), kllSketchAggBigint("n"))) // 6
 */
export const kllSketchMergeBigint = scalar("kll_sketch_merge_bigint(left: binary, right: binary): binary");

/**
 * What a KLL sketch of values of type BIGINT is like, as lines of text.
 *
 * @param sketch - bytes of a KLL sketch of values of type BIGINT
 * @example length(kllSketchToStringBigint(kllSketchAggBigint("n"))) // 633
 */
export const kllSketchToStringBigint = scalar("kll_sketch_to_string_bigint(sketch: binary): string");

/**
 * A KLL sketch of a group's values of type DOUBLE, as bytes.
 *
 * @param value - what is ranked
 * @param k - how many values are kept at least: 8 to 65535, 200 when left out
 * @example kllSketchGetNDouble(kllSketchAggDouble(col("n").cast("double"))) // 3
 */
export const kllSketchAggDouble = aggregate("kll_sketch_agg_double(value: kllFraction, k?: onlyInt): binary not null");

/**
 * A group's KLL sketches of values of type DOUBLE as one.
 *
 * @param sketch - bytes of a KLL sketch of values of type DOUBLE
 * @param k - as for the sketch; that of the first one when left out
 * @example kllSketchGetNDouble(kllMergeAggDouble(unhex(lit("02010F01C8000800")))) // 0
 */
export const kllMergeAggDouble = aggregate("kll_merge_agg_double(sketch: sketch, k?: onlyInt): binary not null");

/**
 * How many values of type DOUBLE a KLL sketch has seen.
 *
 * @param sketch - bytes of a KLL sketch of values of type DOUBLE
 * @throws ExecutionError `KLL_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example kllSketchGetNDouble(kllSketchAggDouble(col("n").cast("double"))) // 3
 */
export const kllSketchGetNDouble = scalar("kll_sketch_get_n_double(sketch: binary): bigint");

/**
 * The value of type DOUBLE below which, itself included, a part of all values of a KLL sketch lies.
 *
 * @param sketch - bytes of a KLL sketch of values of type DOUBLE
 * @param rank - the part, between 0 and 1, or an array of such
 * @throws ExecutionError `KLL_SKETCH_INVALID_QUANTILE_RANGE` for a part outside
 * @example kllSketchGetQuantileDouble(kllSketchAggDouble(col("n").cast("double")), lit(0.5)) // 2.0
 */
export const kllSketchGetQuantileDouble = scalar(
  "kll_sketch_get_quantile_double(sketch: binary, rank: doubleOrSeveral): quantileDouble",
);

/**
 * The part of all values of a KLL sketch that lies below a value of type DOUBLE, itself included.
 *
 * @param sketch - bytes of a KLL sketch of values of type DOUBLE
 * @param quantile - the value, or an array of such
 * @example kllSketchGetRankDouble(kllSketchAggDouble(col("n").cast("double")), lit(2)) // 1.0
 */
export const kllSketchGetRankDouble = scalar(
  "kll_sketch_get_rank_double(sketch: binary, quantile: doubleOrSeveral): quantileDouble",
);

/**
 * Two KLL sketches of values of type DOUBLE as one.
 *
 * @param left - bytes of a KLL sketch of values of type DOUBLE
 * @param right - bytes of another
 * @example kllSketchGetNDouble(kllSketchMergeDouble(kllSketchAggDouble(col("n").cast("double")), kllSketchAggDouble(col("n").cast("double")))) // 6
 */
export const kllSketchMergeDouble = scalar("kll_sketch_merge_double(left: binary, right: binary): binary");

/**
 * What a KLL sketch of values of type DOUBLE is like, as lines of text.
 *
 * @param sketch - bytes of a KLL sketch of values of type DOUBLE
 * @example length(kllSketchToStringDouble(kllSketchAggDouble(col("n").cast("double")))) // 639
 */
export const kllSketchToStringDouble = scalar("kll_sketch_to_string_double(sketch: binary): string");

/**
 * A KLL sketch of a group's values of type FLOAT, as bytes.
 *
 * @param value - what is ranked
 * @param k - how many values are kept at least: 8 to 65535, 200 when left out
 * @example kllSketchGetNFloat(kllSketchAggFloat(col("n").cast("float"))) // 3
 */
export const kllSketchAggFloat = aggregate("kll_sketch_agg_float(value: kllFloat, k?: onlyInt): binary not null");

/**
 * A group's KLL sketches of values of type FLOAT as one.
 *
 * @param sketch - bytes of a KLL sketch of values of type FLOAT
 * @param k - as for the sketch; that of the first one when left out
 * @example kllSketchGetNFloat(kllMergeAggFloat(unhex(lit("02010F01C8000800")))) // 0
 */
export const kllMergeAggFloat = aggregate("kll_merge_agg_float(sketch: sketch, k?: onlyInt): binary not null");

/**
 * How many values of type FLOAT a KLL sketch has seen.
 *
 * @param sketch - bytes of a KLL sketch of values of type FLOAT
 * @throws ExecutionError `KLL_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example kllSketchGetNFloat(kllSketchAggFloat(col("n").cast("float"))) // 3
 */
export const kllSketchGetNFloat = scalar("kll_sketch_get_n_float(sketch: binary): bigint");

/**
 * The value of type FLOAT below which, itself included, a part of all values of a KLL sketch lies.
 *
 * @param sketch - bytes of a KLL sketch of values of type FLOAT
 * @param rank - the part, between 0 and 1, or an array of such
 * @throws ExecutionError `KLL_SKETCH_INVALID_QUANTILE_RANGE` for a part outside
 * @example kllSketchGetQuantileFloat(kllSketchAggFloat(col("n").cast("float")), lit(0.5)) // 2.0
 */
export const kllSketchGetQuantileFloat = scalar(
  "kll_sketch_get_quantile_float(sketch: binary, rank: doubleOrSeveral): quantileFloat",
);

/**
 * The part of all values of a KLL sketch that lies below a value of type FLOAT, itself included.
 *
 * @param sketch - bytes of a KLL sketch of values of type FLOAT
 * @param quantile - the value, or an array of such
 * @example kllSketchGetRankFloat(kllSketchAggFloat(col("n").cast("float")), lit(2)) // 1.0
 */
export const kllSketchGetRankFloat = scalar(
  "kll_sketch_get_rank_float(sketch: binary, quantile: floatOrSeveral): quantileDouble",
);

/**
 * Two KLL sketches of values of type FLOAT as one.
 *
 * @param left - bytes of a KLL sketch of values of type FLOAT
 * @param right - bytes of another
 * @example kllSketchGetNFloat(kllSketchMergeFloat(kllSketchAggFloat(col("n").cast("float")), kllSketchAggFloat(col("n").cast("float")))) // 6
 */
export const kllSketchMergeFloat = scalar("kll_sketch_merge_float(left: binary, right: binary): binary");

/**
 * What a KLL sketch of values of type FLOAT is like, as lines of text.
 *
 * @param sketch - bytes of a KLL sketch of values of type FLOAT
 * @example length(kllSketchToStringFloat(kllSketchAggFloat(col("n").cast("float")))) // 637
 */
export const kllSketchToStringFloat = scalar("kll_sketch_to_string_float(sketch: binary): string");
