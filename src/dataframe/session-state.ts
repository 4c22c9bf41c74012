/** What a session is run by: the contract between the DataFrames of a session and the engine that is bound to it. */
import type { Command, Write } from "../plan/command.ts";
import type { UserFunction, UserTableFunction } from "../plan/expression.ts";
import type { ExplainMode, Relation } from "../plan/relation.ts";
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import type { Artifact } from "./artifacts.ts";
import type { Configuration } from "./configuration.ts";

/** Options of every action. */
export interface ActionOptions {
  /** Cancels the action, which then rejects with `signal.reason`. */
  readonly signal?: AbortSignal;
  /**
   * After how many milliseconds the action is cancelled, with `OPERATION_CANCELED`. It also ends a function of the user's
   * that never returns, which keeps this thread from aborting any signal.
   */
  readonly timeout?: number;
  /** Told several times a second how far a write is, from 0 to 1, where the engine knows. */
  readonly onProgress?: (progress: { readonly share?: number }) => void;
  /** Told the id of the action when it begins, by which `spark.interruptOperation` cancels it. */
  readonly onStart?: (operationId: string) => void;
}

/** What cancels an action. */
export type CancelOptions = Pick<ActionOptions, "signal" | "timeout">;

export type { ExplainMode } from "../plan/relation.ts";

/** Where cached rows are kept, by PySpark's names. */
export type StorageLevel = "MEMORY_ONLY" | "MEMORY_AND_DISK" | "DISK_ONLY" | "NONE";

/** A plan that is being run: its rows, in order. Ending the iteration early cancels the rest. */
export interface Execution {
  readonly schema: StructType;
  readonly batches: AsyncIterable<Batch>;
}

/** What is known of an action when it is over. */
export interface ExecutionInfo {
  /** How long it took, in seconds. */
  readonly seconds: number;
  /** How many rows it gave. */
  readonly rows: number;
}

/** The actions of a session that run, and the tags that its next ones get. */
export interface SessionOperations {
  readonly tags: readonly string[];
  addTag(tag: string): void;
  removeTag(tag: string): void;
  clearTags(): void;
  /** Each cancels some of the actions and gives their ids. */
  interruptAll(): Promise<readonly string[]>;
  interruptTag(tag: string): Promise<readonly string[]>;
  interruptOperation(id: string): Promise<readonly string[]>;
}

export interface SessionState {
  readonly configuration: Configuration;
  readonly operations: SessionOperations;
  /** Whether relations remember where a program made them. */
  readonly recordsOrigins: boolean;
  /** Whether what ran the session has said that it is no more. */
  readonly isGone?: boolean;
  /** The schema of a plan; reads footers and infers types, but no rows. */
  resolveSchema(plan: Relation, options?: ActionOptions): Promise<StructType>;
  /** The schema of a plan when it is known without any input or output. */
  knownSchema(plan: Relation): StructType | undefined;
  /** The files that a plan reads, as URIs. */
  inputFiles(plan: Relation): Promise<readonly string[]>;
  /** A text that is equal for plans that give the same rows by the same steps, whatever their columns are called. */
  semantics(plan: Relation): Promise<string>;
  /** Runs a plan. */
  execute(plan: Relation, options?: ActionOptions): Promise<Execution>;
  /** What is known of the last action that read all rows of a plan; undefined before the first. */
  executionInfo(plan: Relation): ExecutionInfo | undefined;
  /** The state of another session on the same engine and catalogue, with the settings that this one began with. */
  newSession(): SessionState;
  /** Runs a command; gives the relation whose rows it is asked for, if any. */
  executeCommand(command: Command, options?: ActionOptions): Promise<Relation | undefined>;
  /** Writes several outputs in one run: what their plans have in common is computed once. */
  writeAll(writes: readonly Write[], options?: ActionOptions): Promise<void>;
  explain(plan: Relation, mode: ExplainMode): Promise<string>;
  /** Keeps the rows of a plan from its next action on; for good also when its sources change. */
  cache(plan: Relation, level: StorageLevel, forGood?: boolean): void;
  /** Forgets the rows that `cache` kept. */
  uncache(plan: Relation): Promise<void>;
  storageLevel(plan: Relation): StorageLevel;
  /** Makes a function of the user's known under a name, in any case, to SQL text and `callFunction`. */
  registerFunction(name: string, definition: UserFunction | UserTableFunction): void;
  /**
   * Gives files to the session on its server.
   *
   * @throws UnsupportedError where the engine is in this process
   */
  addArtifacts(artifacts: readonly Artifact[], options?: ActionOptions): Promise<void>;
  /** Tells of the metrics noted under a name by the next action whose plan holds them. */
  onObserved(name: string, listener: (metrics: Batch, schema: StructType) => void): void;
  /** Ends what runs and frees what the session holds. */
  stop(): Promise<void>;
}

/** Makes the state of a new session. */
export type SessionStateFactory = (configuration: Configuration) => SessionState;
