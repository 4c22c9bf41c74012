/** Spark's schema JSON: what `StructType.json`, the footers of Parquet files and the logs of Delta tables hold. */
import { ParseError, UnsupportedError } from "../errors.ts";
import { collationProvider } from "./collation.ts";
import {
  type DataType,
  isSpatial,
  type SpatialType,
  type StructField,
  type StructType,
  type UserDefinedType,
} from "./data-type.ts";
import { collationsKey, readJsonType, sparkClasses } from "./json-type.ts";
import type { Metadata, MetadataValue } from "./metadata.ts";
import { mixedSystem, systemName } from "./spatial-reference.ts";
import { typeName } from "./type-name.ts";

/**
 * A schema as Spark's JSON: what `StructType.json` gives.
 *
 * @param schema - the schema
 * @throws UnsupportedError for a user-defined type that Spark has no class for
 * @example
 * ```ts
 * schemaToJson(parseDdl("a INT")); // {"type":"struct","fields":[{"name":"a","type":"integer","nullable":true,"metadata":{}}]}
 * ```
 */
export const schemaToJson = (schema: StructType): string => JSON.stringify(typeToJson(schema));

/**
 * The schema that a JSON text of Spark states.
 *
 * @param text - such as the value of `org.apache.spark.sql.parquet.row.metadata` in a Parquet footer
 * @throws ParseError `INVALID_JSON_DATA_TYPE`, or the condition of a type that cannot be
 * @example
 * ```ts
 * toDdl(schemaFromJson('{"type":"struct","fields":[{"name":"a","type":"long"}]}')); // a BIGINT
 * ```
 */
export function schemaFromJson(text: string): StructType {
  const type = typeFromJson(text);
  if (type.kind === "struct") return type;
  throw new ParseError(`A schema is a struct, but the JSON is that of ${typeName(type)}`, {
    condition: "INVALID_JSON_DATA_TYPE",
    sqlState: "2203G",
    parameters: { invalidType: text },
  });
}

/**
 * The type that a JSON text of Spark states. Spark's `DataType.fromJson`.
 *
 * @param text - such as `"long"` (with its quotes) or `{"type":"array",…}`
 * @throws ParseError as `schemaFromJson` does
 */
export function typeFromJson(text: string): DataType {
  return readJsonType(parsedJson(text));
}

/**
 * A type as the JSON value that Spark writes for it.
 *
 * @param type - any type
 * @throws UnsupportedError for a user-defined type that Spark has no class for
 */
export function typeToJson(type: DataType): MetadataValue {
  if (type.kind === "array") {
    return { type: "array", elementType: typeToJson(type.element), containsNull: type.containsNull };
  }
  if (type.kind === "map") return mapToJson(type);
  if (type.kind === "struct") return { type: "struct", fields: type.fields.map(fieldToJson) };
  if (isSpatial(type)) return shapeToJson(type);
  return type.kind === "udt" ? userDefinedToJson(type) : typeName(type);
}

/** The system by name; on the globe edges are spherical. */
function shapeToJson({ kind, srid }: SpatialType): string {
  const system = srid === "any" ? mixedSystem : systemName(srid);
  return kind === "geometry" ? `geometry(${system})` : `geography(${system}, SPHERICAL)`;
}

function mapToJson({ key, value, valueContainsNull }: Extract<DataType, { kind: "map" }>): MetadataValue {
  return { type: "map", keyType: typeToJson(key), valueType: typeToJson(value), valueContainsNull };
}

function userDefinedToJson({ name, storage }: UserDefinedType): MetadataValue {
  const classes = sparkClasses[name];
  if (classes === undefined) {
    throw new UnsupportedError(`the user-defined type ${name} has no class in Spark`, {
      hint: `Cast the column to ${typeName(storage)} before it is written.`,
    });
  }
  return { type: "udt", ...classes, sqlType: typeToJson(storage) };
}

// Other readers know no collated strings, so Spark writes plain ones and lists the collations in the field's metadata.
function fieldToJson({ name, type, nullable, metadata }: StructField): MetadataValue {
  const found = collationsIn(type, name);
  const listed: Metadata = found.length === 0 ? {} : { [collationsKey]: Object.fromEntries(found) };
  const json = typeToJson(found.length === 0 ? type : withoutCollations(type));
  return { name, type: json, nullable, metadata: { ...metadata, ...listed } };
}

function collationsIn(type: DataType, path: string): [path: string, collation: string][] {
  if (type.kind === "array") return collationsIn(type.element, `${path}.element`);
  if (type.kind === "map")
    return [...collationsIn(type.key, `${path}.key`), ...collationsIn(type.value, `${path}.value`)];
  if (type.kind !== "string" || type.collation === undefined) return [];
  return [[path, `${collationProvider(type.collation)}.${type.collation}`]];
}

function withoutCollations(type: DataType): DataType {
  if (type.kind === "array") return { ...type, element: withoutCollations(type.element) };
  if (type.kind === "map") return { ...type, key: withoutCollations(type.key), value: withoutCollations(type.value) };
  return type.kind === "string" ? { kind: "string" } : type;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text, exactNumber);
  } catch (cause) {
    throw new ParseError("The schema is not JSON", { cause, hint: cause instanceof Error ? cause.message : "" });
  }
}

// JSON.parse passes the source of a number since Node 21; the compiler's library does not know it yet.
const exactNumber = (_key: string, value: unknown, ...[context]: { source?: string }[]): unknown => {
  const source = context?.source ?? "";
  if (typeof value !== "number" || !/^-?\d+$/.test(source)) return value;
  if (String(value) === source || BigInt(value) === BigInt(source)) return value;
  throw new RangeError(`The number ${source} is beyond 2^53.`);
};
