/** CSV values as variants. */

import type { VariantNode } from "../../../../types/variant-node.ts";
import { wellFormed } from "../../../../types/well-formed.ts";
import { Malformed } from "../text/malformed.ts";
import { booleanNode, decimalNode, longNode, nullNode, objectNode, storedVariant } from "../text/variant-text.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { CsvReader, CsvRecord } from "./csv-record.ts";
import { CsvTokenizer, type Tokens } from "./csv-tokenizer.ts";
import { inferredDate } from "./csv-types.ts";

type Read = (token: string) => VariantNode;
type Attempt = (token: string, options: CsvOptions) => VariantNode | undefined;

const dateNode: Attempt = (token, options) => {
  const value = options.preferDate ? inferredDate(token, options) : undefined;
  return value === undefined ? undefined : { kind: "date", value };
};

const timestampNode: Attempt = (token, { temporal }) => {
  const value = temporal.timestamp(token);
  return value === undefined ? undefined : { kind: "timestamp", value };
};

const attempts: readonly Attempt[] = [longNode, decimalNode, dateNode, timestampNode, booleanNode];

/**
 * A reader of one column's values. As in Spark a value decides for those that follow in its file: what was a decimal once
 * is never a long again, and what was a text remains one.
 */
export function variantReader(options: CsvOptions): Read {
  let first = 0;
  return (token) => {
    for (; first < attempts.length; first++) {
      const node = attempts[first]!(token, options);
      if (node !== undefined) return node;
    }
    return { kind: "string", value: wellFormed(token) };
  };
}

/** Reads each record of a file as one variant: an object by the names of the header, or of `_c0`, `_c1`, …. */
export class CsvVariantReader implements CsvReader {
  readonly tokenizer: CsvTokenizer;
  readonly #options: CsvOptions;
  readonly #readers: Read[] = [];
  #names: Tokens | undefined;

  constructor(options: CsvOptions) {
    this.#options = options;
    this.tokenizer = new CsvTokenizer(options.rules);
  }

  /** Takes the names of the header. */
  header(tokens: Tokens): void {
    this.#names = tokens;
  }

  line(text: string): CsvRecord {
    try {
      return this.record(this.tokenizer.line(text));
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { row: [null], reason: error.reason };
    }
  }

  record(tokens: Tokens | undefined): CsvRecord {
    if (tokens === undefined) return { row: [null], reason: "the record has no values" };
    const expected = this.#names?.length ?? tokens.length;
    const fields = tokens
      .slice(0, expected)
      .map((token, index) => [this.#name(index), this.#node(token, index)] as const);
    try {
      const row = [storedVariant(objectNode(fields))];
      if (tokens.length === expected) return { row, reason: undefined };
      return { row, reason: `the record has ${tokens.length} values where ${expected} are expected` };
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      return { row: [null], reason: error.reason };
    }
  }

  #name(index: number): string {
    return this.#names === undefined ? `_c${index}` : wellFormed(this.#names[index] ?? "");
  }

  #node(token: string | null, index: number): VariantNode {
    if (token === null || token === this.#options.rules.nullValue) return nullNode;
    this.#readers[index] ??= variantReader(this.#options);
    return this.#readers[index](token);
  }
}
