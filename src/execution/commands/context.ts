/** What a command may ask of its session. */
import type { Catalogue } from "../../catalogue/catalogue.ts";
import type { Configuration } from "../../dataframe/configuration.ts";
import type { ActionOptions, Execution, StorageLevel } from "../../dataframe/session-state.ts";
import type { FileRequest, WrittenFile } from "../../engine/engine.ts";
import type { Command, CommandKind } from "../../plan/command.ts";
import type { Expression, Literal, UserFunction, UserTableFunction } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { Leaf, ResolvedRelation } from "../../plan/resolved.ts";
import type { Batch } from "../../types/batch.ts";
import type { DataType, StructField, StructType } from "../../types/data-type.ts";
import type { SessionCatalogue } from "../session-catalogue.ts";
import type { DeltaTables } from "../tables/delta/delta-tables.ts";
import type { Variables } from "../variables.ts";
import type { FolderWrite } from "../write.ts";

/** Rows, and the files that they go to. */
export interface RowsToFiles {
  readonly input: Relation;
  readonly request: FileRequest;
}

export interface CommandContext {
  readonly configuration: Configuration;
  readonly names: SessionCatalogue;
  readonly catalogue: Catalogue;
  readonly variables: Variables;
  /** The same while other variables are in sight. */
  within(variables: Variables): CommandContext;
  /** Runs a query. */
  run(plan: Relation, options: ActionOptions): Promise<Execution>;
  readonly delta: DeltaTables;
  /** Runs a command; gives the rows that it is asked for, if any. */
  execute(command: Command, options: ActionOptions): Promise<Relation | undefined>;
  schemaOf(plan: Relation): Promise<StructType>;
  /** The analysed plan, with the sources that it reads. */
  analysed(plan: Relation): Promise<{ readonly plan: ResolvedRelation; readonly leaves: readonly Leaf[] }>;
  /** The plan with SQL functions replaced by their bodies; `path` are the functions that lead to it. */
  expanded<Plan extends Relation | Expression>(plan: Plan, path: readonly string[]): Promise<Plan>;
  /** The value of an expression without columns. */
  evaluate(expression: Expression): Promise<Literal>;
  registerFunction(name: string, definition: UserFunction | UserTableFunction): void;
  /** A value that a program could hold, as a constant. */
  literal(value: unknown, type: DataType): Literal;
  collect(plan: Relation): Promise<readonly Batch[]>;
  /** @throws AnalysisError, UnsupportedError for tables that the engine could not write */
  checkFormat(name: string, columns: readonly StructField[]): void;
  /** Writes to folders in one run. */
  write(writes: readonly FolderWrite[], options: ActionOptions): Promise<void>;
  /** Writes relations to files that a log will name, in one run; gives the files of each, in their order. */
  writeFiles(writes: readonly RowsToFiles[], options: ActionOptions): Promise<readonly (readonly WrittenFile[])[]>;
  /** Computes the rows of a plan once and keeps them, whatever is written meanwhile, until they are disposed of. */
  keep(plan: Relation, options: ActionOptions): Promise<AsyncDisposable>;
  cache(plan: Relation, level: StorageLevel): void;
  uncache(plan: Relation): Promise<void>;
  uncacheAll(): Promise<void>;
  /** Keeps the rows of a plan that is cached now, not with its first action. */
  store(plan: Relation): Promise<void>;
  /** Forgets the rows that are kept, not which plans are cached: the next action reads them anew. */
  forgetRows(): Promise<void>;
}

/** How a command is executed, and the relation whose rows it gives, where it gives any. */
export type Handler<Kind extends CommandKind> = (
  command: Extract<Command, { kind: Kind }>,
  context: CommandContext,
  options: ActionOptions,
) => Promise<Relation | undefined> | Promise<void> | void;

/** Handlers of some commands. */
export type Handlers<Kind extends CommandKind> = { readonly [K in Kind]: Handler<K> };
