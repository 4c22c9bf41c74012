/** Finds the schema of JSON files from all of their records. */
import { type DataType, type StructType, stringType, structField, structType } from "../../../../types/data-type.ts";
import { sameType } from "../../../../types/same-type.ts";
import { type Learner, LearningLines } from "../text/learning-lines.ts";
import type { LineProgram } from "../text/line-kernel.ts";
import { Malformed } from "../text/malformed.ts";
import { malformedInference } from "../text/malformed-error.ts";
import { type RecordBytes, recordBatches } from "../text/records.ts";
import { JacksonTokens } from "./jackson-tokens.ts";
import type { JsonOptions } from "./json-options.ts";
import { canonicalType, compatibleRoot, typeOfValue, withField } from "./json-types.ts";
import { knownJson } from "./plain-json.ts";

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
  const lines = new LearningLines(inference);
  for (const { path } of files) {
    if (options.isStandard) await lines.read(path, signal);
    else for await (const records of recordBatches(path, options)) for (const record of records) inference.add(record);
  }
  return inference.schema();
}

class Inference implements Learner {
  #type: DataType = structType([]);
  readonly #options: JsonOptions;
  readonly #tokens: JacksonTokens;
  #isNews = true;

  constructor(options: JsonOptions) {
    this.#options = options;
    this.#tokens = new JacksonTokens(options.features);
  }

  schema(): StructType {
    const canonical = canonicalType(this.#type, this.#options.dropFieldIfAllNull);
    return canonical?.kind === "struct" ? canonical : structType([]);
  }

  // A type that the kernel cannot be told is no loss: it goes on with what it knows, and more lines are read here.
  program(): LineProgram | undefined {
    const { prefersDecimal, inferTimestamp } = this.#options;
    // The kernel does not know when texts are numbers or times: it would take them for mere text.
    if (!this.#isNews || prefersDecimal || inferTimestamp || this.#type.kind !== "struct") return undefined;
    this.#isNews = false;
    return knownJson(this.#type);
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
    if (mode === "FAILFAST") throw malformedInference(reason);
    if (mode === "PERMISSIVE") this.#meet(structType([structField(corruptColumn, stringType)]));
  }

  #meet(type: DataType): void {
    const met = compatibleRoot(this.#type, type, (struct) => this.#withCorrupt(struct));
    if (!sameType(met, this.#type)) this.#isNews = true;
    this.#type = met;
  }

  #withCorrupt(struct: StructType): StructType {
    const { mode, corruptColumn } = this.#options;
    if (mode === "FAILFAST") throw malformedInference("a record is neither an object nor an array of objects");
    return mode === "PERMISSIVE" ? withField(struct, corruptColumn) : struct;
  }
}
