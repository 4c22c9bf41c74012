/** Theta sketches: how many distinct values there are, of sets that can be joined, intersected and subtracted. */
import { aggregate, scalar } from "./define.ts";

/**
 * A theta sketch of a group's values, as bytes.
 *
 * @param value - what is counted
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @throws ExecutionError `SKETCH_INVALID_LG_NOM_ENTRIES`
 * @example thetaSketchEstimate(thetaSketchAgg("word")) // 2
 */
export const thetaSketchAgg = aggregate(
  "theta_sketch_agg(value: thetaItem, lgNomEntries?: onlyConstantInt): binary not null",
);

/**
 * The union of a group's theta sketches.
 *
 * @param sketch - bytes of theta sketches
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @example thetaSketchEstimate(thetaUnionAgg(unhex(lit("01030300003ACC93649F00331E40E803")))) // 1
 */
export const thetaUnionAgg = aggregate(
  "theta_union_agg(sketch: sketch, lgNomEntries?: onlyConstantInt): binary not null",
);

/**
 * What all theta sketches of a group have in common.
 *
 * @param sketch - bytes of theta sketches
 * @example thetaSketchEstimate(thetaIntersectionAgg(unhex(lit("01030300003ACC93649F00331E40E803")))) // 1
 */
export const thetaIntersectionAgg = aggregate("theta_intersection_agg(sketch: sketch): binary not null");

/**
 * How many distinct values a theta sketch has seen.
 *
 * @param sketch - bytes of a theta sketch
 * @throws ExecutionError `THETA_INVALID_INPUT_SKETCH_BUFFER` for bytes of something else
 * @example thetaSketchEstimate(thetaSketchAgg("n")) // 2
 */
export const thetaSketchEstimate = scalar("theta_sketch_estimate(sketch: sketch): bigint");

/**
 * What either of two theta sketches has.
 *
 * @param left - bytes of a theta sketch
 * @param right - bytes of another
 * @param lgNomEntries - the logarithm to base 2 of how many hashes are kept: 4 to 26, 12 when left out
 * @example thetaSketchEstimate(thetaUnion(thetaSketchAgg("n"), thetaSketchAgg("word"))) // 4
 */
export const thetaUnion = scalar("theta_union(left: sketch, right: sketch, lgNomEntries?: onlyConstantInt): binary");

/**
 * What both of two theta sketches have.
 *
 * @param left - bytes of a theta sketch
 * @param right - bytes of another
 * @example thetaSketchEstimate(thetaIntersection(thetaSketchAgg("n"), thetaSketchAgg("n"))) // 2
 */
export const thetaIntersection = scalar("theta_intersection(left: sketch, right: sketch): binary");

/**
 * What the first of two theta sketches has and the second has not.
 *
 * @param left - bytes of a theta sketch
 * @param right - bytes of another
 * @example thetaSketchEstimate(thetaDifference(thetaSketchAgg("n"), thetaSketchAgg("word"))) // 2
 */
export const thetaDifference = scalar("theta_difference(left: sketch, right: sketch): binary");
