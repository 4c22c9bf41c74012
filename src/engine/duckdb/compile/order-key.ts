/** Values that DuckDB orders as Spark orders others: inside arrays and structs Spark puts nulls first, DuckDB last. */
import type { DataType } from "../../../types/data-type.ts";
import { duckType, structFieldName } from "../duck-type.ts";

/** Whether DuckDB orders values of a type otherwise than Spark. */
export const ordersOtherwise = (type: DataType): boolean => type.kind === "array" || type.kind === "struct";

/**
 * SQL of a value by which DuckDB orders as Spark orders `value`.
 *
 * @param value - SQL, which may be written several times
 * @param type - its type
 */
export function orderKey(value: string, type: DataType): string {
  if (type.kind === "array") return `list_transform(${value}, lambda k: ${present("k", type.element)})`;
  // DuckDB reads what it sorts by back from its keys, in which zero has no sign.
  if (type.kind === "double" || type.kind === "float") return positiveZero(value, type);
  if (type.kind !== "struct") return value;
  const fields = type.fields.map((field, index) => {
    const name = structFieldName(index);
    return `${name}: ${present(`(${value}).${name}`, field.type)}`;
  });
  return fields.length === 0 ? value : `CASE WHEN ${value} IS NOT NULL THEN {${fields.join(", ")}} END`;
}

/** SQL of a number that is 0.0 for -0.0, as Spark's groups have it. */
export const positiveZero = (value: string, type: DataType): string =>
  type.kind === "double" || type.kind === "float" ? `(${value} + 0.0::${duckType(type)})` : value;

const present = (value: string, type: DataType): string => `{f0: ${value} IS NOT NULL, f1: ${orderKey(value, type)}}`;
