/** `df.write`: rows into files and tables. */
import { AnalysisError } from "../errors.ts";
import { nameParts } from "../functions/column-name.ts";
import type { BucketBy, SaveMode, Write } from "../plan/command.ts";
import type { Relation } from "../plan/relation.ts";
import { expectArgument, given } from "./arguments.ts";
import { callOrigin } from "./origin.ts";
import type { CancelOptions, SessionState } from "./session-state.ts";
import {
  type AnyOptions,
  type CsvWriteOptions,
  type JsonWriteOptions,
  type KnownOption,
  type OptionValue,
  optionTexts,
  type ParquetWriteOptions,
  type SourceOptions,
  type TextWriteOptions,
  type WriteOptions,
  type WriteSettings,
  type XmlWriteOptions,
} from "./source-options.ts";

interface Settings {
  readonly format?: string;
  readonly mode: SaveMode;
  readonly partitionBy: readonly string[];
  readonly clusterBy: readonly string[];
  readonly options: SourceOptions;
  readonly bucketBy?: BucketBy;
  readonly sortBy?: readonly string[];
}

/** A write that `spark.writeAll` runs. */
export interface PlannedWrite {
  readonly command: Write;
}

/** PySpark's names of the save modes. */
export type SaveModeName = SaveMode | "errorifexists" | "default";

/**
 * Writes a DataFrame. Its methods make new writers; `save`, `json`, `csv` and `parquet` write.
 *
 * Spark: `pyspark.sql.DataFrameWriter`.
 *
 * @example
 * ```ts
 * await sales.write.mode("overwrite").partitionBy("day").parquet("out/sales");
 * ```
 */
export class DataFrameWriter {
  readonly #state: SessionState;
  readonly #input: Relation;
  readonly #settings: Settings;

  /** Programs reach it by `df.write`. */
  constructor(
    state: SessionState,
    input: Relation,
    settings: Settings = { mode: "error", partitionBy: [], clusterBy: [], options: {} },
  ) {
    this.#state = state;
    this.#input = input;
    this.#settings = settings;
  }

  /**
   * What to do when the output exists: `append`, `overwrite`, `error` (the default) or `ignore`.
   *
   * @param mode - in any case; `errorifexists` and `default` are other names of `error`
   * @throws AnalysisError `INVALID_SAVE_MODE` for any other mode
   * @example await sales.write.mode("overwrite").parquet("sales.parquet");
   */
  mode(mode: SaveModeName): DataFrameWriter {
    return this.#with({ mode: saveMode(mode) });
  }

  /**
   * The format that `save` writes: `json`, `csv`, `parquet`, `text`, `xml` or `avro`.
   *
   * @param name - in any case; one that does not exist fails when it is written, under `DATA_SOURCE_NOT_FOUND`
   * @example await sales.write.mode("overwrite").format("json").save("sales");
   */
  format(name: string): DataFrameWriter {
    return this.#with({ format: name });
  }

  /**
   * A folder for each combination of values: `day=2025-02-01/`.
   *
   * @param columns - names, the outermost folder first
   * @throws AnalysisError `ALL_PARTITION_COLUMNS_NOT_ALLOWED` when it is written and no other column is left
   * @example await sales.write.mode("overwrite").partitionBy("day").parquet("by-day");
   */
  partitionBy(...columns: readonly string[]): DataFrameWriter {
    expectArgument("partitionBy", "names one after the other", columns, 'partitionBy("country", "day")');
    return this.#with({ partitionBy: columns });
  }

  /**
   * The files of a table by Spark's hash of columns: rows of equal values lie in one bucket. For `saveAsTable`.
   *
   * @param count - how many buckets
   * @param columns - whose hash decides
   * @throws AnalysisError `INVALID_BUCKET_COUNT` for a number that is not from 1 to 100000, when it is written
   * @example
   * ```ts
   * await sales.write.bucketBy(8, "user").sortBy("at").saveAsTable("shop.sales");
   * ```
   */
  bucketBy(count: number, ...columns: readonly string[]): DataFrameWriter {
    return this.#with({ bucketBy: { count, columns } });
  }

  /**
   * The columns by whose values the rows of a table lie together, where its format has that: Delta. Files have no such
   * columns and are written as without it.
   *
   * @param columns - names, one or more; those of fields of structs have points: `"place.country"`
   * @throws AnalysisError `SPECIFY_CLUSTER_BY_WITH_PARTITIONED_BY_IS_NOT_ALLOWED`, and
   *   `SPECIFY_CLUSTER_BY_WITH_BUCKETING_IS_NOT_ALLOWED` beside `bucketBy`, when it is written
   * @example await sales.write.format("delta").mode("overwrite").clusterBy("user").saveAsTable("clustered_sales");
   */
  clusterBy(...columns: readonly [string, ...string[]]): DataFrameWriter {
    expectArgument("clusterBy", "names one after the other", columns, 'clusterBy("country", "day")');
    return this.#with({ clusterBy: columns });
  }

  /**
   * The order of the rows in each bucket.
   *
   * @param columns - names; only with `bucketBy`, else `saveAsTable` fails under `SORT_BY_WITHOUT_BUCKETING`
   * @example await sales.write.mode("overwrite").bucketBy(4, "user").sortBy("user").saveAsTable("bucketed");
   */
  sortBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ sortBy: columns });
  }

  /**
   * One option of the format, by its name in any case; `docs/files.md` lists them.
   *
   * @param name - a name that no format has is an error of the compiler; one that it cannot know is warned of
   * @param value - numbers and booleans become text; null and undefined leave the option out
   * @example await sales.write.mode("overwrite").option("compression", "zstd").parquet("sales.parquet");
   */
  option<const N extends string>(name: N & KnownOption<N, "write">, value: OptionValue): DataFrameWriter {
    return this.options({ [name]: value });
  }

  /**
   * Several options.
   *
   * @param options - by name, beside those given before, which they replace; null and undefined leave one out
   * @example await sales.write.mode("overwrite").options({ header: true, sep: ";" }).csv("sales.csv");
   */
  options(options: AnyOptions<"write">): DataFrameWriter {
    return this.#with({ options: { ...this.#settings.options, ...options } });
  }

  /**
   * Writes in the writer's format, or in Spark's default (Parquet).
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and the format's own
   * @throws AnalysisError `PATH_ALREADY_EXISTS` in mode `error`; `DATA_SOURCE_NOT_FOUND` for a format that does not exist
   * @example await sales.write.mode("overwrite").save("sales.parquet");
   */
  save(path: string, options: WriteOptions = {}): Promise<void> {
    return this.#write("save", this.#settings.format ?? null, path, options);
  }

  /**
   * Writes JSON lines.
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and Spark's options of JSON
   * @throws AnalysisError `PATH_ALREADY_EXISTS` in mode `error`
   * @example await sales.write.mode("overwrite").json("sales");
   */
  json(path: string, options: JsonWriteOptions = {}): Promise<void> {
    return this.#write("json", "json", path, options);
  }

  /**
   * Writes CSV.
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and Spark's options of CSV
   * @throws AnalysisError `PATH_ALREADY_EXISTS` in mode `error`
   * @example await sales.write.mode("overwrite").csv("sales.csv", { header: true });
   */
  csv(path: string, options: CsvWriteOptions = {}): Promise<void> {
    return this.#write("csv", "csv", path, options);
  }

  /**
   * Writes Parquet files.
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and Spark's options of Parquet
   * @throws AnalysisError `PATH_ALREADY_EXISTS` in mode `error`
   * @example await sales.write.mode("append").parquet("sales.parquet");
   */
  parquet(path: string, options: ParquetWriteOptions = {}): Promise<void> {
    return this.#write("parquet", "parquet", path, options);
  }

  /**
   * Writes the only column, a string, as lines.
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and Spark's options of text
   * @throws AnalysisError `PATH_ALREADY_EXISTS` in mode `error`; `UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE` for other types
   * @example await sales.select("user").write.mode("overwrite").text("users.txt");
   */
  text(path: string, options: TextWriteOptions = {}): Promise<void> {
    return this.#write("text", "text", path, options);
  }

  /**
   * Writes XML: an element for each row.
   *
   * @param path - the folder of the output
   * @param options - Spark's options of XML, of which `rowTag` has to be given
   * @throws AnalysisError `XML_ROW_TAG_MISSING`; `PATH_ALREADY_EXISTS` in mode `error`
   * @example await sales.write.mode("overwrite").xml("sales.xml", { rowTag: "sale" });
   */
  xml(path: string, options: XmlWriteOptions = {}): Promise<void> {
    return this.#write("xml", "xml", path, options);
  }

  /**
   * Writes ORC files, which the embedded engine refuses: there is no maintained writer.
   *
   * Spark: `pyspark.sql.DataFrameWriter.orc`.
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy` and Spark's options of ORC
   * @throws UnsupportedError on the embedded engine
   * @example await sales.write.orc("out.orc").catch((error) => console.log(error.hint));
   */
  orc(path: string, options: WriteOptions = {}): Promise<void> {
    return this.#write("orc", "orc", path, options);
  }

  /**
   * Writes to a table of a database, which the embedded engine refuses: there is no JDBC without a JVM.
   *
   * Spark: `pyspark.sql.DataFrameWriter.jdbc`.
   *
   * @param url - of the database, such as `jdbc:postgresql://host/shop`
   * @param table - its name
   * @param properties - `mode`, and those of the driver such as `user` and `password`
   * @throws UnsupportedError on the embedded engine
   * @example await sales.write.jdbc("jdbc:postgresql://host/shop", "sales").catch((error) => console.log(error.hint));
   */
  jdbc(url: string, table: string, properties: WriteSettings = {}): Promise<void> {
    const { signal, timeout, ...others } = properties;
    const options = { ...others, url, dbtable: table };
    return this.#run(this.#command("jdbc", "jdbc", { to: "path", path: "" }, options), { signal, timeout });
  }

  /**
   * The write as a value, for `spark.writeAll`, which writes several outputs in one pass. Not in Spark.
   *
   * @param path - the folder of the output
   * @param options - `format`, `mode`, `partitionBy` and the format's own
   * @example await spark.writeAll([sales.write.mode("overwrite").to("one"), sales.write.mode("overwrite").to("two", { format: "json" })]);
   */
  to(path: string, options: WriteOptions & { readonly format?: string } = {}): PlannedWrite {
    const { format, ...others } = options;
    return { command: this.#command("to", format ?? this.#settings.format ?? null, { to: "path", path }, others) };
  }

  /**
   * Inserts the rows into a table, column by column in their order; types are fitted by Spark's rules of storing.
   *
   * With `overwrite`, or in mode `overwrite`, the table's rows are replaced: those of the partitions that are written where
   * `spark.sql.sources.partitionOverwriteMode` is `dynamic`.
   *
   * @param table - its name
   * @param options - `overwrite`, `signal`, `timeout`
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`, `INSERT_COLUMN_ARITY_MISMATCH`, `INCOMPATIBLE_DATA_FOR_TABLE`
   * @throws ExecutionError `CAST_OVERFLOW_IN_TABLE_INSERT`, `EXCEED_LIMIT_LENGTH`
   * @example
   * ```ts
   * await sales.write.insertInto("shop.sales");
   * ```
   */
  insertInto(table: string, options: { readonly overwrite?: boolean } & CancelOptions = {}): Promise<void> {
    const { overwrite, signal, timeout } = options;
    const target: Write["target"] = { to: "table", name: nameParts(table), method: "insert" };
    const mode = overwrite === undefined ? {} : { mode: overwrite ? ("overwrite" as const) : ("append" as const) };
    return this.#run(this.#command("insertInto", this.#settings.format ?? null, target, mode), { signal, timeout });
  }

  /**
   * Makes a table of the rows, or adds them to one, by name.
   *
   * The table's file in the catalogue and its data change together: a process killed at any moment leaves the old table
   * or the new. With the option `path` the table is external: dropping it leaves the files.
   *
   * @param table - its name
   * @param options - `mode`, `partitionBy`, `signal`, `timeout` and the format's own
   * @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `SCHEMA_NOT_FOUND`, `LOCATION_ALREADY_EXISTS`
   * @example
   * ```ts
   * await sales.write.mode("overwrite").partitionBy("day").saveAsTable("shop.sales");
   * ```
   */
  saveAsTable(table: string, options: WriteOptions & { readonly format?: string } = {}): Promise<void> {
    const { format, signal, timeout, ...others } = options;
    const target: Write["target"] = { to: "table", name: nameParts(table), method: "save" };
    return this.#run(this.#command("saveAsTable", format ?? this.#settings.format ?? null, target, others), {
      signal,
      timeout,
    });
  }

  #write(method: string, format: string | null, path: string, options: WriteSettings): Promise<void> {
    const example = `write.mode("overwrite").${method}("folder", { partitionBy: "day" })`;
    expectArgument(method, "one last object of options", options, example);
    const { signal, timeout, ...others } = options;
    return this.#run(this.#command(method, format, { to: "path", path }, others), { signal, timeout });
  }

  async #run(command: Write, cancel: Parameters<typeof given>[0]): Promise<void> {
    await this.#state.executeCommand(command, given(cancel));
  }

  #command(method: string, format: string | null, target: Write["target"], options: WriteSettings): Write {
    const { mode, partitionBy, ...others } = options;
    const { bucketBy, sortBy, ...settings } = this.#settings;
    return Object.freeze<Write>({
      kind: "write",
      input: this.#input,
      format,
      target,
      mode: mode === undefined ? settings.mode : saveMode(mode),
      options: optionTexts(settings.options, others as SourceOptions),
      partitionBy: partitionBy === undefined ? settings.partitionBy : [partitionBy].flat(),
      sortBy: sortBy ?? [],
      clusterBy: settings.clusterBy,
      ...(bucketBy === undefined ? {} : { bucketBy }),
      ...(this.#state.recordsOrigins ? { origin: callOrigin(method) } : {}),
    });
  }

  #with(change: Partial<Settings>): DataFrameWriter {
    return new DataFrameWriter(this.#state, this.#input, { ...this.#settings, ...change });
  }
}

const modes: Readonly<Record<SaveModeName, SaveMode>> = {
  append: "append",
  overwrite: "overwrite",
  error: "error",
  errorifexists: "error",
  default: "error",
  ignore: "ignore",
};

function saveMode(name: string): SaveMode {
  const mode = Object.hasOwn(modes, name.toLowerCase()) ? modes[name.toLowerCase() as SaveModeName] : undefined;
  if (mode !== undefined) return mode;
  throw new AnalysisError(`The specified save mode "${name}" is invalid`, {
    condition: "INVALID_SAVE_MODE",
    sqlState: "42000",
    parameters: { mode: `"${name}"` },
    hint: 'Valid save modes include "append", "overwrite", "ignore", "error", "errorifexists", and "default".',
  });
}
