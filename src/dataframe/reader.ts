/** `spark.read`: DataFrames of files and tables. */

import { AnalysisError } from "../errors.ts";
import { nameParts } from "../functions/column-name.ts";
import type { Untyped } from "../functions/kinds.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { DataType, StructType } from "../types/data-type.ts";
import { parseDdl } from "../types/ddl.ts";
import { someType } from "../types/some-type.ts";
import { expectArgument } from "./arguments.ts";
import { DataFrame } from "./dataframe.ts";
import { identified, type Unidentified } from "./derive.ts";
import type { SessionState } from "./session-state.ts";
import {
  type AnyOptions,
  type CsvReadOptions,
  type JsonReadOptions,
  type KnownOption,
  type OptionValue,
  optionTexts,
  type ParquetReadOptions,
  type SourceOptions,
  type TextReadOptions,
  type XmlReadOptions,
} from "./source-options.ts";

/** A path or several; files, folders, globs, `file:` URIs. */
export type Paths = string | readonly string[];

interface Settings {
  readonly format?: string;
  readonly schema?: StructType;
  readonly options: SourceOptions;
}

/**
 * Reads files and tables. Its methods make new readers; nothing is read before an action.
 *
 * A schema that is written out as DDL is checked by the compiler; otherwise the DataFrame is untyped.
 *
 * Spark: `pyspark.sql.DataFrameReader`.
 *
 * @example
 * ```ts
 * const events = spark.read.schema("user STRING, amount DOUBLE").json("events/");
 * ```
 */
export class DataFrameReader<out S = Untyped> {
  readonly #state: SessionState;
  readonly #settings: Settings;

  /** Programs reach it by `spark.read`. */
  constructor(state: SessionState, settings: Settings = { options: {} }) {
    this.#state = state;
    this.#settings = settings;
  }

  /**
   * The format that `load` reads: `json`, `csv`, `parquet`, `text`, `xml`, `binaryFile` or `avro`.
   *
   * @param name - in any case; one that does not exist fails at the first action, under `DATA_SOURCE_NOT_FOUND`
   * @example spark.read.format("json").load("sales");
   */
  format(name: string): DataFrameReader<S> {
    return this.#with({ format: name });
  }

  /**
   * The schema of the data, instead of one that is inferred.
   *
   * @param schema - DDL text or a schema
   * @throws ParseError when the text is no DDL
   * @example spark.read.schema("user STRING, amount DOUBLE").json("sales");
   */
  schema<const T extends string>(schema: T): DataFrameReader<Ddl<T>>;
  schema(schema: StructType): DataFrameReader;
  schema<T>(schema: string | StructType): DataFrameReader<T> {
    return this.#with({ schema: typeof schema === "string" ? parseDdl(schema) : schema });
  }

  /**
   * One option of the format, by its name in any case; `docs/files.md` lists them.
   *
   * @param name - a name that no format has is an error of the compiler; one that it cannot know is warned of
   * @param value - numbers and booleans become text; null and undefined leave the option out
   * @example spark.read.option("header", true).csv("sales.csv");
   */
  option<const N extends string>(name: N & KnownOption<N, "read">, value: OptionValue): DataFrameReader<S> {
    return this.options({ [name]: value });
  }

  /**
   * Several options.
   *
   * @param options - by name, beside those given before, which they replace; null and undefined leave one out
   * @example spark.read.options({ header: true, sep: ";" }).csv("sales.csv");
   */
  options(options: AnyOptions<"read">): DataFrameReader<S> {
    return this.#with({ options: { ...this.#settings.options, ...options } });
  }

  /**
   * The rows of files in the reader's format, or in Spark's default (Parquet).
   *
   * @param path - one or several; absent for sources that need none
   * @param options - of the format
   * @throws AnalysisError `PATH_NOT_FOUND`, `DATA_SOURCE_NOT_FOUND` at the first action
   * @example spark.read.format("csv").load("sales.csv", { header: true });
   */
  load(path: Paths = [], options: AnyOptions<"read"> = {}): DataFrame<S> {
    return this.#read("load", this.#settings.format ?? null, path, options);
  }

  /**
   * The rows of JSON lines.
   *
   * @param path - one or several
   * @param options - Spark's options of JSON
   * @throws AnalysisError `PATH_NOT_FOUND` at the first action
   * @example spark.read.json("sales");
   */
  json(path: Paths, options: JsonReadOptions = {}): DataFrame<S> {
    return this.#read("json", "json", path, options);
  }

  /**
   * The rows of CSV.
   *
   * @param path - one or several
   * @param options - Spark's options of CSV
   * @throws AnalysisError `PATH_NOT_FOUND` at the first action
   * @example
   * ```ts
   * spark.read.csv("users.csv", { header: true, inferSchema: true });
   * ```
   */
  csv(path: Paths, options: CsvReadOptions = {}): DataFrame<S> {
    return this.#read("csv", "csv", path, options);
  }

  /**
   * The rows of Parquet files.
   *
   * @param path - one or several
   * @param options - Spark's options of Parquet
   * @throws AnalysisError `PATH_NOT_FOUND` at the first action
   * @example spark.read.parquet("sales.parquet");
   */
  parquet(path: Paths, options: ParquetReadOptions = {}): DataFrame<S> {
    return this.#read("parquet", "parquet", path, options);
  }

  /**
   * The lines of text files, as `value: string`.
   *
   * @param path - one or several
   * @param options - Spark's options of text
   * @throws AnalysisError `PATH_NOT_FOUND` at the first action
   * @example spark.read.text("sales.csv");
   */
  text(path: Paths, options: TextReadOptions = {}): DataFrame<{ value: "string" }> {
    return this.#read("text", "text", path, options);
  }

  /**
   * The rows of XML: an element each.
   *
   * @param path - one or several
   * @param options - Spark's options of XML, of which `rowTag` has to be given
   * @throws AnalysisError `PATH_NOT_FOUND` at the first action
   * @example
   * ```ts
   * spark.read.xml("books.xml", { rowTag: "book" });
   * ```
   */
  xml(path: Paths, options: XmlReadOptions = {}): DataFrame<S> {
    return this.#read("xml", "xml", path, options);
  }

  /**
   * The rows of ORC files, which the embedded engine refuses when it runs: there is no maintained reader.
   *
   * Spark: `pyspark.sql.DataFrameReader.orc`.
   *
   * @param path - one or several
   * @param options - Spark's options of ORC
   * @throws UnsupportedError at the first action, on the embedded engine
   * @example const rows = spark.read.orc("sales.orc");
   */
  orc(path: Paths, options: SourceOptions = {}): DataFrame<S> {
    return this.#read("orc", "orc", path, options);
  }

  /**
   * The rows of a table of a database, which the embedded engine refuses when it runs: there is no JDBC without a JVM.
   *
   * Spark: `pyspark.sql.DataFrameReader.jdbc`.
   *
   * @param url - of the database, such as `jdbc:postgresql://host/shop`
   * @param table - its name
   * @param properties - such as `user` and `password`
   * @throws UnsupportedError at the first action, on the embedded engine
   * @example const rows = spark.read.jdbc("jdbc:postgresql://host/shop", "sales", { user: "ann" });
   */
  jdbc(url: string, table: string, properties: SourceOptions = {}): DataFrame<S> {
    return this.#read("jdbc", "jdbc", [], { ...properties, url, dbtable: table });
  }

  /**
   * The rows of a table or view.
   *
   * @param name - its name, with a part before each dot
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND` at the first action
   * @example spark.read.table("sales");
   */
  table(name: string): DataFrame<S> {
    const options = optionTexts(this.#settings.options);
    return this.#frame("table", { kind: "read table", name: nameParts(name), options, isStreaming: false });
  }

  /**
   * The changes of the rows of a Delta table that has a change feed: its columns, `_change_type`, `_commit_version` and
   * `_commit_timestamp`.
   *
   * Spark: `pyspark.sql.DataFrameReader.changes`. The range is told by the options `startingVersion` or
   * `startingTimestamp`, `endingVersion` or `endingTimestamp`, and `startingBoundInclusive`, `endingBoundInclusive`.
   *
   * @param name - of the table, with a part before each dot
   * @throws AnalysisError `DELTA_NO_START_FOR_CDC_READ`, `DELTA_MISSING_CHANGE_DATA` at the first action
   * @throws UnsupportedError `UNSUPPORTED_FEATURE.CHANGE_DATA_CAPTURE` for views and tables of other formats
   * @example const changed = spark.read.option("startingVersion", 1).changes("sales");
   */
  changes(name: string): DataFrame {
    if (this.#settings.schema !== undefined) throw noSchemaFor("changes");
    const options = optionTexts(this.#settings.options);
    return this.#frame("changes", { kind: "relation changes", name: nameParts(name), options, isStreaming: false });
  }

  #read<T>(method: string, format: string | null, path: Paths, options: SourceOptions): DataFrame<T> {
    const example = `read.schema("a INT").${method}("folder", { mode: "FAILFAST" })`;
    expectArgument(method, "one last object of options", options, example);
    const { schema } = this.#settings;
    if (schema !== undefined && someType(schema, isLimitedText)) throw limitedText();
    return this.#frame(method, {
      kind: "read",
      format,
      paths: typeof path === "string" ? [path] : path,
      ...(schema === undefined ? {} : { schema }),
      options: optionTexts(this.#settings.options, options),
      isStreaming: false,
    });
  }

  #frame<T>(method: string, relation: Unidentified): DataFrame<T> {
    return new DataFrame(this.#state, identified(relation, this.#state.recordsOrigins ? method : undefined));
  }

  #with<T>(change: Partial<Settings>): DataFrameReader<T> {
    return new DataFrameReader(this.#state, { ...this.#settings, ...change });
  }
}

const isLimitedText = ({ kind }: DataType): boolean => kind === "char" || kind === "varchar";

const limitedText = (): AnalysisError =>
  new AnalysisError("The char/varchar type can't be used in the table schema", {
    condition: "UNSUPPORTED_CHAR_OR_VARCHAR_AS_STRING",
    sqlState: "0A000",
    hint: "Read the column as STRING; a table may have it as CHAR or VARCHAR.",
  });

const noSchemaFor = (operation: string): AnalysisError =>
  new AnalysisError(`User specified schema not supported with \`${operation}\``, {
    condition: "_LEGACY_ERROR_TEMP_1189",
    parameters: { operation },
    hint: "Leave schema(…) out: a table knows its columns.",
  });
