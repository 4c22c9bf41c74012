import type { Metadata } from "./metadata.ts";
import { someType } from "./some-type.ts";

/** `TINYINT`, `SMALLINT`, `INT`, `BIGINT`: two's complement integers of 8, 16, 32 and 64 bits. */
export type IntegralKind = "tinyint" | "smallint" | "int" | "bigint";

/** The types without parameters, by the name that Spark's `simpleString` gives them. */
export type AtomicKind =
  | IntegralKind
  | "float"
  | "double"
  | "boolean"
  | "binary"
  | "date"
  | "timestamp"
  | "timestamp_ntz"
  | "interval"
  | "variant"
  | "void";

/** A type without parameters. */
export interface AtomicType {
  readonly kind: AtomicKind;
}

/** Text. `collation` is absent for Spark's default, `UTF8_BINARY`. */
export interface StringType {
  readonly kind: "string";
  readonly collation?: string;
}

/** Text of a bounded length: padded (`char`) or checked (`varchar`) when it is written. */
export interface BoundedStringType {
  readonly kind: "char" | "varchar";
  readonly length: number;
}

/** Exact numbers of up to 38 digits, `scale` of them behind the point. */
export interface DecimalType {
  readonly kind: "decimal";
  readonly precision: number;
  readonly scale: number;
}

/** Time of day with 0 to 6 digits of a second. */
export interface TimeType {
  readonly kind: "time";
  readonly precision: number;
}

/** Which family of shapes: GEOMETRY on a plane, GEOGRAPHY on the globe. */
export type SpatialKind = "geometry" | "geography";

/** Shapes. `srid` is the number of the coordinate system of them all; with `any` each value has its own. */
export interface SpatialType {
  readonly kind: SpatialKind;
  readonly srid: number | "any";
}

/** The units of a day-time interval, the longest first. */
export type DayTimeUnit = "day" | "hour" | "minute" | "second";
/** The units of a year-month interval. */
export type YearMonthUnit = "year" | "month";

/** A number of microseconds, shown from unit `start` to unit `end`. */
export interface DayTimeIntervalType {
  readonly kind: "day-time interval";
  readonly start: DayTimeUnit;
  readonly end: DayTimeUnit;
}

/** A number of months, shown from unit `start` to unit `end`. */
export interface YearMonthIntervalType {
  readonly kind: "year-month interval";
  readonly start: YearMonthUnit;
  readonly end: YearMonthUnit;
}

/** Values of one type in order. */
export interface ArrayType {
  readonly kind: "array";
  readonly element: DataType;
  readonly containsNull: boolean;
}

/** Values by keys, each key once and none of them null. */
export interface MapType {
  readonly kind: "map";
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}

/** A named value of a struct, or a column. */
export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata?: Metadata;
}

/** Named values in order: the type of a struct, and the schema of a table. */
export interface StructType {
  readonly kind: "struct";
  readonly fields: readonly StructField[];
}

/** A type of a library (such as a vector of numbers) that is stored as another type. */
export interface UserDefinedType {
  readonly kind: "udt";
  /** The name under which the library registered it. */
  readonly name: string;
  readonly storage: DataType;
}

/** The type of a value, as in Spark. Compare with `sameType`, never with `===`. */
export type DataType =
  | AtomicType
  | StringType
  | BoundedStringType
  | DecimalType
  | TimeType
  | DayTimeIntervalType
  | YearMonthIntervalType
  | SpatialType
  | ArrayType
  | MapType
  | StructType
  | UserDefinedType;

/** The kinds of types. */
export type TypeKind = DataType["kind"];

const atomic = (kind: AtomicKind): AtomicType => Object.freeze({ kind });

/** `BOOLEAN`: true or false. */
export const booleanType = atomic("boolean");
/** `TINYINT`: whole numbers of 8 bits. */
export const tinyintType = atomic("tinyint");
/** `SMALLINT`: whole numbers of 16 bits. */
export const smallintType = atomic("smallint");
/** `INT`: whole numbers of 32 bits. */
export const intType = atomic("int");
/** `BIGINT`: whole numbers of 64 bits. */
export const bigintType = atomic("bigint");
/** `FLOAT`: numbers of 32 bits in binary floating point. */
export const floatType = atomic("float");
/** `DOUBLE`: numbers of 64 bits in binary floating point. */
export const doubleType = atomic("double");
/** `BINARY`: bytes. */
export const binaryType = atomic("binary");
/** `DATE`: days. */
export const dateType = atomic("date");
/** `TIMESTAMP`: moments, to the microsecond. */
export const timestampType = atomic("timestamp");
/** `TIMESTAMP_NTZ`: dates with a time of day and without a zone. */
export const timestampNtzType = atomic("timestamp_ntz");
/** `INTERVAL`: months, days and microseconds together. */
export const intervalType = atomic("interval");
/** `VARIANT`: values of any type, each with its own. */
export const variantType = atomic("variant");
/** `VOID`: the type of a lone null. */
export const voidType = atomic("void");
/** `STRING`: text. */
export const stringType: StringType = Object.freeze({ kind: "string" });

/** `DECIMAL(precision, scale)`; bounds are checked where a program states them, not here. */
export const decimalType = (precision: number, scale: number): DecimalType => ({ kind: "decimal", precision, scale });
/** `ARRAY<element>`; elements may be null unless told otherwise. */
export const arrayType = (element: DataType, containsNull = true): ArrayType => ({
  kind: "array",
  element,
  containsNull,
});
/** `MAP<key, value>`; values may be null unless told otherwise. */
export const mapType = (key: DataType, value: DataType, valueContainsNull = true): MapType => ({
  kind: "map",
  key,
  value,
  valueContainsNull,
});
/** `STRUCT<fields>`, and the schema of a table. */
export const structType = (fields: readonly StructField[]): StructType => ({ kind: "struct", fields });
/** A field of a struct; it may be null unless told otherwise. */
export const structField = (name: string, type: DataType, nullable = true, metadata?: Metadata): StructField =>
  metadata === undefined ? { name, type, nullable } : { name, type, nullable, metadata };
/** `INTERVAL start TO end` of days to seconds. */
export const dayTimeIntervalType = (start: DayTimeUnit = "day", end: DayTimeUnit = "second"): DayTimeIntervalType => ({
  kind: "day-time interval",
  start,
  end,
});
/** `INTERVAL start TO end` of years and months. */
export const yearMonthIntervalType = (
  start: YearMonthUnit = "year",
  end: YearMonthUnit = "month",
): YearMonthIntervalType => ({ kind: "year-month interval", start, end });

/** `GEOMETRY(srid)`: shapes on a plane; whether there is such a system is checked where a program states it. */
export const geometryType = (srid: number | "any"): SpatialType => ({ kind: "geometry", srid });
/** `GEOGRAPHY(srid)`: shapes on the globe. */
export const geographyType = (srid: number | "any"): SpatialType => ({ kind: "geography", srid });

const integralKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["tinyint", "smallint", "int", "bigint"]);
const fractionalKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["float", "double", "decimal"]);
const temporalKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["date", "timestamp", "timestamp_ntz"]);
const ansiIntervalKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["day-time interval", "year-month interval"]);

/** Whether values of a type are whole numbers of 8 to 64 bits. */
export const isIntegral = (type: DataType): boolean => integralKinds.has(type.kind);
/** Whether values of a type are numbers, decimals included. */
export const isNumeric = (type: DataType): boolean => integralKinds.has(type.kind) || fractionalKinds.has(type.kind);
/** Whether values of a type are dates or timestamps. */
export const isTemporal = (type: DataType): boolean => temporalKinds.has(type.kind);
/** Whether values of a type are spans of time of one family, of months or of microseconds. */
export const isAnsiInterval = (type: DataType): boolean => ansiIntervalKinds.has(type.kind);
/** Whether values of a type are spans of time, calendar intervals included. */
export const isInterval = (type: DataType): boolean => isAnsiInterval(type) || type.kind === "interval";
/** Whether values of a type are text, of a bounded length or not. */
export const isText = (type: DataType): boolean =>
  type.kind === "string" || type.kind === "char" || type.kind === "varchar";

/** Whether values of a type are shapes, on a plane or on the globe. */
export const isSpatial = (type: DataType): type is SpatialType => type.kind === "geometry" || type.kind === "geography";

/**
 * Whether a map lies anywhere inside a type.
 *
 * @param type - looked into through arrays and structs
 * @example
 * ```ts
 * holdsMap(parseType("ARRAY<MAP<STRING, INT>>")); // true
 * ```
 */
export const holdsMap = (type: DataType): boolean => someType(type, ({ kind }) => kind === "map");
