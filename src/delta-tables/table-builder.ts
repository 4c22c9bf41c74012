/** Tables made column by column. */
import type { ActionOptions, SessionState } from "../dataframe/session-state.ts";
import { columnExpression } from "../functions/column.ts";
import { nameParts } from "../functions/column-name.ts";
import type { Untyped } from "../functions/kinds.ts";
import type { Ddl } from "../functions/sql-kinds.ts";
import type { CreateTable } from "../plan/catalogue-command.ts";
import { resolveUri } from "../storage/path.ts";
import { type StructField, type StructType, structField, structType } from "../types/data-type.ts";
import { parseDdl, parseType } from "../types/ddl.ts";
import type { Metadata } from "../types/metadata.ts";
import type { DeltaTable } from "./delta-table.ts";

/** What a column is besides its type. */
export interface ColumnOptions {
  readonly nullable?: boolean;
  readonly comment?: string;
  /** SQL text of the value of rows that do not give one. */
  readonly default?: string;
  /** SQL text over other columns, of which the value is always made. */
  readonly generatedAlwaysAs?: string;
  /** A number that goes on from row to row: `always`, or `by default` where rows may bring their own. */
  readonly identity?: { readonly generated: "always" | "by default"; readonly start?: number; readonly step?: number };
}

/** When a table is made: `create`, `createIfNotExists`, `replace`, `createOrReplace`. */
export type Making = Pick<CreateTable, "ifNotExists" | "replace">;

/** The object of a table that was made, by its name. */
export type Made = <T>(name: readonly string[]) => DeltaTable<T>;

interface Definition {
  readonly name?: string;
  readonly location?: string;
  readonly comment?: string;
  readonly fields: readonly StructField[];
  readonly partitionBy: readonly string[];
  readonly clusterBy: readonly string[];
  readonly properties: Readonly<Record<string, string>>;
}

const empty: Definition = { fields: [], partitionBy: [], clusterBy: [], properties: {} };

/**
 * A table to be made. Its methods make new builders; `execute` makes the table.
 *
 * Spark: `delta.tables.DeltaTableBuilder`.
 *
 * @example
 * ```ts
 * const users = await DeltaTable.createIfNotExists(spark)
 *   .location("/data/users")
 *   .addColumns("id BIGINT NOT NULL, name STRING")
 *   .addColumn("initial", "STRING", { generatedAlwaysAs: "substring(name, 1, 1)" })
 *   .execute();
 * ```
 */
export class DeltaTableBuilder<S = Untyped> {
  readonly #made: Made;
  readonly #state: SessionState;
  readonly #making: Making;
  readonly #definition: Definition;

  /** Programs reach it by `DeltaTable.create(spark)` and its like. */
  constructor(made: Made, state: SessionState, making: Making, definition: Definition = empty) {
    this.#made = made;
    this.#state = state;
    this.#making = making;
    this.#definition = definition;
  }

  /**
   * The name of the table in the catalogue.
   *
   * @param name - with the namespace before a dot; in the current one without
   * @example const builder = DeltaTable.create(spark).tableName("shop.visits");
   */
  tableName(name: string): DeltaTableBuilder<S> {
    return this.#with({ name });
  }

  /**
   * The folder of the table: without a name, the table is known by it.
   *
   * @param path - a folder, relative to the working directory, or a URI
   * @example const builder = DeltaTable.create(spark).location("visits-by-path");
   */
  location(path: string): DeltaTableBuilder<S> {
    return this.#with({ location: path });
  }

  /**
   * What the catalogue tells of the table.
   *
   * @param comment - any text; a later one replaces it
   * @example await DeltaTable.createOrReplace(spark).location("made").addColumns("id BIGINT").comment("visits").execute();
   */
  comment(comment: string): DeltaTableBuilder<S> {
    return this.#with({ comment });
  }

  /**
   * A column behind those that there are.
   *
   * @param name - as it is, without back-ticks
   * @param type - in DDL, such as `DECIMAL(10, 2)`
   * @param options - `nullable` (true when absent), `comment`, `default`, `generatedAlwaysAs`, `identity`
   * @throws ParseError for a type that is none
   * @example await DeltaTable.createOrReplace(spark).location("made").addColumn("id", "BIGINT", { nullable: false }).execute();
   */
  addColumn<const N extends string, const T extends string>(
    name: N,
    type: T,
    options: ColumnOptions = {},
  ): DeltaTableBuilder<Untyped extends S ? Ddl<`${N} ${T}`> : S & Ddl<`${N} ${T}`>> {
    const { nullable = true } = options;
    const metadata = metadataOf(options);
    const field = structField(
      name,
      parseType(type),
      nullable,
      Object.keys(metadata).length === 0 ? undefined : metadata,
    );
    return this.#adding([field]) as never;
  }

  /**
   * Columns in DDL, or those of a schema.
   *
   * @param columns - such as `id BIGINT NOT NULL, day DATE`; they come behind those that there are
   * @throws ParseError when the text is no DDL
   * @example await DeltaTable.createOrReplace(spark).location("made").addColumns("id BIGINT, day DATE").execute();
   */
  addColumns<const T extends string>(columns: T): DeltaTableBuilder<Untyped extends S ? Ddl<T> : S & Ddl<T>>;
  addColumns(columns: StructType): DeltaTableBuilder;
  addColumns<T>(columns: string | StructType): DeltaTableBuilder<T> {
    return this.#adding((typeof columns === "string" ? parseDdl(columns) : columns).fields) as never;
  }

  /**
   * The columns that become folders.
   *
   * @param columns - names of columns that are added, the outermost folder first
   * @example await DeltaTable.createOrReplace(spark).location("made").addColumns("id BIGINT, day DATE").partitionedBy("day").execute();
   */
  partitionedBy(...columns: readonly string[]): DeltaTableBuilder<S> {
    return this.#with({ partitionBy: columns });
  }

  /**
   * Columns by which rows lie together, without partitions.
   *
   * @param columns - names of columns that are added, or of fields of structs: `"place.country"`
   * @example const builder = DeltaTable.create(spark).addColumns("id BIGINT, day DATE").clusterBy("day");
   */
  clusterBy(...columns: readonly string[]): DeltaTableBuilder<S> {
    return this.#with({ clusterBy: columns });
  }

  /**
   * A property of the table, such as `delta.enableChangeDataFeed`.
   *
   * @param key - one of Delta's, or any that does not begin with `delta.`
   * @param value - its text; a later one replaces it
   * @example await DeltaTable.createOrReplace(spark).location("made").addColumns("id BIGINT").property("delta.appendOnly", "true").execute();
   */
  property(key: string, value: string): DeltaTableBuilder<S> {
    return this.#with({ properties: { ...this.#definition.properties, [key]: value } });
  }

  /**
   * Makes the table.
   *
   * @param options - `signal`, `timeout`, `onProgress`, `onStart`
   * @throws AnalysisError `TABLE_OR_VIEW_ALREADY_EXISTS`, `DELTA_CANNOT_REPLACE_MISSING_TABLE`
   * @throws AnalysisError `DELTA_COLUMN_NOT_FOUND_IN_SCHEMA`, `DELTA_UNKNOWN_CONFIGURATION`
   * @example const table = await DeltaTable.createOrReplace(spark).location("made").addColumns("id BIGINT").execute();
   */
  async execute(options: ActionOptions = {}): Promise<DeltaTable<S>> {
    const { name, location, comment, fields, partitionBy, clusterBy, properties } = this.#definition;
    const path = location === undefined ? {} : { path: resolveUri(location) };
    const target = name === undefined ? ["delta", path.path ?? ""] : nameParts(name);
    const command: CreateTable = {
      kind: "create table",
      name: target,
      ...(fields.length === 0 ? {} : { schema: structType(fields) }),
      provider: "delta",
      partitioning: partitionBy.map(columnExpression),
      ...(clusterBy.length === 0 ? {} : { clusterBy }),
      ...(name === undefined ? {} : path),
      ...(comment === undefined ? {} : { comment }),
      options: {},
      properties,
      ...this.#making,
    };
    await this.#state.executeCommand(Object.freeze(command), options);
    return this.#made<S>(target);
  }

  #adding(fields: readonly StructField[]): DeltaTableBuilder<S> {
    return this.#with({ fields: [...this.#definition.fields, ...fields] });
  }

  #with(change: Partial<Definition>): DeltaTableBuilder<S> {
    return new DeltaTableBuilder(this.#made, this.#state, this.#making, { ...this.#definition, ...change });
  }
}

const metadataOf = ({ comment, default: value, generatedAlwaysAs, identity }: ColumnOptions): Metadata => ({
  ...(comment === undefined ? {} : { comment }),
  ...(value === undefined ? {} : { CURRENT_DEFAULT: value, EXISTS_DEFAULT: value }),
  ...(generatedAlwaysAs === undefined ? {} : { "delta.generationExpression": generatedAlwaysAs }),
  ...(identity === undefined
    ? {}
    : {
        "delta.identity.start": identity.start ?? 1,
        "delta.identity.step": identity.step ?? 1,
        "delta.identity.allowExplicitInsert": identity.generated === "by default",
      }),
});
