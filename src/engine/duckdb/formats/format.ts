/** What a file format is to the engine. */
import type { StructType } from "../../../types/data-type.ts";
import type { Database } from "../database.ts";
import type { MomentBound } from "./moment-bounds.ts";

/** A file to read, with the values that its folder's name gives to partition columns. */
export interface SourceFile {
  /** Absolute. */
  readonly path: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** Storage values of the partition columns, in the order of the partition schema. */
  readonly partitionValues: readonly unknown[];
  /** The file that this one is a copy of, if it is one. */
  readonly original?: SourceFile;
}

export interface FormatContext {
  readonly files: readonly SourceFile[];
  /** By lower-case name. */
  readonly options: ReadonlyMap<string, string>;
  readonly timeZone: string;
  /** Whether names that differ by case only are two. */
  readonly caseSensitive: boolean;
  readonly database: Database;
  readonly signal: AbortSignal | undefined;
}

export interface ScanContext extends FormatContext {
  /** The columns wanted, in order: columns of the files, partition columns and metadata columns, by name. */
  readonly schema: StructType;
  /** Rows beyond them may be left out. */
  readonly bounds: readonly MomentBound[];
  /** The names of wanted columns of which it is of use to know how many digits they have. */
  readonly summed: ReadonlySet<string>;
  readonly partitionSchema: StructType;
  /** All columns of the files, in order: where columns have no names, their places count. */
  readonly fileSchema: StructType;
  /** Whether the files are known to be lines that DuckDB's reader takes as Spark's does. */
  readonly isPlain: boolean;
  /** The name of a table for rows that are read in JavaScript; it is dropped when the query is over. */
  readonly temporaryTable: () => string;
  /** Tells how long the longest record of a file is, in bytes. */
  readonly onLongRecord: (path: string, bytes: number) => void;
  /** Runs when the query is over. */
  readonly onEnd: (cleanup: () => Promise<void> | void) => void;
}

/** A table expression that gives the wanted columns as `c0`, `c1`, … in the types of `duckType`. */
export interface ScanSource {
  readonly sql: string;
  /** The most digits that numbers of columns have, by name, as far as files tell. */
  readonly digits?: ReadonlyMap<string, number>;
}

export interface FileFormat {
  readonly name: string;
  /** The schema of the files, without partition columns. */
  inferSchema(context: FormatContext): Promise<StructType>;
  scan(context: ScanContext): Promise<ScanSource>;
  /** What is wrong with a file whose rows could not all be read, for formats that DuckDB reads; undefined when nothing is. */
  faultOf?(file: SourceFile, database: Database): Promise<Error | undefined>;
}
