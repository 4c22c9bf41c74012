/** Semi-structured values: reading JSON into them, taking parts out of them, their schemas. */
import { aggregate, scalar } from "./define.ts";

/**
 * The value of a JSON text.
 *
 * @param text - the JSON text
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION` when a text is no JSON
 * @example parseJson(lit('{"a":1,"b":0.80}')).cast("string") // {"a":1,"b":0.8}
 */
export const parseJson = scalar("parse_json(text: onlyString): variant");

/**
 * The value of a JSON text; null where the text is no JSON.
 *
 * @param text - the JSON text
 * @example tryParseJson(lit('{"a":')).cast("string") // NULL
 */
export const tryParseJson = scalar("try_parse_json(text: onlyString): variant nullable");

/**
 * The part of a variant at a path, converted to a type; null where there is none.
 *
 * @param value - a variant
 * @param path - such as `$.items[0]['unit price']`
 * @param type - such as `int` or `array<string>`; a variant when left out
 * @throws ExecutionError `INVALID_VARIANT_CAST` when a part does not fit the type
 * @example variantGet(parseJson(lit('{"a":[1,2]}')), "$.a[1]", "int") // 2
 */
export const variantGet = scalar(
  "variant_get(value: variant, path: value onlyString, type?: value writtenString): variantPart nullable",
);

/**
 * The part of a variant at a path, converted to a type; null where there is none or it does not fit.
 *
 * @param value - a variant
 * @param path - such as `$.items[0]['unit price']`
 * @param type - such as `int` or `array<string>`; a variant when left out
 * @example tryVariantGet(parseJson(lit('{"a":"x"}')), "$.a", "int") // NULL
 */
export const tryVariantGet = scalar(
  "try_variant_get(value: variant, path: value onlyString, type?: value writtenString): variantPart nullable",
);

/**
 * Whether a variant holds the null of JSON, which a missing value is not.
 *
 * @example isVariantNull(parseJson(lit("null"))) // true
 */
export const isVariantNull = scalar("is_variant_null(value: variant): boolean not null");

/**
 * Whether the bytes of a variant follow the encoding.
 *
 * @example isValidVariant(parseJson(lit("[1]"))) // true
 */
export const isValidVariant = scalar("is_valid_variant(value: variant): boolean");

/**
 * The schema of a variant, as DDL with OBJECT for what has fields.
 *
 * @example schemaOfVariant(parseJson(lit('[{"b":true,"a":0}]'))) // ARRAY<OBJECT<a: BIGINT, b: BOOLEAN>>
 */
export const schemaOfVariant = scalar("schema_of_variant(value: variant): string");

/**
 * The schema that all variants of a group have in common.
 *
 * @example schemaOfVariantAgg(parseJson(lit("[1]"))) // ARRAY<BIGINT>
 */
export const schemaOfVariantAgg = aggregate("schema_of_variant_agg(value: variant): string not null");

/**
 * A struct, map or array as a variant: structs and maps with text as keys become objects.
 *
 * @param value - a struct, a map or an array
 * @example toVariantObject(namedStruct(lit("a"), lit(1))).cast("string") // {"a":1}
 */
export const toVariantObject = scalar("to_variant_object(value: variantParts): variant");
