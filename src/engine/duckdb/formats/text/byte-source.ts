/** The bytes of a file in order, decompressed. */
import { type FileHandle, open } from "node:fs/promises";
import type { Readable } from "node:stream";
import { createGunzip, createInflate, createZstdDecompress } from "node:zlib";
import { UnsupportedError } from "../../../../errors.ts";

export interface ByteSource {
  /** Fills a part of `target` from its start; 0 at the end. */
  read(target: Uint8Array): Promise<number>;
  close(): Promise<void>;
}

type Decompress = () => NodeJS.ReadWriteStream;

/** By the file name's extension, as Hadoop chooses its codecs. */
const codecs: Readonly<Record<string, Decompress | undefined>> = {
  gz: createGunzip,
  deflate: createInflate,
  zst: createZstdDecompress,
  bz2: undefined,
  snappy: undefined,
  lz4: undefined,
};

const extensionOf = (path: string): string => /\.([a-z0-9]+)$/.exec(path)?.[1] ?? "";

export const isCompressed = (path: string): boolean => Object.hasOwn(codecs, extensionOf(path));

/**
 * Opens a file.
 *
 * @param path - where it is
 * @param start - the first byte wanted, of what is decompressed
 * @throws UnsupportedError for a compression that is not read
 */
export async function openBytes(path: string, start = 0): Promise<ByteSource> {
  if (!isCompressed(path)) return new PlainFile(await open(path), start);
  const codec = codecs[extensionOf(path)];
  if (codec === undefined) {
    throw new UnsupportedError(`the compression of ${path} is not read`, {
      hint: "Files may be compressed as .gz, .zst or .deflate.",
    });
  }
  const file = await open(path);
  return new StreamBytes(file.createReadStream().pipe(codec()) as unknown as Readable, start);
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

class StreamBytes implements ByteSource {
  readonly #stream: Readable;
  readonly #chunks: AsyncIterator<Uint8Array>;
  #rest = new Uint8Array();
  #skipped: number;

  constructor(stream: Readable, start: number) {
    this.#stream = stream;
    this.#skipped = start;
    this.#chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  }

  async read(target: Uint8Array): Promise<number> {
    while (this.#rest.length === 0) {
      const next = await this.#chunks.next();
      if (next.done === true) return 0;
      this.#rest = new Uint8Array(next.value).subarray(this.#skipped);
      this.#skipped -= Math.min(this.#skipped, next.value.length);
    }
    const length = Math.min(target.length, this.#rest.length);
    target.set(this.#rest.subarray(0, length));
    this.#rest = this.#rest.subarray(length);
    return length;
  }

  async close(): Promise<void> {
    this.#stream.destroy();
  }
}
