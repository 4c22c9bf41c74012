/** Files of a table that keeps a list of them, with what the list says of each: plain data for engines. */
import type { DataType } from "../types/data-type.ts";

/** The files that are read for a leaf. Rows of all groups are put together, in no order. */
export interface ListedFiles {
  readonly groups: readonly FileGroup[];
}

/** Parquet files that are read in the same way. */
export interface FileGroup {
  readonly files: readonly ListedFile[];
  /** How each column of the leaf's schema is found, by name. */
  readonly columns: ReadonlyMap<string, ListedColumn>;
  /** Where `_metadata` has fields of the table's own, BIGINT values all: where each of them lies, behind those of any file. */
  readonly metadata?: readonly ListedColumn[];
}

/** Where the values of a column lie. */
export type ListedColumn =
  | ColumnOfFiles
  /** In the list, the same for all rows of a file: `values[index]` of each. */
  | { readonly from: "list"; readonly index: number }
  /** The number of the row in its file, from 0; `values[index]` of the file is added where that is given. */
  | { readonly from: "position"; readonly index?: number };

/** Values in the files. */
export interface ColumnOfFiles {
  readonly from: "file";
  /**
   * Names, from the outermost struct to the value; null where a file or a row lacks one of them. The first may be the id
   * of a field.
   */
  readonly path: readonly [outermost: string | number, ...inner: string[]];
  /** The column's type with the names of inner fields as the files have them; values are widened to it. */
  readonly type: DataType;
  /**
   * Given where the values are JSON text: the names that lead to the part of it that the column has. Null where there is no
   * such part, or none that the type takes. Every text has to be JSON.
   */
  readonly within?: readonly string[];
  /** What stands for null. */
  readonly otherwise?: Exclude<ListedColumn, ColumnOfFiles>;
}

export interface ListedFile {
  /** Absolute. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly modifiedAt: number;
  /** What the list says of the file, in storage form. */
  readonly values: readonly unknown[];
  /** Rows that are left out, or the only ones that are read, by their numbers in the file, ascending. */
  readonly rows?: { readonly are: "left out" | "read"; readonly numbers: BigInt64Array };
}
