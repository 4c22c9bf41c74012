/** Copies of files as the text formats can read them: decompressed, in UTF-8. */
import { open } from "node:fs/promises";
import { type ByteSource, openBytes } from "./byte-source.ts";
import type { Charset } from "./charsets.ts";

const partBytes = 1 << 20;

export interface CopyRules {
  /** What the bytes mean; absent for UTF-8, which is copied as it is. */
  readonly charset: Charset | undefined;
  /** Whether what stands before a fault is enough. */
  readonly passes: (fault: unknown) => boolean;
  /** What may end records: one that a fault cuts is left out. Empty where it is not known. */
  readonly recordEnds: readonly string[];
  readonly signal: AbortSignal | undefined;
}

/**
 * Copies a file.
 *
 * @param path - the file
 * @param target - the copy, which must not exist
 * @returns the bytes of the copy
 */
export async function copyAsUtf8(path: string, target: string, rules: CopyRules): Promise<number> {
  await using copy = await open(target, "wx", 0o600);
  const { charset, passes, recordEnds, signal } = rules;
  let size = 0;
  let wholeRecords = 0;
  try {
    for await (const part of parts(path, charset)) {
      signal?.throwIfAborted();
      await copy.write(part);
      wholeRecords = Math.max(wholeRecords, ...recordEnds.map((end) => endOfLast(end, part, size)));
      size += part.length;
    }
  } catch (error) {
    if (!passes(error)) throw error;
    if (recordEnds.length > 0) size = wholeRecords;
    await copy.truncate(size);
  }
  return size;
}

/** Where the last record of a part ends; 0 where none does. */
function endOfLast(recordEnd: string, part: Uint8Array, start: number): number {
  const found = Buffer.from(part.buffer, part.byteOffset, part.length).lastIndexOf(recordEnd);
  return found < 0 ? 0 : start + found + Buffer.byteLength(recordEnd);
}

async function* parts(path: string, charset: Charset | undefined): AsyncGenerator<Uint8Array> {
  const decode = charset?.decoder();
  for await (const bytes of chunks(path)) yield decode === undefined ? bytes : Buffer.from(decode(bytes, false));
  if (decode !== undefined) yield Buffer.from(decode(new Uint8Array(), true));
}

async function* chunks(path: string): AsyncGenerator<Uint8Array> {
  let source: ByteSource | undefined;
  try {
    source = await openBytes(path);
    const buffer = new Uint8Array(partBytes);
    for (let size = await source.read(buffer); size > 0; size = await source.read(buffer)) yield buffer.slice(0, size);
  } finally {
    await source?.close();
  }
}
