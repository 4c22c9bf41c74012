/** Small results as JavaScript values, by the types that DuckDB gives. */
import duckdb from "@duckdb/node-bindings";
import { InternalError } from "../../../errors.ts";
import { bigintType, booleanType, type DataType, intType, mapType, stringType } from "../../../types/data-type.ts";
import { vectorValues } from "../../../types/vector-values.ts";
import { logicalTypeText } from "../logical-type.ts";
import { fetchChunk, readChunk } from "./read-result.ts";

/** A row of one of the engine's own small questions: text, numbers, bigints, booleans, maps. */
export type SmallRow = Readonly<Record<string, unknown>>;

const plainTypes: { readonly [type: number]: DataType } = {
  [duckdb.Type.BOOLEAN]: booleanType,
  [duckdb.Type.INTEGER]: intType,
  [duckdb.Type.BIGINT]: bigintType,
  // Counts and sizes, which are no larger.
  [duckdb.Type.UBIGINT]: bigintType,
  [duckdb.Type.VARCHAR]: stringType,
};

function typeOf(type: duckdb.LogicalType): DataType {
  const id = duckdb.get_type_id(type);
  if (id === duckdb.Type.MAP)
    return mapType(typeOf(duckdb.map_type_key_type(type)), typeOf(duckdb.map_type_value_type(type)));
  const known = plainTypes[id];
  if (known === undefined) throw new InternalError(`A small query gave a column of type ${logicalTypeText(type)}`);
  return known;
}

/** All rows of a result. */
export async function smallRows(result: duckdb.Result): Promise<readonly SmallRow[]> {
  const columns = Array.from({ length: duckdb.column_count(result) }, (_, index) => index);
  const names = columns.map((index) => duckdb.column_name(result, index));
  const types = columns.map((index) => typeOf(duckdb.column_logical_type(result, index)));
  const rows: SmallRow[] = [];
  for (let chunk = await fetchChunk(result); chunk !== undefined; chunk = await fetchChunk(result)) {
    const batch = readChunk(chunk, types);
    const values = batch.columns.map((column) => vectorValues(column, { longs: "bigint" }));
    for (let row = 0; row < batch.rows; row++)
      rows.push(Object.fromEntries(names.map((name, index) => [name, values[index]![row]])));
  }
  return rows;
}
