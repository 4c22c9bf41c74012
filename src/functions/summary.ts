/** Summaries of many values: the most frequent ones, histograms, count-min sketches. */
import { aggregate } from "./define.ts";

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
 * @param value - what is counted: integers, texts or bytes
 * @param eps - by which part of all values a count may be too high, a constant above 0
 * @param confidence - how likely it is not to be higher, a constant above 0 and below 1
 * @param seed - decides how values are spread, a constant
 * @throws AnalysisError `DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE`
 * @example length(countMinSketch("n", lit(0.5).cast("double"), lit(0.5).cast("double"), lit(1))) // 60
 */
export const countMinSketch = aggregate(
  "count_min_sketch(value: countMinItem, eps: onlyDouble, confidence: onlyDouble, seed: onlyIntOrBigint): binary not null",
);
