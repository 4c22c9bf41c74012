/** What a file format is to a writer. */
import type { OutputColumn } from "../../../plan/resolved.ts";
import type { DataType, StructField } from "../../../types/data-type.ts";
import type { CompileContext } from "../compile/context.ts";
import type { Options } from "../formats/text/options.ts";
import type { Preparation } from "../preparation.ts";

/** The columns of a file with what the program and the session say about it. */
export interface FormatRequest {
  /** Without those that are folders; their SQL is `columnName(id)`. */
  readonly columns: readonly OutputColumn[];
  /** The columns as the file has them, where that is not by their own names. */
  readonly fileColumns?: readonly StructField[] | undefined;
  /** By lower-case name. */
  readonly options: Options;
  readonly context: CompileContext;
}

/** How rows become a file. */
export interface FileWriting {
  /** The SELECT list. */
  readonly columns: readonly string[];
  /** Which rows are written, when it is not all. */
  readonly condition?: string;
  /** Options of COPY. */
  readonly copy: readonly string[];
  /** What the names of files end in, without the dot. */
  readonly extension: string;
  /** What is still to be done to a file that COPY has made. */
  readonly finish?: (path: string, preparation: Preparation) => Promise<void>;
}

export interface OutputFormat {
  /** What errors call it. */
  readonly title: string;
  /** Whether names must differ. */
  readonly namesDiffer: boolean;
  holds(type: DataType): boolean;
  /**
   * @throws AnalysisError for a value that an option cannot have
   * @throws UnsupportedError for an option that is not obeyed
   */
  writing(request: FormatRequest): FileWriting;
}
