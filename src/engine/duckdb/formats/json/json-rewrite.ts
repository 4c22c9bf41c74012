/** Copies a file of JSON records so that DuckDB reads from the copy what Spark reads from the file. */
import { type FileHandle, open } from "node:fs/promises";
import type { StructType } from "../../../../types/data-type.ts";
import { lineChunks, plainRoom } from "../text/line-chunks.ts";
import { type MalformedRecords, recordText } from "../text/malformed-records.ts";
import { type RecordBytes, type RecordRules, recordBatches, recordsOfLine } from "../text/records.ts";
import type { JsonRecord } from "./json-line.ts";
import { jsonNames, jsonObject } from "./json-write.ts";

export interface Rewriting {
  /** Reads a record as Spark does. */
  readonly read: (bytes: Uint8Array, start: number, end: number) => JsonRecord;
  /** The schema of the rows, under the names that they get in the copy. */
  readonly schema: StructType;
  /** The name under which a corrupt record's text is written, if it is wanted. */
  readonly corruptName: string | undefined;
  readonly malformed: MalformedRecords;
}

/** What a copy holds. */
export interface Rewritten {
  /** The rows that were written anew; lines that were copied are not counted. */
  readonly rows: number;
  readonly longest: number;
}

/**
 * Copies plain lines as they are and writes odd ones anew.
 *
 * @param path - the file
 * @param target - the copy, which must not exist
 * @param odd - positions and lengths of the odd lines, in pairs and in order
 * @throws MalformedStop when a record is malformed and the mode is FAILFAST
 */
export async function rewriteOddLines(
  path: string,
  target: string,
  odd: Float64Array,
  rewriting: Rewriting,
): Promise<Rewritten> {
  const copy = await Copy.create(path, target, rewriting);
  try {
    let next = 0;
    for await (const { bytes, length, position } of lineChunks(path, plainRoom())) {
      let copied = 0;
      for (; next < odd.length && odd[next]! < position + length; next += 2) {
        const start = odd[next]! - position;
        const end = start + odd[next + 1]!;
        copy.add(bytes.subarray(copied, start));
        for (const record of recordsOfLine(bytes, start, end, position + start)) copy.addRecord(record);
        copied = end + 1;
      }
      copy.add(bytes.subarray(copied, length));
      await copy.write();
    }
  } finally {
    await copy.close();
  }
  return copy;
}

/**
 * Writes all records anew.
 *
 * @param path - the file
 * @param target - the copy, which must not exist
 * @param rules - how the file is cut into records
 * @throws MalformedStop when a record is malformed and the mode is FAILFAST
 */
export async function rewriteAll(
  path: string,
  target: string,
  rules: RecordRules,
  rewriting: Rewriting,
): Promise<Rewritten> {
  const copy = await Copy.create(path, target, rewriting);
  try {
    for await (const records of recordBatches(path, rules)) {
      for (const record of records) copy.addRecord(record);
      await copy.write();
    }
  } finally {
    await copy.close();
  }
  return copy;
}

class Copy implements Rewritten {
  rows = 0;
  longest = 0;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #rewriting: Rewriting;
  readonly #names: readonly string[];
  #pieces: Uint8Array[] = [];

  private constructor(path: string, file: FileHandle, rewriting: Rewriting) {
    this.#path = path;
    this.#file = file;
    this.#rewriting = rewriting;
    this.#names = jsonNames(rewriting.schema);
  }

  static async create(path: string, target: string, rewriting: Rewriting): Promise<Copy> {
    return new Copy(path, await open(target, "wx", 0o600), rewriting);
  }

  add(lines: Uint8Array): void {
    if (lines.length > 0) this.#pieces.push(lines);
  }

  addRecord(record: RecordBytes): void {
    const { read, schema, malformed } = this.#rewriting;
    const { rows, reason } = read(record.bytes, record.start, record.end);
    if (reason !== undefined && !malformed.keeps(this.#path, record, reason)) return;
    for (const row of rows) {
      const object = jsonObject(this.#names, schema, row);
      const line = Buffer.from(`${reason === undefined ? object : this.#withCorruptText(object, record)}\n`);
      this.rows++;
      this.longest = Math.max(this.longest, line.length);
      this.#pieces.push(line);
    }
  }

  #withCorruptText(object: string, record: RecordBytes): string {
    const { corruptName } = this.#rewriting;
    if (corruptName === undefined) return object;
    const member = `${JSON.stringify(corruptName)}:${JSON.stringify(recordText(record))}`;
    return object === "{}" ? `{${member}}` : `${object.slice(0, -1)},${member}}`;
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
