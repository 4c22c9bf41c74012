/** One run: bind, compile, execute, measure. */
import { mkdir, rm } from "node:fs/promises";
import { firstOf } from "../../cancellation.ts";
import { isLakewrightError } from "../../errors.ts";
import type { ResolvedObserve, ResolvedRelation } from "../../plan/resolved.ts";
import { relationsBelow } from "../../plan/resolved-walk.ts";
import { storageError } from "../../storage/storage-error.ts";
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import type { Output, Run, RunMetrics, RunRequest, WrittenFile } from "../engine.ts";
import { sharedRelations } from "./compile/sharing.ts";
import type { Database } from "./database.ts";
import { type Diversion, divert, findDiversion, TooManyDiverted } from "./diversion.ts";
import { divertByGroups, findGrouped } from "./grouped-diversion.ts";
import { neededColumns } from "./needed-columns.ts";
import { Preparation } from "./preparation.ts";
import { schemaOf } from "./preparation-columns.ts";
import type { StoredRows } from "./stored-rows.ts";
import { removeWritten } from "./write/file-names.ts";
import { writeFiles } from "./write/write-files.ts";

interface BoundPlans {
  readonly bound: readonly ResolvedRelation[];
  /** In which order the outputs are executed. */
  readonly order: readonly number[];
}

// What is diverted is there when the output that it is diverted from is done.
function executionOrder(outputs: number, diversion: Diversion | undefined): readonly number[] {
  const all = Array.from({ length: outputs }, (_, index) => index);
  return diversion === undefined
    ? all
    : [diversion.keeping.output, ...all.filter((index) => index !== diversion.keeping.output)];
}

// What a first attempt left behind is no output.
async function emptyFolders(outputs: readonly Output[]): Promise<void> {
  for (const { destination } of outputs) {
    if (destination.kind !== "files") continue;
    const { request } = destination;
    if (request.logged === undefined) await rm(request.folder, { recursive: true, force: true });
    else await removeWritten(request);
    await mkdir(request.folder, { recursive: true });
  }
}

/** The error of a failed run, once what it wrote beside the files of a table is gone. */
async function withoutFiles(outputs: readonly Output[], error: unknown): Promise<unknown> {
  for (const { destination } of outputs)
    if (destination.kind === "files" && destination.request.logged !== undefined)
      await removeWritten(destination.request).catch(() => undefined);
  return outputs.reduce(asWrite, error);
}

// The database says of each file that it cannot open it, whether to read or to write.
function asWrite(error: unknown, { destination }: Output): unknown {
  if (destination.kind !== "files" || !isLakewrightError(error)) return error;
  const path = String(error.parameters.path);
  const isOwn = path.startsWith(destination.request.folder) && path.includes(destination.request.writeId);
  return isOwn ? storageError(error.cause, { verb: "write", writes: true }, path) : error;
}

type Observed = Map<string, { readonly schema: StructType; readonly batch: Batch }>;

const progressInterval = 200;

/** A run of the embedded engine; it starts when a stream is read or `finished` is awaited. */
export class DuckRun implements Run {
  readonly streams: ReadonlyMap<string, AsyncIterable<Batch>>;
  readonly #request: RunRequest;
  readonly #open: () => Promise<Database>;
  readonly #cached: StoredRows;
  readonly #controller = new AbortController();
  readonly #rows = new Map<string, number>();
  readonly #written = new Map<string, readonly WrittenFile[]>();
  readonly #observed: Observed = new Map();
  readonly #started = performance.now();
  #finished: Promise<RunMetrics> | undefined;

  constructor(request: RunRequest, open: () => Promise<Database>, cached: StoredRows) {
    this.#request = request;
    this.#open = open;
    this.#cached = cached;
    const streamed = request.outputs.filter(({ destination }) => destination.kind === "batches");
    this.streams = new Map(streamed.map((output) => [output.name, this.#stream(output)]));
  }

  /** Runs the outputs that are not streams and waits for them. */
  get finished(): Promise<RunMetrics> {
    this.#finished ??= this.#finish();
    return this.#finished;
  }

  async cancel(reason?: unknown): Promise<void> {
    this.#controller.abort(reason ?? new DOMException("The run was cancelled", "AbortError"));
  }

  get #signal(): AbortSignal {
    return firstOf([this.#request.signal, this.#controller.signal]);
  }

  async *#stream(output: Output): AsyncGenerator<Batch, void, void> {
    const database = await this.#open();
    await using preparation = this.#preparation(database);
    const { bound } = await this.#bound([output], preparation, false);
    let rows = 0;
    for await (const batch of preparation.stream(bound[0]!)) {
      rows += batch.rows;
      yield batch;
    }
    this.#rows.set(output.name, rows);
  }

  async #finish(): Promise<RunMetrics> {
    const outputs = this.#request.outputs.filter(({ destination }) => destination.kind !== "batches");
    if (outputs.length > 0) await this.#withProgress(() => this.#attempted(outputs));
    return {
      seconds: (performance.now() - this.#started) / 1000,
      rows: this.#rows,
      observed: this.#observed,
      written: this.#written,
    };
  }

  async #attempted(outputs: readonly Output[]): Promise<void> {
    try {
      await this.#execute(outputs, true);
    } catch (error) {
      if (!(error instanceof TooManyDiverted)) throw await withoutFiles(outputs, error);
      await emptyFolders(outputs);
      await this.#execute(outputs, false);
    }
  }

  async #execute(outputs: readonly Output[], mayDivert: boolean): Promise<void> {
    await using preparation = this.#preparation(await this.#open());
    const plans = await this.#bound(outputs, preparation, mayDivert);
    for (const index of plans.order) {
      const plan = plans.bound[index]!;
      await this.#executeOne(outputs[index]!, plan, preparation).catch(async (error) => {
        throw await preparation.told(error, plan);
      });
    }
  }

  #preparation(database: Database): Preparation {
    return new Preparation(database, { ...this.#request, signal: this.#signal }, this.#cached);
  }

  async #executeOne(output: Output, plan: ResolvedRelation, preparation: Preparation): Promise<void> {
    const { destination, name } = output;
    const sql = preparation.compile(plan);
    if (destination.kind === "files") {
      const files = await writeFiles(plan, sql, destination.request, preparation);
      this.#written.set(name, files);
      this.#rows.set(
        name,
        files.reduce((rows, file) => rows + file.rows, 0),
      );
      return;
    }
    const [row] = await preparation.rows(`SELECT count(*) AS n FROM (${sql})`);
    this.#rows.set(name, Number(row!.n));
  }

  // What several outputs read, or one reads twice, is computed once; so is what is observed.
  async #bound(outputs: readonly Output[], preparation: Preparation, mayDivert: boolean): Promise<BoundPlans> {
    const bound = await preparation.bind(outputs.map(({ plan }) => plan));
    const observed = bound
      .flatMap((plan) => [...relationsBelow(plan)])
      .filter((relation) => relation.kind === "observe");
    const needed = neededColumns(bound);
    const shared = sharedRelations(bound, (leaf) => preparation.isColumnar(leaf));
    const diversion = mayDivert ? findDiversion(bound, shared) : undefined;
    for (const relation of shared)
      if (relation !== diversion?.shared) await preparation.stageTable(relation, needed.get(relation)!);
    if (diversion !== undefined) {
      const read = needed.get(diversion.diverted.filter)!;
      const grouped = findGrouped(diversion, bound[diversion.keeping.output]!, shared, read);
      if (grouped === undefined) divert(diversion, read, preparation);
      else await divertByGroups(grouped, preparation);
    }
    for (const relation of new Set(observed)) await this.#observe(relation, needed, preparation);
    return { bound, order: executionOrder(bound.length, diversion) };
  }

  async #observe(
    relation: ResolvedObserve,
    needed: ReadonlyMap<ResolvedRelation, ReadonlySet<number>>,
    preparation: Preparation,
  ): Promise<void> {
    if (preparation.context.source(relation.input) === undefined) {
      await preparation.stageTable(relation.input, needed.get(relation.input)!);
    }
    const output = relation.metrics.map(({ column }) => column);
    const plan: ResolvedRelation = {
      kind: "aggregate",
      input: relation.input,
      keys: [],
      aggregates: relation.metrics,
      output,
    };
    for await (const batch of preparation.stream(plan)) {
      this.#observed.set(relation.name, { schema: schemaOf(output), batch });
    }
  }

  async #withProgress(work: () => Promise<void>): Promise<void> {
    const { onProgress } = this.#request;
    if (onProgress === undefined) return work();
    const database = await this.#open();
    const timer = setInterval(() => {
      const share = database.progress();
      onProgress(share === undefined ? {} : { share });
    }, progressInterval);
    try {
      await work();
    } finally {
      clearInterval(timer);
    }
  }
}
