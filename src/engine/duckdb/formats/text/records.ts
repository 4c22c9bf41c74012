/** The records of a file: where they end by Hadoop's rules, by a separator of the user's, or nowhere. */
import { allBytes } from "./byte-source.ts";
import { type LineChunk, lineChunks, plainRoom } from "./line-chunks.ts";

/** A record in a buffer. `position` says where in the file it begins. */
export interface RecordBytes {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
  readonly position: number;
}

/** How a file is cut into records. */
export interface RecordRules {
  /** A whole file is one record. */
  readonly multiLine: boolean;
  /** What ends a record; any line end where absent. */
  readonly lineSeparator: string | undefined;
}

const lineFeed = 10;
const carriageReturn = 13;
const byteOrderMark = [0xef, 0xbb, 0xbf];

/** Batches of the records of a file; a batch is void when the next one is asked for. */
export async function* recordBatches(
  path: string,
  { multiLine, lineSeparator }: RecordRules,
): AsyncGenerator<readonly RecordBytes[]> {
  if (multiLine) yield [await wholeFile(path)];
  else if (lineSeparator === undefined)
    for await (const chunk of lineChunks(path, plainRoom())) yield [...recordsOfChunk(chunk)];
  else yield [...separated(await wholeFile(path), new TextEncoder().encode(lineSeparator))];
}

/**
 * The records within a line: carriage returns end them too, and a file may begin with a byte order mark.
 *
 * @param bytes - where the line is
 * @param start - where it begins
 * @param end - where its line feed is
 * @param position - where in the file it begins
 */
export function* recordsOfLine(
  bytes: Uint8Array,
  start: number,
  end: number,
  position: number,
): Generator<RecordBytes> {
  let from = start + (position === 0 ? markLength(bytes, start) : 0);
  while (from < end) {
    const found = bytes.subarray(from, end).indexOf(carriageReturn);
    const stop = found >= 0 ? from + found : end;
    yield { bytes, start: from, end: stop, position: position + from - start };
    from = stop + 1;
  }
}

function* recordsOfChunk({ bytes, length, position }: LineChunk): Generator<RecordBytes> {
  for (let start = 0; start < length; ) {
    const end = bytes.indexOf(lineFeed, start);
    yield* recordsOfLine(bytes, start, end, position + start);
    start = end + 1;
  }
}

/** How many bytes of a file's beginning are a byte order mark. */
export const markLength = (bytes: Uint8Array, start: number): number =>
  byteOrderMark.every((byte, index) => bytes[start + index] === byte) ? byteOrderMark.length : 0;

async function wholeFile(path: string): Promise<RecordBytes> {
  const bytes = await allBytes(path);
  return { bytes, start: markLength(bytes, 0), end: bytes.length, position: 0 };
}

function* separated({ bytes, start, end }: RecordBytes, separator: Uint8Array): Generator<RecordBytes> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  for (let from = start; from < end; ) {
    const found = buffer.indexOf(separator, from);
    const stop = found < 0 ? end : found;
    yield { bytes, start: from, end: stop, position: from };
    from = stop + separator.length;
  }
}
