/** Data types as messages, and back. */
import type { MessageInitShape } from "@bufbuild/protobuf";
import { AnalysisError } from "../errors.ts";
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
  type SpatialType,
  type StructField,
  type StructType,
  smallintType,
  stringType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  type UserDefinedType,
  variantType,
  voidType,
  type YearMonthUnit,
  yearMonthIntervalType,
} from "../types/data-type.ts";
import { parseType } from "../types/ddl.ts";
import { readJsonType } from "../types/json-type.ts";
import type { Metadata } from "../types/metadata.ts";
import { schemaFromJson, schemaToJson, typeToJson } from "../types/schema-json.ts";
import { unknownSrid } from "../types/shape-fault.ts";
import { isSrid } from "../types/spatial-reference.ts";
import type {
  DataType as DataTypeMessage,
  DataTypeSchema,
  DataType_StructField as FieldMessage,
  DataType_UDT as UserDefinedMessage,
} from "./generated/spark/connect/types_pb.ts";
import { invalidMessage } from "./refusal.ts";

type TypeInit = MessageInitShape<typeof DataTypeSchema>;
type TypeChoice = NonNullable<TypeInit["kind"]>;
type TypeCase = NonNullable<DataTypeMessage["kind"]["case"]>;

const dayTimeUnits: readonly DayTimeUnit[] = ["day", "hour", "minute", "second"];
const yearMonthUnits: readonly YearMonthUnit[] = ["year", "month"];

/** The SRID of a type whose values have each their own. */
const anySrid = -1;

const encoders: {
  readonly [Kind in DataType["kind"]]: (type: Extract<DataType, { readonly kind: Kind }>) => TypeChoice;
} = {
  void: () => ({ case: "null", value: {} }),
  boolean: () => ({ case: "boolean", value: {} }),
  tinyint: () => ({ case: "byte", value: {} }),
  smallint: () => ({ case: "short", value: {} }),
  int: () => ({ case: "integer", value: {} }),
  bigint: () => ({ case: "long", value: {} }),
  float: () => ({ case: "float", value: {} }),
  double: () => ({ case: "double", value: {} }),
  binary: () => ({ case: "binary", value: {} }),
  date: () => ({ case: "date", value: {} }),
  timestamp: () => ({ case: "timestamp", value: {} }),
  timestamp_ntz: () => ({ case: "timestampNtz", value: {} }),
  interval: () => ({ case: "calendarInterval", value: {} }),
  variant: () => ({ case: "variant", value: {} }),
  geometry: ({ srid }) => ({ case: "geometry", value: { srid: srid === "any" ? anySrid : srid } }),
  geography: ({ srid }) => ({ case: "geography", value: { srid: srid === "any" ? anySrid : srid } }),
  time: ({ precision }) => ({ case: "time", value: { precision } }),
  decimal: ({ precision, scale }) => ({ case: "decimal", value: { precision, scale } }),
  string: ({ collation = "" }) => ({ case: "string", value: { collation } }),
  char: ({ length }) => ({ case: "char", value: { length } }),
  varchar: ({ length }) => ({ case: "varChar", value: { length } }),
  "day-time interval": ({ start, end }) => ({
    case: "dayTimeInterval",
    value: { startField: dayTimeUnits.indexOf(start), endField: dayTimeUnits.indexOf(end) },
  }),
  "year-month interval": ({ start, end }) => ({
    case: "yearMonthInterval",
    value: { startField: yearMonthUnits.indexOf(start), endField: yearMonthUnits.indexOf(end) },
  }),
  array: ({ element, containsNull }) => ({ case: "array", value: { elementType: encodeType(element), containsNull } }),
  map: ({ key, value, valueContainsNull }) => ({
    case: "map",
    value: { keyType: encodeType(key), valueType: encodeType(value), valueContainsNull },
  }),
  struct: ({ fields }) => ({ case: "struct", value: { fields: fields.map(encodeField) } }),
  udt: encodeUserDefined,
};

const decoders: {
  readonly [Case in TypeCase]: (type: Extract<DataTypeMessage["kind"], { readonly case: Case }>["value"]) => DataType;
} = {
  null: () => voidType,
  boolean: () => booleanType,
  byte: () => tinyintType,
  short: () => smallintType,
  integer: () => intType,
  long: () => bigintType,
  float: () => floatType,
  double: () => doubleType,
  binary: () => binaryType,
  date: () => dateType,
  timestamp: () => timestampType,
  timestampNtz: () => timestampNtzType,
  calendarInterval: () => intervalType,
  variant: () => variantType,
  time: ({ precision = 6 }) => ({ kind: "time", precision }),
  decimal: ({ precision = 10, scale = 0 }) => decimalType(precision, scale),
  string: ({ collation }) =>
    collation === "" || collation === "UTF8_BINARY" ? stringType : { kind: "string", collation },
  char: ({ length }) => ({ kind: "char", length }),
  varChar: ({ length }) => ({ kind: "varchar", length }),
  dayTimeInterval: ({ startField = 0, endField = 3 }) =>
    dayTimeIntervalType(unitAt(dayTimeUnits, startField), unitAt(dayTimeUnits, endField)),
  yearMonthInterval: ({ startField = 0, endField = 1 }) =>
    yearMonthIntervalType(unitAt(yearMonthUnits, startField), unitAt(yearMonthUnits, endField)),
  array: ({ elementType, containsNull }) => arrayType(decodeType(elementType), containsNull),
  map: ({ keyType, valueType, valueContainsNull }) =>
    mapType(decodeType(keyType), decodeType(valueType), valueContainsNull),
  struct: ({ fields }) => structType(fields.map(decodeField)),
  udt: decodeUserDefined,
  unparsed: ({ dataTypeString }) => parseType(dataTypeString),
  geometry: ({ srid }) => decodeShape("geometry", srid),
  geography: ({ srid }) => decodeShape("geography", srid),
};

/** A type as a message. */
export function encodeType(type: DataType): TypeInit {
  return { kind: (encoders[type.kind] as (type: DataType) => TypeChoice)(type) };
}

/**
 * The type of a message.
 *
 * @throws AnalysisError when the message says none, or `ST_INVALID_SRID_VALUE`
 */
export function decodeType(message: DataTypeMessage | undefined): DataType {
  if (message?.kind.case === undefined) throw invalidMessage("a data type is missing");
  return (decoders[message.kind.case] as (type: unknown) => DataType)(message.kind.value);
}

/** The schema of a message: a struct. */
export function decodeSchema(message: DataTypeMessage | undefined): StructType {
  const type = decodeType(message);
  if (type.kind === "struct") return type;
  throw invalidMessage(`a schema must be a struct, not ${type.kind}`);
}

/** A schema as text: Spark's JSON. */
export const encodeSchemaText = (schema: StructType): string => schemaToJson(schema);

/** The schema of a text: Spark's JSON, or DDL. */
export function decodeSchemaText(text: string): StructType {
  if (/^\s*\{/.test(text)) return schemaFromJson(text);
  const type = parseType(/^\s*struct\s*</i.test(text) ? text : `struct<${text}>`);
  return type as StructType;
}

function encodeField({ name, type, nullable, metadata }: StructField) {
  const noted = metadata === undefined ? {} : { metadata: JSON.stringify(metadata) };
  return { name, dataType: encodeType(type), nullable, ...noted };
}

function decodeField({ name, dataType, nullable, metadata }: FieldMessage): StructField {
  const noted: Metadata = metadata === undefined || metadata === "" ? {} : JSON.parse(metadata);
  return structField(name, decodeType(dataType), nullable, Object.keys(noted).length === 0 ? undefined : noted);
}

interface UserDefinedJson {
  readonly class: string;
  readonly pyClass: string;
}

function encodeUserDefined(type: UserDefinedType): TypeChoice {
  const { class: jvmClass, pyClass: pythonClass } = typeToJson(type) as unknown as UserDefinedJson;
  return { case: "udt", value: { type: "udt", jvmClass, pythonClass, sqlType: encodeType(type.storage) } };
}

function decodeUserDefined({ jvmClass, pythonClass, sqlType }: UserDefinedMessage): DataType {
  const classes = {
    ...(jvmClass === undefined ? {} : { class: jvmClass }),
    ...(pythonClass === undefined ? {} : { pyClass: pythonClass }),
  };
  return readJsonType({ type: "udt", ...classes, sqlType: typeToJson(decodeType(sqlType)) });
}

function unitAt<Unit>(units: readonly Unit[], index: number): Unit {
  const unit = units[index];
  if (unit === undefined) throw invalidMessage(`an interval has no field ${index}`);
  return unit;
}

function decodeShape(kind: SpatialKind, srid: number): SpatialType {
  if (srid === anySrid) return { kind, srid: "any" };
  if (isSrid(kind, srid)) return { kind, srid };
  const { sentence, details } = unknownSrid(srid);
  throw new AnalysisError(sentence, details);
}
