/** What runs a session on a Spark: unresolved plans are sent there, which means what it means and runs where it runs. */
import type { Artifact } from "../../dataframe/artifacts.ts";
import type { Configuration } from "../../dataframe/configuration.ts";
import { Operations } from "../../dataframe/operations.ts";
import type {
  ActionOptions,
  Execution,
  ExecutionInfo,
  ExplainMode,
  SessionState,
  StorageLevel,
} from "../../dataframe/session-state.ts";
import { AnalysisError, UnsupportedError } from "../../errors.ts";
import type { Command, Write } from "../../plan/command.ts";
import type { UserFunction, UserTableFunction } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import type { SparkAddress } from "./connection-string.ts";
import type { RemoteAction, RemoteSession } from "./remote-session.ts";

type Listener = (metrics: Batch, schema: StructType) => void;

export interface SparkSessionParts {
  readonly configuration: Configuration;
  readonly address: SparkAddress;
}

export class SparkSessionState implements SessionState {
  readonly configuration: Configuration;
  readonly operations: Operations = new Operations();
  readonly #parts: SparkSessionParts;
  readonly #levels = new Map<Relation, StorageLevel>();
  readonly #toKeep: Relation[] = [];
  readonly #listeners = new Map<string, Listener>();
  readonly #infos = new WeakMap<Relation, ExecutionInfo>();
  #remote: Promise<RemoteSession> | undefined;
  #opened: RemoteSession | undefined;
  #stopped = false;

  constructor(parts: SparkSessionParts) {
    this.#parts = parts;
    this.configuration = parts.configuration;
  }

  get recordsOrigins(): boolean {
    return this.configuration.get("lakewright.recordOrigins", "true") === "true";
  }

  async resolveSchema(plan: Relation, { signal }: ActionOptions = {}): Promise<StructType> {
    signal?.throwIfAborted();
    const asks = this.configuration.get("lakewright.localSchemas", "true") === "false";
    return (await this.#ready()).schemaOf(plan, { signal, asks });
  }

  /** Only the server knows. */
  knownSchema(): undefined {
    return undefined;
  }

  async inputFiles(plan: Relation): Promise<readonly string[]> {
    return (await this.#ready()).inputFiles(plan);
  }

  async semantics(plan: Relation): Promise<string> {
    return String(await (await this.#ready()).semanticHash(plan));
  }

  execute(plan: Relation, options: ActionOptions = {}): Promise<Execution> {
    return this.operations.streaming(options, async (inner, id) => {
      const started = performance.now();
      const { schema, batches } = await (await this.#ready()).execute(plan, this.#action(id, inner));
      return { schema, batches: this.#measured(plan, batches, started) };
    });
  }

  async *#measured(plan: Relation, batches: AsyncIterable<Batch>, started: number): AsyncGenerator<Batch, void, void> {
    let rows = 0;
    for await (const batch of batches) {
      rows += batch.rows;
      yield batch;
    }
    this.#infos.set(plan, { seconds: (performance.now() - started) / 1000, rows });
  }

  executionInfo(plan: Relation): ExecutionInfo | undefined {
    return this.#infos.get(plan);
  }

  async executeCommand(command: Command, options: ActionOptions = {}): Promise<Relation | undefined> {
    const answer = await this.operations.during(options, async (inner, id) =>
      (await this.#ready()).run(command, this.#action(id, inner)),
    );
    // What SQL text has set is what the program would set.
    if (command.kind === "set setting") this.configuration.set(command.key, command.value);
    if (command.kind === "reset setting" && command.key !== undefined) this.configuration.unset(command.key);
    return answer;
  }

  /** Spark has no run of several outputs: they are written one after the other. */
  async writeAll(writes: readonly Write[], options: ActionOptions = {}): Promise<void> {
    for (const write of writes) await this.executeCommand(write, options);
  }

  async explain(plan: Relation, mode: ExplainMode): Promise<string> {
    return (await this.#ready()).explain(plan, mode);
  }

  cache(plan: Relation, level: StorageLevel): void {
    this.#levels.set(plan, level);
    this.#toKeep.push(plan);
  }

  async uncache(plan: Relation): Promise<void> {
    const remote = await this.#ready();
    this.#levels.delete(plan);
    await remote.unpersist(plan);
  }

  storageLevel(plan: Relation): StorageLevel {
    return this.#levels.get(plan) ?? "NONE";
  }

  registerFunction(name: string, _definition: UserFunction | UserTableFunction): void {
    throw new UnsupportedError(
      `Spark does not run functions of TypeScript such as ${name}: its workers have no Node.js`,
      {
        hint: "Write it with Spark's own functions, or make one of SQL: CREATE TEMPORARY FUNCTION … RETURN ….",
      },
    );
  }

  addArtifacts(artifacts: readonly Artifact[], options: ActionOptions = {}): Promise<void> {
    return this.operations.during(options, async ({ signal }) => {
      const remote = await this.#ready();
      for (const artifact of artifacts) await remote.addArtifact(artifact, signal);
    });
  }

  onObserved(name: string, listener: Listener): void {
    this.#listeners.set(name, listener);
  }

  newSession(): SparkSessionState {
    const { sessionId: _, ...address } = this.#parts.address;
    return new SparkSessionState({ ...this.#parts, address, configuration: this.configuration.anew() });
  }

  get isGone(): boolean {
    return this.#opened?.isGone ?? false;
  }

  async stop(): Promise<void> {
    this.#stopped = true;
    await this.operations.interruptAll();
    await (await this.#remote)?.close();
  }

  /** The server's session, with the settings that the program has by now and the rows that it wants to be kept. */
  async #ready(): Promise<RemoteSession> {
    if (this.#stopped)
      throw new AnalysisError("the session is stopped", {
        hint: "Make a new one with SparkSession.builder.getOrCreate().",
      });
    this.#remote ??= openedSession(this.#parts.address);
    const remote = await this.#remote;
    this.#opened = remote;
    await remote.configure(this.configuration.getAll());
    for (const plan of this.#toKeep.splice(0)) await remote.persist(plan, this.storageLevel(plan));
    return remote;
  }

  #action(operationId: string, { signal, onProgress }: ActionOptions): RemoteAction {
    return {
      operationId,
      tags: this.operations.tags,
      signal,
      onProgress,
      onObserved: (name, metrics, schema) => {
        this.#listeners.get(name)?.(metrics, schema);
        this.#listeners.delete(name);
      },
    };
  }
}

async function openedSession(address: SparkAddress): Promise<RemoteSession> {
  const { RemoteSession } = await import("./remote-session.ts");
  return new RemoteSession(address);
}
