/**
 * The commands that change the catalogue: namespaces, tables, views, functions and the variables of a session.
 *
 * Names have a part a dot (`["spark_catalog", "shop", "orders"]`) and are not looked up yet. Columns are fields whose
 * metadata holds Spark's keys: `comment`, `CURRENT_DEFAULT` (the SQL text of a default) and `EXISTS_DEFAULT`.
 */
import type { DataType, StructField, StructType } from "../types/data-type.ts";
import type { BucketBy } from "./command.ts";
import type { Expression } from "./expression.ts";
import type { NodeOrigin } from "./node.ts";
import type { Options, Relation } from "./relation.ts";

/** A name of an object, a part a dot. */
export type ObjectName = readonly string[];

/** The partition that a statement names: each column with its value as text, or null for one whose value the rows tell. */
export type PartitionSpecification = Readonly<Record<string, string | null>>;

// ------------------------------------------------------------------------------------------------ namespaces

/** A namespace (database) made. */
export interface CreateNamespace extends NodeOrigin {
  readonly kind: "create namespace";
  readonly name: ObjectName;
  readonly ifNotExists: boolean;
  readonly comment?: string;
  readonly location?: string;
  readonly properties: Options;
}

/** A namespace gone; with all that is in it when `cascade`, else only an empty one. */
export interface DropNamespace extends NodeOrigin {
  readonly kind: "drop namespace";
  readonly name: ObjectName;
  readonly ifExists: boolean;
  readonly cascade: boolean;
}

/** What becomes of a namespace; properties are added to those that it has, save those of `unset`. */
export interface AlterNamespace extends NodeOrigin {
  readonly kind: "alter namespace";
  readonly name: ObjectName;
  readonly comment?: string;
  readonly location?: string;
  readonly properties?: Options;
  readonly unset?: readonly string[];
}

/** The namespace, or the catalogue, in which names of one part are looked up from now on. */
export interface UseNamespace extends NodeOrigin {
  readonly kind: "use";
  readonly name: ObjectName;
}

// ------------------------------------------------------------------------------------------------ tables

/**
 * A table made: of the columns of `schema`, of the rows of `query`, or like the table `like`.
 *
 * Without a `provider` it is Spark's default (Parquet). With a `path` it is external: dropping it leaves the files.
 * `replace` is `CREATE OR REPLACE TABLE` (`or create`) and `REPLACE TABLE` (`existing`).
 */
export interface CreateTable extends NodeOrigin {
  readonly kind: "create table";
  readonly name: ObjectName;
  readonly schema?: StructType;
  readonly query?: Relation;
  readonly like?: ObjectName;
  readonly provider?: string;
  readonly partitioning: readonly Expression[];
  readonly bucketBy?: BucketBy;
  readonly sortBy?: readonly string[];
  /** Columns or fields of structs, each as SQL text: `day`, `` user.`e-mail` ``. */
  readonly clusterBy?: readonly string[];
  readonly path?: string;
  readonly comment?: string;
  readonly options: Options;
  readonly properties: Options;
  /** The collation of texts for which none is stated, in columns and in the query. */
  readonly collation?: string;
  readonly ifNotExists: boolean;
  readonly replace?: "or create" | "existing";
}

/** Where a new column stands; at the end when absent. */
export type ColumnPosition = "first" | { readonly after: string };

/** One change of a table or view. */
export type TableChange =
  | {
      readonly change: "add columns";
      readonly columns: readonly {
        readonly path: readonly string[];
        readonly field: StructField;
        readonly position?: ColumnPosition;
      }[];
      /** As they are written, to be read anew for a table whose texts have a collation; absent where they are not of SQL. */
      readonly text?: string;
    }
  | { readonly change: "replace columns"; readonly schema: StructType }
  | { readonly change: "drop columns"; readonly columns: readonly (readonly string[])[]; readonly ifExists: boolean }
  | { readonly change: "rename column"; readonly column: readonly string[]; readonly to: string }
  | {
      readonly change: "alter column";
      readonly column: readonly string[];
      readonly type?: DataType;
      readonly comment?: string;
      readonly nullable?: boolean;
      /** The SQL text of the default; null drops it. */
      readonly default?: string | null;
      readonly position?: ColumnPosition;
    }
  /** The numbers of an identity column go on behind those that rows have. */
  | { readonly change: "sync identity"; readonly column: readonly string[] }
  | { readonly change: "set properties"; readonly properties: Options }
  | { readonly change: "unset properties"; readonly keys: readonly string[]; readonly ifExists: boolean }
  | { readonly change: "comment"; readonly comment: string | null }
  /** The collation of texts of columns that are added from now on. */
  | { readonly change: "default collation"; readonly collation: string }
  /** A condition, as SQL text, that every row has to meet. */
  | { readonly change: "add constraint"; readonly name: string; readonly text: string }
  | { readonly change: "drop constraint"; readonly name: string; readonly ifExists: boolean }
  /** By which columns rows lie together, each as SQL text; none for an empty list. */
  | { readonly change: "cluster by"; readonly columns: readonly string[] }
  | { readonly change: "drop feature"; readonly feature: string; readonly truncatesHistory: boolean }
  | { readonly change: "rename"; readonly to: ObjectName }
  | { readonly change: "set location"; readonly location: string; readonly partition?: PartitionSpecification }
  | {
      readonly change: "add partitions";
      readonly partitions: readonly { readonly values: PartitionSpecification; readonly location?: string }[];
      readonly ifNotExists: boolean;
    }
  | {
      readonly change: "drop partitions";
      readonly partitions: readonly PartitionSpecification[];
      readonly ifExists: boolean;
    }
  | { readonly change: "rename partition"; readonly from: PartitionSpecification; readonly to: PartitionSpecification }
  | { readonly change: "recover partitions" };

/** A table or a view changed; `expects` is what the statement is about (`ALTER TABLE` takes views for some changes). */
export interface AlterRelation extends NodeOrigin {
  readonly kind: "alter relation";
  readonly name: ObjectName;
  readonly expects: "table" | "view";
  readonly change: TableChange;
}

/** A table or a view gone. */
export interface DropRelation extends NodeOrigin {
  readonly kind: "drop relation";
  readonly name: ObjectName;
  readonly expects: "table" | "view";
  readonly ifExists: boolean;
}

/** A table's rows gone, or those of one partition; the table stays. */
export interface TruncateTable extends NodeOrigin {
  readonly kind: "truncate table";
  readonly name: ObjectName;
  readonly partition?: PartitionSpecification;
}

/**
 * Rows written to a table by position, or by name: `INSERT INTO | OVERWRITE`.
 *
 * `columns` are those that the statement lists; others get their defaults. `replaceWhere` replaces the rows that meet a
 * condition. `overwrite` replaces the table, or what `partition` names.
 */
export interface Insert extends NodeOrigin {
  readonly kind: "insert";
  readonly table: ObjectName;
  readonly input: Relation;
  readonly overwrite: boolean;
  readonly byName: boolean;
  readonly columns?: readonly string[];
  readonly partition?: PartitionSpecification;
  readonly ifPartitionNotExists?: boolean;
  readonly replaceWhere?: Expression;
  readonly options: Options;
}

/** Rows of a table that meet a condition gone. Tables of plain files have no such command. */
export interface Delete extends NodeOrigin {
  readonly kind: "delete";
  readonly table: ObjectName;
  readonly alias?: string;
  readonly condition?: Expression;
}

/** Columns of the rows that meet a condition set. Tables of plain files have no such command. */
export interface Update extends NodeOrigin {
  readonly kind: "update";
  readonly table: ObjectName;
  readonly alias?: string;
  readonly assignments: readonly { readonly column: Expression; readonly value: Expression }[];
  readonly condition?: Expression;
}

/** What the session knows of a table's files, or of those below a path, forgotten. */
export interface Refresh extends NodeOrigin {
  readonly kind: "refresh";
  readonly target: { readonly table: ObjectName } | { readonly path: string };
}

/** Statistics of a table, or of all of a namespace. The engine takes its own from the files. */
export interface AnalyzeTable extends NodeOrigin {
  readonly kind: "analyze table";
  readonly target: { readonly table: ObjectName } | { readonly namespace: ObjectName };
}

/** A table's or a query's rows kept for the session under `name`. */
export interface CacheTable extends NodeOrigin {
  readonly kind: "cache table";
  readonly name: ObjectName;
  readonly query?: Relation;
  readonly lazy: boolean;
  readonly options: Options;
}

/** Rows that `cache table` kept, forgotten: of one table, or of all. */
export interface UncacheTable extends NodeOrigin {
  readonly kind: "uncache table";
  readonly name?: ObjectName;
  readonly ifExists: boolean;
}

// ------------------------------------------------------------------------------------------------ views and functions

/** A view that lasts: the text of its query, and the plan that the text has now. */
export interface CreatePersistentView extends NodeOrigin {
  readonly kind: "create persistent view";
  /** What becomes of the view when its tables change; `compensation` when absent. */
  readonly schemaMode?: ViewSchemaMode;
  /** The collation of the texts that the query writes or makes; Spark's default when absent. */
  readonly collation?: string;
  readonly name: ObjectName;
  readonly input: Relation;
  readonly text: string;
  readonly columns?: readonly { readonly name: string; readonly comment?: string }[];
  readonly comment?: string;
  readonly properties: Options;
  readonly ifNotExists: boolean;
  readonly replace: boolean;
}

/**
 * What a view gives when its tables have changed: its columns cast to their old types (`compensation`), its columns with the
 * types that they have now (`type evolution`), the columns that its query has now (`evolution`), or its columns as long as nothing
 * is lost on the way to their old types (`binding`).
 */
export type ViewSchemaMode = "binding" | "compensation" | "type evolution" | "evolution";

/** Another answer to changes of its tables for a view that exists. */
export interface AlterViewSchemaMode extends NodeOrigin {
  readonly kind: "alter view schema mode";
  readonly name: ObjectName;
  readonly schemaMode: ViewSchemaMode;
}

/** Another query for a view that exists. */
export interface AlterViewQuery extends NodeOrigin {
  readonly kind: "alter view query";
  readonly name: ObjectName;
  readonly input: Relation;
  readonly text: string;
}

/** A parameter of a SQL function. */
export interface FunctionParameter {
  readonly name: string;
  readonly type: DataType;
  /** The SQL text of its default. */
  readonly default?: string;
  readonly comment?: string;
}

/**
 * A SQL function made: `RETURNS type RETURN expression` or `RETURNS TABLE (columns) RETURN query`. `returns` is absent
 * where the body tells; a table function without columns has `table` alone.
 */
export interface CreateFunction extends NodeOrigin {
  readonly kind: "create function";
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly parameters?: readonly FunctionParameter[];
  readonly returns?: DataType;
  readonly table: boolean;
  readonly columns?: StructType;
  /** The SQL text behind RETURN. */
  readonly body: string;
  readonly comment?: string;
  /** The collation of texts for which none is stated. */
  readonly collation?: string;
  readonly deterministic?: boolean;
  /** What the function says that it does with data: nothing, or that it reads tables. */
  readonly access?: "contains" | "reads";
  readonly ifNotExists: boolean;
  readonly replace: boolean;
}

/** A function gone. */
export interface DropFunction extends NodeOrigin {
  readonly kind: "drop function";
  readonly name: ObjectName;
  readonly temporary: boolean;
  readonly ifExists: boolean;
}

// ------------------------------------------------------------------------------------------------ the session

/** A setting given a value. */
export interface SetSetting extends NodeOrigin {
  readonly kind: "set setting";
  readonly key: string;
  readonly value: string;
}

/** A setting given its default again; all that were set when there is no key. */
export interface ResetSetting extends NodeOrigin {
  readonly kind: "reset setting";
  readonly key?: string;
}

/** A variable of the session made. Without a type it has that of its default, without a default it is null. */
export interface DeclareVariable extends NodeOrigin {
  readonly kind: "declare variable";
  readonly names: readonly ObjectName[];
  readonly type?: DataType;
  readonly default?: Expression;
  readonly replace: boolean;
}

/** Variables set: each to its expression (absent: its default), or all to the columns of a query of at most one row. */
export interface SetVariables extends NodeOrigin {
  readonly kind: "set variables";
  readonly names: readonly ObjectName[];
  readonly values?: readonly (Expression | null)[];
  readonly query?: Relation;
}

/** A variable gone. */
export interface DropVariable extends NodeOrigin {
  readonly kind: "drop variable";
  readonly name: ObjectName;
  readonly ifExists: boolean;
}

export type CatalogueCommand =
  | CreateNamespace
  | DropNamespace
  | AlterNamespace
  | UseNamespace
  | CreateTable
  | AlterRelation
  | DropRelation
  | TruncateTable
  | Insert
  | Delete
  | Update
  | Refresh
  | AnalyzeTable
  | CacheTable
  | UncacheTable
  | CreatePersistentView
  | AlterViewQuery
  | AlterViewSchemaMode
  | CreateFunction
  | DropFunction
  | SetSetting
  | ResetSetting
  | DeclareVariable
  | SetVariables
  | DropVariable;
