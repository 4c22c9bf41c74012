/** JSON text. */
import { generator, scalar } from "./define.ts";

/**
 * The value of a JSON text, as a type that DDL states; null where the text is malformed.
 *
 * @param text - the JSON text
 * @param schema - such as `a INT, b STRING` or `ARRAY<INT>`
 * @param options - how to read, as for JSON files
 * @example fromJson(lit('{"a":1}'), "a INT") // {1}
 */
export const fromJson = scalar(
  "from_json(text: onlyString, schema: value schemaText, options?: stringMap): statedForJson nullable",
);

/**
 * A part of a JSON text by its path: text as it is, other values as JSON; null where there is none.
 *
 * @param text - the JSON text
 * @param path - such as `$.a[0].b`
 * @example getJsonObject(lit('{"a":{"b":1}}'), "$.a.b") // 1
 */
export const getJsonObject = scalar("get_json_object(text: onlyString, path: value onlyString): string nullable");

/**
 * The number of elements of a JSON array; null where the text is none.
 *
 * @example jsonArrayLength(lit("[1,2,3]")) // 3
 */
export const jsonArrayLength = scalar("json_array_length(text: onlyString): int nullable");

/**
 * The keys of a JSON object; null where the text is none.
 *
 * @example jsonObjectKeys(lit('{"a":1,"b":2}')) // [a, b]
 */
export const jsonObjectKeys = scalar("json_object_keys(text: onlyString): array<string> nullable");

/**
 * Several fields of a JSON object as columns `c0`, `c1`, …
 *
 * @param text - the JSON text
 * @param fields - the names of the fields
 */
export const jsonTuple = generator(
  "json_tuple(text: statedString, field: value statedString, ...more: value statedString): jsonTuple nullable",
);

/**
 * A DDL schema for a JSON text.
 *
 * @param text - the JSON text, a constant
 * @example schemaOfJson('{"a":1}') // STRUCT<a: BIGINT>
 */
export const schemaOfJson = scalar("schema_of_json(text: value constantString, options?: stringMap): string not null");

/**
 * A struct, map or array as JSON text; fields that are null are left out.
 *
 * @param value - a struct, a map or an array
 * @param options - how to write, as for JSON files
 * @example toJson(namedStruct(lit("a"), lit(1))) // {"a":1}
 */
export const toJson = scalar("to_json(value: jsonable, options?: stringMap): string nullable");
