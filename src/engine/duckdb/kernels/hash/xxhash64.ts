/** Spark's `xxhash64`: xxHash of 64 bits, seed 42. */
import type { Hasher } from "./hasher.ts";
import { Word, word } from "./word.ts";

const seed = word(42n);
const prime1 = word(0x9e3779b185ebca87n);
const prime2 = word(0xc2b2ae3d27d4eb4fn);
const prime3 = word(0x165667b19e3779f9n);
const prime4 = word(0x85ebca77c2b2ae63n);
const prime5 = word(0x27d4eb2f165667c5n);
const minusPrime1 = word(-0x9e3779b185ebca87n);

/**
 * The hash of values one after the other.
 *
 * Source: `XXH64`.
 */
export class XxHash64 implements Hasher {
  readonly #value = new Word().copy(seed);
  readonly #input = new Word();
  readonly #lanes = [new Word(), new Word(), new Word(), new Word()] as const;

  reset(): void {
    this.#value.copy(seed);
  }

  /** The halves of the hash so far. */
  get high(): number {
    return this.#value.high;
  }

  get low(): number {
    return this.#value.low;
  }

  int(value: number): void {
    this.#begin(4);
    this.#mixInt(value);
    this.#finish();
  }

  long(low: number, high: number): void {
    this.#begin(8);
    this.#mixLong(high, low);
    this.#finish();
  }

  bytes(bytes: Uint8Array, from: number, to: number): void {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    let at = from;
    if (to - from >= 32) at = this.#stripes(view, from, to);
    else this.#value.add(prime5);
    this.#value.add(this.#input.set(0, to - from));
    for (; at + 8 <= to; at += 8) this.#mixLong(view.getInt32(at + 4, true), view.getInt32(at, true));
    for (; at + 4 <= to; at += 4) this.#mixInt(view.getInt32(at, true));
    for (; at < to; at++) {
      this.#value.xor(this.#input.set(0, bytes[at]!).multiply(prime5));
      this.#value.rotate(11).multiply(prime1);
    }
    this.#finish();
  }

  #begin(length: number): void {
    this.#value.add(prime5).add(this.#input.set(0, length));
  }

  #mixInt(value: number): void {
    this.#value.xor(this.#input.set(0, value).multiply(prime1));
    this.#value.rotate(23).multiply(prime2).add(prime3);
  }

  #mixLong(high: number, low: number): void {
    this.#value.xor(this.#input.set(high, low).multiply(prime2).rotate(31).multiply(prime1));
    this.#value.rotate(27).multiply(prime1).add(prime4);
  }

  /** Mixes blocks of four words in lanes of their own; gives where the rest begins. */
  #stripes(view: DataView, from: number, to: number): number {
    const [first, second, third, fourth] = this.#lanes;
    first.copy(this.#value).add(prime1).add(prime2);
    second.copy(this.#value).add(prime2);
    third.copy(this.#value);
    fourth.copy(this.#value).add(minusPrime1);
    let at = from;
    for (; at + 32 <= to; at += 32) {
      for (let lane = 0; lane < 4; lane++) this.#round(this.#lanes[lane]!, view, at + lane * 8);
    }
    this.#value.set(0, 0);
    const rotations = [1, 7, 12, 18];
    for (const [index, lane] of this.#lanes.entries())
      this.#value.add(this.#input.copy(lane).rotate(rotations[index]!));
    for (const lane of this.#lanes) {
      this.#value.xor(this.#input.copy(lane).multiply(prime2).rotate(31).multiply(prime1));
      this.#value.multiply(prime1).add(prime4);
    }
    return at;
  }

  #round(lane: Word, view: DataView, at: number): void {
    lane.add(this.#input.set(view.getInt32(at + 4, true), view.getInt32(at, true)).multiply(prime2));
    lane.rotate(31).multiply(prime1);
  }

  #finish(): void {
    this.#value.xorShifted(33).multiply(prime2).xorShifted(29).multiply(prime3).xorShifted(32);
  }
}
