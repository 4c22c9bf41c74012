/** Finds the schema of CSV files: names from the first line and, where that is wanted, types from all lines. */
import { ExecutionError } from "../../../../errors.ts";
import {
  type DataType,
  type StructType,
  stringType,
  structField,
  structType,
  voidType,
} from "../../../../types/data-type.ts";
import { sameType } from "../../../../types/same-type.ts";
import { type Learner, LearningLines } from "../text/learning-lines.ts";
import type { LineProgram } from "../text/line-kernel.ts";
import { Malformed } from "../text/malformed.ts";
import type { RecordBytes } from "../text/records.ts";
import { recordsOfFile } from "./csv-file-records.ts";
import { decoded, firstLine, isRecord, isTelling } from "./csv-lines.ts";
import type { CsvOptions } from "./csv-options.ts";
import { CsvTokenizer, type Tokens } from "./csv-tokenizer.ts";
import { withValue } from "./csv-types.ts";
import { knownCsv } from "./plain-csv.ts";

interface File {
  readonly path: string;
  readonly size: number;
}

/**
 * Infers a schema; records that are sampled in Spark are all read here.
 *
 * @param files - the files
 * @param options - of the CSV source
 * @throws ExecutionError `MALFORMED_CSV_RECORD` for a line that has no values
 */
export async function inferCsv(files: readonly File[], options: CsvOptions, signal?: AbortSignal): Promise<StructType> {
  // As in Spark, the largest file is the first.
  const inOrder = [...files].sort((left, right) => right.size - left.size);
  const inference = await begun(inOrder, options);
  if (inference === undefined) return structType([]);
  if (!options.inferSchema) return inference.schema();
  const lines = new LearningLines(inference);
  for (const { path } of inOrder) {
    if (options.isStandard) await lines.read(path, signal);
    else await inference.addFile(path, signal);
  }
  return inference.schema();
}

/** An inference that knows the columns' names; undefined when there is no record. */
async function begun(files: readonly File[], options: CsvOptions): Promise<Inference | undefined> {
  for (const { path } of files) {
    const line = options.multiLine ? undefined : (await firstLine(path, options, isTelling)).line;
    const tokens = options.multiLine ? await firstTokens(path, options) : line && valuesOf(line, options);
    if (tokens) return new Inference(namesOf(tokens, options), line, options);
  }
  return undefined;
}

async function firstTokens(path: string, options: CsvOptions): Promise<Tokens | undefined> {
  for await (const { tokens } of recordsOfFile(path, new CsvTokenizer(options.rules), options)) return tokens;
  return undefined;
}

function valuesOf(line: string, options: CsvOptions): Tokens {
  return guarded(line, () => new CsvTokenizer(options.rules).line(line)) ?? [];
}

function namesOf(tokens: Tokens, { header, rules: { nullValue } }: CsvOptions): readonly string[] {
  if (!header) return tokens.map((_, index) => `_c${index}`);
  const lower = tokens.map((name) => name?.toLowerCase());
  return tokens.map((name, index) => {
    if (name === null || name === "" || name === nullValue) return `_c${index}`;
    return lower.indexOf(lower[index]) === lower.lastIndexOf(lower[index]) ? name : `${name}${index}`;
  });
}

class Inference implements Learner {
  readonly #names: readonly string[];
  readonly #header: string | undefined;
  readonly #options: CsvOptions;
  readonly #tokenizer: CsvTokenizer;
  readonly #types: DataType[];
  #isNews = true;

  constructor(names: readonly string[], firstLine: string | undefined, options: CsvOptions) {
    this.#names = names;
    this.#header = options.header ? firstLine : undefined;
    this.#options = options;
    this.#tokenizer = new CsvTokenizer(options.rules);
    this.#types = names.map(() => (options.inferSchema ? voidType : stringType));
  }

  schema(): StructType {
    const type = (index: number): DataType => (this.#types[index]!.kind === "void" ? stringType : this.#types[index]!);
    return structType(this.#names.map((name, index) => structField(name, type(index))));
  }

  program(): LineProgram | undefined {
    if (!this.#isNews) return undefined;
    this.#isNews = false;
    return knownCsv(this.#types, this.#options);
  }

  add({ bytes, start, end }: RecordBytes): void {
    const line = decoded(bytes.subarray(start, end));
    // Every line like the header is taken for one.
    if (line === this.#header || !isRecord(line, this.#options)) return;
    this.#meet(guarded(line, () => this.#tokenizer.line(line)) ?? []);
  }

  async addFile(path: string, signal?: AbortSignal): Promise<void> {
    let isHeader = this.#options.multiLine && this.#options.header;
    for await (const { tokens, source } of recordsOfFile(path, this.#tokenizer, this.#options)) {
      signal?.throwIfAborted();
      if (!isHeader && source !== this.#header) this.#meet(tokens);
      isHeader = false;
    }
  }

  #meet(tokens: Tokens): void {
    const count = Math.min(tokens.length, this.#types.length);
    for (let index = 0; index < count; index++) {
      const known = this.#types[index]!;
      const type = withValue(known, tokens[index]!, this.#options);
      if (sameType(type, known)) continue;
      this.#types[index] = type;
      this.#isNews = true;
    }
  }
}

function guarded<Value>(line: string, parse: () => Value): Value {
  try {
    return parse();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    throw new ExecutionError(`Malformed CSV record: ${line.slice(0, 200)}`, {
      condition: "MALFORMED_CSV_RECORD",
      sqlState: "KD000",
      parameters: { badRecord: line },
      hint: `${error.reason}. Give a schema, with which such records are read in the mode of the option "mode".`,
    });
  }
}
