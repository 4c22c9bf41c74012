/** A file, or a part of one, cut into chunks of whole lines. */
import { type ByteSource, openBytes } from "./byte-source.ts";

/** Lines, each with its line feed; the file's last line gets one if it has none. */
export interface LineChunk {
  readonly bytes: Uint8Array;
  readonly length: number;
  /** Where in the file the chunk begins. */
  readonly position: number;
}

/** Memory for at least so many bytes, with what stood there before. */
export type Room = (size: number) => Uint8Array;

/** The part of a file in which a line must begin to be read. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

const lineFeed = 10;
const chunkSize = 1 << 20;

/** Memory of its own for chunks that no kernel reads. */
export function plainRoom(): Room {
  let bytes = new Uint8Array();
  return (size) => {
    if (bytes.length < size) {
      const larger = new Uint8Array(size);
      larger.set(bytes);
      bytes = larger;
    }
    return bytes;
  };
}

/**
 * The lines that begin in a range of a file.
 *
 * @param path - the file
 * @param range - all of the file where absent
 * @param room - where the chunks stand, each in place of the one before
 */
export async function* lineChunks(
  path: string,
  room: Room,
  range: Range = { start: 0, end: Number.POSITIVE_INFINITY },
): AsyncGenerator<LineChunk> {
  // The byte before the range tells whether a line begins with it.
  const source = await openBytes(path, Math.max(range.start - 1, 0));
  try {
    yield* range.start === 0 ? chunksOf(source, room, 0, range.end) : afterFirstLine(source, room, range);
  } finally {
    await source.close();
  }
}

async function* afterFirstLine(source: ByteSource, room: Room, { start, end }: Range): AsyncGenerator<LineChunk> {
  let isInside = false;
  for await (const { bytes, length, position } of chunksOf(source, room, start - 1, end)) {
    const skipped = isInside ? 0 : bytes.indexOf(lineFeed) + 1;
    isInside = true;
    if (skipped < length && position + skipped < end) {
      yield { bytes: bytes.subarray(skipped), length: length - skipped, position: position + skipped };
    }
  }
}

async function* chunksOf(source: ByteSource, room: Room, start: number, end: number): AsyncGenerator<LineChunk> {
  let bytes = room(chunkSize);
  let filled = 0;
  for (let position = start; position < end; ) {
    const count = await source.read(bytes.subarray(filled, bytes.length - 1));
    if (count === 0 && filled === 0) return;
    if (count === 0) bytes[filled] = lineFeed;
    filled += Math.max(count, 1);
    const length = wholeLines(bytes, filled, end - position);
    if (length > 0) {
      yield { bytes, length, position };
      if (count === 0) return;
      bytes.copyWithin(0, length, filled);
      filled -= length;
      position += length;
    } else if (filled >= bytes.length - 1) bytes = room(bytes.length * 2);
  }
}

/** How many bytes the whole lines take that begin before `limit`. */
function wholeLines(bytes: Uint8Array, filled: number, limit: number): number {
  const last = limit < filled ? bytes.indexOf(lineFeed, Math.max(limit - 1, 0)) : -1;
  return (last >= 0 && last < filled ? last : bytes.lastIndexOf(lineFeed, filled - 1)) + 1;
}
