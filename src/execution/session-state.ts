/** What runs a session: plans are resolved, analysed and given to an engine. */
import { analyze, analyzeAll } from "../analyzer/analyze.ts";
import { isFoldable } from "../analyzer/foldable.ts";
import type { Artifact } from "../dataframe/artifacts.ts";
import type { Configuration } from "../dataframe/configuration.ts";
import { Operations } from "../dataframe/operations.ts";
import type {
  ActionOptions,
  Execution,
  ExecutionInfo,
  ExplainMode,
  SessionState,
  StorageLevel,
} from "../dataframe/session-state.ts";
import type { Engine, Output, RunRequest, WrittenFile } from "../engine/engine.ts";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import { sqlOptions } from "../functions/parsers.ts";
import { userFunctions } from "../functions/user-function-registry.ts";
import type { Command, Write } from "../plan/command.ts";
import type { Expression, Literal, UserFunction, UserTableFunction } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import type { Leaf, ResolvedExpression, ResolvedRelation } from "../plan/resolved.ts";
import { relationsBelow } from "../plan/resolved-walk.ts";
import type { Storage } from "../storage/storage.ts";
import { acceptValue } from "../types/accept-value.ts";
import type { Batch } from "../types/batch.ts";
import type { StructType } from "../types/data-type.ts";
import { structField, structType } from "../types/data-type.ts";
import { CachedPlans } from "./cache.ts";
import type { CommandContext, RowsToFiles } from "./commands/context.ts";
import { executeCommand } from "./commands/index.ts";
import { loggedWrite, plannedWrite } from "./commands/write-table.ts";
import { constantText, withReadTexts } from "./computed-names.ts";
import { explained, explainPlan } from "./explain.ts";
import { withFoldedConstants } from "./folded-constants.ts";
import { withKnownMoments } from "./known-moments.ts";
import { literalsOf } from "./literals.ts";
import { answerQuestion } from "./questions/index.ts";
import { Resolver } from "./resolve.ts";
import { rowOf } from "./row-of.ts";
import { semanticsOf } from "./semantics.ts";
import { SessionCatalogue } from "./session-catalogue.ts";
import { analysisSettings, engineSettings } from "./settings.ts";
import { drawn, drawnSchema } from "./show-string.ts";
import { SqlFunctions } from "./sql-functions.ts";
import { DeltaTables } from "./tables/delta/delta-tables.ts";
import { filesRead, inputFilesOf, listedLeaves } from "./tables/listed-source.ts";
import { withinStack } from "./too-complex.ts";
import { Variables } from "./variables.ts";
import { type FolderWrite, rowsOf, writeFolders } from "./write.ts";

/** Analysed plans with what an engine needs besides. */
interface PreparedAll {
  readonly plans: readonly ResolvedRelation[];
  readonly leaves: readonly Leaf[];
}

interface Prepared extends PreparedAll {
  readonly plan: ResolvedRelation;
}

/** What the analysis of plans may see besides them. */
interface Sight {
  /** Whether rows that are kept of plans are left alone. */
  readonly ignoresCache?: boolean;
  /** Those of the session, unless a script has some of its own. */
  readonly variables?: Variables;
}

type Listener = (metrics: Batch, schema: StructType) => void;

export interface SessionParts {
  readonly configuration: Configuration;
  readonly engine: Engine;
  readonly storage: Storage;
  /** The sessions that run on the engine, which the last of them ends. */
  readonly users?: Set<EngineSessionState>;
  /** The plans whose rows the engine keeps for them. */
  readonly cache?: CachedPlans;
}

export class EngineSessionState implements SessionState {
  readonly configuration: Configuration;
  readonly operations: Operations = new Operations();
  readonly #engine: Engine;
  readonly #storage: Storage;
  readonly #names: SessionCatalogue;
  readonly #context: CommandContext;
  readonly #sqlFunctions: SqlFunctions;
  readonly #functions = new Map<string, UserFunction | UserTableFunction>();
  readonly #cache: CachedPlans;
  readonly #listeners = new Map<string, Listener>();
  readonly #infos = new WeakMap<Relation, ExecutionInfo>();
  readonly #resolver: Resolver;
  readonly #users: Set<EngineSessionState>;
  readonly #delta: DeltaTables;
  #stopped = false;

  constructor({ configuration, engine, storage, users = new Set(), cache = new CachedPlans() }: SessionParts) {
    this.configuration = configuration;
    this.#cache = cache;
    this.#users = users.add(this);
    this.#engine = engine;
    this.#storage = storage;
    this.#names = new SessionCatalogue(configuration, storage);
    this.#delta = new DeltaTables(engine, storage);
    this.#context = this.#contextWith(new Variables());
    this.#sqlFunctions = new SqlFunctions(
      this.#names,
      (name) => this.#functions.has(name.toLowerCase()),
      () => engineSettings(configuration).timeZone,
    );
    this.#resolver = new Resolver({
      engine,
      names: this.#names,
      delta: this.#delta,
      expanded: (plan, namespace) => this.#expanded(plan, namespace, this.#variables),
      answer: (query) => answerQuestion(query, this.#context),
    });
  }

  get recordsOrigins(): boolean {
    return this.configuration.get("lakewright.recordOrigins", "true") === "true";
  }

  async resolveSchema(plan: Relation, options: ActionOptions = {}): Promise<StructType> {
    options.signal?.throwIfAborted();
    return schemaOf((await this.#prepare(plan)).plan);
  }

  async inputFiles(plan: Relation): Promise<readonly string[]> {
    const prepared = await this.#prepare(plan);
    const leaves = await listedLeaves(prepared.leaves, [prepared.plan]);
    return [...new Set(leaves.flatMap(inputFilesOf))];
  }

  async semantics(plan: Relation): Promise<string> {
    const prepared = await this.#prepare(plan, { ignoresCache: true });
    return semanticsOf(prepared.plan, prepared.leaves);
  }

  knownSchema(plan: Relation): StructType | undefined {
    try {
      const leaves = { leaves: new Map(), pivotValues: new Map(), functions: this.#functions };
      return schemaOf(analyze(plan, leaves, analysisSettings(this.configuration)));
    } catch {
      return undefined;
    }
  }

  execute(plan: Relation, options: ActionOptions = {}): Promise<Execution> {
    return this.operations.streaming(options, (inner) => this.#execute(plan, inner));
  }

  async #execute(plan: Relation, options: ActionOptions = {}, variables = this.#variables): Promise<Execution> {
    return this.#run(plan, await this.#prepare(plan, { variables }), options);
  }

  async #run(plan: Relation, prepared: Prepared, options: ActionOptions = {}): Promise<Execution> {
    await this.#storeCached(prepared, options);
    const schema = schemaOf(prepared.plan);
    const batches = this.#batches(plan, prepared, options);
    return plan.kind === "show string"
      ? { schema: drawnSchema, batches: drawn(schema, batches, plan) }
      : { schema, batches };
  }

  async executeCommand(command: Command, options: ActionOptions = {}): Promise<Relation | undefined> {
    this.#assertRunning();
    return this.operations.during(options, (inner) => executeCommand(command, this.#context, inner));
  }

  async explain(plan: Relation, mode: ExplainMode): Promise<string> {
    const prepared = await this.#prepare(plan);
    await this.#storeCached(prepared, {});
    const { outputs: _, ...request } = await this.#request(prepared.leaves, [prepared.plan], [], {});
    const physical = await this.#engine.explain(request, prepared.plan, mode === "cost");
    return explainPlan(plan, prepared.plan, `${filesRead(request.leaves)}${physical}`, mode);
  }

  cache(plan: Relation, level: StorageLevel, forGood = false): void {
    this.#cache.add(plan, { owner: this, level, forGood, meaning: () => this.#meaning(plan) });
  }

  async uncache(plan: Relation): Promise<void> {
    const meaning = this.#cache.hasOthers(this) ? await this.#meaning(plan).catch(() => undefined) : undefined;
    await this.#drop(this.#cache.remove(plan, this, meaning));
  }

  async #drop(entries: readonly string[]): Promise<void> {
    for (const entry of entries) await this.#engine.drop(entry);
  }

  storageLevel(plan: Relation): StorageLevel {
    return this.#cache.level(plan, this);
  }

  async #meaning(plan: Relation): Promise<string> {
    return meaningIn(engineSettings(this.configuration), await this.semantics(plan));
  }

  onObserved(name: string, listener: Listener): void {
    this.#listeners.set(name, listener);
  }

  registerFunction(name: string, definition: UserFunction | UserTableFunction): void {
    this.#functions.set(name.toLowerCase(), definition);
  }

  async addArtifacts([first]: readonly Artifact[]): Promise<void> {
    throw new UnsupportedError(`The embedded engine takes no files such as ${first?.file ?? "none"}`, {
      hint: "Functions of modules and files are used where they are: name their paths in the program.",
    });
  }

  executionInfo(plan: Relation): ExecutionInfo | undefined {
    return this.#infos.get(plan);
  }

  newSession(): EngineSessionState {
    this.#assertRunning();
    return new EngineSessionState({
      configuration: this.configuration.anew(),
      engine: this.#engine,
      storage: this.#storage,
      users: this.#users,
      cache: this.#cache,
    });
  }

  async stop(): Promise<void> {
    await this.#delta.settled();
    if (this.#users.size > 1) await this.#cache.settle(this);
    this.#stopped = true;
    this.#users.delete(this);
    await (this.#users.size === 0 ? this.#engine.close() : this.operations.interruptAll());
  }

  get #variables(): Variables {
    return this.#context.variables;
  }

  async #prepare(plan: Relation, sight?: Sight): Promise<Prepared> {
    const prepared = await this.#prepareAll([plan], sight);
    return { ...prepared, plan: prepared.plans[0]! };
  }

  #prepareAll(written: readonly Relation[], sight: Sight = {}): Promise<PreparedAll> {
    return withinStack(() => this.#analyseAll(written, sight));
  }

  async #analyseAll(
    written: readonly Relation[],
    { ignoresCache = false, variables = this.#variables }: Sight,
  ): Promise<PreparedAll> {
    this.#assertRunning();
    const plans = await Promise.all(written.map((plan) => this.#written(plan, variables)));
    const settings = engineSettings(this.configuration);
    const ask = (plan: Relation) => this.#literals(plan, variables);
    const resolution = await this.#resolver.resolve(plans, { settings, ask });
    const variable = (name: readonly string[]) => variables.find(name)?.value;
    const matching = ignoresCache ? undefined : await this.#cache.matching(this);
    const cached = (relation: Relation, plan: ResolvedRelation) =>
      matching?.(relation, () => meaningIn(settings, semanticsOf(plan, resolution.sources)));
    const leaves = { ...resolution, cached, functions: this.#functions, variable };
    const analysed = analyzeAll(plans, leaves, analysisSettings(this.configuration));
    return { plans: analysed, leaves: resolution.sources };
  }

  async #written(plan: Relation, variables: Variables): Promise<Relation> {
    const told = await explained(plan, (inner, mode) => this.explain(inner, mode));
    return this.#expanded(told, this.#names.current, variables);
  }

  /** The plan with what only the session knows: the bodies of SQL functions, constants and moments that are computed. */
  async #expanded(plan: Relation, namespace: string, variables: Variables): Promise<Relation> {
    const evaluate = (expression: Expression) => this.#evaluate(expression, variables);
    const name = (computed: Expression) => constantText(computed, (row) => this.#prepare(row, { variables }), evaluate);
    const options = sqlOptions((key, byDefault) => this.configuration.get(key, byDefault));
    const expanded = await this.#sqlFunctions.expanded(await withReadTexts(plan, options, name), namespace);
    const count = (expression: Expression) => this.#count(expression, variables);
    const text = (expression: Expression) => this.#text(expression, variables);
    return withKnownMoments(await withFoldedConstants(expanded, { count, text }), evaluate);
  }

  async #request(
    leaves: readonly Leaf[],
    plans: readonly ResolvedRelation[],
    outputs: readonly Output[],
    { signal, onProgress }: ActionOptions,
  ): Promise<RunRequest> {
    return {
      outputs,
      leaves: await listedLeaves(leaves, plans),
      functions: userFunctions,
      settings: engineSettings(this.configuration),
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    };
  }

  // What is read comes first: the plan inside an entry may read other entries.
  async #storeCached({ plans, leaves }: PreparedAll, options: ActionOptions): Promise<void> {
    const relations = new Set(plans.flatMap((plan) => [...relationsBelow(plan)]));
    for (const relation of relations) {
      if (relation.kind !== "cached") continue;
      await this.#cache.stored(relation.entry, async () => {
        const { outputs: _, ...request } = await this.#request(leaves, [relation.input], [], options);
        await this.#engine.store(relation.entry, request, relation.input);
      });
    }
  }

  async *#batches(written: Relation, prepared: Prepared, options: ActionOptions): AsyncGenerator<Batch, void, void> {
    const output: Output = { name: outputName, plan: prepared.plan, destination: { kind: "batches" } };
    const run = this.#engine.run(await this.#request(prepared.leaves, [prepared.plan], [output], options));
    yield* run.streams.get(outputName)!;
    const { observed, rows, seconds } = await run.finished;
    this.#infos.set(written, { seconds, rows: rows.get(outputName)! });
    this.#tell(observed);
  }

  writeAll(writes: readonly Write[], options: ActionOptions = {}): Promise<void> {
    return this.operations.during(options, (inner) => this.#writeAll(writes, inner));
  }

  async #writeAll(writes: readonly Write[], options: ActionOptions): Promise<void> {
    const logged = await Promise.all(writes.map((write) => loggedWrite(write, this.#context)));
    const others = writes.filter((_, index) => logged[index] === undefined);
    const planned = await Promise.all(others.map((write) => plannedWrite(write, this.#context)));
    if (others.length > 0)
      await this.#write(
        planned.filter((write) => write !== undefined),
        options,
      );
    for (const write of logged) await write?.(options);
  }

  async #write(writes: readonly FolderWrite[], options: ActionOptions, variables = this.#variables): Promise<void> {
    const prepared = await this.#prepareAll(writes.map(rowsOf), { variables });
    await this.#storeCached(prepared, options);
    const planned = writes.map((write, index) => ({ write, plan: prepared.plans[index]! }));
    const metrics = await writeFolders(
      planned,
      this.#storage,
      this.configuration.get("spark.sql.sources.partitionOverwriteMode", "static"),
      async (outputs) => {
        const request = await this.#request(prepared.leaves, prepared.plans, outputs, options);
        return this.#engine.run(request).finished;
      },
    );
    if (metrics !== undefined) this.#tell(metrics.observed);
    await this.#forgetRows(writes.map(({ folder }) => folder));
  }

  async #writeFiles(
    writes: readonly RowsToFiles[],
    options: ActionOptions,
    variables: Variables,
  ): Promise<readonly (readonly WrittenFile[])[]> {
    const prepared = await this.#prepareAll(
      writes.map(({ input }) => input),
      { variables },
    );
    await this.#storeCached(prepared, options);
    const outputs = writes.map(
      ({ request }, index): Output => ({
        name: `files ${index}`,
        plan: prepared.plans[index]!,
        destination: { kind: "files", request },
      }),
    );
    const request = await this.#request(prepared.leaves, prepared.plans, outputs, options);
    const { written, observed } = await this.#engine.run(request).finished;
    this.#tell(observed);
    await this.#forgetRows(writes.map(({ request: { folder } }) => folder));
    return outputs.map(({ name }) => written.get(name) ?? []);
  }

  async #literals(plan: Relation, variables: Variables): Promise<readonly Literal[]> {
    return literalsIn(await this.#execute(plan, {}, variables));
  }

  async #evaluate(expression: Expression, variables: Variables): Promise<Literal> {
    return (await this.#literals(rowOf(expression), variables))[0]!;
  }

  /** The value of a limit, unless the analysis of its plan will say what is wrong with it. */
  #count(expression: Expression, variables: Variables): Promise<Literal | undefined> {
    return this.#valueIf(isCountOfRows, expression, variables);
  }

  /** The text that an argument computes, unless the analysis of its plan will say what is wrong with it. */
  async #text(expression: Expression, variables: Variables): Promise<Literal | undefined> {
    const found = await this.#valueIf(isKnownText, expression, variables);
    return found?.value === null ? undefined : found;
  }

  async #valueIf(
    fits: (value: ResolvedExpression) => boolean,
    expression: Expression,
    variables: Variables,
  ): Promise<Literal | undefined> {
    const row = rowOf(expression);
    const prepared = await this.#prepare(row, { variables });
    const { plan } = prepared;
    const isFit = plan.kind === "project" && plan.columns.every(({ expression: value }) => fits(value));
    return isFit ? (await literalsIn(await this.#run(row, prepared)))[0] : undefined;
  }

  async #kept(plan: Relation, options: ActionOptions, variables: Variables): Promise<AsyncDisposable> {
    await using dropped = new AsyncDisposableStack();
    // What a statement keeps is its own: the same plan may give other rows to the next.
    this.#cache.add(plan, { owner: this, level: "MEMORY_AND_DISK", forGood: true, meaning: unshared });
    dropped.defer(() => this.#drop(this.#cache.remove(plan, this, undefined)));
    await this.#storeCached(await this.#prepare(plan, { variables }), options);
    return dropped.move();
  }

  // Rows that are kept of what was changed meanwhile would be old.
  async #forgetRows(folders?: readonly string[]): Promise<void> {
    await this.#drop(this.#cache.forget(folders));
  }

  /** What commands may ask for, while these variables are in sight. */
  #contextWith(variables: Variables): CommandContext {
    const names = this.#names;
    const context: CommandContext = {
      configuration: this.configuration,
      names,
      get catalogue() {
        return names.catalogue;
      },
      variables,
      delta: this.#delta,
      within: (inner) => this.#contextWith(inner),
      execute: (command, options) => executeCommand(command, context, options),
      run: (plan, options) => this.#execute(plan, options, variables),
      schemaOf: async (plan) => schemaOf((await this.#prepare(plan, { variables })).plan),
      analysed: (plan) => this.#prepare(plan, { variables }),
      expanded: (plan, path) => this.#sqlFunctions.expanded(plan, this.#names.current, path),
      evaluate: (expression) => this.#evaluate(expression, variables),
      literal: (value, type) => ({ kind: "literal", type, value: value === null ? null : acceptValue(value, type) }),
      collect: async (plan) => Array.fromAsync((await this.#execute(plan, {}, variables)).batches),
      registerFunction: (name, definition) => this.registerFunction(name, definition),
      checkFormat: (name, columns) => this.#engine.checkFormat(name, columns),
      write: (writes, options) => this.#write(writes, options, variables),
      writeFiles: (writes, options) => this.#writeFiles(writes, options, variables),
      keep: (plan, options) => this.#kept(plan, options, variables),
      cache: (plan, level) => this.cache(plan, level),
      uncache: (plan) => this.uncache(plan),
      uncacheAll: () => this.#drop(this.#cache.clear()),
      store: async (plan) => this.#storeCached(await this.#prepare(plan, { variables }), {}),
      forgetRows: () => this.#forgetRows(),
    };
    return context;
  }

  #tell(observed: ReadonlyMap<string, { readonly schema: StructType; readonly batch: Batch }>): void {
    for (const [name, { batch, schema }] of observed) {
      this.#listeners.get(name)?.(batch, schema);
      this.#listeners.delete(name);
    }
  }

  #assertRunning(): void {
    if (!this.#stopped) return;
    throw new AnalysisError("the session is stopped", {
      hint: "Make a new one with SparkSession.builder.getOrCreate().",
    });
  }
}

const outputName = "result";

/** The values of the first column. */
async function literalsIn({ schema, batches }: Execution): Promise<readonly Literal[]> {
  const literals = [];
  for await (const batch of batches) literals.push(...literalsOf(batch, schema.fields[0]!.type));
  return literals;
}

const isCountOfRows = (value: ResolvedExpression): boolean => value.type.kind === "int" && isFoldable(value);

const isKnownText = (value: ResolvedExpression): boolean => value.type.kind === "string" && isFoldable(value);

const unshared = async (): Promise<undefined> => undefined;

/** What an analysed plan means where expressions may depend on the session's zone. */
const meaningIn = ({ timeZone }: { readonly timeZone: string }, semantics: string): string =>
  `${timeZone} ${semantics}`;

const schemaOf = ({ output }: ResolvedRelation): StructType =>
  structType(output.map(({ name, type, nullable, metadata }) => structField(name, type, nullable, metadata)));
