/** Whether files are lines that DuckDB's reader takes as Spark's does. */
import { isUtf8 } from "node:buffer";
import type { SourceFile } from "../format.ts";
import { isCompressed, openBytes } from "./byte-source.ts";

const chunkBytes = 4 * 1024 * 1024;
const lineFeed = 10;

/**
 * Whether every file is UTF-8 with lines of moderate length that end at line feeds only, none of them empty.
 *
 * @param signal - ends the check with its reason
 */
export async function arePlainLines(files: readonly SourceFile[], signal: AbortSignal | undefined): Promise<boolean> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (const { path } of files) if (isCompressed(path) || !(await isPlainFile(path, buffer, signal))) return false;
  return true;
}

async function isPlainFile(path: string, buffer: Buffer, signal: AbortSignal | undefined): Promise<boolean> {
  const source = await openBytes(path);
  try {
    for (let kept = 0; ; ) {
      signal?.throwIfAborted();
      const count = await source.read(buffer.subarray(kept));
      const filled = kept + count;
      if (filled === 0) return true;
      const end = count === 0 ? filled : buffer.lastIndexOf(lineFeed, filled - 1) + 1;
      const isTooLong = end === 0 && filled === buffer.length;
      if (isTooLong || !isPlainChunk(buffer.subarray(0, end))) return false;
      buffer.copyWithin(0, end, filled);
      kept = filled - end;
    }
  } finally {
    await source.close();
  }
}

const emptyLine = Buffer.from("\n\n");

const isPlainChunk = (bytes: Buffer): boolean =>
  bytes[0] !== lineFeed && !bytes.includes(emptyLine) && arePlainBytes(bytes) && !hasLongLine(bytes);

/** Whether bytes are UTF-8 without what the reader takes for a line end, a delimiter or a null. */
export const arePlainBytes = (bytes: Buffer): boolean =>
  // Control characters below tab are what the reader is given as a delimiter; they and carriage returns are rare.
  !bytes.includes("\r") &&
  isUtf8(bytes) &&
  !bytes.includes("\u0001\u0002\u0003\u0004") &&
  !bytes.includes("\u0005\u0006\u0007");

const longest = 1_500_000;

/** Whether the reader takes lines of so many bytes. */
export const isModerateLine = (length: number): boolean => length <= longest;

function hasLongLine(bytes: Buffer): boolean {
  for (let at = 0; at + longest < bytes.length; ) {
    const last = bytes.lastIndexOf(lineFeed, at + longest);
    if (last < at) return true;
    at = last + 1;
  }
  return false;
}
