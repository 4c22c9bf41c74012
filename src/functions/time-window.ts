/** Spans of time that rows are grouped by. */
import { scalar } from "./define.ts";

/**
 * The spans of time that a row lies in, each a struct of its first moment (`start`) and of the moment after its last
 * (`end`). Spans of equal length follow each other; with a slide shorter than the length a row lies in several and becomes
 * as many rows. Rows without a time are left out. Stands in `select`, `withColumn`, `filter` and `groupBy`, once a
 * relation; its column is called `window`.
 *
 * Spark: `pyspark.sql.functions.window`.
 *
 * @param time - a timestamp, or the window of an earlier grouping
 * @param duration - the length, a constant such as `10 minutes`, or a number of microseconds; not of months
 * @param slide - from one start to the next; the length when left out
 * @param start - how far the first span begins after 1970-01-01 00:00:00 UTC; 0 when left out
 * @throws AnalysisError `DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE` for a length or slide that is not positive,
 * `DATATYPE_MISMATCH.PARAMETER_CONSTRAINT_VIOLATION` for a slide longer than the length or a start as long as the slide
 * @example window(lit("2024-01-01 00:07:00").cast("timestamp"), "5 minutes") // {2024-01-01 00:05:00, 2024-01-01 00:10:00}
 */
export const window = scalar(
  "window(time: windowTime, duration: value any, slide?: value any, start?: value any): timeWindow not null",
);

/**
 * The last moment of a window: one microsecond before its end.
 *
 * Spark: `pyspark.sql.functions.window_time`.
 *
 * @param window - a column that `window` or `session_window` made
 * @throws AnalysisError `_LEGACY_ERROR_TEMP_3101` for a column that neither made
 * @example windowTime(window(lit("2024-01-01 00:07:00").cast("timestamp"), "5 minutes")) // 2024-01-01 00:09:59.999999
 */
export const windowTime = scalar("window_time(window: timeWindow): windowTime nullable");

/**
 * The session that a row lies in. A row opens a session from its time until a gap later; where rows are grouped by
 * sessions, those that touch, among rows whose other keys are equal, are one. Rows without a time or with a gap that is not
 * positive are left out. Stands where `window` does; its column is called `session_window`.
 *
 * Spark: `pyspark.sql.functions.session_window`.
 *
 * @param time - a timestamp, or the window of an earlier grouping
 * @param gap - how long nothing may happen: a constant such as `5 minutes`, a choice between such constants, or an interval
 * @throws AnalysisError `_LEGACY_ERROR_TEMP_1040` for a gap that is no interval
 * @example sessionWindow(lit("2024-01-01 00:07:00").cast("timestamp"), "5 minutes") // {2024-01-01 00:07:00, 2024-01-01 00:12:00}
 */
export const sessionWindow = scalar("session_window(time: windowTime, gap: value any): timeWindow not null");

/**
 * The beginning of the span of a length that a moment lies in: spans follow each other from an origin on. Those of months
 * and of days go by the clock of the session's time zone where the moment has one, shorter ones are time that passes.
 *
 * Spark: `pyspark.sql.functions.time_bucket`.
 *
 * @param bucketSize - the length, a constant above zero: an interval of days to seconds, or of years to months
 * @param ts - a TIMESTAMP or TIMESTAMP_NTZ
 * @param origin - where one of the spans begins, a constant of the type of `ts`; 1970-01-01 00:00:00 when left out
 * @throws AnalysisError `DATATYPE_MISMATCH.VALUE_OUT_OF_RANGE` for a length that is not above zero
 * @example timeBucket(makeDtInterval(lit(0), lit(1)), lit("2024-01-01 11:27:00").cast("timestamp")) // 2024-01-01 11:00:00
 */
export const timeBucket = scalar("time_bucket(bucketSize: span, ts: onlyAnyTimestamp, origin?: bucketOrigin): second");
