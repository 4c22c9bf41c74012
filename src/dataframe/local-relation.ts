/** Rows of a program as a relation of the plan. */
import type { LocalRelation, Relation } from "../plan/relation.ts";
import { rowsAs } from "../plan/rows-as.ts";
import { readArrow } from "../types/arrow/arrow-reader.ts";
import type { Batch, Vector } from "../types/batch.ts";
import { type BatchesOptions, batchesOf } from "../types/batch-builder.ts";
import { arrayType, type DataType, mapType, type StructType, structField, structType } from "../types/data-type.ts";
import { parseDdl } from "../types/ddl.ts";
import { inferSchema } from "../types/infer-type.ts";
import { equalType } from "../types/same-type.ts";

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

const isNames = (schema: RowSchema): schema is readonly string[] => Array.isArray(schema);

/**
 * The relation of rows that come as a stream of Arrow, as PySpark makes it of a table of Arrow.
 *
 * @param bytes - the stream
 * @param schema - the columns by position: names, or types to which the rows are cast
 * @param zoneless - the type of timestamps without a zone where the schema states none
 * @throws ParseError when DDL text cannot be read
 * @throws UnsupportedError `UNSUPPORTED_ARROWTYPE` for a column of a type that Spark does not read
 * @throws ExecutionError when the bytes are no stream of Arrow
 */
export function arrowRelation(bytes: Uint8Array, schema: RowSchema | undefined, zoneless: DataType): Relation {
  const { schema: own, batches } = readArrow(bytes);
  if (schema !== undefined && !isNames(schema)) {
    const stated = typeof schema === "string" ? parseDdl(schema) : schema;
    return rowsAs(stated, { kind: "local relation", schema: asStated(own, stated, batches), batches });
  }
  const wanted = placed(own, zoneless) as StructType;
  const sent: LocalRelation = { kind: "local relation", schema: own, batches };
  const rows = equalType(wanted, own) ? sent : rowsAs(wanted, sent);
  return schema === undefined ? rows : { kind: "to columns", input: rows, names: schema };
}

// Writers of Arrow call columns nullable that have no null.
const asStated = (own: StructType, stated: StructType, batches: readonly Batch[]): StructType =>
  structType(
    own.fields.map(({ name, type }, index) => {
      const hasNulls = batches.some(({ columns }) => mayBeNull(columns[index]!));
      return structField(name, type, hasNulls || stated.fields[index]?.nullable);
    }),
  );

const mayBeNull = (column: Vector): boolean => column.layout === "void" || column.validity !== undefined;

/** A type with the timestamps inside it that have no zone as another type. */
function placed(type: DataType, zoneless: DataType): DataType {
  if (type.kind === "timestamp_ntz") return zoneless;
  if (type.kind === "array") return arrayType(placed(type.element, zoneless), type.containsNull);
  if (type.kind === "map")
    return mapType(placed(type.key, zoneless), placed(type.value, zoneless), type.valueContainsNull);
  if (type.kind !== "struct") return type;
  return structType(
    type.fields.map(({ name, type: inner, nullable }) => structField(name, placed(inner, zoneless), nullable)),
  );
}
