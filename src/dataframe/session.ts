/** `SparkSession`: where programs begin. */
import type { Untyped } from "../functions/kinds.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { TableCall } from "../functions/table-function-kinds.ts";
import type { StructType } from "../types/data-type.ts";
import { Catalog } from "./catalog.ts";
import type { Configuration, SettingValue } from "./configuration.ts";
import { DataFrame } from "./dataframe.ts";
import { identified, type Unidentified } from "./derive.ts";
import { dataSourceRegistration, FunctionRegistration, TableFunctionRegistration } from "./function-registration.ts";
import { localRelation, type RowSchema } from "./local-relation.ts";
import { DataFrameReader } from "./reader.ts";
import type { SchemaOf } from "./row-kinds.ts";
import type { ActionOptions, SessionState } from "./session-state.ts";
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
  }

  /** The settings. */
  get conf(): Configuration {
    return this.state.configuration;
  }

  /** Reads files and tables. */
  get read(): DataFrameReader {
    return new DataFrameReader(this.state);
  }

  /**
   * A DataFrame of rows that the program holds; types are inferred from all rows unless a schema is given.
   *
   * @param rows - objects by name, or arrays by position with a schema
   * @param schema - DDL text, a schema, or the names of the columns
   * @throws AnalysisError when values of one column have no common type, or do not fit the schema
   * @example
   * ```ts
   * spark.createDataFrame([["ann", 3]], "user STRING, n INT");
   * ```
   */
  createDataFrame<const T extends string>(rows: Iterable<unknown>, schema: T): DataFrame<Ddl<T>>;
  createDataFrame<const N extends readonly string[]>(
    rows: Iterable<readonly unknown[]>,
    names: N,
  ): DataFrame<{ [K in N[number]]: "dynamic" }>;
  createDataFrame(rows: Iterable<unknown>, schema: StructType): DataFrame;
  createDataFrame<R extends object>(rows: Iterable<R>): DataFrame<SchemaOf<R>>;
  createDataFrame(rows: Iterable<unknown>, schema?: RowSchema): DataFrame {
    const timeZone = this.conf.get("spark.sql.session.timeZone", "UTC");
    return this.#frame("createDataFrame", localRelation(rows, schema, { timeZone }));
  }

  /**
   * Numbers as `id: bigint`.
   *
   * @param start - the first; with nothing else, the end of a range from 0
   * @param end - the first that is not in it
   * @param options - `step`, `numPartitions`
   * @example
   * ```ts
   * spark.range(0, 10, { step: 2 });
   * ```
   */
  range(start: number | bigint, end?: number | bigint, options: RangeOptions = {}): DataFrame<{ id: "bigint" }> {
    const [from, to] = end === undefined ? [0, start] : [start, end];
    const { step = 1, numPartitions } = options;
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
   */
  table(source: string): DataFrame;
  table<S>(source: TableCall<S>): DataFrame<S>;
  table(source: string | TableCall<unknown>): DataFrame<unknown> {
    if (typeof source === "string") return this.read.table(source);
    return this.#frame("table", { kind: "user table function relation", call: source.call });
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

  /** Whether `stop` was called. */
  get stopped(): boolean {
    return this.#stopped !== undefined;
  }

  /** Ends what runs and frees what the session holds. */
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
