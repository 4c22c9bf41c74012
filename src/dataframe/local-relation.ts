/** Rows of a program as a relation of the plan. */
import type { LocalRelation } from "../plan/relation.ts";
import { type BatchesOptions, batchesOf } from "../types/batch-builder.ts";
import type { StructType } from "../types/data-type.ts";
import { parseDdl } from "../types/ddl.ts";
import { inferSchema } from "../types/infer-type.ts";

/** How a program states the columns of its rows: DDL text, a schema, or names. */
export type RowSchema = string | readonly string[] | StructType;

/**
 * The relation of rows that a program holds.
 *
 * @param rows - objects by name, or arrays by position
 * @param schema - the columns; their types are inferred from all rows unless it states them
 * @param options - the session's time zone
 * @throws ParseError when DDL text cannot be read
 * @throws AnalysisError when the values of a column have no common type
 * @throws ExecutionError when a value does not fit the schema
 */
export function localRelation(
  rows: Iterable<unknown>,
  schema: RowSchema | undefined,
  options: BatchesOptions = {},
): LocalRelation {
  const held = Array.isArray(rows) ? rows : [...rows];
  const stated = statedSchema(held, schema);
  return { kind: "local relation", schema: stated, batches: [...batchesOf(stated, held, options)] };
}

function statedSchema(rows: readonly unknown[], schema: RowSchema | undefined): StructType {
  if (typeof schema === "string") return parseDdl(schema);
  return schema === undefined || isNames(schema) ? inferSchema(rows, schema) : schema;
}

const isNames = (schema: readonly string[] | StructType): schema is readonly string[] => Array.isArray(schema);
