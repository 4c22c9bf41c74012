/** Arrays, maps and structs: making them, reading them, changing them. Positions in arrays count from 1. */
import { generator, scalar, synonym } from "./define.ts";

/**
 * An array of values that go to one type.
 *
 * @example array(lit(1), lit(2)) // [1, 2]
 */
export const array = scalar("array(...values: same): array not null");

/**
 * The array with a value more at its end.
 *
 * @param list - the array
 * @param value - what to add
 * @example arrayAppend(array(lit("b"), lit("d")), "a") // [b, d, a]
 */
export const arrayAppend = scalar(
  "array_append(list: arrayToExtend, value: value elementToAdd): arrayExtended null if first",
);

/**
 * The array without nulls.
 *
 * @example arrayCompact(array(lit(1), lit(null), lit(3))) // [1, 3]
 */
export const arrayCompact = scalar("array_compact(list: array): arrayWithoutNulls");

/**
 * Whether a value is in the array; null when it is not but the array holds nulls.
 *
 * @param list - the array
 * @param value - what to look for
 * @example arrayContains(array(lit(1), lit(2)), 2) // true
 */
export const arrayContains = scalar(
  "array_contains(list: arrayToSearch, value: value elementSought): boolean null if held",
);

/**
 * The array without repeated values.
 *
 * @example arrayDistinct(array(lit(1), lit(2), lit(2))) // [1, 2]
 */
export const arrayDistinct = scalar("array_distinct(list: arrayOfOrderable): first");

/**
 * The different values of the first array that are not in the second.
 *
 * @example arrayExcept(array(lit(1), lit(2)), array(lit(1))) // [2]
 */
export const arrayExcept = scalar("array_except(left: sets, right: sets): first");

/**
 * The array with a value put in at a position; nulls fill a gap.
 *
 * @param list - the array
 * @param position - where the value shall stand, from 1 on, or from the end with a minus
 * @param value - what to put in
 * @example arrayInsert(array(lit(1), lit(2)), 2, 9) // [1, 9, 2]
 */
export const arrayInsert = scalar(
  "array_insert(list: arrayToExtend, position: position, value: value elementToAdd): arrayExtended null if first two",
);

/**
 * The different values that are in both arrays.
 *
 * @example arrayIntersect(array(lit(1), lit(2)), array(lit(2), lit(3))) // [2]
 */
export const arrayIntersect = scalar("array_intersect(left: sets, right: sets): arrayInBoth");

/**
 * The strings of an array with a delimiter between them.
 *
 * @param list - the array
 * @param delimiter - what to put between them
 * @param nullReplacement - what stands for nulls, which are left out otherwise
 * @example arrayJoin(array(lit("a"), lit(null), lit("c")), ",", "-") // a,-,c
 */
export const arrayJoin = scalar(
  "array_join(list: arrayOfStrings, delimiter: value onlyString, nullReplacement?: value onlyString): string",
);

/**
 * The greatest value of the array, nulls left out.
 *
 * @example arrayMax(array(lit(1), lit(20), lit(null))) // 20
 */
export const arrayMax = scalar("array_max(list: arrayOfOrderable): element nullable");

/**
 * The least value of the array, nulls left out.
 *
 * @example arrayMin(array(lit(1), lit(20), lit(null))) // 1
 */
export const arrayMin = scalar("array_min(list: arrayOfOrderable): element nullable");

/**
 * The position of the first occurrence of a value; 0 when it is not there.
 *
 * @param list - the array
 * @param value - what to look for
 * @example arrayPosition(array(lit("a"), lit("b")), "b") // 2
 */
export const arrayPosition = scalar("array_position(list: arrayToMatch, value: value elementToMatch): bigint");

/**
 * The array with a value more at its beginning.
 *
 * @param list - the array
 * @param value - what to add
 * @example arrayPrepend(array(lit("b"), lit("d")), "a") // [a, b, d]
 */
export const arrayPrepend = scalar(
  "array_prepend(list: arrayToExtend, value: value elementToAdd): arrayExtended null if first",
);

/**
 * The array without the occurrences of a value.
 *
 * @param list - the array
 * @param value - what to remove
 * @example arrayRemove(array(lit(1), lit(2), lit(3)), 2) // [1, 3]
 */
export const arrayRemove = scalar("array_remove(list: arrayToMatch, value: value elementToMatch): first");

/**
 * An array of one value so many times.
 *
 * @param value - the value
 * @param count - how many times
 * @example arrayRepeat(lit("ab"), 2) // [ab, ab]
 */
export const arrayRepeat = scalar("array_repeat(value: any, count: onlyInt): arrayRepeating null if second");

/**
 * The number of elements of the array; null for null.
 *
 * @example arraySize(array(lit("b"), lit("d"))) // 2
 */
export const arraySize = scalar("array_size(list: array): int");

/**
 * The different values that are in either array.
 *
 * @example arrayUnion(array(lit(1), lit(2)), array(lit(2), lit(3))) // [1, 2, 3]
 */
export const arrayUnion = scalar("array_union(left: sets, right: sets): arrayOfBoth");

/**
 * Whether two arrays have a value in common; null when they have not but one of them holds nulls.
 *
 * @example arraysOverlap(array(lit(1), lit(2)), array(lit(2))) // true
 */
export const arraysOverlap = scalar("arrays_overlap(left: sets, right: sets): boolean null if held");

/**
 * An array of structs, the n-th of the n-th elements of all arrays; nulls fill up shorter ones.
 *
 * @example arraysZip(array(lit(1), lit(2)), array(lit(3))) // [{1, 3}, {2, null}]
 */
export const arraysZip = scalar("arrays_zip(...lists: array): zipped");

/**
 * Strings, or arrays, one after the other; null when any of them is.
 *
 * @param values - strings, binary values or arrays
 * @example concat(lit("Spark"), lit("SQL")) // SparkSQL
 */
export const concat = scalar("concat(...values: joined): joined", { aliases: ["||"] });

/**
 * A map of keys and values in turn.
 *
 * @example createMap(lit("a"), lit(1)) // {a -> 1}
 */
export const createMap = scalar("map(...entries: keysAndValues): mapOfPairs not null");

/**
 * An element of an array by its position, from the end with a minus; or the value of a key in a map, null when it is not
 * there.
 *
 * @param collection - an array or a map
 * @param key - the position, from 1 on, or the key
 * @example elementAt(array(lit(1), lit(2)), -1) // 2
 */
export const elementAt = scalar(
  "element_at(collection: arrayOrMapToRead, key: value positionOrKey): element null if element",
);

/**
 * A row for each element of an array, or each entry of a map; no row for null or nothing.
 *
 * @param collection - an array or a map
 * @example explode(array(lit(10), lit(20))) // 10, 20
 */
export const explode = generator("explode(collection: onlyArrayOrMap): exploded nullable");

/**
 * A row for each element of an array, or each entry of a map; a row of nulls for null or nothing.
 *
 * @param collection - an array or a map
 * @example explodeOuter(array(lit(10), lit(20))) // 10, 20
 */
export const explodeOuter = generator("explode_outer(collection: onlyArrayOrMap): exploded nullable");

/**
 * The elements of an array's arrays in one array.
 *
 * @example flatten(array(array(lit(1)), array(lit(2)))) // [1, 2]
 */
export const flatten = scalar("flatten(lists: arrayOfArrays): innerArray null if held");

/**
 * An element of an array by its index from 0 on; null outside.
 *
 * @param list - the array
 * @param index - from 0 on
 * @example get(array(lit(1), lit(2)), 0) // 1
 */
export const get = scalar("get(list: onlyArray, index: int): element null if tried item");

/**
 * A row for each struct of an array, its fields as columns; no row for null or nothing.
 *
 * @param input - an array of structs
 */
export const inline = generator("inline(input: arrayOfStructs): inlined nullable");

/**
 * A row for each struct of an array, its fields as columns; a row of nulls for null or nothing.
 *
 * @param input - an array of structs
 */
export const inlineOuter = generator("inline_outer(input: arrayOfStructs): inlined nullable");

/**
 * One map of all entries of several; a key that is in two of them fails.
 *
 * @example mapConcat(createMap(lit(1), lit("a")), createMap(lit(2), lit("b"))) // {1 -> a, 2 -> b}
 */
export const mapConcat = scalar("map_concat(...maps: maps): mapOfAll");

/**
 * Whether a map has a key.
 *
 * @param entries - the map
 * @param key - what to look for
 * @example mapContainsKey(createMap(lit(1), lit("a")), 1) // true
 */
export const mapContainsKey = scalar("map_contains_key(entries: mapToSearch, key: value keySought): boolean nullable");

/**
 * The entries of a map as an array of structs `key`, `value`.
 *
 * @example mapEntries(createMap(lit(1), lit("a"))) // [{1, a}]
 */
export const mapEntries = scalar("map_entries(entries: map): mapEntries");

/**
 * A map of an array of keys and an array of values.
 *
 * @param keys - the keys; a null or repeated key fails
 * @param values - the values
 * @example mapFromArrays(array(lit("a"), lit("b")), array(lit(1), lit(2))) // {a -> 1, b -> 2}
 */
export const mapFromArrays = scalar("map_from_arrays(keys: array, values: array): mapFromArrays");

/**
 * A map of an array of key-value pairs.
 *
 * @param entries - an array of structs with two fields
 * @example mapFromEntries(array(struct(lit(1), lit("a")))) // {1 -> a}
 */
export const mapFromEntries = scalar("map_from_entries(entries: arrayOfPairs): mapFromPairs null if held");

/**
 * The keys of a map.
 *
 * @example mapKeys(createMap(lit(1), lit("a"))) // [1]
 */
export const mapKeys = scalar("map_keys(entries: map): mapKeys");

/**
 * The values of a map.
 *
 * @example mapValues(createMap(lit(1), lit("a"))) // [a]
 */
export const mapValues = scalar("map_values(entries: map): mapValues");

/**
 * A struct of names and values in turn.
 *
 * @param fields - names, which are constants, and values
 * @example namedStruct(lit("a"), lit(1), lit("b"), lit(2)) // {1, 2}
 */
export const namedStruct = scalar("named_struct(...fields: any): namedStruct not null");

/**
 * A row for each element with its position from 0 on; no row for null or nothing.
 *
 * @param collection - an array or a map
 */
export const posexplode = generator("posexplode(collection: onlyArrayOrMap): positionAndExploded nullable");

/**
 * A row for each element with its position from 0 on; a row of nulls for null or nothing.
 *
 * @param collection - an array or a map
 */
export const posexplodeOuter = generator("posexplode_outer(collection: onlyArrayOrMap): positionAndExploded nullable");

/**
 * A text or an array from its end to its beginning.
 *
 * @example reverse(lit("Spark SQL")) // LQS krapS
 */
export const reverse = scalar("reverse(value: textOrArray): first");

/**
 * An array of the values from one bound to another, both included.
 *
 * @param start - an integer, a date or a timestamp
 * @param stop - the other bound
 * @param step - by how much; 1 or -1, or a day, when left out
 * @example sequence(lit(1), lit(5), lit(2)) // [1, 3, 5]
 */
export const sequence = scalar("sequence(start: sequenceBound, stop: sequenceBound, step?: sequenceStep): sequence");

/**
 * The array in random order.
 *
 * @param list - the array
 * @param seed - a whole number: with it the order is Spark's own
 * @example size(shuffle(array(lit(1), lit(20)))) // 2
 */
export const shuffle = scalar("shuffle(list: array, seed?: writtenSeed): first null if first", {
  deterministic: false,
});

/**
 * The number of elements of an array, or of entries of a map; null for null.
 *
 * @example size(array(lit("b"), lit("d"))) // 2
 */
export const size = scalar("size(collection: arrayOrMap): int");

/**
 * The number of elements of an array, or of entries of a map; another name of `size`.
 *
 * @example cardinality(createMap(lit(1), lit("a"))) // 1
 */
export const cardinality = synonym("cardinality(collection: arrayOrMap): int", size);

/**
 * A part of an array.
 *
 * @param list - the array
 * @param start - where it begins, from 1 on, or from the end with a minus
 * @param length - how many elements
 * @example slice(array(lit(1), lit(2), lit(3)), 2, 2) // [2, 3]
 */
export const slice = scalar("slice(list: array, start: int, length: int): first");

/**
 * The array sorted; nulls come first ascending and last descending.
 *
 * @param list - the array
 * @param ascending - true when left out
 * @example sortArray(array(lit(3), lit(null), lit(1))) // [null, 1, 3]
 */
export const sortArray = scalar("sort_array(list: arrayOfOrderable, ascending?: onlyConstantBoolean): first");

/**
 * Values dealt out to so many rows, column by column.
 *
 * @param rows - how many rows
 * @param values - the values, row by row
 */
export const stack = generator("stack(rows: writtenInt, ...values: dealt): stacked nullable");

/**
 * A map of the entries of a text.
 *
 * @param text - the text
 * @param pairDelimiter - a regular expression between entries, `,` when left out
 * @param keyValueDelimiter - a regular expression between key and value, `:` when left out
 * @example strToMap(lit("a:1,b:2")) // {a -> 1, b -> 2}
 */
export const strToMap = scalar(
  "str_to_map(text: onlyString, pairDelimiter?: onlyString, keyValueDelimiter?: onlyString): stringMap",
);

/**
 * A struct of columns under their names; what has no name is `col1`, `col2`, …
 *
 * @example struct(lit(1), lit("a")) // {1, a}
 */
export const struct = scalar("struct(...fields: any): struct not null");

/**
 * An element of an array by its position, or the value of a key in a map; null when it is not there.
 *
 * @param collection - an array or a map
 * @param key - the position, from 1 on, or the key
 * @example tryElementAt(array(lit(1), lit(2)), lit(3)) // NULL
 */
export const tryElementAt = scalar(
  "try_element_at(collection: arrayOrMapToRead, key: positionOrKey): element null if tried element",
);
