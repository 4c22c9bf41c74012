/** Delta tables as objects. */
import { DataFrame } from "../dataframe/dataframe.ts";
import { type MergeCondition, mergeAssignments, mergeCondition } from "../dataframe/merge-writer.ts";
import type { SparkSession } from "../dataframe/session.ts";
import type { ActionOptions } from "../dataframe/session-state.ts";
import { AnalysisError, isLakewrightError } from "../errors.ts";
import { nameParts } from "../functions/column-name.ts";
import type { Untyped } from "../functions/kinds.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { TableChange } from "../plan/catalogue-command.ts";
import type { CatalogueQuestion } from "../plan/catalogue-query.ts";
import { resolveUri } from "../storage/path.ts";
import { parseDdl } from "../types/ddl.ts";
import { simpleString } from "../types/type-name.ts";
import { answerOf, countsOf } from "./commands.ts";
import { type AssignmentsTo, DeltaMergeBuilder } from "./merge-builder.ts";
import { DeltaOptimizeBuilder } from "./optimize-builder.ts";
import { DeltaTableBuilder } from "./table-builder.ts";

/** Which table an object is about. */
export interface DeltaTableOptions {
  /** The parts of a name, or `delta` and a path. */
  readonly name: readonly string[];
  readonly alias?: string;
}

/** How files are deleted. */
export interface VacuumOptions extends ActionOptions {
  /** Whether the files are only named. */
  readonly dryRun?: boolean;
}

/** How a table is cloned. */
export interface CloneOptions {
  /** Whether the files stay where they are. */
  readonly isShallow?: boolean;
  /** Which version; the newest when absent. */
  readonly version?: number;
}

/**
 * A Delta table: changed row by row, looked after, and read.
 *
 * The methods that make builders and DataFrames do nothing yet; what returns a promise has been done when that is kept.
 * `S` is the table's schema where the program states it.
 *
 * Spark: `delta.tables.DeltaTable`.
 *
 * @example
 * ```ts
 * const users = await DeltaTable.forPath(spark, "/data/users", "id BIGINT, name STRING");
 * await users.update({ set: { name: upper(col("name")) }, condition: "id < 10" });
 * ```
 */
export class DeltaTable<S = Untyped> {
  readonly #spark: SparkSession;
  readonly #options: DeltaTableOptions;

  /** Programs use `forPath`, `forName` and the builders. */
  constructor(spark: SparkSession, options: DeltaTableOptions) {
    this.#spark = spark;
    this.#options = options;
  }

  /**
   * The table in a folder.
   *
   * @param spark - the session that reads it
   * @param path - the folder, relative to the working directory, or a URI
   * @throws AnalysisError `PATH_NOT_FOUND`, `DELTA_TABLE_NOT_FOUND`
   * @example const users = await DeltaTable.forPath(spark, "users", "id BIGINT, name STRING");
   */
  static forPath(spark: SparkSession, path: string): Promise<DeltaTable>;
  /**
   * The table in a folder, typed by its schema.
   *
   * @param schema - what the program takes the columns to be, in DDL; compared with what they are
   * @throws AnalysisError `DELTA_SCHEMA_MISMATCH` where the columns are others
   * @throws ParseError when the text is no DDL
   */
  static forPath<const T extends string>(spark: SparkSession, path: string, schema: T): Promise<DeltaTable<Ddl<T>>>;
  static forPath<T>(spark: SparkSession, path: string, schema?: string): Promise<DeltaTable<T>> {
    return opened<T>(spark, ["delta", resolveUri(path)], schema);
  }

  /**
   * A table of the catalogue.
   *
   * @param spark - the session whose catalogue has it
   * @param name - its name, with a part before each dot
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`, `DELTA_TABLE_NOT_FOUND`
   * @example const shops = await DeltaTable.forName(spark, "shops");
   */
  static forName(spark: SparkSession, name: string): Promise<DeltaTable>;
  /**
   * A table of the catalogue, typed by its schema.
   *
   * @param schema - what the program takes the columns to be, in DDL; compared with what they are
   * @throws AnalysisError `DELTA_SCHEMA_MISMATCH` where the columns are others
   * @throws ParseError when the text is no DDL
   */
  static forName<const T extends string>(spark: SparkSession, name: string, schema: T): Promise<DeltaTable<Ddl<T>>>;
  static forName<T>(spark: SparkSession, name: string, schema?: string): Promise<DeltaTable<T>> {
    return opened<T>(spark, nameParts(name), schema);
  }

  /**
   * Whether a Delta table lies in a folder.
   *
   * @param spark - the session that looks
   * @param path - the folder, relative to the working directory, or a URI; false where there is none
   * @example const isOne = await DeltaTable.isDeltaTable(spark, "users");
   */
  static async isDeltaTable(spark: SparkSession, path: string): Promise<boolean> {
    try {
      await opened(spark, ["delta", resolveUri(path)]);
      return true;
    } catch (error) {
      if (isLakewrightError(error) && notThere.has(error.condition ?? "")) return false;
      throw error;
    }
  }

  /**
   * Makes a folder of Parquet files a table.
   *
   * @param spark - the session that converts it
   * @param path - the folder, relative to the working directory, or a URI
   * @param partitions - the columns that are folders, in DDL
   * @throws AnalysisError `PATH_NOT_FOUND`
   * @throws ParseError when `partitions` is no DDL
   * @example const events = await DeltaTable.convertToDelta(spark, "events", "day DATE");
   */
  static async convertToDelta(spark: SparkSession, path: string, partitions?: string): Promise<DeltaTable> {
    const location = resolveUri(path);
    const folders = partitions === undefined ? {} : { partitions: parseDdl(partitions) };
    await spark.state.executeCommand({ kind: "convert table", table: ["parquet", location], ...folders });
    return new DeltaTable(spark, { name: ["delta", location] });
  }

  /**
   * A table that must not be there yet.
   *
   * @param spark - the session that makes it
   * @example await DeltaTable.create(spark).tableName("visits").addColumns("id BIGINT, day DATE").execute();
   */
  static create(spark: SparkSession): DeltaTableBuilder {
    return new DeltaTableBuilder(madeTable(spark), spark.state, { ifNotExists: false });
  }

  /**
   * A table that is left alone where it is there.
   *
   * @param spark - the session that makes it
   * @example await DeltaTable.createIfNotExists(spark).tableName("clicks").addColumns("id BIGINT").execute();
   */
  static createIfNotExists(spark: SparkSession): DeltaTableBuilder {
    return new DeltaTableBuilder(madeTable(spark), spark.state, { ifNotExists: true });
  }

  /**
   * A table in the place of one that must be there.
   *
   * @param spark - the session that makes it
   * @example await DeltaTable.replace(spark).tableName("shops").addColumns("id BIGINT, town STRING").execute();
   */
  static replace(spark: SparkSession): DeltaTableBuilder {
    return new DeltaTableBuilder(madeTable(spark), spark.state, { ifNotExists: false, replace: "existing" });
  }

  /**
   * A table in the place of one that may be there.
   *
   * @param spark - the session that makes it
   * @example await DeltaTable.createOrReplace(spark).location("towns").addColumns("id BIGINT").execute();
   */
  static createOrReplace(spark: SparkSession): DeltaTableBuilder {
    return new DeltaTableBuilder(madeTable(spark), spark.state, { ifNotExists: false, replace: "or create" });
  }

  /** The session that the table is used in. */
  get sparkSession(): SparkSession {
    return this.#spark;
  }

  /**
   * The table under another name in conditions and values.
   *
   * @param name - one part, which names of columns may begin with
   * @example const merge = users.alias("target").merge(changes.alias("source"), "target.id = source.id");
   */
  alias(name: string): DeltaTable<S> {
    return new DeltaTable(this.#spark, { ...this.#options, alias: name });
  }

  /**
   * The rows, as they are when they are read.
   *
   * @example await users.toDF().filter("id > 1").show();
   */
  toDF(): DataFrame<S> {
    const { name, alias } = this.#options;
    const table = new DataFrame<S>(this.#spark.state, { kind: "read table", name, options: {}, isStreaming: false });
    return alias === undefined ? table : table.alias(alias);
  }

  /**
   * Starts a merge of rows into the table.
   *
   * @param source - the rows; an alias tells their columns from those of the table
   * @param condition - when a row of the source matches one of the table
   * @example await users.merge(changes.alias("source"), "users.id = source.id").whenMatchedUpdateAll().execute();
   */
  merge(source: DataFrame<unknown>, condition: MergeCondition): DeltaMergeBuilder<S> {
    const { name, alias } = this.#options;
    return new DeltaMergeBuilder<S>(source, {
      kind: "merge into",
      target: name,
      ...(alias === undefined ? {} : { alias }),
      source: source.plan,
      condition: mergeCondition(condition),
      matched: [],
      notMatched: [],
      notMatchedBySource: [],
      schemaEvolution: false,
      isCounted: true,
    });
  }

  /**
   * Gives columns of rows new values; gives how many rows were changed.
   *
   * @param change - `set`: the values by column; `condition`: which rows, all without it
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `UNRESOLVED_COLUMN`, `DELTA_CONFLICT_SET_COLUMN`, `DELTA_UNSUPPORTED_SUBQUERY`
   * @example await users.update({ set: { name: lit("?") }, condition: "name IS NULL" });
   */
  async update(
    change: { readonly set: AssignmentsTo<S>; readonly condition?: MergeCondition },
    options: ActionOptions = {},
  ): Promise<number> {
    const { name: table, alias } = this.#options;
    const counts = await countsOf(
      {
        kind: "update",
        table,
        ...(alias === undefined ? {} : { alias }),
        assignments: mergeAssignments(change.set as AssignmentsTo<Untyped>).map(({ column, value }) => ({
          column,
          value,
        })),
        ...conditionOf(change.condition),
      },
      this.#spark.state,
      options,
    );
    return counts.num_affected_rows!;
  }

  /**
   * Deletes the rows that meet a condition, all without one; gives how many.
   *
   * @param condition - a boolean column, or SQL text; rows for which it is false or null stay
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `UNRESOLVED_COLUMN`
   * @throws ParseError when a text is no expression
   * @example await users.delete("id = 7");
   */
  async delete(condition?: MergeCondition, options: ActionOptions = {}): Promise<number> {
    const { name: table, alias } = this.#options;
    const named = alias === undefined ? {} : { alias };
    const counts = await countsOf(
      { kind: "delete", table, ...named, ...conditionOf(condition) },
      this.#spark.state,
      options,
    );
    return counts.num_affected_rows!;
  }

  /**
   * The commits, the newest first.
   *
   * @param limit - how many at most; all when absent
   * @example await users.history(10).select("version", "operation").show();
   */
  history(limit?: number): DataFrame {
    const { name: table } = this.#options;
    return this.#asked({ ask: "delta history", table, ...(limit === undefined ? {} : { limit }) });
  }

  /**
   * A row about the table: its id, folder, size, properties, protocol.
   *
   * @example await users.detail().select("numFiles", "sizeInBytes").show();
   */
  detail(): DataFrame {
    return this.#asked({ ask: "delta detail", table: this.#options.name });
  }

  /**
   * Deletes files that no version within the retention needs; with `dryRun`, only gives their paths.
   *
   * @param retainHours - what the table says when absent, a week by default
   * @param options - `dryRun`, `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT`
   * @example await users.vacuum(168, { dryRun: true });
   */
  async vacuum(retainHours?: number, { dryRun = false, ...options }: VacuumOptions = {}): Promise<DataFrame> {
    const { name: table } = this.#options;
    const retention = retainHours === undefined ? {} : { retainHours };
    return answerOf({ kind: "vacuum table", table, ...retention, dryRun }, this.#spark.state, options);
  }

  /**
   * Starts to put files together.
   *
   * @example await users.optimize().executeCompaction();
   */
  optimize(): DeltaOptimizeBuilder {
    return new DeltaOptimizeBuilder(this.#spark.state, {
      kind: "optimize table",
      table: this.#options.name,
      zOrderBy: [],
    });
  }

  /**
   * Makes the table what it was at a version, as a new version; gives a row of metrics.
   *
   * @param version - its number, from 0
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `DELTA_CANNOT_RESTORE_TABLE_VERSION` for a version that there is not
   * @throws ExecutionError `DELTA_FILE_NOT_FOUND_DETAILED` where VACUUM has deleted a file of it
   * @example await users.restoreToVersion(0);
   */
  restoreToVersion(version: number, options: ActionOptions = {}): Promise<DataFrame> {
    return this.#restore({ version }, options);
  }

  /**
   * Makes the table what it was at a time, such as `2026-01-31 12:00:00`; gives a row of metrics.
   *
   * @param timestamp - a date, or a date and time, in the session's time zone unless it names another
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER` and `DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER` for times
   *   before the first commit and after the last one
   * @throws AnalysisError `DELTA_TIMESTAMP_INVALID` for a text that is neither
   * @example await users.restoreToTimestamp("2026-01-01").catch(() => users.restoreToVersion(0));
   */
  restoreToTimestamp(timestamp: string, options: ActionOptions = {}): Promise<DataFrame> {
    return this.#restore({ timestamp }, options);
  }

  /**
   * Makes another table of this one's files: named where they lie when shallow, else copied.
   *
   * @param target - the path of the new table
   * @param options - `isShallow`, and `version`, a number from 0
   * @throws AnalysisError where a table is there
   * @throws AnalysisError `DELTA_VERSION_NOT_FOUND`
   * @example const copy = await users.clone("users-copy", { isShallow: true });
   */
  async clone(target: string, { isShallow = false, version }: CloneOptions = {}): Promise<DeltaTable<S>> {
    const name = ["delta", resolveUri(target)];
    await this.#spark.state.executeCommand({
      kind: "clone table",
      name,
      source: this.#options.name,
      isShallow,
      ...(version === undefined ? {} : { version }),
      ifNotExists: false,
    });
    return new DeltaTable(this.#spark, { name });
  }

  /**
   * Writes lists of the table's files for engines that do not read its log, such as Presto and Athena, into
   * `_symlink_format_manifest`; with the property `delta.compatibility.symlinkFormatManifest.enabled` every change of the
   * table brings them up to date.
   *
   * Spark: `delta.tables.DeltaTable.generate`.
   *
   * @param mode - `symlink_format_manifest`
   * @throws AnalysisError `DELTA_MODE_NOT_SUPPORTED` for another mode
   * @throws AnalysisError `DELTA_UNSUPPORTED_GENERATE_WITH_DELETION_VECTORS` where rows of files are marked as deleted
   * @throws AnalysisError `DELTA_UNSUPPORTED_MANIFEST_GENERATION_WITH_COLUMN_MAPPING`
   * @example await users.generate("symlink_format_manifest");
   */
  async generate(mode: string): Promise<void> {
    const { name: table } = this.#options;
    await this.#spark.state.executeCommand({ kind: "generate manifest", table, mode });
  }

  /**
   * Asks for a newer protocol, which older programs may not read or write.
   *
   * @param readerVersion - of the protocol, from 1 to 3
   * @param writerVersion - of the protocol, from 1 to 7; versions below the table's change nothing
   * @throws AnalysisError `DELTA_PROTOCOL_PROPERTY_NOT_INT` for any other version
   * @example await users.upgradeTableProtocol(1, 4);
   */
  async upgradeTableProtocol(readerVersion: number, writerVersion: number): Promise<void> {
    await this.#alter({
      change: "set properties",
      properties: {
        "delta.minReaderVersion": String(readerVersion),
        "delta.minWriterVersion": String(writerVersion),
      },
    });
  }

  /**
   * Lets the table have a feature, such as `deletionVectors`.
   *
   * @param feature - as the Delta protocol names it
   * @throws AnalysisError `DELTA_UNSUPPORTED_FEATURES_IN_CONFIG` for a feature that is not known
   * @example await users.addFeatureSupport("changeDataFeed");
   */
  async addFeatureSupport(feature: string): Promise<void> {
    await this.#alter({ change: "set properties", properties: { [`delta.feature.${feature}`]: "supported" } });
  }

  /**
   * Takes a feature away.
   *
   * @param feature - as the Delta protocol names it
   * @param truncatesHistory - whether the versions that used it are forgotten too
   * @throws AnalysisError `DELTA_FEATURE_DROP_FEATURE_NOT_PRESENT`, `DELTA_FEATURE_DROP_NONREMOVABLE_FEATURE`
   * @example await users.dropFeatureSupport("changeDataFeed");
   */
  async dropFeatureSupport(feature: string, truncatesHistory = false): Promise<void> {
    await this.#alter({ change: "drop feature", feature, truncatesHistory });
  }

  async #alter(change: TableChange): Promise<void> {
    const { name } = this.#options;
    await this.#spark.state.executeCommand({ kind: "alter relation", name, expects: "table", change });
  }

  #restore(to: { readonly version: number } | { readonly timestamp: string }, options: ActionOptions) {
    return answerOf({ kind: "restore table", table: this.#options.name, to }, this.#spark.state, options);
  }

  #asked(question: CatalogueQuestion): DataFrame {
    return new DataFrame(this.#spark.state, { kind: "catalogue query", question });
  }
}

const madeTable =
  (spark: SparkSession) =>
  <T>(name: readonly string[]): DeltaTable<T> =>
    new DeltaTable<T>(spark, { name });

const conditionOf = (condition: MergeCondition | undefined) =>
  condition === undefined ? {} : { condition: mergeCondition(condition) };

const notThere: ReadonlySet<string> = new Set(["DELTA_TABLE_NOT_FOUND", "DELTA_MISSING_DELTA_TABLE", "PATH_NOT_FOUND"]);

async function opened<T>(spark: SparkSession, name: readonly string[], schema?: string): Promise<DeltaTable<T>> {
  const table = new DeltaTable<T>(spark, { name });
  await table.detail().schema();
  if (schema !== undefined) await checkSchema(table, schema);
  return table;
}

/** Compares what a program takes the columns to be with what they are. */
async function checkSchema<T>(table: DeltaTable<T>, stated: string): Promise<void> {
  const { fields } = await table.toDF().schema();
  const actual = new Map(fields.map(({ name, type }) => [name.toLowerCase(), simpleString(type)]));
  const differences = parseDdl(stated).fields.flatMap(({ name, type }) => {
    const found = actual.get(name.toLowerCase());
    if (found === simpleString(type)) return [];
    return [`${name} is stated as ${simpleString(type)} and is ${found ?? "not there"}`];
  });
  if (differences.length === 0) return;
  throw new AnalysisError(`The table has other columns than the program states: ${differences.join("; ")}`, {
    condition: "DELTA_SCHEMA_MISMATCH",
    hint: `The columns are: ${fields.map(({ name, type }) => `${name} ${simpleString(type)}`).join(", ")}.`,
  });
}
