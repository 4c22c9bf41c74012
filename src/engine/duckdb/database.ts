/** The one DuckDB instance of an engine, its connections, and how queries are run on it. */
import duckdb from "@duckdb/node-bindings";
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import { createFeed, type Feed } from "./batch/feed.ts";
import { batches, failureOf } from "./batch/read-result.ts";
import { type SmallRow, smallRows } from "./batch/small-rows.ts";
import { createTrampolines, type Trampolines } from "./trampoline.ts";
import { translateFailure } from "./translate-failure.ts";

/** How much of the machine the engine may use. */
export interface DatabaseOptions {
  /** Such as `4GB`; DuckDB's own share of the machine's memory when absent. */
  readonly memory?: string;
  readonly threads?: number;
  /** Where what does not fit in memory is spilled. */
  readonly temporaryFolder?: string;
}

/** The parts of DuckDB's optimizer that a statement is planned without. */
export type Planning = readonly ("join_order" | "build_side_probe_side" | "common_subexpressions")[];

export interface StreamOptions {
  readonly signal?: AbortSignal | undefined;
  readonly planning?: Planning;
  /** Whether the query itself reads files, rather than tables of the database. */
  readonly readsFiles?: boolean;
  /** What a user's function threw: a stream does not say why it ended early. */
  readonly functionFailure?: () => unknown;
  /** Whether some columns only are going to be looked at. */
  readonly isLate?: boolean;
}

/**
 * A DuckDB instance. Each query has a connection of its own; only asynchronous calls are used, because a call that blocks
 * the JavaScript thread would wait for ever for a JavaScript function inside the query.
 */
export class Database {
  readonly feed: Feed;
  readonly trampolines: Trampolines;
  readonly #instance: duckdb.Database;
  // Functions are registered here, where no query ever runs.
  readonly #registry: duckdb.Connection;
  readonly #idle: duckdb.Connection[] = [];
  readonly #busy = new Set<duckdb.Connection>();
  readonly #leftOut: Planning[] = [];
  #setting: Promise<void> = Promise.resolve();

  private constructor(instance: duckdb.Database, registry: duckdb.Connection) {
    this.#instance = instance;
    this.#registry = registry;
    this.feed = createFeed(registry);
    this.trampolines = createTrampolines(registry);
  }

  static async open(options: DatabaseOptions): Promise<Database> {
    const config = duckdb.create_config();
    for (const [name, value] of Object.entries(configuration(options))) duckdb.set_config(config, name, value);
    const instance = await duckdb.open(":memory:", config);
    return new Database(instance, await duckdb.connect(instance));
  }

  /** Runs a statement for its effect. */
  async run(sql: string, signal?: AbortSignal, planning?: Planning): Promise<void> {
    await this.#withStatement(sql, signal, planning, async (statement) => {
      await duckdb.execute_prepared(statement);
    });
  }

  /** The rows of a small query. */
  async rows(sql: string, signal?: AbortSignal, planning?: Planning): Promise<readonly SmallRow[]> {
    return this.#withStatement(sql, signal, planning, async (statement) =>
      smallRows(await duckdb.execute_prepared(statement)),
    );
  }

  /**
   * The rows of a query as batches; ending the iteration early stops the query.
   */
  async *stream(sql: string, schema: StructType, options: StreamOptions = {}): AsyncGenerator<Batch, void, void> {
    const { signal, planning, readsFiles = false, functionFailure, isLate } = options;
    const connection = await this.#acquire();
    const start = () => (readsFiles ? startedByValue(connection, sql) : started(connection, sql));
    try {
      const result = await interruptible(connection, signal, () => this.#planned(planning, start));
      const interrupt = () => duckdb.interrupt(connection);
      // A function that threw knows why; any other reason is found by running again.
      const failure = async () => functionFailure?.() ?? (await failureOf(connection, sql));
      yield* batches(result, schema, { signal, interrupt, failure, isLate });
    } catch (error) {
      throw this.#translated(error, signal);
    } finally {
      this.#release(connection);
    }
  }

  /** The share of a running statement that is done, from 0 to 1, where DuckDB knows it. */
  progress(): number | undefined {
    const shares = [...this.#busy].map((connection) => duckdb.query_progress(connection).percentage);
    const known = shares.filter((share) => share >= 0);
    return known.length === 0 ? undefined : Math.max(...known) / 100;
  }

  async close(): Promise<void> {
    for (const connection of this.#busy) duckdb.interrupt(connection);
    for (const connection of [...this.#idle, this.#registry]) duckdb.disconnect_sync(connection);
    this.#idle.length = 0;
    duckdb.close_sync(this.#instance);
  }

  async #withStatement<Result>(
    sql: string,
    signal: AbortSignal | undefined,
    planning: Planning | undefined,
    use: (statement: duckdb.PreparedStatement) => Promise<Result>,
  ): Promise<Result> {
    const connection = await this.#acquire();
    try {
      return await interruptible(connection, signal, () =>
        this.#planned(planning, () => withPrepared(connection, sql, use)),
      );
    } catch (error) {
      throw this.#translated(error, signal);
    } finally {
      this.#release(connection);
    }
  }

  // The setting belongs to the instance, and a statement is planned again when it starts: while one statement needs it,
  // it holds for all.
  async #planned<Result>(planning: Planning = [], execute: () => Promise<Result>): Promise<Result> {
    if (planning.length === 0) return execute();
    this.#leftOut.push(planning);
    await this.#leaveOut();
    try {
      return await execute();
    } finally {
      this.#leftOut.splice(this.#leftOut.indexOf(planning), 1);
      await this.#leaveOut();
    }
  }

  // One after the other, so that the last one to be set is the last one that was asked for.
  #leaveOut(): Promise<void> {
    const set = () => this.#control(`SET disabled_optimizers = '${[...new Set(this.#leftOut.flat())].join(",")}'`);
    this.#setting = this.#setting.then(set, set);
    return this.#setting;
  }

  async #control(sql: string): Promise<void> {
    const connection = await this.#acquire();
    await duckdb.query(connection, sql);
    this.#release(connection);
  }

  async #acquire(): Promise<duckdb.Connection> {
    const connection = this.#idle.pop() ?? (await duckdb.connect(this.#instance));
    this.#busy.add(connection);
    return connection;
  }

  #release(connection: duckdb.Connection): void {
    this.#busy.delete(connection);
    this.#idle.push(connection);
  }

  #translated(error: unknown, signal: AbortSignal | undefined): unknown {
    if (signal?.aborted === true) return signal.reason;
    return translateFailure(error, this.trampolines.originOf(error));
  }
}

async function started(connection: duckdb.Connection, sql: string): Promise<duckdb.Result> {
  return duckdb.execute_prepared_streaming(await duckdb.prepare(connection, sql));
}

// A statement that reads files is planned when it is prepared and once more when it starts, since the files may have
// changed. What comes as a value is planned only then.
async function startedByValue(connection: duckdb.Connection, sql: string): Promise<duckdb.Result> {
  const statement = await duckdb.prepare(connection, "SELECT * FROM query($1)");
  duckdb.bind_varchar(statement, 1, sql);
  return duckdb.execute_prepared_streaming(statement);
}

// A statement that failed holds its files open, and their space, until it is destroyed.
async function withPrepared<Result>(
  connection: duckdb.Connection,
  sql: string,
  use: (statement: duckdb.PreparedStatement) => Promise<Result>,
): Promise<Result> {
  const statement = await duckdb.prepare(connection, sql);
  try {
    return await use(statement);
  } finally {
    duckdb.destroy_prepare_sync(statement);
  }
}

function configuration({ memory, threads, temporaryFolder }: DatabaseOptions): Record<string, string> {
  return {
    autoinstall_known_extensions: "false",
    autoload_known_extensions: "false",
    // A file that is closed too early is followed by a second one for the same folder.
    partitioned_write_max_open_files: "100000",
    // Aggregates may be sorted by a constant, which changes nothing.
    order_by_non_integer_literal: "true",
    // A level of a nested type counts five times; by itself DuckDB stops below 200 levels.
    max_expression_depth: "2000",
    ...(memory === undefined ? {} : { memory_limit: memory }),
    ...(threads === undefined ? {} : { threads: String(threads) }),
    ...(temporaryFolder === undefined ? {} : { temp_directory: temporaryFolder }),
  };
}

async function interruptible<Result>(
  connection: duckdb.Connection,
  signal: AbortSignal | undefined,
  work: () => Promise<Result>,
): Promise<Result> {
  signal?.throwIfAborted();
  const stop = () => duckdb.interrupt(connection);
  signal?.addEventListener("abort", stop);
  try {
    return await work();
  } finally {
    signal?.removeEventListener("abort", stop);
  }
}
