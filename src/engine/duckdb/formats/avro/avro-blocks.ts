/** The blocks of a file of Avro: whether they are all there. The library takes a file that is cut short for one that ends. */
import { type FileHandle, open } from "node:fs/promises";

const magicBytes = 4;
const syncBytes = 16;
const chunkBytes = 64 * 1024;

/**
 * Checks that a file ends with a block's end.
 *
 * @param path - a file that begins as Avro does
 * @throws RangeError with what is wrong with it
 */
export async function checkBlocks(path: string): Promise<void> {
  await using file = await open(path);
  const reader = new Reader(file, (await file.stat()).size);
  reader.skip(magicBytes);
  for (let entries = await reader.long(); entries !== 0; entries = await reader.long()) {
    // A negative count is followed by the length of what it counts.
    if (entries < 0) reader.skip(await reader.long());
    else for (let part = 0; part < 2 * entries; part++) reader.skip(await reader.long());
  }
  reader.skip(syncBytes);
  while (!reader.isAtEnd) {
    await reader.long();
    reader.skip((await reader.long()) + syncBytes);
  }
}

/** Reads numbers, and passes over what stands between them. */
class Reader {
  readonly #file: FileHandle;
  readonly #size: number;
  readonly #chunk = Buffer.allocUnsafe(chunkBytes);
  #chunkStart = 0;
  #chunkEnd = 0;
  #position = 0;

  constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.#size = size;
  }

  get isAtEnd(): boolean {
    return this.#position === this.#size;
  }

  skip(bytes: number): void {
    this.#position += bytes;
    if (bytes < 0) throw new RangeError("the length of a block is damaged");
    if (this.#position > this.#size) throw new RangeError("it is cut short");
  }

  async long(): Promise<number> {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = await this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }

  async #byte(): Promise<number> {
    const at = this.#position;
    this.skip(1);
    if (at < this.#chunkStart || at >= this.#chunkEnd) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, chunkBytes, at);
      this.#chunkStart = at;
      this.#chunkEnd = at + bytesRead;
    }
    return this.#chunk[at - this.#chunkStart]!;
  }
}
