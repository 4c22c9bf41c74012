/** Summaries of many values: the most frequent ones, histograms, count-min sketches. */
import { aggregate, scalar } from "./define.ts";

/**
 * The most frequent values of a group with their counts, the most frequent first; null counts as a value.
 *
 * The counts are exact while there are no more different values than `maxItemsTracked`, else they may be too low.
 *
 * @param value - what is counted: numbers, booleans, texts, dates and times
 * @param k - how many values to give: 5 when left out
 * @param maxItemsTracked - how many values to count at a time, at most 1000000: 10000 when left out
 * @throws AnalysisError `APPROX_TOP_K_NON_POSITIVE_ARG`, `APPROX_TOP_K_MAX_ITEMS_TRACKED_LESS_THAN_K`
 * @example approxTopK("word", 1) // [{b, 2}]
 */
export const approxTopK = aggregate(
  "approx_top_k(value: frequent, k?: constantInt, maxItemsTracked?: constantInt): frequencies not null",
);

/**
 * A histogram of a group's values: up to `nb` bins of different widths, each a struct of its center (`x`), of the type of
 * the values, and of how many values it has (`y`). It is exact while there are no more different values than bins; of more,
 * the nearest two become one, and the order of rows may tell.
 *
 * @param value - numbers, dates, timestamps or intervals
 * @param nb - how many bins at most, a constant of at least 2
 * @throws AnalysisError `DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE`
 * @example histogramNumeric(lit(7), lit(5)) // [{7, 1.0}]
 */
export const histogramNumeric = aggregate("histogram_numeric(value: measurable, nb: int): bins nullable");

/**
 * A count-min sketch of a group's values, as bytes that Spark's `CountMinSketch` reads: how often a value was there at most.
 *
 * @param column - what is counted: integers, texts or bytes
 * @param epsilon - by which part of all values a count may be too high, a constant above 0
 * @param confidence - how likely it is not to be higher, a constant above 0 and below 1
 * @param seed - decides how values are spread, a constant
 * @throws AnalysisError `DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE`
 * @example length(countMinSketch("n", lit(0.5).cast("double"), lit(0.5).cast("double"), lit(1))) // 60
 */
export const countMinSketch = aggregate(
  "count_min_sketch(column: countMinItem, epsilon: onlyDouble, confidence: onlyDouble, seed: onlyIntOrBigint): binary not null",
);

/**
 * A sketch of the most frequent values of a group, to be combined with others and estimated later: a struct of bytes of
 * Apache DataSketches, of how many values are tracked and of the type of the values.
 *
 * @param value - what is counted: numbers, booleans, texts, dates and times
 * @param maxItemsTracked - how many values to count at a time, at most 1000000: 10000 when left out
 * @throws AnalysisError `APPROX_TOP_K_NON_POSITIVE_ARG`, `APPROX_TOP_K_MAX_ITEMS_TRACKED_EXCEEDS_LIMIT`
 * @example approxTopKEstimate(approxTopKAccumulate("word"), 1) // [{b, 2}]
 */
export const approxTopKAccumulate = aggregate(
  "approx_top_k_accumulate(value: frequent, maxItemsTracked?: constantInt): topKState not null",
);

/**
 * A group's sketches of the most frequent values as one.
 *
 * @param state - what `approxTopKAccumulate` has made
 * @param maxItemsTracked - how many values to count at a time; that of the sketches when left out, which must be one then
 * @throws ExecutionError `APPROX_TOP_K_SKETCH_SIZE_NOT_MATCH`
 */
export const approxTopKCombine = aggregate(
  "approx_top_k_combine(state: topKState, maxItemsTracked?: constantInt): topKStateOf not null",
);

/**
 * The most frequent values of a sketch with their counts, the most frequent first.
 *
 * @param state - what `approxTopKAccumulate` or `approxTopKCombine` has made
 * @param k - how many values to give: 5 when left out
 * @throws AnalysisError `APPROX_TOP_K_NON_POSITIVE_ARG`, `APPROX_TOP_K_MAX_ITEMS_TRACKED_LESS_THAN_K`
 * @example size(approxTopKEstimate(approxTopKAccumulate("n"))) // 3
 */
export const approxTopKEstimate = scalar("approx_top_k_estimate(state: topKState, k?: constantInt): topKItems");
