import duckdb from "@duckdb/node-bindings";
import { InternalError } from "../../../errors.ts";
import type { StructType } from "../../../types/data-type.ts";
import { duckType } from "../duck-type.ts";
import { logicalTypeText } from "../logical-type.ts";

/**
 * Checks that a result has the columns that a schema says: to read them otherwise would misread the engine's memory.
 *
 * @throws InternalError that names the first column that differs
 */
export function checkColumns(result: duckdb.Result, { fields }: StructType): void {
  const count = duckdb.column_count(result);
  // SQL has no table without columns: its rows come with one that nobody reads.
  if (fields.length === 0) return;
  if (count !== fields.length) throw new InternalError(`A query gave ${count} columns for ${fields.length}`);
  fields.forEach((field, index) => {
    const expected = duckType(field.type);
    const actual = logicalTypeText(duckdb.column_logical_type(result, index));
    if (actual !== expected) throw new InternalError(`Column ${field.name} came as ${actual} for ${expected}`);
  });
}
