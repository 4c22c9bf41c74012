/** Files of Avro: what their headers say, and their blocks as bytes. */
import { type FileHandle, open } from "node:fs/promises";

const magic = Buffer.from("Obj\u0001", "latin1");
const syncBytes = 16;
const chunkBytes = 64 * 1024;

/** Some records, one after the other, compressed together. */
export interface AvroBlock {
  readonly records: number;
  readonly bytes: Buffer;
}

/** What a file says of itself. */
export interface AvroHeader {
  /** Of its records, in JSON. */
  readonly schema: string;
  /** Avro's name of what its blocks are compressed by. */
  readonly codec: string;
}

/**
 * What a file says of itself.
 *
 * @throws RangeError with what is wrong with it
 */
export async function avroHeader(path: string): Promise<AvroHeader> {
  await using file = await open(path);
  return await headerOf(await Reader.of(file));
}

/**
 * The blocks of a file in order, as far as they are whole.
 *
 * @throws RangeError with what is wrong with the next one
 */
export async function* avroBlocks(path: string): AsyncGenerator<AvroBlock> {
  await using file = await open(path);
  const reader = await Reader.of(file);
  const { sync } = await headerOf(reader);
  while (!reader.isAtEnd) {
    const records = await reader.long();
    const bytes = await reader.bytes(await reader.long());
    if (!sync.equals(await reader.bytes(syncBytes))) throw new RangeError("a block does not end as it should");
    yield { records, bytes };
  }
}

async function headerOf(reader: Reader): Promise<AvroHeader & { readonly sync: Buffer }> {
  if (reader.size < magic.length || !magic.equals(await reader.bytes(magic.length)))
    throw new RangeError("it is not a file of Avro");
  const entries = new Map<string, string>();
  for (let count = await reader.long(); count !== 0; count = await reader.long()) {
    // A negative count is followed by the length of what it counts.
    if (count < 0) await reader.long();
    for (let left = Math.abs(count); left > 0; left--) entries.set(await reader.text(), await reader.text());
  }
  const schema = entries.get("avro.schema");
  if (schema === undefined || !isJson(schema)) throw new RangeError("its schema is damaged");
  return { schema, codec: entries.get("avro.codec") ?? "null", sync: await reader.bytes(syncBytes) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Reads numbers and bytes, one after the other. */
class Reader {
  readonly size: number;
  readonly #file: FileHandle;
  #chunk = Buffer.allocUnsafe(chunkBytes);
  #chunkStart = 0;
  #chunkEnd = 0;
  #position = 0;

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  static async of(file: FileHandle): Promise<Reader> {
    return new Reader(file, (await file.stat()).size);
  }

  get isAtEnd(): boolean {
    return this.#position === this.size;
  }

  async text(): Promise<string> {
    return (await this.bytes(await this.long())).toString();
  }

  async bytes(length: number): Promise<Buffer> {
    const start = this.#position;
    this.#skip(length);
    const bytes = Buffer.allocUnsafe(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length, start);
    if (bytesRead < length) throw new RangeError("it is cut short");
    return bytes;
  }

  async long(): Promise<number> {
    let value = 0;
    for (let factor = 1; ; factor *= 128) {
      const byte = await this.#byte();
      value += (byte & 127) * factor;
      if (byte < 128) return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
    }
  }

  #skip(bytes: number): void {
    this.#position += bytes;
    if (bytes < 0) throw new RangeError("the length of a block is damaged");
    if (this.#position > this.size) throw new RangeError("it is cut short");
  }

  async #byte(): Promise<number> {
    const at = this.#position;
    this.#skip(1);
    if (at < this.#chunkStart || at >= this.#chunkEnd) {
      const { bytesRead } = await this.#file.read(this.#chunk, 0, chunkBytes, at);
      this.#chunkStart = at;
      this.#chunkEnd = at + bytesRead;
    }
    return this.#chunk[at - this.#chunkStart]!;
  }
}
