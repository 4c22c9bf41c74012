/** `df.write`: rows into files. */
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { SaveMode, Write } from "../plan/command.ts";
import type { Relation } from "../plan/relation.ts";
import { callOrigin } from "./origin.ts";
import type { SessionState } from "./session-state.ts";
import {
  type AnyOptions,
  type CsvWriteOptions,
  type JsonWriteOptions,
  type KnownOption,
  type OptionValue,
  optionTexts,
  type ParquetWriteOptions,
  type SourceOptions,
  type TextWriteOptions,
  type WriteOptions,
  type WriteSettings,
  type XmlWriteOptions,
} from "./source-options.ts";

interface Settings {
  readonly format?: string;
  readonly mode: SaveMode;
  readonly partitionBy: readonly string[];
  readonly options: SourceOptions;
}

/** A write that `spark.writeAll` runs. */
export interface PlannedWrite {
  readonly command: Write;
}

/** PySpark's names of the save modes. */
export type SaveModeName = SaveMode | "errorifexists" | "default";

/**
 * Writes a DataFrame. Its methods make new writers; `save`, `json`, `csv` and `parquet` write.
 *
 * Spark: `pyspark.sql.DataFrameWriter`.
 *
 * @example
 * ```ts
 * await sales.write.mode("overwrite").partitionBy("day").parquet("out/sales");
 * ```
 */
export class DataFrameWriter {
  readonly #state: SessionState;
  readonly #input: Relation;
  readonly #settings: Settings;

  /** Programs reach it by `df.write`. */
  constructor(
    state: SessionState,
    input: Relation,
    settings: Settings = { mode: "error", partitionBy: [], options: {} },
  ) {
    this.#state = state;
    this.#input = input;
    this.#settings = settings;
  }

  /**
   * What to do when the output exists: `append`, `overwrite`, `error` (the default) or `ignore`.
   *
   * @throws AnalysisError for any other mode
   */
  mode(mode: SaveModeName): DataFrameWriter {
    return this.#with({ mode: saveMode(mode) });
  }

  /** The format that `save` writes: `json`, `csv`, `parquet`, `text`, `xml` or `avro`. */
  format(name: string): DataFrameWriter {
    return this.#with({ format: name });
  }

  /** A folder for each combination of values: `day=2025-02-01/`. */
  partitionBy(...columns: readonly string[]): DataFrameWriter {
    return this.#with({ partitionBy: columns });
  }

  /**
   * One option of the format, by its name in any case; `docs/files.md` lists them.
   *
   * @param name - a name that no format has is an error of the compiler; one that it cannot know is warned of
   */
  option<const N extends string>(name: N & KnownOption<N, "write">, value: OptionValue): DataFrameWriter {
    return this.options({ [name]: value });
  }

  /** Several options. */
  options(options: AnyOptions<"write">): DataFrameWriter {
    return this.#with({ options: { ...this.#settings.options, ...options } });
  }

  /**
   * Writes in the writer's format, or in Spark's default (Parquet).
   *
   * @param path - the folder of the output
   * @param options - `mode`, `partitionBy`, `signal` and the format's own
   */
  save(path: string, options: WriteOptions = {}): Promise<void> {
    return this.#write("save", this.#settings.format ?? null, path, options);
  }

  /** Writes JSON lines. */
  json(path: string, options: JsonWriteOptions = {}): Promise<void> {
    return this.#write("json", "json", path, options);
  }

  /** Writes CSV. */
  csv(path: string, options: CsvWriteOptions = {}): Promise<void> {
    return this.#write("csv", "csv", path, options);
  }

  /** Writes Parquet files. */
  parquet(path: string, options: ParquetWriteOptions = {}): Promise<void> {
    return this.#write("parquet", "parquet", path, options);
  }

  /** Writes the only column, a string, as lines. */
  text(path: string, options: TextWriteOptions = {}): Promise<void> {
    return this.#write("text", "text", path, options);
  }

  /**
   * Writes XML: an element for each row.
   *
   * @param path - the folder of the output
   * @param options - Spark's options of XML, of which `rowTag` has to be given
   */
  xml(path: string, options: XmlWriteOptions = {}): Promise<void> {
    return this.#write("xml", "xml", path, options);
  }

  /**
   * The write as a value, for `spark.writeAll`, which writes several outputs in one pass. Not in Spark.
   *
   * @param path - the folder of the output
   * @param options - `format`, `mode`, `partitionBy` and the format's own
   */
  to(path: string, options: WriteOptions & { readonly format?: string } = {}): PlannedWrite {
    const { format, ...others } = options;
    return { command: this.#command("to", format ?? this.#settings.format ?? null, path, others) };
  }

  /**
   * Refused: there is no catalogue of tables yet.
   *
   * @throws UnsupportedError always
   */
  insertInto(table: string): Promise<void> {
    return Promise.reject(noTables("insertInto", table));
  }

  /**
   * Refused: there is no catalogue of tables yet.
   *
   * @throws UnsupportedError always
   */
  saveAsTable(table: string): Promise<void> {
    return Promise.reject(noTables("saveAsTable", table));
  }

  #write(method: string, format: string | null, path: string, options: WriteSettings): Promise<void> {
    const { signal, ...others } = options;
    const command = this.#command(method, format, path, others);
    return this.#state.executeCommand(command, signal === undefined ? {} : { signal });
  }

  #command(method: string, format: string | null, path: string, options: WriteSettings): Write {
    const { mode, partitionBy, ...others } = options;
    const settings = this.#settings;
    return Object.freeze<Write>({
      kind: "write",
      input: this.#input,
      format,
      target: { to: "path", path },
      mode: mode === undefined ? settings.mode : saveMode(mode),
      options: optionTexts(settings.options, others as SourceOptions),
      partitionBy: partitionBy === undefined ? settings.partitionBy : [partitionBy].flat(),
      sortBy: [],
      clusterBy: [],
      ...(this.#state.recordsOrigins ? { origin: callOrigin(method) } : {}),
    });
  }

  #with(change: Partial<Settings>): DataFrameWriter {
    return new DataFrameWriter(this.#state, this.#input, { ...this.#settings, ...change });
  }
}

const modes: Readonly<Record<SaveModeName, SaveMode>> = {
  append: "append",
  overwrite: "overwrite",
  error: "error",
  errorifexists: "error",
  default: "error",
  ignore: "ignore",
};

function saveMode(name: string): SaveMode {
  const mode = Object.hasOwn(modes, name.toLowerCase()) ? modes[name.toLowerCase() as SaveModeName] : undefined;
  if (mode !== undefined) return mode;
  throw new AnalysisError(`The specified save mode "${name}" is invalid`, {
    condition: "INVALID_SAVE_MODE",
    sqlState: "42000",
    parameters: { mode: `"${name}"` },
    hint: 'Valid save modes include "append", "overwrite", "ignore", "error", "errorifexists", and "default".',
  });
}

const noTables = (method: string, table: string): UnsupportedError =>
  new UnsupportedError(`${method}('${table}') needs a catalogue of tables, which is not there yet`, {
    hint: "Write files with .parquet(path), .json(path) or .csv(path).",
  });
