/** Finds the schema of JSON files from all of their records. */
import { isUtf8 } from "node:buffer";
import { ExecutionError } from "../../../../errors.ts";
import { type DataType, type StructType, stringType, structField, structType } from "../../../../types/data-type.ts";
import { sameType } from "../../../../types/same-type.ts";
import { type LineChunk, lineChunks, plainRoom, type Room } from "../text/line-chunks.ts";
import { LineKernel } from "../text/line-kernel.ts";
import { type RecordBytes, recordBatches, recordsOfLine } from "../text/records.ts";
import { Malformed } from "./jackson-bytes.ts";
import { JacksonTokens } from "./jackson-tokens.ts";
import type { JsonOptions } from "./json-options.ts";
import { canonicalType, compatibleRoot, typeOfValue, withField } from "./json-types.ts";
import { knownJson } from "./plain-json.ts";

const lineFeed = 10;
/** As much of the first lines is read before the kernel is told what was learned from them. */
const firstSlice = 16 * 1024;

/**
 * Infers a schema; records that are sampled in Spark are all read here.
 *
 * @param files - the files
 * @param options - of the JSON source
 * @throws ExecutionError `MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION` in the mode FAILFAST
 */
export async function inferJson(
  files: readonly { readonly path: string }[],
  options: JsonOptions,
  signal?: AbortSignal,
): Promise<StructType> {
  const inference = new Inference(options);
  for (const { path } of files) {
    if (options.isStandard) await inference.addLines(path, signal);
    else for await (const records of recordBatches(path, options)) for (const record of records) inference.add(record);
  }
  return inference.schema();
}

class Inference {
  #type: DataType = structType([]);
  readonly #options: JsonOptions;
  readonly #tokens: JacksonTokens;
  #kernel: LineKernel | undefined;
  #isKnown = true;

  constructor(options: JsonOptions) {
    this.#options = options;
    this.#tokens = new JacksonTokens(options.features);
    // A kernel that does not know when texts are numbers or times would take them for mere text.
    const program = options.prefersDecimal || options.inferTimestamp ? undefined : knownJson(structType([]));
    this.#kernel = program && new LineKernel(program);
  }

  schema(): StructType {
    const canonical = canonicalType(this.#type, this.#options.dropFieldIfAllNull);
    return canonical?.kind === "struct" ? canonical : structType([]);
  }

  async addLines(path: string, signal?: AbortSignal): Promise<void> {
    const room: Room = this.#kernel === undefined ? plainRoom() : (size) => this.#kernel!.room(size);
    let slice = firstSlice;
    for await (const chunk of lineChunks(path, room)) {
      signal?.throwIfAborted();
      for (let start = 0; start < chunk.length; slice *= 2) {
        const end = start + slice >= chunk.length ? chunk.length : chunk.bytes.indexOf(lineFeed, start + slice) + 1;
        this.#addSlice(chunk, start, end);
        start = end;
      }
    }
  }

  #addSlice({ bytes, position }: LineChunk, start: number, end: number): void {
    this.#tellKernel();
    const lines = bytes.subarray(start, end);
    const addLine = (at: number, length: number): void => {
      for (const record of recordsOfLine(lines, at, at + length, position + start + at)) this.add(record);
    };
    if (this.#kernel !== undefined && isUtf8(lines)) {
      this.#kernel.check(lines, lines.length, addLine);
      return;
    }
    for (let at = 0; at < lines.length; ) {
      const feed = lines.indexOf(lineFeed, at);
      addLine(at, feed - at);
      at = feed + 1;
    }
  }

  // A type that the kernel cannot be told is no loss: it goes on with what it knows, and more lines are read here.
  #tellKernel(): void {
    if (this.#isKnown || this.#kernel === undefined || this.#type.kind !== "struct") return;
    const program = knownJson(this.#type);
    if (program !== undefined) this.#kernel.load(program);
    this.#isKnown = true;
  }

  add({ bytes, start, end }: RecordBytes): void {
    this.#tokens.open(bytes, start, end);
    try {
      this.#tokens.nextToken();
      this.#meet(typeOfValue(this.#tokens, this.#options));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.#meetMalformed(error.reason);
    }
  }

  #meetMalformed(reason: string): void {
    const { mode, corruptColumn } = this.#options;
    if (mode === "FAILFAST") throw malformed(reason);
    if (mode === "PERMISSIVE") this.#meet(structType([structField(corruptColumn, stringType)]));
  }

  #meet(type: DataType): void {
    const met = compatibleRoot(this.#type, type, (struct) => this.#withCorrupt(struct));
    if (!sameType(met, this.#type)) this.#isKnown = false;
    this.#type = met;
  }

  #withCorrupt(struct: StructType): StructType {
    const { mode, corruptColumn } = this.#options;
    if (mode === "FAILFAST") throw malformed("a record is neither an object nor an array of objects");
    return mode === "PERMISSIVE" ? withField(struct, corruptColumn) : struct;
  }
}

const malformed = (reason: string): ExecutionError =>
  new ExecutionError("Malformed records are detected in schema inference. Parse Mode: FAILFAST", {
    condition: "MALFORMED_RECORD_IN_PARSING.WITHOUT_SUGGESTION",
    sqlState: "22023",
    parameters: { failFastMode: "FAILFAST" },
    hint: `${reason}. To infer a schema in spite of malformed records, set the option mode to PERMISSIVE.`,
  });
