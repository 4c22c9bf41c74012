import duckdb from "@duckdb/node-bindings";
import type { DataType, TypeKind } from "../../types/data-type.ts";
import { storedFields, structFieldName } from "./duck-type.ts";

type Kinds = { [K in TypeKind]: (type: Extract<DataType, { kind: K }>) => duckdb.LogicalType };

const plain = (type: duckdb.Type) => () => duckdb.create_logical_type(type);

const makers = {
  boolean: plain(duckdb.Type.BOOLEAN),
  tinyint: plain(duckdb.Type.TINYINT),
  smallint: plain(duckdb.Type.SMALLINT),
  int: plain(duckdb.Type.INTEGER),
  bigint: plain(duckdb.Type.BIGINT),
  float: plain(duckdb.Type.FLOAT),
  double: plain(duckdb.Type.DOUBLE),
  decimal: ({ precision, scale }) => duckdb.create_decimal_type(precision, scale),
  string: plain(duckdb.Type.VARCHAR),
  char: plain(duckdb.Type.VARCHAR),
  varchar: plain(duckdb.Type.VARCHAR),
  binary: plain(duckdb.Type.BLOB),
  date: plain(duckdb.Type.DATE),
  timestamp: plain(duckdb.Type.TIMESTAMP),
  timestamp_ntz: plain(duckdb.Type.TIMESTAMP),
  time: plain(duckdb.Type.TIME),
  "year-month interval": plain(duckdb.Type.INTEGER),
  "day-time interval": plain(duckdb.Type.BIGINT),
  interval: plain(duckdb.Type.INTERVAL),
  variant: structOf,
  geometry: structOf,
  geography: structOf,
  void: plain(duckdb.Type.INTEGER),
  array: ({ element }) => duckdb.create_list_type(logicalType(element)),
  map: ({ key, value }) => duckdb.create_map_type(logicalType(key), logicalType(value)),
  struct: structOf,
  udt: ({ storage }) => logicalType(storage),
} satisfies Kinds;

function structOf(type: DataType): duckdb.LogicalType {
  const fields = storedFields(type);
  return duckdb.create_struct_type(
    fields.map(logicalType),
    fields.map((_, index) => structFieldName(index)),
  );
}

/** The type in which DuckDB stores a Spark type, as `duckType` says it, for functions and data chunks. */
export function logicalType(type: DataType): duckdb.LogicalType {
  return (makers[type.kind] as (type: DataType) => duckdb.LogicalType)(type);
}

const describers: { readonly [type: number]: (type: duckdb.LogicalType) => string } = {
  [duckdb.Type.DECIMAL]: (type) => `DECIMAL(${duckdb.decimal_width(type)},${duckdb.decimal_scale(type)})`,
  [duckdb.Type.LIST]: (type) => `${logicalTypeText(duckdb.list_type_child_type(type))}[]`,
  [duckdb.Type.MAP]: (type) =>
    `MAP(${logicalTypeText(duckdb.map_type_key_type(type))}, ${logicalTypeText(duckdb.map_type_value_type(type))})`,
  [duckdb.Type.STRUCT]: (type) => `STRUCT(${structFieldTexts(type).join(", ")})`,
};

const structFieldTexts = (type: duckdb.LogicalType): string[] =>
  Array.from({ length: duckdb.struct_type_child_count(type) }, (_, index) => {
    const child = logicalTypeText(duckdb.struct_type_child_type(type, index));
    return `${duckdb.struct_type_child_name(type, index)} ${child}`;
  });

/** The SQL text of one of DuckDB's types, spelt as `duckType` spells it. */
export function logicalTypeText(type: duckdb.LogicalType): string {
  const id = duckdb.get_type_id(type);
  return describers[id]?.(type) ?? duckdb.Type[id];
}
