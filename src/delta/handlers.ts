/** What reading and writing Delta tables asks of the outside: a storage, and somebody who knows Parquet. */
import type { Storage } from "../storage/storage.ts";
import type { Batch } from "../types/batch.ts";
import type { DataType, StructType } from "../types/data-type.ts";

/** A value of a Parquet file, at any depth of structs: `["add", "deletionVector", "offset"]`. */
export interface ParquetColumn {
  readonly path: readonly string[];
  readonly type: DataType;
  /** As in `ColumnOfFiles`: the part of a JSON text that is asked for. */
  readonly within?: readonly string[];
}

/**
 * Parquet in columnar batches, for the log's own files.
 *
 * Data files never pass through here: engines read and write them by themselves.
 */
export interface ParquetHandler {
  /**
   * The rows of files, one file after the other and in the order of each, with the columns asked for. A column is null
   * where a file or a row lacks it or a struct around it.
   *
   * @param paths - absolute
   * @param present - where given, only rows in which one of these is not null
   * @throws ExecutionError for a file that is not there or is no Parquet, with the file's path in `parameters.path`
   */
  read(
    paths: readonly string[],
    columns: readonly ParquetColumn[],
    present?: readonly ParquetColumn[],
  ): AsyncIterable<Batch>;
  /** The schema of a file, from its footer. */
  schema(path: string): Promise<StructType>;
  /**
   * Writes a file, with the names of structs' fields as the schema has them.
   *
   * @param path - absolute; nothing may be there
   * @returns its size in bytes
   */
  write(path: string, schema: StructType, batches: AsyncIterable<Batch>): Promise<number>;
}

/** Where the log's files lie. */
export type LogStorage = Pick<
  Storage,
  | "stat"
  | "children"
  | "open"
  | "putIfAbsent"
  | "replace"
  | "rename"
  | "delete"
  | "makeFolder"
  | "sync"
  | "canonical"
  | "list"
>;

export interface DeltaHandlers {
  readonly storage: LogStorage;
  readonly parquet: ParquetHandler;
}
