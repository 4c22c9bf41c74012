/** `SparkSession`: where programs begin. */
import type { Untyped } from "../functions/kinds.ts";
import { readStatement } from "../functions/later-statement.ts";
import { type SqlOptions, type Statement, sqlOptions, sqlParser, timestampTypeOf } from "../functions/parsers.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { TableCall } from "../functions/table-function-kinds.ts";
import { isRelation } from "../plan/rewrite.ts";
import { type StructType, structType } from "../types/data-type.ts";
import { expectArgument } from "./arguments.ts";
import { type ArtifactOptions, artifactOf, forwarded } from "./artifacts.ts";
import { Catalog } from "./catalog.ts";
import type { Configuration, SettingValue } from "./configuration.ts";
import { DataFrame } from "./dataframe.ts";
import { identified, type Unidentified } from "./derive.ts";
import { dataSourceRegistration, FunctionRegistration, TableFunctionRegistration } from "./function-registration.ts";
import { arrowRelation, localRelation, type RowSchema } from "./local-relation.ts";
import { DataFrameReader } from "./reader.ts";
import type { SchemaOf } from "./row-kinds.ts";
import { noteSession } from "./session-of.ts";
import type { ActionOptions, SessionState } from "./session-state.ts";
import { changesSomething, holeOf, identifiedQuery, parametersOf, piecesOf, type SqlValues } from "./sql-values.ts";
import { written, writtenTemplate, writtenText } from "./sql-written.ts";
import { TableFunctions } from "./table-functions.ts";
import type { PlannedWrite } from "./writer.ts";

/** Options of `range`. */
export interface RangeOptions {
  readonly step?: number | bigint;
  readonly numPartitions?: number;
}

/**
 * A session: its settings, its temporary views, and the engine that runs its DataFrames.
 *
 * Made by `SparkSession.builder.getOrCreate()`, which is one a process, or `SparkSession.create()`, a new one each time.
 * `await using` or `stop()` ends it.
 *
 * Spark: `pyspark.sql.SparkSession`.
 *
 * @example
 * ```ts
 * await using spark = SparkSession.create();
 * await spark.createDataFrame([{ user: "ann", amount: 3.5 }]).show();
 * ```
 */
export class SparkSession implements AsyncDisposable {
  /** What runs the session. */
  readonly state: SessionState;
  /** Temporary views. */
  readonly catalog: Catalog;
  /** Functions by name. */
  readonly udf: FunctionRegistration;
  /** Table functions by name. */
  readonly udtf: TableFunctionRegistration;
  /** Data sources of one's own, which are refused. */
  readonly dataSource = dataSourceRegistration;
  #stopped: Promise<void> | undefined;

  /** Programs make sessions with `SparkSession.builder` or `SparkSession.create`. */
  constructor(state: SessionState) {
    this.state = state;
    this.catalog = new Catalog(state);
    this.udf = new FunctionRegistration(state);
    this.udtf = new TableFunctionRegistration(state);
    noteSession(state, this);
  }

  /**
   * Another session on the same engine, with the same catalogue and the same cached rows: with temporary views, functions
   * and a current database of its own, and the settings that this session was made with. The engine ends with the last of them.
   *
   * Spark: `pyspark.sql.SparkSession.newSession`.
   *
   * @throws AnalysisError when this session is stopped
   * @example await using other = spark.newSession();
   */
  newSession(): SparkSession {
    return new SparkSession(this.state.newSession());
  }

  /** The settings. */
  get conf(): Configuration {
    return this.state.configuration;
  }

  /** Functions whose result is a DataFrame: `spark.tvf.explode(array(lit(1), lit(2)))`. */
  get tvf(): TableFunctions {
    return new TableFunctions((method, relation) => this.#frame(method, relation));
  }

  /** Reads files and tables. */
  get read(): DataFrameReader {
    return new DataFrameReader(this.state);
  }

  /**
   * A DataFrame of rows that the program holds; types are inferred from all rows unless a schema is given.
   *
   * @param rows - objects by name, or arrays by position with a schema
   * @param schema - DDL text or a schema
   * @throws AnalysisError when values of one column have no common type, or do not fit the schema
   * @example
   * ```ts
   * spark.createDataFrame([["ann", 3]], "user STRING, n INT");
   * ```
   */
  createDataFrame<const T extends string>(rows: Iterable<unknown>, schema: T): DataFrame<Ddl<T>>;
  /**
   * A DataFrame of arrays under names, its types inferred from all rows.
   *
   * @param rows - arrays by position
   * @param names - of the columns, as many as a row has values
   */
  createDataFrame<const N extends readonly string[]>(
    rows: Iterable<readonly unknown[]>,
    names: N,
  ): DataFrame<{ [K in N[number]]: "dynamic" }>;
  createDataFrame(rows: Iterable<unknown>, schema: StructType): DataFrame;
  /**
   * A DataFrame of the rows of a stream of Arrow, which are not copied; `fromArrowTable` of `lakewright/arrow` takes a table.
   *
   * Timestamps without a zone are those of the session's, unless `spark.sql.timestampType` or a schema says otherwise. A
   * schema of types, as the first form has it, casts the columns by position. Spark: `createDataFrame` of a `pyarrow.Table`.
   *
   * @param arrow - the bytes, such as `toArrow` gives
   * @param names - of the columns, by position
   * @throws UnsupportedError `UNSUPPORTED_ARROWTYPE` for a column of a type that Spark does not read
   * @throws ExecutionError when the bytes are no stream of Arrow
   * @example
   * ```ts
   * spark.createDataFrame(await sales.toArrow());
   * ```
   */
  createDataFrame(arrow: Uint8Array, names?: readonly string[]): DataFrame;
  createDataFrame<R extends object>(rows: Iterable<R>): DataFrame<SchemaOf<R>>;
  createDataFrame(rows: Iterable<unknown>, schema?: RowSchema): DataFrame {
    const example = 'createDataFrame([["ann", 3]], "user STRING, n INT")';
    expectArgument("createDataFrame", "rows, one after the other", rows, example);
    if (rows instanceof Uint8Array) {
      const zoneless = timestampTypeOf(this.conf.get("spark.sql.timestampType", "TIMESTAMP_LTZ"));
      return this.#frame("createDataFrame", arrowRelation(rows, schema, zoneless));
    }
    const timeZone = this.conf.get("spark.sql.session.timeZone", "UTC");
    return this.#frame("createDataFrame", localRelation(rows, schema, { timeZone }));
  }

  /**
   * Numbers as `id: bigint`.
   *
   * @param start - the first; with nothing else, the end of a range from 0
   * @param end - the first that is not in it
   * @param options - `step`, which is not 0; `numPartitions`, 1 or more
   * @throws AnalysisError `NOT_EXPECTED_TYPE` for anything but whole numbers
   * @example
   * ```ts
   * spark.range(0, 10, { step: 2 });
   * ```
   */
  range(start: number | bigint, end?: number | bigint, options: RangeOptions = {}): DataFrame<{ id: "bigint" }> {
    expectArgument("range", "one last object of options", options, "range(0, 10, { step: 2, numPartitions: 4 })");
    const [from, to] = end === undefined ? [0, start] : [start, end];
    const { step = 1, numPartitions } = options;
    for (const number of [from, to, step, numPartitions ?? 1])
      expectArgument("range", "whole numbers", number, "range(0, 10, { step: 2, numPartitions: 4 })");
    expectArgument("range", "a step that is not 0", step, "range(0, 10, { step: 2 })");
    expectArgument(
      "range",
      "a positive number of partitions",
      numPartitions ?? 1,
      "range(0, 10, { numPartitions: 4 })",
    );
    return this.#frame("range", {
      kind: "range",
      start: BigInt(from),
      end: BigInt(to),
      step: BigInt(step),
      ...(numPartitions === undefined ? {} : { partitions: numPartitions }),
    });
  }

  /**
   * The rows of a table or view, or those of a call of a table function of the user's.
   *
   * @param source - a name, or a call such as `words(lit("to be or not to be"))`
   * @example await spark.table("sales").show();
   */
  table(source: string): DataFrame;
  table<S>(source: TableCall<S>): DataFrame<S>;
  table(source: string | TableCall<unknown>): DataFrame<unknown> {
    if (typeof source === "string") return this.read.table(source);
    return this.#frame("table", { kind: "user table function relation", call: source.call });
  }

  /**
   * The rows of a query of Spark SQL. The text is parsed at once; nothing is read before an action.
   *
   * As a template tag it binds what stands between its pieces: values as constants, columns as expressions, DataFrames as
   * relations, `ident(name)` as a name. Nothing is ever pasted into the text.
   *
   * Spark: `pyspark.sql.SparkSession.sql`.
   *
   * @param text - one query
   * @param parameters - values of its markers: by name for `:name`, in order for `?`
   * @throws ParseError with the place in the text when it is no query
   * @throws UnsupportedError for a statement that changes something, which `execute` runs
   * @example
   * ```ts
   * spark.sql("SELECT user, amount FROM sales WHERE amount > :least", { least: 3 });
   * spark.sql`SELECT user FROM ${sales} WHERE country = ${country}`;
   * ```
   */
  sql(text: string, parameters?: SqlValues): DataFrame;
  /**
   * The rows of a query that is written as a template: `` spark.sql`…` ``.
   *
   * @param pieces - the text between the values
   * @param values - constants, columns, DataFrames or `ident(name)`, never read as text of SQL
   */
  sql(pieces: TemplateStringsArray, ...values: readonly unknown[]): DataFrame;
  sql(text: string | TemplateStringsArray, ...rest: readonly unknown[]): DataFrame {
    const statement = this.#read(text, rest);
    if (isRelation(statement)) return new DataFrame(this.state, identifiedQuery(statement));
    throw changesSomething(statement.kind);
  }

  /**
   * Runs statements of Spark SQL, one after the other: what changes the session, the catalogue or data.
   *
   * A query among them is analysed and not run, except that the last one's rows can be asked for.
   *
   * @param text - a statement, or several with semicolons between
   * @param parameters - values of the markers, as in `sql`
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`, for each of the statements
   * @returns the rows of the last statement; no rows for one that gives none
   * @throws ParseError before anything runs when a statement cannot be parsed
   * @example
   * ```ts
   * await spark.execute("CREATE OR REPLACE TEMPORARY VIEW big AS SELECT * FROM sales WHERE amount > 10");
   * ```
   */
  async execute(text: string, parameters?: SqlValues, options: ActionOptions = {}): Promise<DataFrame> {
    const settings = this.#sqlOptions(parameters);
    const texts = sqlParser().split(text);
    // What stands first may be a setting that the meaning of the next depends on, so that only syntax is checked here.
    for (const one of texts) readStatement(sqlParser(), one, settings);
    let last: DataFrame | undefined;
    for (const one of texts) last = await this.#run(this.#statement(one, parameters), options);
    return last ?? this.#nothing();
  }

  async #run(statement: Statement, options: ActionOptions): Promise<DataFrame> {
    if (!isRelation(statement)) {
      const rows = await this.state.executeCommand(statement, options);
      if (rows !== undefined) return this.#run(rows, options);
      return statement.kind === "set setting" ? this.#setting(statement.key) : this.#nothing();
    }
    const frame = new DataFrame(this.state, identifiedQuery(statement));
    await this.state.resolveSchema(frame.plan, options);
    return frame;
  }

  // SET says what it has set.
  #setting(key: string): DataFrame {
    return this.#frame("execute", { kind: "catalogue query", question: { ask: "settings", key, describe: false } });
  }

  #nothing(): DataFrame {
    return this.createDataFrame([], structType([]));
  }

  #read(text: string | TemplateStringsArray, rest: readonly unknown[]): Statement {
    if (typeof text === "string") return this.#statement(text, rest[0] as SqlValues | undefined);
    const template = { pieces: piecesOf(text), holes: rest.map(holeOf) };
    return written(sqlParser().statement(template, this.#sqlOptions(undefined)), writtenTemplate(template));
  }

  #statement(text: string, values: SqlValues | undefined): Statement {
    const options = this.#sqlOptions(values);
    return written(readStatement(sqlParser(), text, options), writtenText(text, options.parameters));
  }

  #sqlOptions(values: SqlValues | undefined): SqlOptions {
    const options = sqlOptions((key, byDefault) => this.conf.get(key, byDefault));
    return values === undefined ? options : { ...options, parameters: parametersOf(values) };
  }

  /**
   * Writes several outputs in one run: what the DataFrames have in common is read and computed once. Each output is put
   * in place whole when all are ready. Not in Spark, which reads the input once for each output.
   *
   * @param writes - made by `df.write.to(path)`
   * @param options - `signal`
   * @example
   * ```ts
   * await spark.writeAll([totals.write.partitionBy("day").to("out/totals"), rejected.write.to("out/rejected")]);
   * ```
   */
  writeAll(writes: readonly PlannedWrite[], options: ActionOptions = {}): Promise<void> {
    return this.state.writeAll(
      writes.map(({ command }) => command),
      options,
    );
  }

  /**
   * The version of Spark whose answers the session gives, not that of Lakewright. Spark: `pyspark.sql.SparkSession.version`.
   *
   * @example
   * ```ts
   * console.log(spark.version); // 4.2.0
   * ```
   */
  get version(): string {
    return "4.2.0";
  }

  /**
   * Tags the actions that begin from now on. Spark: `pyspark.sql.SparkSession.addTag`, there for those of a thread.
   *
   * @param tag - not empty, and without commas
   * @throws AnalysisError for what is no tag
   * @example
   * ```ts
   * spark.addTag("nightly");
   * ```
   */
  addTag(tag: string): void {
    this.state.operations.addTag(tag);
  }

  /**
   * Tags the actions that begin from now on no more; nothing happens when there is no such tag.
   *
   * @param tag - not empty, and without commas
   * @throws AnalysisError for what is no tag
   * @example
   * ```ts
   * spark.removeTag("nightly");
   * ```
   */
  removeTag(tag: string): void {
    this.state.operations.removeTag(tag);
  }

  /**
   * The tags that actions get which begin now.
   *
   * @example
   * ```ts
   * console.log(spark.getTags());
   * ```
   */
  getTags(): readonly string[] {
    return this.state.operations.tags;
  }

  /**
   * Removes all tags; actions that run keep theirs.
   *
   * @example
   * ```ts
   * spark.clearTags();
   * ```
   */
  clearTags(): void {
    this.state.operations.clearTags();
  }

  /**
   * Cancels the actions of this session that run; each rejects with the ExecutionError `OPERATION_CANCELED`.
   *
   * Spark: `pyspark.sql.SparkSession.interruptAll`.
   *
   * @returns the ids of the cancelled actions
   * @example
   * ```ts
   * console.log(await spark.interruptAll()); // []
   * ```
   */
  interruptAll(): Promise<readonly string[]> {
    return this.state.operations.interruptAll();
  }

  /**
   * Cancels the actions that began under a tag and run. Spark: `pyspark.sql.SparkSession.interruptTag`.
   *
   * @param tag - as given to `addTag`
   * @returns the ids of the cancelled actions
   * @throws AnalysisError for what is no tag
   * @example
   * ```ts
   * await spark.interruptTag("nightly");
   * ```
   */
  interruptTag(tag: string): Promise<readonly string[]> {
    return this.state.operations.interruptTag(tag);
  }

  /**
   * Cancels an action if it runs. Spark: `pyspark.sql.SparkSession.interruptOperation`.
   *
   * @param id - as the action's option `onStart` told it
   * @returns the ids of the cancelled actions
   * @example
   * ```ts
   * let id = "";
   * await spark.range(3).collect({ onStart: (operationId) => (id = operationId) });
   * console.log(await spark.interruptOperation(id)); // []
   * ```
   */
  interruptOperation(id: string): Promise<readonly string[]> {
    return this.state.operations.interruptOperation(id);
  }

  /** Whether `stop` was called, or the server has forgotten the session: `getOrCreate` makes a new one then. */
  get stopped(): boolean {
    return this.#stopped !== undefined || this.state.isGone === true;
  }

  /**
   * Gives files to the session on a Spark: jars with functions that SQL text names, modules of Python, archives, others.
   *
   * Spark: `pyspark.sql.SparkSession.addArtifacts`. The embedded engine refuses it: functions and files of this machine
   * are used where they are.
   *
   * @param paths - one or several files of this machine
   * @param options - `pyfile`, `archive` or `file`; without them the files are jars
   * @throws AnalysisError `INVALID_MULTIPLE_ARGUMENT_CONDITIONS` for two kinds at once, `UNSUPPORTED_OPERATION` for a file
   *   of another kind
   * @throws UnsupportedError on the embedded engine
   * @throws ExecutionError for a file that cannot be read, or that the server did not take
   * @example
   * ```ts
   * await spark.addArtifacts("build/functions.jar");
   * await spark.addArtifacts(["rates.csv", "codes.csv"], { file: true });
   * ```
   */
  async addArtifacts(paths: string | readonly string[], options: ArtifactOptions = {}): Promise<void> {
    const { signal, ...kind } = options;
    const artifacts = [paths].flat().map((path) => artifactOf(path, kind));
    await this.state.addArtifacts(artifacts, signal === undefined ? {} : { signal });
  }

  /**
   * Copies a file of this machine to the file system of a Spark's driver, where the server allows that.
   *
   * Spark: `pyspark.sql.SparkSession.copyFromLocalToFs`. Servers whose file system is the local one refuse it, and so
   * does the embedded engine.
   *
   * @param localPath - of a file of this machine
   * @param destPath - an absolute path there, without a scheme
   * @throws AnalysisError `NO_SCHEMA_AND_DRIVER_DEFAULT_SCHEME` for a destination with a scheme
   * @throws UnsupportedError on the embedded engine
   * @example
   * ```ts
   * await spark.copyFromLocalToFs("rates.csv", "/data/rates.csv");
   * ```
   */
  async copyFromLocalToFs(localPath: string, destPath: string): Promise<void> {
    await this.state.addArtifacts([forwarded(localPath, destPath)]);
  }

  /**
   * Ends what runs and frees what the session holds.
   *
   * @example await SparkSession.create().stop();
   */
  stop(): Promise<void> {
    this.#stopped ??= this.state.stop();
    return this.#stopped;
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  #frame<T = Untyped>(method: string, relation: Unidentified): DataFrame<T> {
    return new DataFrame(this.state, identified(relation, this.state.recordsOrigins ? method : undefined));
  }
}

/** Settings by name. */
export type Settings = Readonly<Record<string, SettingValue>>;
