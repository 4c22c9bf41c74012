/** Copies a CSV file so that DuckDB reads from the copy what Spark reads from the file. */
import { type FileHandle, open } from "node:fs/promises";
import type { StructType } from "../../../../types/data-type.ts";
import { jsonNames, jsonObject } from "../json/json-write.ts";
import type { Cell } from "../text/cell.ts";
import { type LineChunk, lineChunks, plainRoom } from "../text/line-chunks.ts";
import type { MalformedRecords } from "../text/malformed-records.ts";
import { type RecordBytes, recordsOfLine } from "../text/records.ts";
import { batchesOfFile, type Parsed, recordsIn } from "./csv-file-records.ts";
import { decoded, isRecord } from "./csv-lines.ts";
import type { CsvOptions } from "./csv-options.ts";
import type { CsvRecordReader } from "./csv-record.ts";
import { type CsvWriting, csvLine, quotedText } from "./csv-write.ts";

export interface CsvRewriting {
  readonly reader: CsvRecordReader;
  readonly options: CsvOptions;
  /** The wanted columns, under the names that they get in JSON. */
  readonly schema: StructType;
  /** All columns of the files. */
  readonly file: StructType;
  /** Where the wanted columns are among all. */
  readonly places: readonly number[];
  /** Whether the text of corrupt records is wanted. */
  readonly keepsText: boolean;
  readonly malformed: MalformedRecords;
}

/** What a copy holds. */
export interface RewrittenCsv {
  /** The rows that were written anew. */
  readonly rows: number;
  readonly longest: number;
}

/** The name of the column of corrupt records' texts in a copy. */
export const corruptName = "corrupt";

/**
 * Copies plain lines as they are and writes odd ones anew; the header is left out, and where the text of corrupt records is
 * wanted, each line has a value more.
 *
 * @param path - the file
 * @param target - the copy, which must not exist
 * @param odd - positions and lengths of the odd lines, in pairs and in order
 * @param start - where the lines behind the header begin
 * @throws MalformedStop when a record is malformed and the mode is FAILFAST
 */
export async function rewriteOddCsv(
  path: string,
  target: string,
  odd: Float64Array,
  start: number,
  rewriting: CsvRewriting,
): Promise<RewrittenCsv> {
  const copy = await CsvCopy.create(path, target, rewriting);
  try {
    let next = 0;
    for await (const chunk of lineChunks(path, plainRoom(), { start, end: Number.POSITIVE_INFINITY })) {
      let copied = 0;
      for (; next < odd.length && odd[next]! < chunk.position + chunk.length; next += 2) {
        const first = odd[next]! - chunk.position;
        copy.add(chunk, copied, first);
        copy.addLine(chunk, first, first + odd[next + 1]!);
        copied = first + odd[next + 1]! + 1;
      }
      copy.add(chunk, copied, chunk.length);
      await copy.write();
    }
  } finally {
    await copy.close();
  }
  return copy;
}

/**
 * Writes all records anew, as JSON.
 *
 * @param path - the file
 * @param target - the copy, which must not exist
 * @throws MalformedStop when a record is malformed and the mode is FAILFAST
 */
export async function rewriteAllCsv(path: string, target: string, rewriting: CsvRewriting): Promise<RewrittenCsv> {
  const copy = await JsonCopy.create(path, target, rewriting);
  const { options } = rewriting;
  try {
    let isHeader = options.header;
    for await (const batch of batchesOfFile(path, options)) {
      for (const record of batch) {
        for (const parsed of recordsIn(record, rewriting.reader, options)) {
          if (!isHeader) copy.addRecord(record, parsed);
          isHeader = false;
        }
      }
      await copy.write();
    }
  } finally {
    await copy.close();
  }
  return copy;
}

abstract class Copy implements RewrittenCsv {
  rows = 0;
  longest = 0;
  protected readonly rewriting: CsvRewriting;
  readonly #path: string;
  readonly #file: FileHandle;
  #pieces: Uint8Array[] = [];

  protected constructor(path: string, file: FileHandle, rewriting: CsvRewriting) {
    this.#path = path;
    this.#file = file;
    this.rewriting = rewriting;
  }

  addRecord(record: RecordBytes, { text, parse }: Pick<Parsed, "text" | "parse">): void {
    const { row, reason } = parse();
    if (reason !== undefined && !this.rewriting.malformed.keeps(this.#path, record, reason)) return;
    const line = Buffer.from(`${this.lineOf(row, reason === undefined ? undefined : text)}\n`);
    this.rows++;
    this.longest = Math.max(this.longest, line.length);
    this.push(line);
  }

  /** The line of a row, with the text of its record if that is corrupt. */
  protected abstract lineOf(row: readonly Cell[], corrupt: string | undefined): string;

  protected push(piece: Uint8Array): void {
    if (piece.length > 0) this.#pieces.push(piece);
  }

  /** Writes what was added; afterwards its memory may be used again. */
  async write(): Promise<void> {
    if (this.#pieces.length > 0) await this.#file.write(Buffer.concat(this.#pieces));
    this.#pieces = [];
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

class JsonCopy extends Copy {
  readonly #names: readonly string[];

  private constructor(path: string, file: FileHandle, rewriting: CsvRewriting) {
    super(path, file, rewriting);
    this.#names = jsonNames(rewriting.schema);
  }

  static async create(path: string, target: string, rewriting: CsvRewriting): Promise<JsonCopy> {
    return new JsonCopy(path, await open(target, "wx", 0o600), rewriting);
  }

  protected override lineOf(row: readonly Cell[], corrupt: string | undefined): string {
    const object = jsonObject(this.#names, this.rewriting.schema, row);
    if (corrupt === undefined || !this.rewriting.keepsText) return object;
    const member = `${JSON.stringify(corruptName)}:${JSON.stringify(corrupt.toWellFormed())}`;
    return object === "{}" ? `{${member}}` : `${object.slice(0, -1)},${member}}`;
  }
}

class CsvCopy extends Copy {
  readonly #writing: CsvWriting;

  private constructor(path: string, file: FileHandle, rewriting: CsvRewriting) {
    super(path, file, rewriting);
    const { delimiter, quote, nullValue } = rewriting.options.rules;
    this.#writing = { delimiter, quote, nullValue, schema: rewriting.file };
  }

  static async create(path: string, target: string, rewriting: CsvRewriting): Promise<CsvCopy> {
    return new CsvCopy(path, await open(target, "wx", 0o600), rewriting);
  }

  /** Adds plain lines, which may end with carriage returns. */
  add({ bytes }: LineChunk, start: number, end: number): void {
    const lines = bytes.subarray(start, end);
    this.push(this.rewriting.keepsText || lines.includes(13) ? this.#edited(lines) : lines);
  }

  /** Adds the records of an odd line. */
  addLine({ bytes, position }: LineChunk, start: number, end: number): void {
    const { reader, options } = this.rewriting;
    for (const record of recordsOfLine(bytes, start, end, position + start)) {
      const text = decoded(record.bytes.subarray(record.start, record.end));
      if (isRecord(text, options)) this.addRecord(record, { text, parse: () => reader.line(text) });
    }
  }

  /** The lines without blank ones and carriage returns, and where records' texts are wanted with an empty value more. */
  #edited(lines: Uint8Array): Uint8Array {
    const more = this.rewriting.keepsText ? this.#writing.delimiter : "";
    const text = decoded(lines).replace(/^(?:\r?\n)+/, "");
    return Buffer.from(text.replace(/(?:\r?\n)+/g, `${more}\n`));
  }

  protected override lineOf(row: readonly Cell[], corrupt: string | undefined): string {
    const { file, places, keepsText } = this.rewriting;
    const whole: Cell[] = file.fields.map(() => null);
    for (const [index, place] of places.entries()) whole[place] = row[index]!;
    const line = csvLine(whole, this.#writing);
    const { delimiter, quote } = this.#writing;
    return keepsText ? `${line}${delimiter}${corrupt === undefined ? "" : quotedText(corrupt, quote)}` : line;
  }
}
