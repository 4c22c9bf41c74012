/** Theta sketches as bytes: the compact forms of DataSketches. */

import { emptySketch, type HashSketch, isEstimated, unbounded } from "./hash-sketch.ts";
import { type ByteReader, bytesOf, seedHash } from "./sketch-bytes.ts";

/** The number of theta sketches among those of the library. */
export const thetaFamily = 3;
const plainVersion = 3;
const packedVersion = 4;
const emptyFlags = 0x1e;
const orderedFlags = 0x1a;
const singleFlag = 0x20;
const emptyFlag = 0x04;

/** The bytes of a sketch; several hashes are packed as differences of as few bits as they need. */
export function writeTheta(sketch: HashSketch): Uint8Array {
  const hashes = [...sketch.entries.keys()];
  const estimated = isEstimated(sketch);
  if (hashes.length === 0 && !estimated) return Uint8Array.of(1, plainVersion, thetaFamily, 0, 0, emptyFlags, 0, 0);
  if (hashes.length === 1 && !estimated)
    return bytesOf([1, plainVersion, thetaFamily, 0, 0, orderedFlags | singleFlag, ...seedHash], hashes);
  if (hashes.length === 0) {
    const count = [0, 0, 0, 0, 0, 0, 0x80, 0x3f];
    return bytesOf([3, plainVersion, thetaFamily, 0, 0, orderedFlags, ...seedHash, ...count], [sketch.theta]);
  }
  return packed(sketch, hashes, estimated);
}

function packed(sketch: HashSketch, hashes: readonly bigint[], estimated: boolean): Uint8Array {
  const deltas = hashes.map((hash, index) => hash - (hashes[index - 1] ?? 0n));
  const bits = deltas.reduce((all, delta) => all | delta, 0n).toString(2).length;
  const count = lowBytes(hashes.length);
  const head = [estimated ? 2 : 1, packedVersion, thetaFamily, bits, count.length, orderedFlags, ...seedHash];
  const start = bytesOf(head, estimated ? [sketch.theta] : []);
  const blocks: number[] = [];
  for (let at = 0; at < deltas.length; at += 8) blocks.push(...block(deltas.slice(at, at + 8), bits));
  return Uint8Array.from([...start, ...count, ...blocks]);
}

const lowBytes = (value: number): readonly number[] => (value === 0 ? [] : [value & 0xff, ...lowBytes(value >>> 8)]);

/** Up to eight numbers bit by bit, the highest first. */
function block(deltas: readonly bigint[], bits: number): readonly number[] {
  const size = Math.ceil((deltas.length * bits) / 8);
  const joined = deltas.reduce((all, delta) => (all << BigInt(bits)) | delta, 0n);
  const padded = joined << BigInt(size * 8 - deltas.length * bits);
  return [...Buffer.from(padded.toString(16).padStart(size * 2, "0"), "hex")];
}

/** The sketch that bytes hold; undefined where they are none. */
export function readTheta(reader: ByteReader): HashSketch | undefined {
  const [longs, version, , bits, countBytes, flags] = reader.head;
  if ((flags! & emptyFlag) !== 0) return emptySketch;
  if (version === packedVersion) return readPacked(reader, longs!, bits!, countBytes!);
  if (version !== plainVersion) return undefined;
  if (longs === 1) return { isEmpty: false, theta: unbounded, entries: entriesOf([reader.long(8)]) };
  const theta = longs! > 2 ? reader.long(16) : unbounded;
  const hashes = Array.from({ length: reader.int(8) }, (_, index) => reader.long(longs! * 8 + index * 8));
  return { isEmpty: false, theta, entries: entriesOf(hashes.sort((left, right) => (left < right ? -1 : 1))) };
}

const entriesOf = (hashes: readonly bigint[]): ReadonlyMap<bigint, number> => new Map(hashes.map((hash) => [hash, 0]));

function readPacked(reader: ByteReader, longs: number, bits: number, countBytes: number): HashSketch {
  const theta = longs > 1 ? reader.long(8) : unbounded;
  const count = Array.from({ length: countBytes }, (_, index) => reader.byte(longs * 8 + index) * 256 ** index);
  const length = count.reduce((all, part) => all + part, 0);
  const hashes: bigint[] = [];
  let at = longs * 8 + countBytes;
  for (let left = length; left > 0; left -= 8) {
    const deltas = unpacked(reader, at, Math.min(left, 8), bits);
    for (const delta of deltas) hashes.push((hashes.at(-1) ?? 0n) + delta);
    at += bits;
  }
  return { isEmpty: false, theta, entries: entriesOf(hashes) };
}

function unpacked(reader: ByteReader, at: number, count: number, bits: number): readonly bigint[] {
  const size = Math.ceil((count * bits) / 8);
  const joined = reader.bits(at, size) >> BigInt(size * 8 - count * bits);
  const mask = (1n << BigInt(bits)) - 1n;
  return Array.from({ length: count }, (_, index) => (joined >> BigInt((count - 1 - index) * bits)) & mask);
}
