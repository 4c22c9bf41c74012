import type { Metadata } from "./metadata.ts";

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

export type DayTimeUnit = "day" | "hour" | "minute" | "second";
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

export interface ArrayType {
  readonly kind: "array";
  readonly element: DataType;
  readonly containsNull: boolean;
}

export interface MapType {
  readonly kind: "map";
  readonly key: DataType;
  readonly value: DataType;
  readonly valueContainsNull: boolean;
}

export interface StructField {
  readonly name: string;
  readonly type: DataType;
  readonly nullable: boolean;
  readonly metadata?: Metadata;
}

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
  | ArrayType
  | MapType
  | StructType
  | UserDefinedType;

export type TypeKind = DataType["kind"];

const atomic = (kind: AtomicKind): AtomicType => Object.freeze({ kind });

export const booleanType = atomic("boolean");
export const tinyintType = atomic("tinyint");
export const smallintType = atomic("smallint");
export const intType = atomic("int");
export const bigintType = atomic("bigint");
export const floatType = atomic("float");
export const doubleType = atomic("double");
export const binaryType = atomic("binary");
export const dateType = atomic("date");
export const timestampType = atomic("timestamp");
export const timestampNtzType = atomic("timestamp_ntz");
export const intervalType = atomic("interval");
export const variantType = atomic("variant");
export const voidType = atomic("void");
export const stringType: StringType = Object.freeze({ kind: "string" });

/** `DECIMAL(precision, scale)`; bounds are checked where a program states them, not here. */
export const decimalType = (precision: number, scale: number): DecimalType => ({ kind: "decimal", precision, scale });
export const arrayType = (element: DataType, containsNull = true): ArrayType => ({
  kind: "array",
  element,
  containsNull,
});
export const mapType = (key: DataType, value: DataType, valueContainsNull = true): MapType => ({
  kind: "map",
  key,
  value,
  valueContainsNull,
});
export const structType = (fields: readonly StructField[]): StructType => ({ kind: "struct", fields });
export const structField = (name: string, type: DataType, nullable = true, metadata?: Metadata): StructField =>
  metadata === undefined ? { name, type, nullable } : { name, type, nullable, metadata };
export const dayTimeIntervalType = (start: DayTimeUnit = "day", end: DayTimeUnit = "second"): DayTimeIntervalType => ({
  kind: "day-time interval",
  start,
  end,
});
export const yearMonthIntervalType = (
  start: YearMonthUnit = "year",
  end: YearMonthUnit = "month",
): YearMonthIntervalType => ({ kind: "year-month interval", start, end });

const integralKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["tinyint", "smallint", "int", "bigint"]);
const fractionalKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["float", "double", "decimal"]);
const temporalKinds: ReadonlySet<TypeKind> = new Set<TypeKind>(["date", "timestamp", "timestamp_ntz"]);

export const isIntegral = (type: DataType): boolean => integralKinds.has(type.kind);
export const isNumeric = (type: DataType): boolean => integralKinds.has(type.kind) || fractionalKinds.has(type.kind);
export const isTemporal = (type: DataType): boolean => temporalKinds.has(type.kind);
export const isText = (type: DataType): boolean =>
  type.kind === "string" || type.kind === "char" || type.kind === "varchar";
