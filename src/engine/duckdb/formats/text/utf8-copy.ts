/** Copies of files as the text formats can read them: decompressed, in UTF-8. */
import { open } from "node:fs/promises";
import { isMissing } from "../../../../storage/local-file-system.ts";
import { type ByteSource, openBytes } from "./byte-source.ts";
import type { Charset } from "./charsets.ts";

const partBytes = 1 << 20;

export interface CopyRules {
  /** What the bytes mean; absent for UTF-8, which is copied as it is. */
  readonly charset: Charset | undefined;
  /** Whether a file that cannot be read to its end gives what stands before. */
  readonly keepsPart: boolean;
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
  const copy = await open(target, "wx", 0o600);
  let size = 0;
  try {
    for await (const part of parts(path, rules)) {
      rules.signal?.throwIfAborted();
      await copy.write(part);
      size += part.length;
    }
  } finally {
    await copy.close();
  }
  return size;
}

async function* parts(path: string, { charset, keepsPart }: CopyRules): AsyncGenerator<Uint8Array> {
  const decode = charset?.decoder();
  try {
    for await (const bytes of chunks(path)) yield decode === undefined ? bytes : Buffer.from(decode(bytes, false));
  } catch (error) {
    if (!keepsPart || isMissing(error)) throw error;
  }
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
