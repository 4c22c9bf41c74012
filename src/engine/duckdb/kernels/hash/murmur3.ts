/** Spark's `hash`: Murmur3 of 32 bits, seed 42, with the last bytes of text mixed one by one. */
import type { Hasher } from "./hasher.ts";

const seed = 42;

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const scrambled = (word: number): number => Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
const mixed = (hash: number, word: number): number =>
  (Math.imul(rotated(hash ^ scrambled(word), 13), 5) + 0xe6546b64) | 0;

function finished(hash: number, length: number): number {
  let word = hash ^ length;
  word = Math.imul(word ^ (word >>> 16), 0x85ebca6b);
  word = Math.imul(word ^ (word >>> 13), 0xc2b2ae35);
  return word ^ (word >>> 16);
}

/**
 * The hash of values one after the other.
 *
 * Source: `Murmur3_x86_32.hashUnsafeBytes`.
 */
export class Murmur3 implements Hasher {
  /** The hash so far. */
  value = seed;

  reset(): void {
    this.value = seed;
  }

  int(value: number): void {
    this.value = finished(mixed(this.value, value), 4);
  }

  long(low: number, high: number): void {
    this.value = finished(mixed(mixed(this.value, low), high), 8);
  }

  bytes(bytes: Uint8Array, from: number, to: number): void {
    const aligned = from + ((to - from) & ~3);
    let hash = this.value;
    for (let at = from; at < aligned; at += 4) {
      hash = mixed(hash, bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24));
    }
    for (let at = aligned; at < to; at++) hash = mixed(hash, (bytes[at]! << 24) >> 24);
    this.value = finished(hash, to - from);
  }
}
