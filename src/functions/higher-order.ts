/** Functions that take functions of columns: `transform("list", (x) => x.plus(1))`. */
import { higherOrder, synonym } from "./define.ts";

/**
 * One value made of an array, element by element.
 *
 * @param list - the array
 * @param start - the first value of the accumulator
 * @param merge - the next accumulator, of the accumulator and an element; it must have the start's type
 * @param finish - what to make of the last accumulator
 * @example aggregate(array(lit(1), lit(2)), lit(0), (sum, x) => sum.plus(x)) // 3
 */
export const aggregate = higherOrder(
  "aggregate(list: onlyArray, start: any, merge: lambdaOfStart, finish?: lambda): accumulated null if accumulated",
);

/**
 * One value made of an array, element by element; another name of `aggregate`.
 *
 * @example reduce(array(lit(1), lit(2)), lit(10), (sum, x) => sum.plus(x)) // 13
 */
export const reduce = synonym(
  "reduce(list: onlyArray, start: any, merge: lambdaOfStart, finish?: lambda): accumulated null if accumulated",
  aggregate,
);

/**
 * The array sorted, nulls last; or in the order that a comparator gives.
 *
 * @param list - the array
 * @param comparator - -1, 0 or 1 as the first element comes before, with or after the second
 * @example arraySort(array(lit(3), lit(null), lit(1))) // [1, 3, null]
 */
export const arraySort = higherOrder("array_sort(list: onlyArrayOfOrderable, comparator?: lambdaOfInt): first");

/**
 * Whether a condition is true of any element.
 *
 * @param list - the array
 * @param condition - of an element
 * @example exists(array(lit(1), lit(2)), (x) => x.gt(1)) // true
 */
export const exists = higherOrder("exists(list: onlyArray, condition: lambdaOfBoolean): boolean");

/**
 * The elements of which a condition is true.
 *
 * @param list - the array
 * @param condition - of an element, and its index from 0 on
 * @example filter(array(lit(1), lit(2), lit(3)), (x) => x.gt(1)) // [2, 3]
 */
export const filter = higherOrder("filter(list: onlyArray, condition: lambdaOfBoolean): first null if first");

/**
 * Whether a condition is true of all elements.
 *
 * @param list - the array
 * @param condition - of an element
 * @example forall(array(lit(1), lit(2)), (x) => x.gt(1)) // false
 */
export const forall = higherOrder("forall(list: onlyArray, condition: lambdaOfBoolean): boolean");

/**
 * The entries of a map of which a condition is true.
 *
 * @param entries - the map
 * @param condition - of a key and its value
 * @example mapFilter(createMap(lit(1), lit(0), lit(2), lit(5)), (k, v) => v.gt(k)) // {2 -> 5}
 */
export const mapFilter = higherOrder("map_filter(entries: onlyMap, condition: lambdaOfBoolean): first null if first");

/**
 * A map of the keys of two maps, the values made of theirs; null stands for the value of a missing key.
 *
 * @param left - one map
 * @param right - the other
 * @param merge - the value, of the key and both values
 * @example mapZipWith(createMap(lit(1), lit(2)), createMap(lit(1), lit(3)), (k, v, w) => v.plus(w)) // {1 -> 5}
 */
export const mapZipWith = higherOrder(
  "map_zip_with(left: mapsOfOneKey, right: mapsOfOneKey, merge: lambda): mapOfLambda null if first two",
);

/**
 * An array of what a function makes of each element.
 *
 * @param list - the array
 * @param change - of an element, and its index from 0 on
 * @example transform(array(lit(1), lit(2)), (x) => x.plus(1)) // [2, 3]
 */
export const transform = higherOrder("transform(list: onlyArray, change: lambda): arrayOfLambda null if first");

/**
 * The map with other keys.
 *
 * @param entries - the map
 * @param change - the key, of a key and its value
 * @example transformKeys(createMap(lit(1), lit(5)), (k, v) => k.plus(v)) // {6 -> 5}
 */
export const transformKeys = higherOrder(
  "transform_keys(entries: onlyMap, change: lambdaOfKey): mapWithKeys null if first",
);

/**
 * The map with other values.
 *
 * @param entries - the map
 * @param change - the value, of a key and its value
 * @example transformValues(createMap(lit(1), lit(5)), (k, v) => k.plus(v)) // {1 -> 6}
 */
export const transformValues = higherOrder(
  "transform_values(entries: onlyMap, change: lambda): mapWithValues null if first",
);

/**
 * An array of what a function makes of the elements of two arrays at each position; null fills up the shorter one.
 *
 * @param left - one array
 * @param right - the other
 * @param merge - of both elements
 * @example zipWith(array(lit(1), lit(2)), array(lit(3), lit(4)), (x, y) => x.plus(y)) // [4, 6]
 */
export const zipWith = higherOrder(
  "zip_with(left: onlyArray, right: onlyArray, merge: lambda): arrayOfLambda null if first two",
);
