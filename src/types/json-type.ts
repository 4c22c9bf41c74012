/** Reads types from Spark's schema JSON. */
import { ParseError } from "../errors.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  type DayTimeUnit,
  dateType,
  dayTimeIntervalType,
  decimalType,
  doubleType,
  floatType,
  intervalType,
  intType,
  mapType,
  type SpatialKind,
  type StructField,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
  yearMonthIntervalType,
} from "./data-type.ts";
import { parseType } from "./ddl.ts";
import type { Metadata } from "./metadata.ts";
import { type ShapeFault, unknownAlgorithm, unknownSystem } from "./shape-fault.ts";
import { mixedSystem, sridOf } from "./spatial-reference.ts";
import { typeName } from "./type-name.ts";

/** The key of a field's metadata under which Spark lists the collations of the strings in it, by path. */
export const collationsKey = "__COLLATIONS";

/** The classes that stand for user-defined types in Spark and PySpark. */
export const sparkClasses: Readonly<Record<string, { readonly class: string; readonly pyClass: string }>> = {
  vector: { class: "org.apache.spark.ml.linalg.VectorUDT", pyClass: "pyspark.ml.linalg.VectorUDT" },
  matrix: { class: "org.apache.spark.ml.linalg.MatrixUDT", pyClass: "pyspark.ml.linalg.MatrixUDT" },
};

/** The system of shapes whose type says none. */
const defaultSystem = "OGC:CRS84";

type JsonObject = Readonly<Record<string, unknown>>;
type Reader = (json: JsonObject, path: string, collations: JsonObject) => DataType;

/**
 * The type of a JSON value. Spark's `DataType.parseDataType`, as strict as that about unknown keys.
 *
 * A user-defined type of a library that is not known here keeps the name of its class.
 *
 * @param json - a parsed JSON value
 * @throws ParseError `INVALID_JSON_DATA_TYPE`, `INVALID_JSON_DATA_TYPE_FOR_COLLATIONS`, `COLLATION_INVALID_NAME`,
 * `ST_INVALID_CRS_VALUE` or `ST_INVALID_ALGORITHM_VALUE`
 */
export const readJsonType = (json: unknown): DataType => readAt(json, "", {});

/** @param path - where the type stands in its field, as the keys of `collations` say it */
function readAt(json: unknown, path: string, collations: JsonObject): DataType {
  const collation = Object.hasOwn(collations, path) ? collations[path] : undefined;
  if (collation !== undefined) return readCollated(json, String(collation));
  if (typeof json === "string") return readName(json);
  const kind = isObject(json) ? String(json.type) : "";
  if (!Object.hasOwn(readers, kind)) throw invalid(json);
  return readers[kind]!(json as JsonObject, path, collations);
}

const readers: Readonly<Record<string, Reader>> = {
  array(json, path, collations) {
    checkKeys(json, ["type", "elementType", "containsNull"]);
    return arrayType(readAt(json.elementType, `${path}.element`, collations), flag(json, "containsNull"));
  },
  map(json, path, collations) {
    checkKeys(json, ["type", "keyType", "valueType", "valueContainsNull"]);
    const key = readAt(json.keyType, `${path}.key`, collations);
    return mapType(key, readAt(json.valueType, `${path}.value`, collations), flag(json, "valueContainsNull"));
  },
  struct(json) {
    checkKeys(json, ["type", "fields"]);
    if (!Array.isArray(json.fields)) throw invalid(json);
    return structType(json.fields.map(readField));
  },
  udt(json) {
    checkKeys(json, ["type", "sqlType"], ["class", "pyClass", "serializedClass"]);
    const className = String(json.class ?? json.pyClass);
    const known = Object.keys(sparkClasses).find((name) => sparkClasses[name]!.class === className);
    return { kind: "udt", name: known ?? className, storage: readJsonType(json.sqlType) };
  },
};

function readField(json: unknown): StructField {
  if (!isObject(json) || typeof json.name !== "string") throw invalid(json);
  const nullable = "nullable" in json || "metadata" in json ? flag(json, "nullable") : true;
  checkKeys(json, ["name", "type"], ["nullable", "metadata"]);
  const { metadata = {} } = json;
  if (!isObject(metadata)) throw invalid(json);
  const { [collationsKey]: collations, ...notes } = metadata;
  const type = readAt(json.type, json.name, isObject(collations) ? collations : {});
  return structField(json.name, type, nullable, Object.keys(notes).length === 0 ? undefined : (notes as Metadata));
}

const dayTimeUnits: readonly DayTimeUnit[] = ["day", "hour", "minute", "second"];
const nameless = [
  ...[booleanType, tinyintType, smallintType, intType, bigintType, floatType, doubleType, binaryType, stringType],
  ...[dateType, timestampType, timestampNtzType, intervalType, variantType, voidType],
  ...dayTimeUnits.flatMap((start, index) => dayTimeUnits.slice(index).map((end) => dayTimeIntervalType(start, end))),
  ...[yearMonthIntervalType("year", "year"), yearMonthIntervalType(), yearMonthIntervalType("month", "month")],
];

const namedTypes: ReadonlyMap<string, DataType> = new Map<string, DataType>([
  ...nameless.map((type) => [typeName(type), type] as const),
  ["decimal", decimalType(10, 0)],
  ["null", voidType],
  ["timestamp_ltz", timestampType],
]);

const parameterized =
  /^(?:decimal\(\s*\d+\s*,\s*\d+\s*\)|(?:var)?char\(\s*\d+\s*\)|time\([0-6]\)|string\s+collate\s+\w+)$/;

function readName(name: string): DataType {
  const type = namedTypes.get(name) ?? readShape(name);
  if (type !== undefined) return type;
  if (!parameterized.test(name)) throw invalid(name);
  return parseType(name);
}

/** A type of shapes says its coordinate system by name, and on the globe how edges run; each may be left out. */
function readShape(name: string): DataType | undefined {
  const [, kind, inside] = (/^(geometry|geography)(?:\(([^()]+)\))?$/.exec(name) ?? []) as [
    unknown?,
    SpatialKind?,
    string?,
  ];
  const parts = inside?.split(",").map((part) => part.trim()) ?? [];
  const [crs = defaultSystem] = parts.filter((part) => part.includes(":"));
  const [alg] = parts.filter((part) => !part.includes(":"));
  if (kind === undefined || (kind === "geometry" && alg !== undefined)) return undefined;
  if (alg !== undefined && alg.toUpperCase() !== "SPHERICAL") throw refused(unknownAlgorithm(alg));
  if (crs.toUpperCase() === mixedSystem) return { kind, srid: "any" };
  const srid = sridOf(kind, crs);
  if (srid === undefined) throw refused(unknownSystem(crs));
  return { kind, srid };
}

const refused = ({ sentence, details }: ShapeFault): ParseError => new ParseError(sentence, details);

/** @param collation - its provider, a point and its name */
function readCollated(json: unknown, collation: string): DataType {
  if (json === "string") return parseType(`string collate ${collation.slice(collation.indexOf(".") + 1)}`);
  const type = typeof json === "string" ? json : isObject(json) ? String(json.type) : String(json);
  throw new ParseError(`Collations can only be applied to string types, but the JSON data type is ${type}`, {
    condition: "INVALID_JSON_DATA_TYPE_FOR_COLLATIONS",
    sqlState: "2203G",
    parameters: { jsonType: type },
  });
}

function checkKeys(json: JsonObject, required: readonly string[], optional: readonly string[] = []): void {
  const known = Object.keys(json).every((key) => required.includes(key) || optional.includes(key));
  if (!known || !required.every((key) => key in json)) throw invalid(json);
}

function flag(json: JsonObject, key: string): boolean {
  const value = json[key];
  if (typeof value !== "boolean") throw invalid(json);
  return value;
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function invalid(json: unknown): ParseError {
  const invalidType = typeof json === "string" ? json : JSON.stringify(json);
  return new ParseError(`Failed to convert the JSON string '${invalidType}' to a data type`, {
    condition: "INVALID_JSON_DATA_TYPE",
    sqlState: "2203G",
    parameters: { invalidType },
    hint: "Please enter a valid data type.",
  });
}
