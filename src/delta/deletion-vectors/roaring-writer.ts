/** Writes 64-bit roaring bitmaps in the portable form. */

const cookieWithoutRuns = 12346;
/** A container with more values than this is a bitmap. */
const largestArray = 4096;
const bitmapBytes = 8192;
const containerSize = 0x1_0000n;
const bitmapSize = 0x1_0000_0000n;

/**
 * The bytes of a bitmap.
 *
 * @param values - ascending, each once, none negative
 */
export function writeRoaringTreemap(values: BigInt64Array): Uint8Array {
  const bitmaps = grouped(values, bitmapSize).map(([high, lows]) => ({ high, bytes: bitmapOf(lows) }));
  const bytes = new Uint8Array(8 + bitmaps.reduce((sum, bitmap) => sum + 4 + bitmap.bytes.length, 0));
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, BigInt(bitmaps.length), true);
  let at = 8;
  for (const bitmap of bitmaps) {
    view.setUint32(at, Number(bitmap.high), true);
    bytes.set(bitmap.bytes, at + 4);
    at += 4 + bitmap.bytes.length;
  }
  return bytes;
}

/** The values by what they are a multiple of, with what is left of each. */
function grouped(values: BigInt64Array, size: bigint): readonly (readonly [high: bigint, lows: BigInt64Array])[] {
  const groups: (readonly [bigint, BigInt64Array])[] = [];
  for (let from = 0; from < values.length; ) {
    const high = values[from]! / size;
    let to = from + 1;
    while (to < values.length && values[to]! / size === high) to++;
    groups.push([high, values.subarray(from, to).map((value) => value - high * size)]);
    from = to;
  }
  return groups;
}

function bitmapOf(values: BigInt64Array): Uint8Array {
  const containers = grouped(values, containerSize).map(([high, lows]) => ({
    high: Number(high),
    count: lows.length,
    bytes: containerOf(lows),
  }));
  const header = 8 + containers.length * 8;
  const bytes = new Uint8Array(header + containers.reduce((sum, container) => sum + container.bytes.length, 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, cookieWithoutRuns, true);
  view.setUint32(4, containers.length, true);
  let at = header;
  containers.forEach((container, index) => {
    view.setUint16(8 + index * 4, container.high, true);
    view.setUint16(10 + index * 4, container.count - 1, true);
    view.setUint32(8 + containers.length * 4 + index * 4, at, true);
    bytes.set(container.bytes, at);
    at += container.bytes.length;
  });
  return bytes;
}

function containerOf(values: BigInt64Array): Uint8Array {
  if (values.length > largestArray) return bitsOf(values);
  const bytes = new Uint8Array(values.length * 2);
  const view = new DataView(bytes.buffer);
  values.forEach((value, index) => {
    view.setUint16(index * 2, Number(value), true);
  });
  return bytes;
}

function bitsOf(values: BigInt64Array): Uint8Array {
  const bytes = new Uint8Array(bitmapBytes);
  for (const value of values) {
    const bit = Number(value);
    bytes[bit >> 3]! |= 1 << (bit & 7);
  }
  return bytes;
}
