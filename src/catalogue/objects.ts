/** What the catalogue knows of each object. */
import type { FunctionParameter, ViewSchemaMode } from "../plan/catalogue-command.ts";
import type { Options } from "../plan/relation.ts";
import type { DataType, StructType } from "../types/data-type.ts";

/** Where an object is: both parts in lower case, as Spark's session catalogue keeps them. */
export interface QualifiedName {
  readonly namespace: string;
  readonly name: string;
}

/** A namespace (database). */
export interface NamespaceObject {
  readonly name: string;
  /** The absolute path below which managed tables are made. */
  readonly location: string;
  readonly comment: string;
  readonly owner: string;
  readonly properties: Options;
}

interface RelationObject extends QualifiedName {
  /** Unlike that of any other object: a table that was dropped and made again is another one. */
  readonly id: string;
  /** Names, types and comments; defaults of columns are metadata under Spark's keys. */
  readonly schema: StructType;
  readonly comment?: string;
  readonly properties: Options;
  /** Milliseconds since 1970. */
  readonly createdAt: number;
}

/** How rows are spread over the files of a table. */
export interface Bucketing {
  readonly count: number;
  readonly columns: readonly string[];
  readonly sortBy: readonly string[];
}

/** A table. Partition columns come last in its schema. */
export interface TableObject extends RelationObject {
  readonly kind: "table";
  readonly provider: string;
  /** The absolute path of its folder. */
  readonly location: string;
  /** Whether its files outlive it. */
  readonly external: boolean;
  readonly partitionBy: readonly string[];
  readonly bucketing?: Bucketing;
  /** The collation of texts of its columns for which none is stated. */
  readonly collation?: string;
  readonly options: Options;
}

/** A view: the text of a query, read again at each use in the namespace in which it was made. */
export interface ViewObject extends RelationObject {
  readonly kind: "view";
  readonly text: string;
  /** The namespace that was current when the view was made. */
  readonly currentNamespace: string;
  /** The names that the query gave its columns then. */
  readonly queryColumns: readonly string[];
  /** What becomes of its columns when its tables change; `compensation` when absent. */
  readonly schemaMode?: ViewSchemaMode;
  /** The collation of the texts that its query writes or makes; Spark's default when absent. */
  readonly collation?: string;
  /** The settings with which it was made, of those that say what its query means. */
  readonly settings?: Readonly<Record<string, string>>;
}

export type CatalogueRelation = TableObject | ViewObject;

/** A SQL function. */
export interface FunctionObject extends QualifiedName {
  readonly id: string;
  readonly parameters: readonly FunctionParameter[];
  readonly table: boolean;
  /** The type of a scalar function's value. */
  readonly returns?: DataType;
  /** The columns of a table function. */
  readonly columns?: StructType;
  readonly body: string;
  readonly comment?: string;
  /** The collation of the texts that its body and its defaults write or make; Spark's default when absent. */
  readonly collation?: string;
  readonly deterministic: boolean;
  readonly currentNamespace: string;
  /** The settings with which it was made, of those that say what its body means. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly createdAt: number;
}
