/** Values that DuckDB orders as Spark orders others: inside arrays and structs Spark puts nulls first, DuckDB last. */
import type { DataType } from "../../../types/data-type.ts";
import { structFieldName } from "../duck-type.ts";

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
  if (type.kind !== "struct") return value;
  const fields = type.fields.map((field, index) => {
    const name = structFieldName(index);
    return `${name}: ${present(`(${value}).${name}`, field.type)}`;
  });
  return fields.length === 0 ? value : `CASE WHEN ${value} IS NOT NULL THEN {${fields.join(", ")}} END`;
}

const present = (value: string, type: DataType): string => `{f0: ${value} IS NOT NULL, f1: ${orderKey(value, type)}}`;
