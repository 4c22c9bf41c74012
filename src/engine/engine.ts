/**
 * What an engine is: the embedded one and Spark are two of them.
 *
 * Requests and answers are plain messages, so that an engine can live in a worker or in another process: plans, files,
 * batches, numbers. An engine knows nothing of DataFrames, sessions or streams.
 */
import type { TimeParser } from "../plan/analysis-settings.ts";
import type { Read } from "../plan/relation.ts";
import type { Leaf, ResolvedRelation } from "../plan/resolved.ts";
import type { Batch } from "../types/batch.ts";
import type { DataType, StructField, StructType } from "../types/data-type.ts";

/** How bytes look where rows are shown, as `spark.sql.binaryOutputStyle`. */
export type BinaryOutputStyle = "UTF-8" | "BASIC" | "BASE64" | "HEX" | "HEX_DISCRETE";

/** The session's settings that an engine obeys. */
export interface EngineSettings {
  readonly timeZone: string;
  readonly caseSensitive: boolean;
  /** Partitions of a shuffle, as `spark.sql.shuffle.partitions`. */
  readonly shufflePartitions: number;
  readonly binaryOutputStyle: BinaryOutputStyle;
  /** Whether files that cannot be read, or are gone since they were listed, are passed over where no option says so. */
  readonly ignoreCorruptFiles: boolean;
  readonly ignoreMissingFiles: boolean;
  /** Who reads the date-time patterns of files; Spark's own parser when absent. */
  readonly timeParser?: TimeParser;
}

/** A function of the user's, held by the session and run by the engine. */
export interface FunctionImplementation {
  readonly id: string;
  readonly name: string;
  readonly parameters: readonly DataType[];
  readonly parameterNames: readonly string[];
  /** Whether each parameter may be null in a call of a row: where another one is null, so is the result, without a call. */
  readonly takesNull: readonly boolean[];
  readonly type: DataType;
  /**
   * The values of a row by name to a value, a batch to a column (`vectorized`), or batches, or groups, to batches;
   * `table` makes the object whose `eval` gives rows for the values of a row, `aggregate` the object
   * whose `reduce` takes them, `module` says which function of which module takes them.
   */
  readonly shape: "row" | "vectorized" | "batches" | "groups" | "table" | "aggregate" | "module";
  readonly call: (...values: readonly never[]) => unknown;
  /** How many calls of an asynchronous function may be under way. */
  readonly concurrency: number;
}

/** What is found out about a source before a plan is analysed. */
export interface SourceDescription {
  readonly leaf: Omit<Leaf, "id">;
  readonly metadataColumns: readonly { readonly name: string; readonly type: DataType }[];
}

/** Where the rows of an output go. */
export type Destination =
  | { readonly kind: "batches" }
  | { readonly kind: "files"; readonly request: FileRequest }
  | { readonly kind: "count" };

/** Files to write below a folder: the format's options and which columns become folders. */
export interface FileRequest {
  readonly folder: string;
  /** Unlike that of any other write: for the names of the files. */
  readonly writeId: string;
  readonly format: string;
  readonly options: Readonly<Record<string, string>>;
  /** Columns by name in any case; folders are named as written here. */
  readonly partitionBy: readonly string[];
  /** The column of the plan that says which partition a row lies in: each gets a file of its own, and the column none. */
  readonly partitionId?: number;
  /** Whether the partitions are buckets: their files are named so. */
  readonly bucketed?: boolean;
  /** Whether the rows go to as few files as can be, whatever partitions the plan puts them in. */
  readonly gathers?: boolean;
  /** Present when a log says which files of the folder count. */
  readonly logged?: LoggedFiles;
}

/**
 * Files of a table with a log of its own: they are made beside those that are there, which stay untouched, each is told
 * of with its partition and statistics, and none is made without a row.
 */
export interface LoggedFiles {
  /**
   * The columns of the plan by position as the files have them: by other names, or with `parquet.field.id` in their
   * metadata.
   */
  readonly columns?: readonly StructField[];
  /** Whether the files have the columns of their folders too, behind the others. */
  readonly holdsPartitions?: boolean;
}

/** A file that was written, by its path below the folder. */
export interface WrittenFile {
  readonly path: string;
  readonly rows: number;
  readonly bytes: number;
  /** Of a logged file: the text of each partition column, in the order of the request; a moment is one of UTC. */
  readonly partition?: readonly (string | null)[];
  /** Of a logged file: what is known of the values of each leaf column, and how many of its arrays and maps are null. */
  readonly columns?: readonly ColumnStatistics[];
}

/** What is known of the values of a column in a file, as text of the engine; bounds may be wider than the values. */
export interface ColumnStatistics {
  /** The names that lead to the leaf, the array or the map. */
  readonly path: readonly string[];
  readonly min?: string;
  readonly max?: string;
  readonly nulls: number;
  /** Whether some values are NaN, which is outside of the bounds. */
  readonly hasNaN: boolean;
}

export interface Output {
  readonly name: string;
  readonly plan: ResolvedRelation;
  readonly destination: Destination;
}

/** How far a run is, from 0 to 1; absent while unknown. */
export interface Progress {
  readonly share?: number;
}

export interface RunRequest {
  /** Outputs that have relations in common are computed in one pass where that is possible. */
  readonly outputs: readonly Output[];
  /** What the plan's leaves are bound to. */
  readonly leaves: readonly Leaf[];
  readonly functions: ReadonlyMap<string, FunctionImplementation>;
  readonly settings: EngineSettings;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** What a run has measured when it is over. */
export interface RunMetrics {
  readonly seconds: number;
  /** The rows of each output that has been read or written. */
  readonly rows: ReadonlyMap<string, number>;
  /** The values of `observe`, by name. */
  readonly observed: ReadonlyMap<string, { readonly schema: StructType; readonly batch: Batch }>;
  readonly written: ReadonlyMap<string, readonly WrittenFile[]>;
}

/** A run under way. It starts when a stream is read or `finished` is awaited. */
export interface Run {
  readonly streams: ReadonlyMap<string, AsyncIterable<Batch>>;
  readonly finished: Promise<RunMetrics>;
  cancel(reason?: unknown): Promise<void>;
}

export interface Engine {
  readonly name: string;
  /**
   * Refuses tables of files that the engine could not write.
   *
   * @throws UnsupportedError `DATA_SOURCE_NOT_FOUND` for a file format that it does not have
   * @throws AnalysisError `UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE` for a column that the format does not hold
   */
  checkFormat(name: string, columns: readonly StructField[]): void;
  /** Finds a source's files and schema. */
  describe(read: Read, settings: EngineSettings): Promise<SourceDescription>;
  run(request: RunRequest): Run;
  /** The engine's own plan of a relation, as text. */
  explain(request: Omit<RunRequest, "outputs">, plan: ResolvedRelation, analyze: boolean): Promise<string>;
  /** Keeps the rows of a relation under an entry until it is dropped. */
  store(entry: string, request: Omit<RunRequest, "outputs">, plan: ResolvedRelation): Promise<void>;
  drop(entry: string): Promise<void>;
  close(): Promise<void>;
}
