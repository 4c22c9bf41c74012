/**
 * The commands of the plan: what changes data, the catalogue or the session. Shaped like Spark Connect's commands.
 */
import type { CatalogueCommand } from "./catalogue-command.ts";
import type { Expression, MergeAction, UserFunction, UserTableFunction } from "./expression.ts";
import type { MaintenanceCommand } from "./maintenance-command.ts";
import type { NodeOrigin, SqlStatement } from "./node.ts";
import type { PipelineCommand } from "./pipeline-command.ts";
import type { Options, Relation } from "./relation.ts";
import type { Script } from "./script.ts";
import type { StatementCommand } from "./statement-command.ts";

export type SaveMode = "append" | "overwrite" | "error" | "ignore";

export interface BucketBy {
  readonly columns: readonly string[];
  readonly count: number;
}

/** `df.write`: rows to files (`path`) or to a table (`table`, saved or inserted into by position). */
export interface Write extends NodeOrigin {
  readonly kind: "write";
  readonly input: Relation;
  readonly format: string | null;
  readonly target:
    | { readonly to: "path"; readonly path: string }
    | { readonly to: "table"; readonly name: readonly string[]; readonly method: "save" | "insert" };
  readonly mode: SaveMode;
  readonly options: Options;
  readonly partitionBy: readonly string[];
  readonly sortBy: readonly string[];
  /** Each as SQL text, which may lead into structs. */
  readonly clusterBy: readonly string[];
  readonly bucketBy?: BucketBy;
}

/** `df.writeTo`: rows to a table, columns by name. */
export interface WriteTo extends NodeOrigin {
  readonly kind: "write to";
  readonly input: Relation;
  readonly table: readonly string[];
  readonly provider?: string;
  readonly mode: "create" | "replace" | "create or replace" | "append" | "overwrite" | "overwrite partitions";
  readonly options: Options;
  readonly tableProperties: Options;
  readonly partitionBy: readonly Expression[];
  /** Each as SQL text, which may lead into structs. */
  readonly clusterBy: readonly string[];
  readonly overwriteCondition?: Expression;
}

/** A temporary view of the session (or of all sessions when `global`). */
export interface CreateView extends NodeOrigin {
  readonly kind: "create view";
  readonly input: Relation;
  readonly name: string;
  readonly global: boolean;
  readonly replace: boolean;
  /** The collation of the texts that its query writes or makes; Spark's default when absent. */
  readonly collation?: string;
}

/** The end of a temporary view. */
export interface DropView extends NodeOrigin {
  readonly kind: "drop view";
  readonly name: string;
  readonly global: boolean;
}

/** Rows of `source` merged into a table, clause by clause. */
export interface MergeInto extends NodeOrigin {
  readonly kind: "merge into";
  readonly target: readonly string[];
  readonly alias?: string;
  readonly source: Relation;
  readonly condition: Expression;
  readonly matched: readonly MergeAction[];
  readonly notMatched: readonly MergeAction[];
  readonly notMatchedBySource: readonly MergeAction[];
  readonly schemaEvolution: boolean;
  /** Whether the counts of changed rows are asked for, as SQL always does. */
  readonly isCounted?: boolean;
}

/** A user's function registered under a name for SQL text. */
export interface RegisterFunction extends NodeOrigin {
  readonly kind: "register function";
  readonly name: string;
  readonly function: UserFunction | UserTableFunction;
}

/** The rows kept under the relation until they are dropped. */
export interface Checkpoint extends NodeOrigin {
  readonly kind: "checkpoint";
  readonly input: Relation;
  readonly local: boolean;
  readonly eager: boolean;
}

/** A stream started from `input` to a sink. */
export interface StartStream extends NodeOrigin {
  readonly kind: "start stream";
  readonly input: Relation;
  readonly format: string | null;
  readonly target?:
    | { readonly to: "path"; readonly path: string }
    | { readonly to: "table"; readonly name: readonly string[] };
  readonly options: Options;
  readonly partitionBy: readonly string[];
  /** Each as SQL text, which may lead into structs. */
  readonly clusterBy: readonly string[];
  readonly trigger:
    | { readonly every: string }
    | { readonly every: "available now" }
    | { readonly every: "once" }
    | { readonly continuous: string };
  readonly outputMode: "append" | "update" | "complete" | null;
  readonly queryName?: string;
  readonly batchFunction?: UserFunction;
}

/** A statement as its SQL text, of which nothing else is known: an engine that reads SQL itself may run it. */
export interface SqlCommand extends NodeOrigin {
  readonly kind: "sql command";
  readonly statement: SqlStatement;
}

export type Command =
  | Write
  | WriteTo
  | CreateView
  | DropView
  | MergeInto
  | RegisterFunction
  | Checkpoint
  | StartStream
  | SqlCommand
  | CatalogueCommand
  | PipelineCommand
  | MaintenanceCommand
  | StatementCommand
  | Script;

export type CommandKind = Command["kind"];
