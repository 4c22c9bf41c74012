/** Tuple sketches as bytes: hashes with a number each, and what becomes of two numbers of one hash. */
import { type Combine, emptySketch, type HashSketch, isEstimated, unbounded } from "./hash-sketch.ts";
import { type ByteReader, bytesOf, seedHash } from "./sketch-bytes.ts";

const family = 9;
const version = 3;
const compactFlags = 0x0a;
const emptyFlag = 0x04;

/** The type of the numbers. */
export type SummaryType = "double" | "integer";

/** What becomes of two numbers of one hash, by name, in the order of their codes. */
export const modes = {
  sum: (left, right) => left + right,
  min: Math.min,
  max: Math.max,
  alwaysone: () => 1,
} as const satisfies Readonly<Record<string, Combine>>;

export type Mode = keyof typeof modes;

const summaryBytes = { double: 8, integer: 4 } as const satisfies Record<SummaryType, number>;

/** The bytes of a sketch. */
export function writeTuple(sketch: HashSketch, type: SummaryType, mode: Mode, nominal: number): Uint8Array {
  const head = (longs: number, flags: number): readonly number[] => [longs, version, family, 1, 0, flags, ...seedHash];
  if (sketch.isEmpty) return Uint8Array.from(head(1, compactFlags | emptyFlag));
  const entries = inTable([...sketch.entries], nominal);
  const estimated = isEstimated(sketch);
  const isSingle = entries.length === 1 && !estimated;
  const count = [BigInt(entries.length), ...(estimated ? [sketch.theta] : [])];
  const start = isSingle
    ? Uint8Array.from(head(1, compactFlags))
    : bytesOf(head(estimated ? 3 : 2, compactFlags), count);
  const size = 8 + summaryBytes[type] + 1;
  const bytes = new Uint8Array(start.length + entries.length * size);
  bytes.set(start);
  const view = new DataView(bytes.buffer);
  entries.forEach(([hash, summary], index) => {
    const at = start.length + index * size;
    view.setBigUint64(at, hash, true);
    if (type === "double") view.setFloat64(at + 8, summary, true);
    else view.setInt32(at + 8, summary, true);
    view.setUint8(at + size - 1, Object.keys(modes).indexOf(mode));
  });
  return bytes;
}

type Entry = readonly [bigint, number];

const growth = 3;
const leastBits = 5;

/** In the order of the places of a table of hashes, which grows eightfold when it is half full. */
function inTable(entries: readonly Entry[], nominal: number): readonly Entry[] {
  const most = Math.log2(nominal) + 1;
  let bits = leastBits + ((most - leastBits) % growth);
  while (bits < most && entries.length > 2 ** (bits - 1)) bits += growth;
  const place = (hash: bigint): number => Number(BigInt.asUintN(bits, hash));
  return entries.toSorted(([left], [right]) => place(left) - place(right));
}

/** The sketch that bytes hold; undefined where they are none with numbers of the type. */
export function readTuple(reader: ByteReader, type: SummaryType): HashSketch | undefined {
  const [longs, found, familyFound, , , flags] = reader.head;
  if (found !== version || familyFound !== family) return undefined;
  if ((flags! & emptyFlag) !== 0) return emptySketch;
  const count = longs === 1 ? 1 : reader.int(8);
  const theta = longs! > 2 ? reader.long(16) : unbounded;
  const size = 8 + summaryBytes[type] + 1;
  if (reader.view.byteLength !== longs! * 8 + count * size) return undefined;
  const entries = Array.from({ length: count }, (_, index) => {
    const at = longs! * 8 + index * size;
    return [reader.long(at), type === "double" ? reader.view.getFloat64(at + 8, true) : reader.int(at + 8)] as const;
  });
  return { isEmpty: false, theta, entries: new Map(entries.sort(([left], [right]) => (left < right ? -1 : 1))) };
}
