/** Files of UTF-8 written anew in another character set, compressed or not. */
import { createReadStream, createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { Charset } from "./charsets.ts";
import { codecs } from "./codecs/codecs.ts";

export interface Recoding {
  /** Absent for UTF-8. */
  readonly charset: Charset | undefined;
  /** What the names of its files end in; empty for none. */
  readonly codec: string;
  /** What stands before and after the content, where there is any. */
  readonly around?: readonly [before: string, after: string];
}

/**
 * Writes a file anew.
 *
 * @param path - a file of UTF-8
 * @param target - the other one
 */
export async function writeRecoded(path: string, target: string, { charset, codec, around }: Recoding): Promise<void> {
  const read = around === undefined ? createReadStream(path) : Readable.from(framed(createReadStream(path), around));
  const bytes = charset === undefined ? read : Readable.from(encoded(read, charset));
  const shrink = codecs[codec]?.shrink;
  await pipeline(shrink === undefined ? bytes : await shrink(bytes), createWriteStream(target, { flags: "wx" }));
}

async function* framed(
  source: AsyncIterable<Uint8Array>,
  [before, after]: readonly [string, string],
): AsyncGenerator<Uint8Array> {
  let isEmpty = true;
  for await (const bytes of source) {
    if (isEmpty) yield Buffer.from(before);
    isEmpty = false;
    yield bytes;
  }
  if (!isEmpty) yield Buffer.from(after);
}

async function* encoded(source: AsyncIterable<Uint8Array>, { encode, mark }: Charset): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  if (mark !== undefined) yield encode(mark);
  for await (const bytes of source) yield encode(decoder.decode(bytes, { stream: true }));
  yield encode(decoder.decode());
}
