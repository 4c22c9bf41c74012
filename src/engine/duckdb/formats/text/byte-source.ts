/** The bytes of a file in order, decompressed. */
import { createReadStream } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { ExecutionError, isLakewrightError } from "../../../../errors.ts";
import { codecOf, type FileCodec } from "./codecs/codecs.ts";

export interface ByteSource {
  /** Fills a part of `target` from its start; 0 at the end. */
  read(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

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
  return codec === undefined ? new PlainFile(await open(path), start) : ExpandedFile.open(path, codec, start);
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
  if (isLakewrightError(cause)) return cause;
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
