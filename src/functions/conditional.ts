/** Values chosen by conditions and nulls; `when` and `otherwise` are in `constructors.ts`. */
import { scalar, synonym } from "./define.ts";

/**
 * The first value that is not null.
 *
 * @param value - the first choice
 * @param more - the others; all go to one type
 * @example coalesce(lit(null), lit(1), lit(2)) // 1
 */
export const coalesce = scalar("coalesce(value: same, ...more: same): widest null if all");

/**
 * The greatest of several values that is not null.
 *
 * @param values - two or more values that go to one type
 * @example greatest(lit(10), lit(9), lit(2)) // 10
 */
export const greatest = scalar("greatest(first: ranked, second: ranked, ...more: ranked): widest null if all");

/**
 * The first value, or the second where it is null; another name of `nvl`.
 *
 * @example ifnull(lit(null), lit(1)) // 1
 */
export const ifnull = synonym("ifnull(value: same, otherwise: same): widest null if all", coalesce);

/**
 * Whether the value is NaN; false for null.
 *
 * @param value - a FLOAT or DOUBLE
 * @example isnan(lit(Number.NaN)) // true
 */
export const isnan = scalar("isnan(value: floatOrDouble): boolean not null");

/**
 * Whether there is a value.
 *
 * @example isnotnull(lit(1)) // true
 */
export const isnotnull = scalar("isnotnull(value: any): boolean not null");

/**
 * Whether the value is null.
 *
 * @example isnull(lit(1)) // false
 */
export const isnull = scalar("isnull(value: any): boolean not null");

/**
 * The least of several values that is not null.
 *
 * @param values - two or more values that go to one type
 * @example least(lit(10), lit(9), lit(2)) // 2
 */
export const least = scalar("least(first: ranked, second: ranked, ...more: ranked): widest null if all");

/**
 * The first value, or the second where it is NaN.
 *
 * @param value - a FLOAT or DOUBLE
 * @param otherwise - the value in its place
 * @example nanvl(lit(Number.NaN), lit(123)) // 123.0
 */
export const nanvl = scalar("nanvl(value: nanOrElse, otherwise: nanOrElse): first");

/**
 * Null where both values are equal, the first one otherwise.
 *
 * @example nullif(lit(2), lit(2)) // NULL
 */
export const nullif = scalar("nullif(value: comparedWithFirst, other: comparedWithFirst): first nullable");

/**
 * Null where the value is 0, the value otherwise.
 *
 * @example nullifzero(lit(0)) // NULL
 */
export const nullifzero = scalar("nullifzero(value: besideZero): first nullable");

/**
 * The first value, or the second where it is null.
 *
 * @example nvl(lit(null), lit(1)) // 1
 */
export const nvl = synonym("nvl(value: same, otherwise: same): widest null if all", coalesce);

/**
 * The second value where the first is not null, else the third.
 *
 * @param condition - what may be null
 * @param present - the value where it is not
 * @param absent - the value where it is
 * @example nvl2(lit(null), lit(2), lit(1)) // 1
 */
export const nvl2 = scalar("nvl2(condition: any, present: same, absent: same): second null if branches");

/**
 * 0 where the value is null, the value otherwise.
 *
 * @example zeroifnull(lit(null)) // 0
 */
export const zeroifnull = scalar("zeroifnull(value: besideInt): first not null");

/**
 * Whether two values are equal, two nulls included; never null.
 *
 * @example equalNull(lit(null), lit(null)) // true
 */
export const equalNull = scalar("equal_null(left: equatable, right: equatable): boolean not null");
