/**
 * Functions that have a meaning only over a window, made with `.over(Window.…)`. Examples are over the rows `(word, n)`:
 * `('a', 1), ('b', 2), ('b', 2), (null, null)`.
 */
import { windowFunction } from "./define.ts";

/**
 * The fraction of the partition's rows that do not come after the row.
 *
 * @example cumeDist().over(Window.orderBy("n")) // 0.25, 0.5, 1.0, 1.0
 */
export const cumeDist = windowFunction("cume_dist(): double not null");

/**
 * The row's rank, equal for equal rows, without gaps.
 *
 * @example denseRank().over(Window.orderBy("n")) // 1, 2, 3, 3
 */
export const denseRank = windowFunction("dense_rank(): int not null");

/**
 * The value some rows before.
 *
 * @param value - what to take
 * @param offset - how many rows before, 1 when left out
 * @param otherwise - the value where there is no such row; null when left out
 * @example lag("n", 1, 0).over(Window.orderBy("n")) // 0, NULL, 1, 2
 */
export const lag = windowFunction(
  "lag(value: any, offset?: writtenInt, otherwise?: value likeFirst): first null if outside",
);

/**
 * The value some rows after.
 *
 * @param value - what to take
 * @param offset - how many rows after, 1 when left out
 * @param otherwise - the value where there is no such row; null when left out
 * @example lead("n").over(Window.orderBy("n")) // 1, 2, 2, NULL
 */
export const lead = windowFunction(
  "lead(value: any, offset?: writtenInt, otherwise?: value likeFirst): first null if outside",
);

/**
 * The value of the n-th row of the frame.
 *
 * @param value - what to take
 * @param position - which row, from 1 on
 * @param ignoreNulls - whether to pass over nulls, false when left out
 * @example nthValue("n", 2).over(Window.orderBy("n")) // NULL, 1, 1, 1
 */
export const nthValue = windowFunction(
  "nth_value(value: any, position: constantInt, ignoreNulls?: constantBoolean): first nullable",
);

/**
 * Which of `count` groups of nearly equal size the row falls into.
 *
 * @param count - how many groups
 * @example ntile(2).over(Window.orderBy("n")) // 1, 1, 2, 2
 */
export const ntile = windowFunction("ntile(count: writtenInt): int not null");

/**
 * The rank as a fraction: `(rank - 1) / (rows - 1)`.
 *
 * @example round(percentRank().over(Window.orderBy("n")), 2) // 0.0, 0.33, 0.67, 0.67
 */
export const percentRank = windowFunction("percent_rank(): double not null");

/**
 * The row's rank, equal for equal rows, with gaps after them.
 *
 * @example rank().over(Window.orderBy("n")) // 1, 2, 3, 3
 */
export const rank = windowFunction("rank(): int not null");

/**
 * The row's number in the order of the window, from 1 on.
 *
 * @example rowNumber().over(Window.orderBy("n")) // 1, 2, 3, 4
 */
export const rowNumber = windowFunction("row_number(): int not null");
