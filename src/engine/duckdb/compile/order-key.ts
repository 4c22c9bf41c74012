/** Values that DuckDB orders as Spark orders others: inside arrays and structs Spark puts nulls first, DuckDB last. */

import type { DataType, StructType } from "../../../types/data-type.ts";
import { holdsMap } from "../../../types/data-type.ts";
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

/** SQL of a value in the form in which groups compare it: Spark's groups know no -0.0, and no order of a map's entries. */
export function groupKey(value: string, type: DataType, depth = 0): string {
  if (!holdsMap(type)) return positiveZero(value, type);
  const item = `g${depth}`;
  if (type.kind === "array")
    return `list_transform(${value}, lambda ${item}: ${groupKey(item, type.element, depth + 1)})`;
  if (type.kind === "map") {
    const entry = `{k: ${groupKey(`${item}.key`, type.key, depth + 1)}, v: ${groupKey(`${item}.value`, type.value, depth + 1)}}`;
    return `map_from_entries(list_sort(list_transform(map_entries(${value}), lambda ${item}: ${entry})))`;
  }
  const fields = (type as StructType).fields.map((field, index) => {
    const name = structFieldName(index);
    return `${name}: ${groupKey(`(${value}).${name}`, field.type, depth)}`;
  });
  return `CASE WHEN ${value} IS NOT NULL THEN {${fields.join(", ")}} END`;
}

const present = (value: string, type: DataType): string => `{f0: ${value} IS NOT NULL, f1: ${orderKey(value, type)}}`;
