/** The records of a CSV file, whose values may span lines. */
import { type RecordBytes, recordBatches } from "../text/records.ts";
import { separatorOf } from "./csv-input.ts";
import { decoded, isRecord } from "./csv-lines.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { CsvReader, CsvRecord } from "./csv-record.ts";
import type { CsvTokenizer, Tokens } from "./csv-tokenizer.ts";

/** A record's values and the text that holds them. */
export interface FileRecord {
  readonly tokens: Tokens;
  readonly source: string;
}

/** Batches of what a file holds as records, each a line, or the whole file where only its text tells lines. */
export const batchesOfFile = (path: string, { multiLine, lineSeparator }: CsvOptions) =>
  recordBatches(path, { multiLine, lineSeparator });

/** The text of a record, without a byte order mark. */
export function textOf({ bytes, start, end, position }: RecordBytes): string {
  const text = decoded(bytes.subarray(start, end));
  return position === 0 ? text.replace(/^\ufeff/, "") : text;
}

/** The records of a text in which values may span lines. */
export const spanningRecords = (text: string, tokenizer: CsvTokenizer, options: CsvOptions): Iterable<FileRecord> =>
  tokenizer.records(text, options.lineSeparator ?? separatorOf(text));

/** A record's source, and what it gives. */
export interface Parsed {
  readonly text: string;
  readonly tokens: () => Tokens;
  readonly parse: () => CsvRecord;
}

/** The records that a part of a file holds, by a reader. */
export function* recordsIn(record: RecordBytes, reader: CsvReader, options: CsvOptions): Generator<Parsed> {
  const text = textOf(record);
  if (options.multiLine) {
    for (const { tokens, source } of spanningRecords(text, reader.tokenizer, options))
      yield { text: source, tokens: () => tokens, parse: () => reader.record(tokens) };
    return;
  }
  if (!isRecord(text, options)) return;
  yield { text, tokens: () => reader.tokenizer.line(text) ?? [], parse: () => reader.line(text) };
}

/**
 * All records of a file, its header among them.
 *
 * @param path - the file
 * @param tokenizer - by the rules of the options
 * @param options - of the CSV source
 * @throws Malformed for a record that has no values
 */
export async function* recordsOfFile(
  path: string,
  tokenizer: CsvTokenizer,
  options: CsvOptions,
): AsyncGenerator<FileRecord> {
  for await (const batch of batchesOfFile(path, options)) {
    for (const record of batch) {
      const text = textOf(record);
      if (options.multiLine) yield* spanningRecords(text, tokenizer, options);
      else if (isRecord(text, options)) yield { tokens: tokenizer.line(text) ?? [], source: text };
    }
  }
}
