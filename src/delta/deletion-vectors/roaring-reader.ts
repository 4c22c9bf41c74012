/** Reads 64-bit roaring bitmaps in the portable form: the rows that a deletion vector holds. */

/** Where the reader stands in the bytes. */
interface Cursor {
  readonly view: DataView;
  at: number;
}

const cookieWithRuns = 12347;
const cookieWithoutRuns = 12346;
/** Bitmaps with runs leave out the offsets of fewer containers than this. */
const fewestWithOffsets = 4;
/** A container with more values than this is a bitmap. */
const largestArray = 4096;
const bitmapWords = 1024;

/**
 * The values of a bitmap, ascending.
 *
 * @param bytes - how many 32-bit bitmaps, then each with the upper half of its values before it
 * @param cardinality - how many values are expected
 * @throws RangeError for bytes that are no such bitmap
 */
export function readRoaringTreemap(bytes: Uint8Array, cardinality: number): BigInt64Array {
  const cursor: Cursor = { view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), at: 0 };
  const values = new Values(cardinality);
  const count = cursor.view.getBigUint64(0, true);
  cursor.at = 8;
  for (let index = 0n; index < count; index++) {
    const high = BigInt(uint32(cursor)) << 32n;
    readBitmap(cursor, (low) => values.add(high | BigInt(low)));
  }
  return values.finish();
}

class Values {
  #values: BigInt64Array;
  #length = 0;

  constructor(expected: number) {
    this.#values = new BigInt64Array(expected);
  }

  add(value: bigint): void {
    if (this.#length === this.#values.length) throw new RangeError("the bitmap holds more rows than the log says");
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  finish(): BigInt64Array {
    if (this.#length !== this.#values.length) throw new RangeError("the bitmap holds fewer rows than the log says");
    return this.#values;
  }
}

interface Container {
  readonly high: number;
  readonly count: number;
  readonly isRun: boolean;
}

function readBitmap(cursor: Cursor, add: (value: number) => void): void {
  const containers = readHeader(cursor);
  for (const { high, count, isRun } of containers) {
    // Shifts are signed, and values are not.
    const base = high * 0x1_0000;
    if (isRun) readRuns(cursor, base, add);
    else if (count > largestArray) readWords(cursor, base, add);
    else for (let index = 0; index < count; index++) add(base + uint16(cursor));
  }
}

function readHeader(cursor: Cursor): readonly Container[] {
  const cookie = uint32(cursor);
  const hasRuns = (cookie & 0xffff) === cookieWithRuns;
  if (!hasRuns && cookie !== cookieWithoutRuns) throw new RangeError("the bytes are no roaring bitmap");
  const count = hasRuns ? (cookie >>> 16) + 1 : uint32(cursor);
  const runs = cursor.at;
  if (hasRuns) cursor.at += (count + 7) >> 3;
  const isRun = (index: number): boolean =>
    hasRuns && (cursor.view.getUint8(runs + (index >> 3)) & (1 << (index & 7))) !== 0;
  const containers = Array.from({ length: count }, (_, index) => ({
    high: uint16(cursor),
    count: uint16(cursor) + 1,
    isRun: isRun(index),
  }));
  // Containers follow each other, so that their offsets say nothing new.
  if (!hasRuns || count >= fewestWithOffsets) cursor.at += count * 4;
  return containers;
}

function readRuns(cursor: Cursor, base: number, add: (value: number) => void): void {
  const runs = uint16(cursor);
  for (let run = 0; run < runs; run++) {
    const start = uint16(cursor);
    const more = uint16(cursor);
    for (let offset = 0; offset <= more; offset++) add(base + start + offset);
  }
}

function readWords(cursor: Cursor, base: number, add: (value: number) => void): void {
  for (let word = 0; word < bitmapWords * 2; word++) {
    for (let bits = uint32(cursor); bits !== 0; bits = (bits & (bits - 1)) >>> 0)
      add(base + word * 32 + (31 - Math.clz32(bits & -bits)));
  }
}

function uint16(cursor: Cursor): number {
  const value = cursor.view.getUint16(cursor.at, true);
  cursor.at += 2;
  return value;
}

function uint32(cursor: Cursor): number {
  const value = cursor.view.getUint32(cursor.at, true);
  cursor.at += 4;
  return value;
}
