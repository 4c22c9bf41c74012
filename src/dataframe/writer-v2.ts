/** `df.writeTo`: rows into tables, as statements write them. */

import { type Column, columnExpression } from "../functions/column.ts";
import { nameParts } from "../functions/column-name.ts";
import type { WriteTo } from "../plan/command.ts";
import type { Relation } from "../plan/relation.ts";
import { callOrigin } from "./origin.ts";
import type { ActionOptions, SessionState } from "./session-state.ts";
import { type OptionValue, optionTexts, type SourceOptions } from "./source-options.ts";

interface Settings {
  readonly table: string;
  readonly provider?: string;
  readonly options: SourceOptions;
  readonly properties: Readonly<Record<string, string>>;
  readonly partitioning: readonly (string | Column)[];
  readonly clusterBy: readonly string[];
}

/**
 * Writes a DataFrame to a table. Its methods make new writers; `create` and the others below it write.
 *
 * As in Spark, tables of plain files can be created so; to change one use `df.write`.
 *
 * Spark: `pyspark.sql.DataFrameWriterV2`.
 *
 * @example
 * ```ts
 * await sales.writeTo("shop.sales").using("parquet").partitionedBy("day").create();
 * ```
 */
export class DataFrameWriterV2 {
  readonly #state: SessionState;
  readonly #input: Relation;
  readonly #settings: Settings;

  /** Programs reach it by `df.writeTo(table)`. */
  constructor(state: SessionState, input: Relation, settings: Pick<Settings, "table"> & Partial<Settings>) {
    this.#state = state;
    this.#input = input;
    this.#settings = { options: {}, properties: {}, partitioning: [], clusterBy: [], ...settings };
  }

  /**
   * The format of the table: `parquet` (the default), `json`, `csv`, `text`.
   *
   * @param provider - in any case; one that does not exist fails when it is written, under `DATA_SOURCE_NOT_FOUND`
   * @example await sales.writeTo("lines").using("json").create();
   */
  using(provider: string): DataFrameWriterV2 {
    return this.#with({ provider });
  }

  /**
   * One option of the format.
   *
   * @param name - in any case; `docs/files.md` lists them
   * @param value - numbers and booleans become text; null and undefined leave the option out
   * @example await sales.writeTo("with_header").using("csv").option("header", true).create();
   */
  option(name: string, value: OptionValue): DataFrameWriterV2 {
    return this.options({ [name]: value });
  }

  /**
   * Several options of the format.
   *
   * @param options - by name, beside those given before, which they replace; null and undefined leave one out
   * @example await sales.writeTo("with_options").using("csv").options({ header: true, sep: ";" }).create();
   */
  options(options: SourceOptions): DataFrameWriterV2 {
    return this.#with({ options: { ...this.#settings.options, ...options } });
  }

  /**
   * A property of the table.
   *
   * @param property - its name, kept as it is written
   * @param value - its text; a later one replaces it
   * @example await sales.writeTo("owned").tableProperty("owner", "ann").create();
   */
  tableProperty(property: string, value: string): DataFrameWriterV2 {
    return this.#with({ properties: { ...this.#settings.properties, [property]: value } });
  }

  /**
   * The columns that become folders.
   *
   * @param columns - names or columns of the rows, the outermost folder first
   * @example await sales.writeTo("by_country").partitionedBy("country").create();
   */
  partitionedBy(...columns: readonly (string | Column)[]): DataFrameWriterV2 {
    return this.#with({ partitioning: columns });
  }

  /**
   * The columns by which the table is clustered, where its format has that.
   *
   * @param columns - names; those of fields of structs have points: `"place.country"`
   * @example await sales.writeTo("clustered").using("delta").clusterBy("user").create();
   */
  clusterBy(...columns: readonly string[]): DataFrameWriterV2 {
    return this.#with({ clusterBy: columns });
  }

  /**
   * Makes the table of the rows.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `SCHEMA_NOT_FOUND`
   * @throws AnalysisError `DATA_SOURCE_NOT_FOUND`; `COLUMN_NOT_DEFINED_IN_TABLE` for partitions that the rows do not have
   * @example await sales.writeTo("first_sales").create();
   */
  create(options: ActionOptions = {}): Promise<void> {
    return this.#write("create", "create", options);
  }

  /**
   * Replaces the table by the rows.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `UNSUPPORTED_FEATURE.TABLE_OPERATION` for tables of plain files
   * @example await sales.writeTo("delta_sales").using("delta").partitionedBy("country").replace();
   */
  replace(options: ActionOptions = {}): Promise<void> {
    return this.#write("replace", "replace", options);
  }

  /**
   * Makes the table of the rows, or replaces it.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `UNSUPPORTED_FEATURE.TABLE_OPERATION` for tables of plain files
   * @example await sales.writeTo("delta_sales").using("delta").partitionedBy("country").createOrReplace();
   */
  createOrReplace(options: ActionOptions = {}): Promise<void> {
    return this.#write("createOrReplace", "create or replace", options);
  }

  /**
   * Adds the rows to the table, by name.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`; `_LEGACY_ERROR_TEMP_1012` for tables of plain files
   * @example await sales.writeTo("delta_sales").append();
   */
  append(options: ActionOptions = {}): Promise<void> {
    return this.#write("append", "append", options);
  }

  /**
   * Replaces the rows that meet a condition.
   *
   * @param condition - over columns of the table; rows for which it is false or null stay
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError as `append` does
   * @example await sales.filter("country = 'CH'").writeTo("delta_sales").overwrite(col("country").eq("CH"));
   */
  overwrite(condition: Column | string, options: ActionOptions = {}): Promise<void> {
    return this.#write("overwrite", "overwrite", options, condition);
  }

  /**
   * Replaces the partitions for which there are rows.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError as `append` does
   * @example await sales.writeTo("delta_sales").overwritePartitions();
   */
  overwritePartitions(options: ActionOptions = {}): Promise<void> {
    return this.#write("overwritePartitions", "overwrite partitions", options);
  }

  async #write(
    method: string,
    mode: WriteTo["mode"],
    options: ActionOptions,
    condition?: Column | string,
  ): Promise<void> {
    const { table, provider, options: ofFormat, properties, partitioning, clusterBy } = this.#settings;
    const command = Object.freeze<WriteTo>({
      kind: "write to",
      input: this.#input,
      table: nameParts(table),
      ...(provider === undefined ? {} : { provider }),
      mode,
      options: optionTexts(ofFormat),
      tableProperties: properties,
      partitionBy: partitioning.map((column) => columnExpression(column)),
      clusterBy,
      ...(condition === undefined ? {} : { overwriteCondition: columnExpression(condition) }),
      ...(this.#state.recordsOrigins ? { origin: callOrigin(method) } : {}),
    });
    await this.#state.executeCommand(command, options);
  }

  #with(change: Partial<Settings>): DataFrameWriterV2 {
    return new DataFrameWriterV2(this.#state, this.#input, { ...this.#settings, ...change });
  }
}
