/**
 * Hadoop's framing of Snappy and LZ4: blocks of a length, each cut into chunks of a length, both of four bytes.
 */
import { UnsupportedError } from "../../../../../errors.ts";

/** Gives the bytes of a chunk, of which at most `size` are left in its block. */
export type Expand = (chunk: Uint8Array, size: number) => Uint8Array;
export type Shrink = (bytes: Uint8Array) => Uint8Array;

/** What Hadoop's writers take for a block. */
const blockBytes = 128 * 1024;

/** The bytes of all blocks. */
export async function* expandedBlocks(source: AsyncIterable<Uint8Array>, expand: Expand): AsyncGenerator<Uint8Array> {
  const input = new ByteReader(source);
  for (let size = await input.length(); size !== undefined; size = await input.length()) {
    for (let left = size; left > 0; ) {
      const chunk = await input.bytes((await input.length()) ?? 0);
      const bytes = expand(chunk, left);
      if (bytes.length === 0) throw truncated();
      left -= bytes.length;
      yield bytes;
    }
  }
}

/** The blocks of bytes. */
export async function* shrunkBlocks(source: AsyncIterable<Uint8Array>, shrink: Shrink): AsyncGenerator<Uint8Array> {
  for await (const part of source) {
    for (let start = 0; start < part.length; start += blockBytes) {
      const block = part.subarray(start, start + blockBytes);
      const chunk = shrink(block);
      const lengths = Buffer.alloc(8);
      lengths.writeUInt32BE(block.length, 0);
      lengths.writeUInt32BE(chunk.length, 4);
      yield Buffer.concat([lengths, chunk]);
    }
  }
}

const truncated = (): Error => Object.assign(new Error("unexpected end of file"), { code: "Z_BUF_ERROR" });

class ByteReader {
  readonly #source: AsyncIterator<Uint8Array>;
  #bytes: Uint8Array = new Uint8Array();

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** The next length; undefined at the end. */
  async length(): Promise<number | undefined> {
    if (!(await this.#has(1))) return undefined;
    return Buffer.from(await this.bytes(4)).readUInt32BE();
  }

  async bytes(count: number): Promise<Uint8Array> {
    if (count > maximumChunk) throw notFramed();
    if (!(await this.#has(count))) throw truncated();
    const bytes = this.#bytes.subarray(0, count);
    this.#bytes = this.#bytes.subarray(count);
    return bytes;
  }

  async #has(count: number): Promise<boolean> {
    while (this.#bytes.length < count) {
      const next = await this.#source.next();
      if (next.done === true) return false;
      this.#bytes = Buffer.concat([this.#bytes, next.value]);
    }
    return true;
  }
}

const maximumChunk = 1 << 28;

const notFramed = (): UnsupportedError =>
  new UnsupportedError("a compressed file has not the framing of Hadoop", {
    hint: "Spark writes .snappy and .lz4 in blocks of its own; other programs' files of these names are not read.",
  });
