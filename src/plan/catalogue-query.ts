/** What a query can ask the catalogue: `SHOW …`, `DESCRIBE …` and the lists of `spark.catalog`. */
import type { ObjectName, PartitionSpecification } from "./catalogue-command.ts";

/** A pattern of `SHOW … LIKE`: `*` stands for any text, `|` between alternatives, in any case. */
type Like = { readonly like?: string };

export type CatalogueQuestion =
  /** catalog */
  | ({ readonly ask: "catalogs" } & Like)
  /** namespace */
  | ({ readonly ask: "namespaces"; readonly catalog?: ObjectName } & Like)
  /** catalog, namespace */
  | { readonly ask: "current namespace" }
  /** namespace, tableName, isTemporary */
  | ({ readonly ask: "tables"; readonly namespace?: ObjectName } & Like)
  /** namespace, tableName, isTemporary, information */
  | {
      readonly ask: "tables extended";
      readonly namespace?: ObjectName;
      readonly like: string;
      readonly partition?: PartitionSpecification;
    }
  /** namespace, viewName, isTemporary */
  | ({ readonly ask: "views"; readonly namespace?: ObjectName } & Like)
  /** col_name */
  | { readonly ask: "columns"; readonly table: ObjectName; readonly namespace?: ObjectName }
  /** partition */
  | { readonly ask: "partitions"; readonly table: ObjectName; readonly partition?: PartitionSpecification }
  /** createtab_stmt */
  | { readonly ask: "create table"; readonly table: ObjectName }
  /** key, value */
  | { readonly ask: "table properties"; readonly table: ObjectName; readonly key?: string }
  /** function */
  | ({
      readonly ask: "functions";
      readonly scope: "all" | "user" | "system";
      readonly namespace?: ObjectName;
    } & Like)
  /** info_name, info_value */
  | { readonly ask: "describe namespace"; readonly name: ObjectName; readonly extended: boolean }
  /** col_name, data_type, comment */
  | {
      readonly ask: "describe table";
      readonly table: ObjectName;
      readonly extended: boolean;
      readonly partition?: PartitionSpecification;
    }
  /** info_name, info_value */
  | {
      readonly ask: "describe column";
      readonly table: ObjectName;
      readonly column: readonly string[];
      readonly extended: boolean;
    }
  /** function_desc */
  | { readonly ask: "describe function"; readonly name: ObjectName; readonly extended: boolean }
  /** col_name, data_type, comment of the columns of the node's `input` */
  | { readonly ask: "describe query" }
  /** key, value: one setting, all that were set, or (`describe`) those that are known */
  | { readonly ask: "settings"; readonly key?: string; readonly describe: boolean }
  /** name, catalog, description, locationUri */
  | ({ readonly ask: "list databases" } & Like)
  /** name, catalog, namespace, description, tableType, isTemporary */
  | ({ readonly ask: "list tables"; readonly namespace?: ObjectName; readonly views: boolean } & Like)
  /** the same of one table or view */
  | { readonly ask: "get table"; readonly table: ObjectName }
  /** name, description, dataType, nullable, isPartition, isBucket, isCluster */
  | { readonly ask: "list columns"; readonly table: ObjectName }
  /** name, catalog, namespace, description, className, isTemporary */
  | ({ readonly ask: "list functions"; readonly namespace?: ObjectName } & Like)
  /** the same of one function */
  | { readonly ask: "get function"; readonly name: ObjectName }
  /** the commits of a Delta table, the newest first; the name may be a path */
  | { readonly ask: "delta history"; readonly table: ObjectName; readonly limit?: number }
  /** one row about a Delta table */
  | { readonly ask: "delta detail"; readonly table: ObjectName };
