import duckdb from "@duckdb/node-bindings";
import { ExecutionError, InternalError } from "../../../errors.ts";
import { type Batch, chunkRows } from "../../../types/batch.ts";
import type { StructType } from "../../../types/data-type.ts";
import { logicalType } from "../logical-type.ts";
import { checkVector } from "./check-vector.ts";
import { writeVector } from "./write-vector.ts";

/** Batches that SQL text can name. */
export interface Fed extends Disposable {
  /** A table expression for FROM; its columns are `c0`, `c1`, … in the order of the schema. */
  readonly sql: string;
}

/** Gives local batches to a DuckDB instance as relations. */
export interface Feed {
  /**
   * Makes batches readable, as often and as partially as a query likes, until they are disposed of.
   *
   * @param schema - the columns
   * @param batches - the rows, held by reference
   * @param signal - stops a query that reads them at its next chunk
   * @throws ExecutionError when a column is not what the schema says
   */
  add(schema: StructType, batches: readonly Batch[], signal?: AbortSignal): Fed;
}

interface Relation {
  readonly schema: StructType;
  readonly batches: readonly Batch[];
  readonly signal: AbortSignal | undefined;
}

/** Where one scan of a relation is. */
interface Scan {
  readonly relation: Relation;
  readonly columns: readonly number[];
  batch: number;
  row: number;
}

const functionName = "lakewright_batches";

/** The name of a fed relation's column. */
export const fedColumn = (index: number): string => `c${index}`;

/**
 * Registers the one table function through which all local data of an instance is read.
 *
 * @param connection - a connection that runs no query now; the function is there for every connection of its instance
 * @example
 * ```ts
 * const feed = createFeed(connection);
 * using people = feed.add(schema, batches);
 * await duckdb.query(connection, `SELECT count(*) FROM ${people.sql}`);
 * ```
 */
export function createFeed(connection: duckdb.Connection): Feed {
  const relations = new Map<number, Relation>();
  let last = 0;
  register(connection, relations);
  return {
    add(schema, batches, signal) {
      for (const batch of batches) checkBatch(schema, batch);
      const handle = ++last;
      relations.set(handle, { schema, batches, signal });
      return {
        sql: `${functionName}(${handle})`,
        [Symbol.dispose]: () => void relations.delete(handle),
      };
    },
  };
}

function checkBatch({ fields }: StructType, { rows, columns }: Batch): void {
  fields.forEach(({ name, type }, index) => {
    const column = columns[index];
    if (column === undefined) throw new ExecutionError(`A batch has ${columns.length} columns, and none for ${name}`);
    checkVector(`A batch has, for ${name},`, column, type, rows);
  });
}

function register(connection: duckdb.Connection, relations: ReadonlyMap<number, Relation>): void {
  const definition = duckdb.create_table_function();
  duckdb.table_function_set_name(definition, functionName);
  duckdb.table_function_add_parameter(definition, duckdb.create_logical_type(duckdb.Type.INTEGER));
  duckdb.table_function_supports_projection_pushdown(definition, true);
  duckdb.table_function_set_bind(definition, (info) => bind(info, relations));
  duckdb.table_function_set_init(definition, startScan);
  duckdb.table_function_set_function(definition, fill);
  duckdb.register_table_function(connection, definition);
}

function bind(info: duckdb.TableFunctionBindInfo, relations: ReadonlyMap<number, Relation>): void {
  const handle = duckdb.get_int32(duckdb.bind_get_parameter(info, 0));
  const relation = relations.get(handle);
  if (relation === undefined) throw new InternalError(`A query reads local data ${handle}, which is gone`);
  const { schema, batches } = relation;
  schema.fields.forEach((field, index) => {
    duckdb.bind_add_result_column(info, fedColumn(index), logicalType(field.type));
  });
  const rows = batches.reduce((sum, batch) => sum + batch.rows, 0);
  duckdb.bind_set_cardinality(info, rows, true);
  duckdb.bind_set_bind_data(info, relation);
}

function startScan(info: duckdb.TableFunctionInitInfo): void {
  const relation = duckdb.init_get_bind_data(info) as Relation;
  const count = duckdb.init_get_column_count(info);
  const columns = Array.from({ length: count }, (_, index) => duckdb.init_get_column_index(info, index));
  const scan: Scan = { relation, columns, batch: 0, row: 0 };
  duckdb.init_set_init_data(info, scan);
}

function fill(info: duckdb.TableFunctionInfo, output: duckdb.DataChunk): void {
  const scan = duckdb.function_get_init_data(info) as Scan;
  scan.relation.signal?.throwIfAborted();
  const batch = nextBatch(scan);
  const rows = batch === undefined ? 0 : Math.min(chunkRows, batch.rows - scan.row);
  duckdb.data_chunk_set_size(output, rows);
  if (batch === undefined) return;
  scan.columns.forEach((column, index) => {
    const source = batch.columns[column];
    // A query that only counts asks for a row number, which it does not look at.
    if (source !== undefined) writeVector(duckdb.data_chunk_get_vector(output, index), source, scan.row, rows);
  });
  scan.row += rows;
}

function nextBatch(scan: Scan): Batch | undefined {
  const { batches } = scan.relation;
  while (scan.batch < batches.length && scan.row >= batches[scan.batch]!.rows) {
    scan.batch++;
    scan.row = 0;
  }
  return batches[scan.batch];
}
