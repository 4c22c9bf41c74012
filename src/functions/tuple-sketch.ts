/** Tuple sketches: theta sketches that keep a number with each key. */
import { aggregate, scalar } from "./define.ts";

/**
 * A tuple sketch of a group's keys, each with a number of type DOUBLE, as bytes.
 *
 * @param key - what is counted
 * @param summary - the number of a key
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleSketchAggDouble("word", "n")) // 2.0
 */
export const tupleSketchAggDouble = aggregate(
  "tuple_sketch_agg_double(key: tupleKey, summary: double, lgNomEntries?: constantInt, mode?: value constantString): binary not null",
);

/**
 * The union of a group's tuple sketches with numbers of type DOUBLE.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type DOUBLE
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleUnionAggDouble(unhex(lit("01030901000ECC93")))) // 0.0
 */
export const tupleUnionAggDouble = aggregate(
  "tuple_union_agg_double(sketch: binary, lgNomEntries?: constantInt, mode?: value constantString): binary not null",
);

/**
 * What all tuple sketches of a group with numbers of type DOUBLE have in common.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type DOUBLE
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleIntersectionAggDouble(unhex(lit("01030901000ECC93")))) // 0.0
 */
export const tupleIntersectionAggDouble = aggregate(
  "tuple_intersection_agg_double(sketch: binary, mode?: value constantString): binary not null",
);

/**
 * How many distinct keys a tuple sketch with numbers of type DOUBLE has seen.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type DOUBLE
 * @throws ExecutionError `TUPLE_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example tupleSketchEstimateDouble(tupleSketchAggDouble("word", "n")) // 2.0
 */
export const tupleSketchEstimateDouble = scalar("tuple_sketch_estimate_double(sketch: sketch): double");

/**
 * The numbers of type DOUBLE of a tuple sketch, added up or as `mode` says.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type DOUBLE
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchSummaryDouble(tupleSketchAggDouble("word", "n")) // 5.0
 */
export const tupleSketchSummaryDouble = scalar(
  "tuple_sketch_summary_double(sketch: sketch, mode?: value constantString): double",
);

/**
 * The part of all hashes that a tuple sketch with numbers of type DOUBLE covers: 1 while it has lost none.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type DOUBLE
 * @example tupleSketchThetaDouble(tupleSketchAggDouble("word", "n")) // 1.0
 */
export const tupleSketchThetaDouble = scalar("tuple_sketch_theta_double(sketch: sketch): double");

/**
 * What either of two tuple sketches with numbers of type DOUBLE has.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of another
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleUnionDouble(tupleSketchAggDouble("word", "n"), tupleSketchAggDouble("word", "n"))) // 2.0
 */
export const tupleUnionDouble = scalar(
  "tuple_union_double(left: sketch, right: sketch, lgNomEntries?: constantInt, mode?: value constantString): binary",
);

/**
 * What both of two tuple sketches with numbers of type DOUBLE have.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of another
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleIntersectionDouble(tupleSketchAggDouble("word", "n"), tupleSketchAggDouble("word", "n"))) // 2.0
 */
export const tupleIntersectionDouble = scalar(
  "tuple_intersection_double(left: sketch, right: sketch, mode?: value constantString): binary",
);

/**
 * What the first of two tuple sketches with numbers of type DOUBLE has and the second has not.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of another
 * @example tupleSketchEstimateDouble(tupleDifferenceDouble(tupleSketchAggDouble("word", "n"), tupleSketchAggDouble("word", "n"))) // 0.0
 */
export const tupleDifferenceDouble = scalar("tuple_difference_double(left: sketch, right: sketch): binary");

/**
 * What either a tuple sketch with numbers of type DOUBLE or a theta sketch has; the latter without numbers.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of a theta sketch
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleUnionThetaDouble(tupleSketchAggDouble("word", "n"), thetaSketchAgg("word"))) // 2.0
 */
export const tupleUnionThetaDouble = scalar(
  "tuple_union_theta_double(left: sketch, right: sketch, lgNomEntries?: constantInt, mode?: value constantString): binary",
);

/**
 * What both a tuple sketch with numbers of type DOUBLE and a theta sketch have.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of a theta sketch
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateDouble(tupleIntersectionThetaDouble(tupleSketchAggDouble("word", "n"), thetaSketchAgg("word"))) // 2.0
 */
export const tupleIntersectionThetaDouble = scalar(
  "tuple_intersection_theta_double(left: sketch, right: sketch, mode?: value constantString): binary",
);

/**
 * What a tuple sketch with numbers of type DOUBLE has and a theta sketch has not.
 *
 * @param left - bytes of a tuple sketch with numbers of type DOUBLE
 * @param right - bytes of a theta sketch
 * @example tupleSketchEstimateDouble(tupleDifferenceThetaDouble(tupleSketchAggDouble("word", "n"), thetaSketchAgg("word"))) // 0.0
 */
export const tupleDifferenceThetaDouble = scalar("tuple_difference_theta_double(left: sketch, right: sketch): binary");

/**
 * A tuple sketch of a group's keys, each with a number of type INT, as bytes.
 *
 * @param key - what is counted
 * @param summary - the number of a key
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleSketchAggInteger("word", "n")) // 2.0
 */
export const tupleSketchAggInteger = aggregate(
  "tuple_sketch_agg_integer(key: tupleKey, summary: int, lgNomEntries?: constantInt, mode?: value constantString): binary not null",
);

/**
 * The union of a group's tuple sketches with numbers of type INT.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type INT
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleUnionAggInteger(unhex(lit("01030901000ECC93")))) // 0.0
 */
export const tupleUnionAggInteger = aggregate(
  "tuple_union_agg_integer(sketch: binary, lgNomEntries?: constantInt, mode?: value constantString): binary not null",
);

/**
 * What all tuple sketches of a group with numbers of type INT have in common.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type INT
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleIntersectionAggInteger(unhex(lit("01030901000ECC93")))) // 0.0
 */
export const tupleIntersectionAggInteger = aggregate(
  "tuple_intersection_agg_integer(sketch: binary, mode?: value constantString): binary not null",
);

/**
 * How many distinct keys a tuple sketch with numbers of type INT has seen.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type INT
 * @throws ExecutionError `TUPLE_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example tupleSketchEstimateInteger(tupleSketchAggInteger("word", "n")) // 2.0
 */
export const tupleSketchEstimateInteger = scalar("tuple_sketch_estimate_integer(sketch: sketch): double");

/**
 * The numbers of type INT of a tuple sketch, added up or as `mode` says.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type INT
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchSummaryInteger(tupleSketchAggInteger("word", "n")) // 5
 */
export const tupleSketchSummaryInteger = scalar(
  "tuple_sketch_summary_integer(sketch: sketch, mode?: value constantString): bigint",
);

/**
 * The part of all hashes that a tuple sketch with numbers of type INT covers: 1 while it has lost none.
 *
 * @param sketch - bytes of a tuple sketch with numbers of type INT
 * @example tupleSketchThetaInteger(tupleSketchAggInteger("word", "n")) // 1.0
 */
export const tupleSketchThetaInteger = scalar("tuple_sketch_theta_integer(sketch: sketch): double");

/**
 * What either of two tuple sketches with numbers of type INT has.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of another
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleUnionInteger(tupleSketchAggInteger("word", "n"), tupleSketchAggInteger("word", "n"))) // 2.0
 */
export const tupleUnionInteger = scalar(
  "tuple_union_integer(left: sketch, right: sketch, lgNomEntries?: constantInt, mode?: value constantString): binary",
);

/**
 * What both of two tuple sketches with numbers of type INT have.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of another
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleIntersectionInteger(tupleSketchAggInteger("word", "n"), tupleSketchAggInteger("word", "n"))) // 2.0
 */
export const tupleIntersectionInteger = scalar(
  "tuple_intersection_integer(left: sketch, right: sketch, mode?: value constantString): binary",
);

/**
 * What the first of two tuple sketches with numbers of type INT has and the second has not.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of another
 * @example tupleSketchEstimateInteger(tupleDifferenceInteger(tupleSketchAggInteger("word", "n"), tupleSketchAggInteger("word", "n"))) // 0.0
 */
export const tupleDifferenceInteger = scalar("tuple_difference_integer(left: sketch, right: sketch): binary");

/**
 * What either a tuple sketch with numbers of type INT or a theta sketch has; the latter without numbers.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of a theta sketch
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleUnionThetaInteger(tupleSketchAggInteger("word", "n"), thetaSketchAgg("word"))) // 2.0
 */
export const tupleUnionThetaInteger = scalar(
  "tuple_union_theta_integer(left: sketch, right: sketch, lgNomEntries?: constantInt, mode?: value constantString): binary",
);

/**
 * What both a tuple sketch with numbers of type INT and a theta sketch have.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of a theta sketch
 * @param mode - what becomes of two numbers of one key: sum, min, max or alwaysone; sum when left out
 * @example tupleSketchEstimateInteger(tupleIntersectionThetaInteger(tupleSketchAggInteger("word", "n"), thetaSketchAgg("word"))) // 2.0
 */
export const tupleIntersectionThetaInteger = scalar(
  "tuple_intersection_theta_integer(left: sketch, right: sketch, mode?: value constantString): binary",
);

/**
 * What a tuple sketch with numbers of type INT has and a theta sketch has not.
 *
 * @param left - bytes of a tuple sketch with numbers of type INT
 * @param right - bytes of a theta sketch
 * @example tupleSketchEstimateInteger(tupleDifferenceThetaInteger(tupleSketchAggInteger("word", "n"), thetaSketchAgg("word"))) // 0.0
 */
export const tupleDifferenceThetaInteger = scalar(
  "tuple_difference_theta_integer(left: sketch, right: sketch): binary",
);
