/** The bytes of a file in order, decompressed. */
import { createReadStream, readFileSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";
import { ExecutionError, isLakewrightError } from "../../../../errors.ts";
import { refusalReason } from "../../../../storage/storage-error.ts";
import { codecOf, type FileCodec } from "./codecs/codecs.ts";

export interface ByteSource {
  /** Fills a part of `target` from its start; 0 at the end. */
  read(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

/** Files up to this size are read at once: to hand one to another thread, and to wait for it, takes longer. */
export const smallSize = 64 * 1024;
/** So many of them are read before anything else has its turn. */
const smallPerTurn = 64;
let smallOpened = 0;

export const isCompressed = (path: string): boolean => codecOf(path) !== undefined;

/**
 * Opens a file.
 *
 * @param path - where it is
 * @param start - the first byte wanted, of what is decompressed
 * @throws UnsupportedError for a compression whose package is not installed
 */
export async function openBytes(path: string, start = 0): Promise<ByteSource> {
  const codec = codecOf(path);
  // A file without a byte has no rows, by whatever it should be compressed.
  if (codec !== undefined && sizeOf(path) !== 0) return ExpandedFile.open(path, codec, start);
  if (!isSmallFile(path)) return new PlainFile(await open(path), start);
  if (++smallOpened % smallPerTurn === 0) await nextTurn();
  return new SmallFile(readFileSync(path), start);
}

/**
 * The first bytes of a file.
 *
 * @param most - how many at most
 */
export async function firstBytes(path: string, most: number): Promise<Uint8Array> {
  const source = await openBytes(path);
  try {
    if (source instanceof SmallFile) return source.rest(most);
    const bytes = new Uint8Array(most);
    let filled = 0;
    for (let count = 1; count > 0 && filled < most; filled += count) count = await source.read(bytes.subarray(filled));
    return bytes.subarray(0, filled);
  } finally {
    await source.close();
  }
}

const isSmallFile = (path: string): boolean => (sizeOf(path) ?? Infinity) <= smallSize;

function sizeOf(path: string): number | undefined {
  const status = statSync(path, { throwIfNoEntry: false });
  return status?.isFile() === true ? status.size : undefined;
}

/** All bytes of a file. */
export async function allBytes(path: string): Promise<Uint8Array> {
  const source = await openBytes(path);
  try {
    if (source instanceof SmallFile) return source.rest();
    const chunks: Uint8Array[] = [];
    for (let count = 1; count > 0; ) {
      const chunk = Buffer.allocUnsafe(chunkSize);
      count = await source.read(chunk);
      chunks.push(chunk.subarray(0, count));
    }
    return Buffer.concat(chunks);
  } finally {
    await source.close();
  }
}

const chunkSize = 1 << 20;

class SmallFile implements ByteSource {
  #rest: Uint8Array;

  constructor(bytes: Uint8Array, start: number) {
    this.#rest = bytes.subarray(start);
  }

  rest(most?: number): Uint8Array {
    return this.#rest.subarray(0, most);
  }

  async read(target: Uint8Array): Promise<number> {
    const length = Math.min(target.length, this.#rest.length);
    target.set(this.#rest.subarray(0, length));
    this.#rest = this.#rest.subarray(length);
    return length;
  }

  async close(): Promise<void> {}
}

class PlainFile implements ByteSource {
  readonly #file: FileHandle;
  #position: number;

  constructor(file: FileHandle, start: number) {
    this.#file = file;
    this.#position = start;
  }

  async read(target: Uint8Array): Promise<number> {
    const { bytesRead } = await this.#file.read(target, 0, target.length, this.#position);
    this.#position += bytesRead;
    return bytesRead;
  }

  async close(): Promise<void> {
    await this.#file.close();
  }
}

class ExpandedFile implements ByteSource {
  readonly #path: string;
  readonly #end: () => void;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest: Uint8Array = new Uint8Array();
  #skipped: number;

  private constructor(path: string, chunks: AsyncIterable<Uint8Array>, start: number, end: () => void) {
    this.#path = path;
    this.#end = end;
    this.#skipped = start;
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  static async open(path: string, codec: FileCodec, start: number): Promise<ExpandedFile> {
    const stream = createReadStream(path);
    try {
      return new ExpandedFile(path, await codec.expand(stream), start, () => stream.destroy());
    } catch (error) {
      stream.destroy();
      throw unreadable(path, error);
    }
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      const next = await this.#next();
      if (next === undefined) return 0;
      this.#rest = next.subarray(this.#skipped);
      this.#skipped -= Math.min(this.#skipped, next.length);
    }
    const length = Math.min(target.length, this.#rest.length);
    target.set(this.#rest.subarray(0, length));
    this.#rest = this.#rest.subarray(length);
    return length;
  }

  async #next(): Promise<Uint8Array | undefined> {
    try {
      const { done, value } = await this.#chunks.next();
      return done === true ? undefined : value;
    } catch (error) {
      throw unreadable(this.#path, error);
    }
  }

  async close(): Promise<void> {
    this.#end();
    await this.#chunks.return?.();
  }
}

function unreadable(path: string, cause: unknown): unknown {
  if (isLakewrightError(cause) || refusalReason(cause) !== undefined) return cause;
  const { code, message } = cause as { code?: string; message: string };
  const isCut = code === "Z_BUF_ERROR" || /end of file/i.test(message);
  return new ExecutionError(
    `Encountered error while reading file ${path}: ${isCut ? "its compressed data ends too early" : "its compressed data is damaged"}`,
    {
      condition: "FAILED_READ_FILE.NO_HINT",
      sqlState: "KD001",
      parameters: { path },
      hint: isCut
        ? "The file was cut short: copy or write it again, or set ignoreCorruptFiles to take the rows before the cut."
        : "Copy or write the file again, or set ignoreCorruptFiles to take the rows before the damage.",
      cause,
    },
  );
}
