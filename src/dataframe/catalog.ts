/** `spark.catalog`: namespaces, tables, views and functions. */
import { isLakewrightError } from "../errors.ts";
import { nameParts } from "../functions/column-name.ts";
import type { CatalogueCommand, ObjectName } from "../plan/catalogue-command.ts";
import type { CatalogueQuestion } from "../plan/catalogue-query.ts";
import type { Relation } from "../plan/relation.ts";
import type { StructType } from "../types/data-type.ts";
import { parseDdl } from "../types/ddl.ts";
import { DataFrame } from "./dataframe.ts";
import { identified } from "./derive.ts";
import { collectRows } from "./rows.ts";
import type { SessionState, StorageLevel } from "./session-state.ts";
import { optionTexts, type SourceOptions } from "./source-options.ts";

/** A catalogue; there is one, `spark_catalog`. */
export interface CatalogMetadata {
  readonly name: string;
  readonly description: string | null;
}

/** A namespace. */
export interface Database {
  readonly name: string;
  readonly catalog: string | null;
  readonly description: string | null;
  readonly locationUri: string;
}

/** A table or view. */
export interface Table {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  readonly tableType: "MANAGED" | "EXTERNAL" | "VIEW" | "TEMPORARY";
  readonly isTemporary: boolean;
}

/** A column of a table or view. */
export interface CatalogColumn {
  readonly name: string;
  readonly description: string | null;
  readonly dataType: string;
  readonly nullable: boolean;
  readonly isPartition: boolean;
  readonly isBucket: boolean;
  readonly isCluster: boolean;
}

/** A function. `className` is empty: there are no classes. */
export interface CatalogFunction {
  readonly name: string;
  readonly catalog: string | null;
  readonly namespace: readonly string[] | null;
  readonly description: string | null;
  readonly className: string;
  readonly isTemporary: boolean;
}

/** What `createTable` is told besides the name. */
export interface CreateTableOptions {
  /** The format: `parquet` (the default), `json`, `csv`, `text`. */
  readonly source?: string;
  /** Where the files lie; the table is then external. */
  readonly path?: string;
  /** DDL text or a schema; found in the files when absent. */
  readonly schema?: string | StructType;
  readonly description?: string;
  /** Options of the format. */
  readonly options?: SourceOptions;
}

/**
 * Namespaces, tables, views and functions. What lasts lies in the folder `spark.sql.warehouse.dir`, one file an object,
 * for any number of processes at once. Spark: `pyspark.sql.Catalog`.
 *
 * Names are written `table`, `namespace.table` or `spark_catalog.namespace.table`; temporary views come first.
 *
 * @example
 * ```ts
 * if (await spark.catalog.tableExists("sales")) await spark.catalog.dropTempView("sales");
 * ```
 */
export class Catalog {
  readonly #state: SessionState;

  /** Programs reach it by `spark.catalog`. */
  constructor(state: SessionState) {
    this.#state = state;
  }

  // ---------------------------------------------------------------------------------------------- where names are looked up

  /**
   * The name of the current catalogue.
   *
   * @example const name = await spark.catalog.currentCatalog();
   */
  async currentCatalog(): Promise<string> {
    return (await this.#current()).catalog;
  }

  /**
   * Makes a catalogue the current one; there is only `spark_catalog`.
   *
   * @param name - `spark_catalog`
   * @throws AnalysisError `CATALOG_NOT_FOUND` for any other
   * @example await spark.catalog.setCurrentCatalog("spark_catalog");
   */
  async setCurrentCatalog(name: string): Promise<void> {
    await this.#run({ kind: "use", name: [name, (await this.#current()).namespace] });
  }

  /**
   * The catalogues whose names meet a pattern.
   *
   * @param pattern - `*` for any text, `|` between alternatives, in any case; absent for all
   * @example await spark.catalog.listCatalogs();
   */
  async listCatalogs(pattern?: string): Promise<readonly CatalogMetadata[]> {
    const rows = await this.#ask<{ catalog: string }>({ ask: "catalogs", ...like(pattern) });
    return rows.map(({ catalog }) => ({ name: catalog, description: null }));
  }

  /**
   * The namespace in which names of one part are looked up.
   *
   * @example const name = await spark.catalog.currentDatabase();
   */
  async currentDatabase(): Promise<string> {
    return (await this.#current()).namespace;
  }

  /**
   * Looks names of one part up in another namespace from now on.
   *
   * @param name - a namespace, with the catalogue before a dot if you like
   * @throws AnalysisError `SCHEMA_NOT_FOUND`
   * @throws AnalysisError `REQUIRES_SINGLE_PART_NAMESPACE` for a namespace in a namespace
   * @example await spark.catalog.setCurrentDatabase("default");
   */
  setCurrentDatabase(name: string): Promise<void> {
    return this.#run({ kind: "use", name: nameParts(name) });
  }

  // ---------------------------------------------------------------------------------------------- namespaces

  /**
   * The namespaces whose names meet a pattern (`*` any text, `|` between alternatives), sorted.
   *
   * @param pattern - in any case; absent for all
   * @example await spark.catalog.listDatabases("d*");
   */
  listDatabases(pattern?: string): Promise<readonly Database[]> {
    return this.#ask({ ask: "list databases", ...like(pattern) });
  }

  /**
   * A namespace.
   *
   * @param name - its name, with the catalogue before a dot if you like
   * @throws AnalysisError `SCHEMA_NOT_FOUND`
   * @example await spark.catalog.getDatabase("default");
   */
  async getDatabase(name: string): Promise<Database> {
    const rows = await this.#ask<{ info_value: string | null }>({
      ask: "describe namespace",
      name: nameParts(name),
      extended: false,
    });
    const [catalog, own, description, locationUri] = rows.map((row) => row.info_value);
    return { name: own!, catalog: catalog!, description: description!, locationUri: locationUri! };
  }

  /**
   * Whether there is a namespace of that name.
   *
   * @param name - its name, with the catalogue before a dot if you like
   * @example await spark.catalog.databaseExists("shop"); // false
   */
  async databaseExists(name: string): Promise<boolean> {
    return (await unless("SCHEMA_NOT_FOUND", () => this.getDatabase(name))) !== undefined;
  }

  /**
   * Makes a namespace.
   *
   * @param name - its name
   * @param options - `ifNotExists`, `properties`
   * @throws AnalysisError `SCHEMA_ALREADY_EXISTS`
   * @example
   * ```ts
   * await spark.catalog.createDatabase("shop", { ifNotExists: true });
   * ```
   */
  createDatabase(
    name: string,
    options: { readonly ifNotExists?: boolean; readonly properties?: Readonly<Record<string, string>> } = {},
  ): Promise<void> {
    const { ifNotExists = false, properties = {} } = options;
    return this.#run({ kind: "create namespace", name: nameParts(name), ifNotExists, properties });
  }

  /**
   * Drops a namespace, with `cascade` all that is in it too.
   *
   * @param name - its name
   * @param options - `ifExists`: nothing happens without it; `cascade`: its tables, views and functions go too
   * @throws AnalysisError `SCHEMA_NOT_FOUND`, `SCHEMA_NOT_EMPTY`
   * @throws AnalysisError `UNSUPPORTED_FEATURE.DROP_DATABASE` for `default`
   * @example await spark.catalog.dropDatabase("shop", { ifExists: true, cascade: true });
   */
  dropDatabase(name: string, options: { readonly ifExists?: boolean; readonly cascade?: boolean } = {}): Promise<void> {
    const { ifExists = false, cascade = false } = options;
    return this.#run({ kind: "drop namespace", name: nameParts(name), ifExists, cascade });
  }

  // ---------------------------------------------------------------------------------------------- tables and views

  /**
   * The tables and views of a namespace, then the temporary views; those whose names meet a pattern.
   *
   * @param database - the namespace; the current one when absent
   * @param pattern - for names without their namespaces: `*` for any text, `|` between alternatives; absent for all
   * @throws AnalysisError `SCHEMA_NOT_FOUND`
   * @example await spark.catalog.listTables();
   */
  listTables(database?: string, pattern?: string): Promise<readonly Table[]> {
    return this.#ask({ ask: "list tables", views: false, ...inside(database), ...like(pattern) });
  }

  /**
   * The views of a namespace, then the temporary views; those whose names meet a pattern.
   *
   * @param database - the namespace; the current one when absent
   * @param pattern - for names without their namespaces: `*` for any text, `|` between alternatives; absent for all
   * @throws AnalysisError `SCHEMA_NOT_FOUND`
   * @example const views = await spark.catalog.listViews();
   */
  listViews(database?: string, pattern?: string): Promise<readonly Table[]> {
    return this.#ask({ ask: "list tables", views: true, ...inside(database), ...like(pattern) });
  }

  /**
   * A table or view.
   *
   * @param name - its name; a temporary view comes before a table of the current namespace
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.getTable("stored_sales");
   */
  async getTable(name: string): Promise<Table> {
    return (await this.#ask<Table>({ ask: "get table", table: nameParts(name) }))[0]!;
  }

  /**
   * Whether there is a table or view of that name, in a namespace when one is named.
   *
   * @param name - its name; a temporary view comes before a table of the current namespace
   * @param database - the namespace in which alone it is looked for
   * @example await spark.catalog.tableExists("stored_sales");
   */
  async tableExists(name: string, database?: string): Promise<boolean> {
    const table = [...(database === undefined ? [] : nameParts(database)), ...nameParts(name)];
    return (await unless("TABLE_OR_VIEW_NOT_FOUND", () => this.#ask({ ask: "get table", table }))) !== undefined;
  }

  /**
   * The columns of a table or view.
   *
   * @param name - of a table or view; a temporary view comes first
   * @param database - the namespace in which alone it is looked for
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.listColumns("stored_sales");
   */
  listColumns(name: string, database?: string): Promise<readonly CatalogColumn[]> {
    const table = [...(database === undefined ? [] : nameParts(database)), ...nameParts(name)];
    return this.#ask({ ask: "list columns", table });
  }

  /**
   * The partitions of a table, as `day=2025-01-04/hour=3`.
   *
   * @param name - of a table
   * @throws AnalysisError `INVALID_PARTITION_OPERATION.PARTITION_SCHEMA_IS_EMPTY` for a table without
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example const partitions = await spark.catalog.listPartitions("sales_by_country");
   */
  async listPartitions(name: string): Promise<readonly string[]> {
    const rows = await this.#ask<{ partition: string }>({ ask: "partitions", table: nameParts(name) });
    return rows.map(({ partition }) => partition);
  }

  /**
   * The properties of a table or view.
   *
   * @param name - of a table or view; a temporary view has none
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example const properties = await spark.catalog.getTableProperties("stored_sales");
   */
  async getTableProperties(name: string): Promise<Readonly<Record<string, string>>> {
    const rows = await this.#ask<{ key: string; value: string }>({ ask: "table properties", table: nameParts(name) });
    return Object.fromEntries(rows.map(({ key, value }) => [key, value]));
  }

  /**
   * The statement that makes a table or view again.
   *
   * @param name - of a table, or of a view that lasts
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`; `EXPECT_PERMANENT_VIEW_NOT_TEMP` for a temporary view
   * @example console.log(await spark.catalog.getCreateTableString("stored_sales"));
   */
  async getCreateTableString(name: string): Promise<string> {
    const rows = await this.#ask<{ createtab_stmt: string }>({ ask: "create table", table: nameParts(name) });
    return rows[0]!.createtab_stmt;
  }

  /**
   * Makes a table without rows, or of files that lie at `path`.
   *
   * @param name - its name
   * @param options - format, place and columns
   * @returns the rows of the table
   * @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `SCHEMA_NOT_FOUND`, `UNABLE_TO_INFER_SCHEMA`
   * @example
   * ```ts
   * await spark.catalog.createTable("orders", { schema: "id BIGINT, day DATE", source: "json" });
   * ```
   */
  async createTable(name: string, options: CreateTableOptions = {}): Promise<DataFrame> {
    const { source, path, schema, description } = options;
    await this.#run({
      kind: "create table",
      name: nameParts(name),
      ...(schema === undefined ? {} : { schema: typeof schema === "string" ? parseDdl(schema) : schema }),
      ...(source === undefined ? {} : { provider: source }),
      ...(path === undefined ? {} : { path }),
      ...(description === undefined ? {} : { comment: description }),
      partitioning: [],
      options: optionTexts(options.options ?? {}),
      properties: {},
      ifNotExists: false,
    });
    return new DataFrame(this.#state, this.#relation(nameParts(name)));
  }

  /**
   * Makes a table of files that lie at a path; another name of `createTable` with a path.
   *
   * @param name - its name
   * @param path - the folder of the files, which stay when the table is dropped
   * @param options - format and columns; what is found in the files when absent
   * @throws AnalysisError as `createTable` does
   * @example const outside = await spark.catalog.createExternalTable("outside_sales", "sales.parquet", { source: "parquet" });
   */
  createExternalTable(name: string, path: string, options: CreateTableOptions = {}): Promise<DataFrame> {
    return this.createTable(name, { ...options, path });
  }

  /**
   * Drops a table or view, and the files of a managed table.
   *
   * @param name - of a table, or of a view, which this drops too
   * @param options - `ifExists`: nothing happens without it
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND` unless `ifExists`
   * @example await spark.catalog.dropTable("old_sales", { ifExists: true });
   */
  dropTable(name: string, options: { readonly ifExists?: boolean } = {}): Promise<void> {
    const { ifExists = false } = options;
    return this.#run({ kind: "drop relation", name: nameParts(name), expects: "table", ifExists });
  }

  /**
   * Drops a view.
   *
   * @param name - of a view, temporary or not
   * @param options - `ifExists`: nothing happens without it
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND` unless `ifExists`, `WRONG_COMMAND_FOR_OBJECT_TYPE` for a table
   * @example await spark.catalog.dropView("no_longer_needed", { ifExists: true });
   */
  dropView(name: string, options: { readonly ifExists?: boolean } = {}): Promise<void> {
    const { ifExists = false } = options;
    return this.#run({ kind: "drop relation", name: nameParts(name), expects: "view", ifExists });
  }

  /**
   * Drops a temporary view of this session; false when there is none.
   *
   * @param name - one part
   * @example await spark.catalog.dropTempView("no_such_view"); // false
   */
  dropTempView(name: string): Promise<boolean> {
    return this.#drop(name, [name], false);
  }

  /**
   * Drops a view of all sessions; false when there is none.
   *
   * @param name - one part, without `global_temp`
   * @example const wasThere = await spark.catalog.dropGlobalTempView("all_sales");
   */
  dropGlobalTempView(name: string): Promise<boolean> {
    return this.#drop(name, ["global_temp", name], true);
  }

  /**
   * Takes the rows of a table away; the table stays.
   *
   * @param name - of a table; temporary views are not looked at
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`, `EXPECT_TABLE_NOT_VIEW.NO_ALTERNATIVE`
   * @example await spark.catalog.truncateTable("emptied_sales");
   */
  truncateTable(name: string): Promise<void> {
    return this.#run({ kind: "truncate table", name: nameParts(name) });
  }

  /**
   * Accepted: statistics are taken from the files when a query runs.
   *
   * @param name - of a table; temporary views are not looked at
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.analyzeTable("stored_sales");
   */
  analyzeTable(name: string): Promise<void> {
    return this.#run({ kind: "analyze table", target: { table: nameParts(name) } });
  }

  /**
   * Finds the partitions of a table that other programs made. They are the folders, so that none is ever missed.
   *
   * @param name - of a partitioned table
   * @throws AnalysisError `NOT_A_PARTITIONED_TABLE`
   * @example await spark.catalog.recoverPartitions("sales_by_country");
   */
  recoverPartitions(name: string): Promise<void> {
    const change = { change: "recover partitions" } as const;
    return this.#run({ kind: "alter relation", name: nameParts(name), expects: "table", change });
  }

  // ---------------------------------------------------------------------------------------------- functions

  /**
   * The built-in functions, those of the session and those of a namespace whose names meet a pattern.
   *
   * @param database - the namespace; the current one when absent
   * @param pattern - `*` for any text, `|` between alternatives; absent for all
   * @throws AnalysisError `SCHEMA_NOT_FOUND`
   * @example await spark.catalog.listFunctions();
   */
  listFunctions(database?: string, pattern?: string): Promise<readonly CatalogFunction[]> {
    return this.#ask({ ask: "list functions", ...inside(database), ...like(pattern) });
  }

  /**
   * A function.
   *
   * @param name - its name; a built-in one comes first, then one of the session
   * @throws AnalysisError `UNRESOLVED_ROUTINE`
   * @example const { className } = await spark.catalog.getFunction("upper");
   */
  async getFunction(name: string): Promise<CatalogFunction> {
    return (await this.#ask<CatalogFunction>({ ask: "get function", name: nameParts(name) }))[0]!;
  }

  /**
   * Whether there is a function of that name; a built-in one is in no namespace.
   *
   * @param name - its name
   * @param database - the namespace in which alone it is looked for
   * @example await spark.catalog.functionExists("upper");
   */
  async functionExists(name: string, database?: string): Promise<boolean> {
    const parts = [...(database === undefined ? [] : nameParts(database)), ...nameParts(name)];
    const found = await unless("UNRESOLVED_ROUTINE", () => this.#ask({ ask: "get function", name: parts }));
    return found !== undefined;
  }

  // ---------------------------------------------------------------------------------------------- kept rows

  /**
   * Keeps the rows of a table or view from its next action on.
   *
   * @param name - of a table or view
   * @param storageLevel - where the rows are kept
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.cacheTable("stored_sales");
   */
  async cacheTable(name: string, storageLevel: StorageLevel = "MEMORY_AND_DISK"): Promise<void> {
    await this.getTable(name);
    this.#state.cache(this.#relation(nameParts(name)), storageLevel);
  }

  /**
   * Whether the rows of a table or view are kept.
   *
   * @param name - of a table or view
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.isCached("stored_sales");
   */
  async isCached(name: string): Promise<boolean> {
    await this.getTable(name);
    return this.#state.storageLevel(this.#relation(nameParts(name))) !== "NONE";
  }

  /**
   * Forgets the rows of a table or view that `cacheTable` keeps.
   *
   * @param name - of a table or view; nothing happens when its rows are not kept
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.uncacheTable("stored_sales");
   */
  uncacheTable(name: string): Promise<void> {
    return this.#run({ kind: "uncache table", name: nameParts(name), ifExists: false });
  }

  /**
   * Forgets all rows that are kept.
   *
   * @example await spark.catalog.clearCache();
   */
  clearCache(): Promise<void> {
    return this.#run({ kind: "uncache table", ifExists: true });
  }

  /**
   * Reads the rows that are kept anew; files are listed anew by every action.
   *
   * @param name - of a table or view
   * @throws AnalysisError `TABLE_OR_VIEW_NOT_FOUND`
   * @example await spark.catalog.refreshTable("stored_sales");
   */
  refreshTable(name: string): Promise<void> {
    return this.#run({ kind: "refresh", target: { table: nameParts(name) } });
  }

  /**
   * Reads kept rows of files below a path anew.
   *
   * @param path - a file or folder; nothing happens when no kept rows are of it
   * @example await spark.catalog.refreshByPath("sales");
   */
  refreshByPath(path: string): Promise<void> {
    return this.#run({ kind: "refresh", target: { path } });
  }

  // ---------------------------------------------------------------------------------------------- inside

  async #drop(name: string, parts: ObjectName, global: boolean): Promise<boolean> {
    const found = await unless("TABLE_OR_VIEW_NOT_FOUND", () => this.#ask<Table>({ ask: "get table", table: parts }));
    if (!found?.[0]?.isTemporary) return false;
    await this.#state.executeCommand({ kind: "drop view", name, global });
    return true;
  }

  async #current(): Promise<{ readonly catalog: string; readonly namespace: string }> {
    return (await this.#ask<{ catalog: string; namespace: string }>({ ask: "current namespace" }))[0]!;
  }

  async #run(command: CatalogueCommand): Promise<void> {
    await this.#state.executeCommand(command);
  }

  #ask<R>(question: CatalogueQuestion): Promise<readonly R[]> {
    const plan = identified({ kind: "catalogue query", question });
    return collectRows<R>(() => this.#state.execute(plan), {});
  }

  #relation(name: ObjectName): Relation {
    return identified({ kind: "read table", name, options: {}, isStreaming: false });
  }
}

const like = (pattern: string | undefined) => (pattern === undefined ? {} : { like: pattern });
const inside = (database: string | undefined) => (database === undefined ? {} : { namespace: nameParts(database) });

/** What an action gives; undefined when it fails under a condition. */
async function unless<T>(condition: string, action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (isLakewrightError(error) && error.condition === condition) return undefined;
    throw error;
  }
}
