/** Everything that a plan reads made into tables that SQL can name, before the plan is compiled. */
import { InternalError, type LakewrightError } from "../../errors.ts";
import { type LeafFilters, scanFilters } from "../../plan/leaf-filters.ts";
import type { Leaf, LocalRows, ResolvedCall, ResolvedRelation, Scan, Stage } from "../../plan/resolved.ts";
import { relationsBelow } from "../../plan/resolved-walk.ts";
import type { Batch } from "../../types/batch.ts";
import type { StructType } from "../../types/data-type.ts";
import type { FunctionImplementation, RunRequest } from "../engine.ts";
import type { SmallRow } from "./batch/small-rows.ts";
import { checkTexts, type OddTexts, oddBatch, oddSchema } from "./checked-texts.ts";
import type { CheckedTexts, CompileContext } from "./compile/context.ts";
import { compileExpression, drawingIn } from "./compile/expression.ts";
import { compileRelation } from "./compile/relation.ts";
import { countedByCode } from "./counted-codes.ts";
import type { Database, Planning } from "./database.ts";
import { ErrorSites } from "./error-sites.ts";
import { faultyFileOr } from "./formats/faulty-file.ts";
import { LongRecords } from "./formats/long-records.ts";
import { momentBounds } from "./formats/moment-bounds.ts";
import { isLargeText, type ScanColumns, scanOf } from "./formats/scan-source.ts";
import { filesOf } from "./formats/source-files.ts";
import { FunctionBindings } from "./function-bindings.ts";
import { kernelSql } from "./kernels/index.ts";
import { mentionedColumns, neededColumns, summedDecimals } from "./needed-columns.ts";
import { nullColumn, renamed, schemaOf } from "./preparation-columns.ts";
import { columnName } from "./sql-text.ts";
import { runStage } from "./stage.ts";
import { cutAtStages } from "./stage-cuts.ts";
import type { StoredRows } from "./stored-rows.ts";
import { Watch } from "./watch.ts";

/** What one run has made readable; disposing of it drops temporary tables and bound functions. */
export class Preparation implements AsyncDisposable {
  readonly request: Omit<RunRequest, "outputs">;
  readonly #stageFunctions = new Map<string, FunctionImplementation>();
  readonly database: Database;
  readonly signal: AbortSignal | undefined;
  readonly functions: FunctionBindings;
  readonly context: CompileContext;
  readonly longRecords = new LongRecords();
  #readsLargeText = false;
  #isWide = false;
  readonly #sources = new Map<ResolvedRelation, string | (() => string)>();
  readonly #digits = new Map<number, number>();
  readonly #oddTexts = new Map<ResolvedCall, OddTexts>();
  readonly #cached: StoredRows;
  #watch: Watch | undefined;
  readonly #cleanups: (() => Promise<void> | void)[] = [];

  constructor(database: Database, request: Omit<RunRequest, "outputs">, cached: StoredRows) {
    this.database = database;
    this.request = request;
    this.signal = request.signal;
    this.functions = new FunctionBindings(database, request.functions, () => this.watch);
    this.#cached = cached;
    this.context = {
      timeZone: request.settings.timeZone,
      binaryStyle: request.settings.binaryOutputStyle,
      now: BigInt(Date.now()) * 1000n,
      source: (relation) => this.#source(relation),
      sites: new ErrorSites(),
      digits: (column) => this.#digits.get(column),
      scanBytes: (scan) => this.#scanBytes(scan),
      readsFiles: request.leaves.length > 0,
      compileExpression: (expression, drawing) =>
        compileExpression(expression, drawing === undefined ? this.context : drawingIn(this.context, drawing)),
      compileRelation: (relation) => compileRelation(relation, this.context),
      checkedTexts: (call) => this.#checkedTexts(call),
      userFunction: (call, args) => this.functions.sql(call, args),
      bind: (definition) => {
        const bound = this.database.trampolines.bind(definition, this.signal);
        this.onEnd(() => bound[Symbol.dispose]());
        return bound.sql;
      },
      kernel: (name, args, types) => kernelSql(this.database, name, args, types),
    };
    this.onEnd(() => this.functions[Symbol.dispose]());
  }

  /** What ends the calls of the user's functions. */
  get watch(): Watch {
    this.#watch ??= new Watch(this.signal);
    return this.#watch;
  }

  /** The plans with their stages run and every leaf readable. */
  async bind(roots: readonly ResolvedRelation[]): Promise<readonly ResolvedRelation[]> {
    const plans = roots.map((root) => {
      const { plan, functions } = cutAtStages(root, this.request.functions);
      for (const [id, implementation] of functions) this.#stageFunctions.set(id, implementation);
      return plan;
    });
    const needed = neededColumns(plans);
    const mentioned = mentionedColumns(plans);
    const summed = summedDecimals(plans);
    const filters = scanFilters(plans);
    const relations = new Set(plans.flatMap((plan) => [...relationsBelow(plan)]));
    this.#isWide ||= [...relations].some(({ output }) => output.length > wide);
    await this.#checkTexts(relations);
    const bindScan = (scan: Scan): Promise<void> =>
      this.#bindScan(scan, { needed: needed.get(scan) ?? new Set(), mentioned, summed }, filters.get(scan));
    const scans = [...relations].filter(
      (relation) => relation.kind === "scan" && !this.#sources.has(relation),
    ) as Scan[];
    await allDone(scans.filter(({ leaf }) => this.isColumnar(leaf)).map(bindScan));
    for (const relation of relations) {
      if (this.#sources.has(relation)) continue;
      if (relation.kind === "scan") await bindScan(relation);
      else if (relation.kind === "local rows") this.#bindLocal(relation);
      else if (relation.kind === "cached") this.#bindCached(relation.entry, relation);
      else if (relation.kind === "stage") await this.#bindStage(relation);
    }
    return countedByCode(plans, this);
  }

  /** Whether a leaf's files are known to be lines that DuckDB reads as Spark does. */
  isPlain({ id }: Leaf): boolean {
    return [...this.#oddTexts.values()].some(({ leaf }) => leaf === id);
  }

  /** Whether the files of a leaf hold columns, so that reading a part of them again is quick. */
  isColumnar(leaf: number): boolean {
    return this.request.leaves.find(({ id }) => id === leaf)?.format === "parquet";
  }

  /** The function of a stage. */
  stageFunction(id: string): FunctionImplementation | undefined {
    return this.#stageFunctions.get(id);
  }

  /**
   * How the bound plan is to be planned. DuckDB does not know how many rows a large text file has and would keep it in
   * memory for a join, so the joins stay as they are written where one is read. It looks for common parts of expressions by
   * hashes in which a column that is mentioned twice leaves no trace: with many columns, each is compared with each.
   */
  get planning(): Planning {
    return [
      ...(this.#readsLargeText ? (["join_order", "build_side_probe_side"] as const) : []),
      ...(this.#isWide ? (["common_subexpressions"] as const) : []),
    ];
  }

  /** The SQL of a bound plan. */
  compile(relation: ResolvedRelation): string {
    return compileRelation(relation, this.context);
  }

  /** Notes that the numbers of a column have no more than so many digits. */
  noteDigits(column: number, digits: number): void {
    this.#digits.set(column, digits);
  }

  /** Reads a relation from a table expression from now on; a function is asked at the first use. */
  bindSource(relation: ResolvedRelation, source: string | (() => string)): void {
    this.#sources.set(relation, source);
  }

  #source(relation: ResolvedRelation): string | undefined {
    const source = this.#sources.get(relation);
    if (typeof source !== "function") return source;
    const sql = source();
    this.#sources.set(relation, sql);
    return sql;
  }

  /** Runs a statement for its effect. */
  run(sql: string): Promise<void> {
    return this.#explained(() => this.database.run(sql, this.signal, this.planning));
  }

  /** The rows of a small query. */
  rows(sql: string): Promise<readonly SmallRow[]> {
    return this.#explained(() => this.database.rows(sql, this.signal, this.planning));
  }

  /** The rows of a bound plan; late ones for whoever looks at some columns only. */
  async *stream(relation: ResolvedRelation, isLate = false): AsyncGenerator<Batch, void, void> {
    const { signal, planning } = this;
    const functionFailure = (): unknown => this.functions.failure;
    try {
      yield* this.database.stream(this.compile(relation), schemaOf(relation.output), {
        signal,
        planning,
        readsFiles: this.context.readsFiles,
        functionFailure,
        isLate,
      });
    } catch (error) {
      throw await this.#explanation(error, relation);
    }
  }

  /** Makes a relation's rows a temporary table, read from now on instead of the relation. */
  async stageTable(relation: ResolvedRelation, needed: ReadonlySet<number>): Promise<void> {
    const name = this.temporaryTable();
    const columns = relation.output.map((column) =>
      needed.has(column.id) ? columnName(column.id) : nullColumn(column),
    );
    await this.run(
      `CREATE TABLE ${name} AS SELECT ${columns.join(", ") || "1 AS none"} FROM (${this.compile(relation)})`,
    );
    this.#sources.set(relation, name);
  }

  /** The name of a table that is dropped at the end. A TEMP table would be seen by one connection only. */
  temporaryTable(): string {
    tables += 1;
    const name = `staged_${tables}`;
    this.onEnd(() => this.database.run(`DROP TABLE IF EXISTS ${name}`));
    return name;
  }

  onEnd(cleanup: () => Promise<void> | void): void {
    this.#cleanups.push(cleanup);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#watch?.[Symbol.dispose]();
    for (const cleanup of this.#cleanups.reverse()) await cleanup();
  }

  async #explained<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work();
    } catch (error) {
      throw await this.#explanation(error);
    }
  }

  async #explanation(error: unknown, relation?: ResolvedRelation): Promise<unknown> {
    const told = await this.told(error, relation);
    return faultyFileOr(this.longRecords.explained(told), this.request.leaves, this.database);
  }

  /** An error of a plan with its place and with what it comes of, for which the plan may have to run once more. */
  async told(error: unknown, relation?: ResolvedRelation): Promise<unknown> {
    const { sites } = this.context;
    const needsSearch = relation !== undefined && sites.placeOf(error) === "several";
    const found = needsSearch ? await this.#searched(relation) : error;
    const known = sites.isVague(error) ? (found ?? error) : error;
    const place = sites.placeOf(found);
    if (place !== undefined && place !== "several") (known as LakewrightError).locate(place);
    return known;
  }

  /** The error of a plan whose operations tell what they do. */
  async #searched(relation: ResolvedRelation): Promise<unknown> {
    const { signal, planning } = this;
    const sql = this.context.sites.searching(() => this.compile(relation));
    try {
      for await (const _ of this.database.stream(sql, schemaOf(relation.output), { signal, planning }));
      return undefined;
    } catch (error) {
      return error;
    }
  }

  async #checkTexts(relations: ReadonlySet<ResolvedRelation>): Promise<void> {
    const { leaves, settings } = this.request;
    const found = await checkTexts(relations, leaves, settings.timeZone, this.signal);
    for (const [call, texts] of found) this.#oddTexts.set(call, texts);
  }

  #checkedTexts(call: ResolvedCall): CheckedTexts | undefined {
    const found = this.#oddTexts.get(call);
    if (found === undefined) return undefined;
    return { odd: found.texts.length === 0 ? undefined : this.#fed(oddSchema, [oddBatch(found)]) };
  }

  #scanBytes(scan: Scan): number {
    const leaf = this.request.leaves.find(({ id }) => id === scan.leaf);
    return leaf === undefined ? 0 : filesOf(leaf).reduce((bytes, { size }) => bytes + size, 0);
  }

  async #bindScan(scan: Scan, columns: Omit<ScanColumns, "bounds">, filters: LeafFilters | undefined): Promise<void> {
    const leaf = this.request.leaves.find(({ id }) => id === scan.leaf);
    if (leaf === undefined) throw new InternalError(`scan ${scan.leaf} has no leaf`);
    const bounds = momentBounds(filters, this.context.timeZone);
    this.#sources.set(scan, await this.#explained(() => scanOf(scan, leaf, { ...columns, bounds }, this)));
    this.#readsLargeText ||= isLargeText(leaf);
  }

  #bindLocal(relation: LocalRows): void {
    this.#sources.set(relation, renamed(this.#fed(schemaOf(relation.output), relation.batches), relation.output));
  }

  #fed(schema: StructType, batches: readonly Batch[]): string {
    const fed = this.database.feed.add(schema, batches, this.signal);
    this.onEnd(() => fed[Symbol.dispose]());
    return fed.sql;
  }

  #bindCached(entry: string, relation: ResolvedRelation): void {
    const table = this.#cached.read(entry);
    if (table === undefined) return;
    this.onEnd(table.end);
    this.#sources.set(relation, renamed(table.name, relation.output));
  }

  async #bindStage(stage: Stage): Promise<void> {
    this.#sources.set(stage, renamed(await runStage(stage, this), stage.output));
  }
}

/** Waits for all work, so that none goes on when the first failure is told. */
async function allDone(work: readonly Promise<void>[]): Promise<void> {
  await Promise.allSettled(work);
  await Promise.all(work);
}

/** More columns than common parts of expressions are looked for in. */
const wide = 300;

let tables = 0;
