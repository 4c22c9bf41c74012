import { type DataType, type TypeKind, voidType } from "../../types/data-type.ts";
import { childTypes } from "../../types/layout.ts";

type Kinds = { [K in TypeKind]: (type: Extract<DataType, { kind: K }>) => string };

const texts = {
  boolean: () => "BOOLEAN",
  tinyint: () => "TINYINT",
  smallint: () => "SMALLINT",
  int: () => "INTEGER",
  bigint: () => "BIGINT",
  float: () => "FLOAT",
  double: () => "DOUBLE",
  decimal: ({ precision, scale }) => `DECIMAL(${precision},${scale})`,
  string: () => "VARCHAR",
  char: () => "VARCHAR",
  varchar: () => "VARCHAR",
  binary: () => "BLOB",
  date: () => "DATE",
  timestamp: () => "TIMESTAMP",
  timestamp_ntz: () => "TIMESTAMP",
  time: () => "TIME",
  "year-month interval": () => "INTEGER",
  "day-time interval": () => "BIGINT",
  interval: () => "INTERVAL",
  variant: structText,
  geometry: structText,
  geography: structText,
  void: () => "INTEGER",
  array: ({ element }) => `${duckType(element)}[]`,
  map: ({ key, value }) => `MAP(${duckType(key)}, ${duckType(value)})`,
  struct: structText,
  udt: ({ storage }) => duckType(storage),
} satisfies Kinds;

/**
 * The SQL type in which DuckDB stores a Spark type.
 *
 * Timestamps of both kinds are naive UTC microseconds; intervals of months and of microseconds are the numbers that
 * Spark stores for them.
 *
 * @param type - a Spark type
 * @example
 * ```ts
 * duckType(arrayType(decimalType(10, 2))); // DECIMAL(10,2)[]
 * ```
 */
export function duckType(type: DataType): string {
  return (texts[type.kind] as (type: DataType) => string)(type);
}

/** The name of a struct's field inside DuckDB, where names ignore case and Spark's do not. */
export const structFieldName = (index: number): string => `f${index}`;

/**
 * The types of the fields that DuckDB stores for a struct, a variant, which is its metadata and its value, or a shape,
 * which is its SRID and its bytes.
 *
 * A struct without fields, which DuckDB does not have, gets a void one.
 */
export function storedFields(type: DataType): readonly DataType[] {
  const fields = childTypes(type);
  return fields.length === 0 ? [voidType] : fields;
}

function structText(type: DataType): string {
  const fields = storedFields(type).map((field, index) => `${structFieldName(index)} ${duckType(field)}`);
  return `STRUCT(${fields.join(", ")})`;
}
