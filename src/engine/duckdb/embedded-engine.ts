/** The embedded engine: plans compiled to DuckDB SQL and run in this process. */
import { AnalysisError } from "../../errors.ts";
import type { Read } from "../../plan/relation.ts";
import type { ResolvedRelation } from "../../plan/resolved.ts";
import type { Storage } from "../../storage/storage.ts";
import { createTemporaryFolder, type TemporaryFolder } from "../../storage/temporary-folder.ts";
import type { StructField } from "../../types/data-type.ts";
import type { Engine, EngineSettings, Run, RunRequest, SourceDescription } from "../engine.ts";
import { fedColumn } from "./batch/feed.ts";
import { Database, type DatabaseOptions } from "./database.ts";
import { describeSource } from "./formats/describe.ts";
import { fileFormat } from "./formats/index.ts";
import { placeOutputs } from "./placement/place-outputs.ts";
import { Preparation } from "./preparation.ts";
import { DuckRun } from "./run.ts";
import { columnName } from "./sql-text.ts";
import { StoredRows } from "./stored-rows.ts";
import { unsupportedType } from "./write/check-columns.ts";
import { outputFormat } from "./write/formats.ts";

export interface EmbeddedEngineOptions extends DatabaseOptions {
  readonly storage: Storage;
}

interface Opened {
  readonly database: Database;
  readonly spill: TemporaryFolder;
}

export class EmbeddedEngine implements Engine {
  readonly name = "duckdb";
  readonly #options: EmbeddedEngineOptions;
  readonly #cached = new StoredRows(async (table) => (await this.#open()).run(`DROP TABLE IF EXISTS ${table}`));
  #opened: Promise<Opened> | undefined;
  #closed = false;

  constructor(options: EmbeddedEngineOptions) {
    this.#options = options;
  }

  checkFormat(name: string, columns: readonly StructField[]): void {
    fileFormat(name);
    const format = outputFormat(name);
    for (const column of columns) if (!format.holds(column.type)) throw unsupportedType(column, format);
  }

  async describe(read: Read, settings: EngineSettings): Promise<SourceDescription> {
    const database = this.#open();
    // Whoever needs it first is told why it cannot be opened.
    database.catch(() => {});
    return describeSource(read, settings, this.#options.storage, database);
  }

  run(request: RunRequest): Run {
    return new DuckRun({ ...request, outputs: placeOutputs(request.outputs) }, () => this.#open(), this.#cached);
  }

  async explain(request: Omit<RunRequest, "outputs">, plan: ResolvedRelation, analyze: boolean): Promise<string> {
    const database = await this.#open();
    await using preparation = new Preparation(database, request, this.#cached);
    const [bound] = await preparation.bind([plan]);
    const rows = await preparation.rows(`EXPLAIN ${analyze ? "ANALYZE " : ""}${preparation.compile(bound!)}`);
    return rows.map((row) => String(row.explain_value)).join("\n");
  }

  async store(entry: string, request: Omit<RunRequest, "outputs">, plan: ResolvedRelation): Promise<void> {
    const database = await this.#open();
    await using preparation = new Preparation(database, request, this.#cached);
    const [bound] = await preparation.bind([plan]);
    const columns = bound!.output.map(({ id }, index) => `${columnName(id)} AS ${fedColumn(index)}`);
    const select = columns.length === 0 ? "1 AS none" : columns.join(", ");
    const rows = `SELECT ${select} FROM (${preparation.compile(bound!)})`;
    await this.#cached.store(entry, (table) => preparation.run(`CREATE TABLE ${table} AS ${rows}`));
  }

  async drop(entry: string): Promise<void> {
    await this.#cached.drop(entry);
  }

  async close(): Promise<void> {
    this.#closed = true;
    // One that could not be opened has nothing to close.
    const opened = await this.#opened?.catch(() => undefined);
    this.#opened = undefined;
    await opened?.database.close();
    await opened?.spill.remove();
  }

  // The instance is opened by the first use: a session that only builds plans costs nothing.
  async #open(): Promise<Database> {
    if (this.#closed)
      throw new AnalysisError("the session is stopped", {
        hint: "Make a new one with SparkSession.builder.getOrCreate().",
      });
    this.#opened ??= this.#opening();
    return (await this.#opened).database;
  }

  async #opening(): Promise<Opened> {
    const spill = await createTemporaryFolder(this.#options.temporaryFolder);
    try {
      return { database: await Database.open({ ...this.#options, temporaryFolder: spill.path }), spill };
    } catch (error) {
      await spill.remove();
      throw error;
    }
  }
}
