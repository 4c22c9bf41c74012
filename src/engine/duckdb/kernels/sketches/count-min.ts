/** Count-min sketches: how often each value was there at most, in a table of counters. Source: `CountMinSketchImpl`. */
import { Murmur3 } from "../hash/murmur3.ts";
import { JavaRandom } from "../numbers/java-random.ts";

const version = 1;
const modulus = (1n << 31n) - 1n;
const headSize = 20;

export class CountMinSketch {
  readonly #width: number;
  readonly #factors: readonly number[];
  readonly #counters: readonly BigInt64Array[];
  readonly #murmur = new Murmur3();
  #total = 0n;

  /**
   * @param relativeError - by which part of all values a count may be too high
   * @param confidence - how likely it is not to be higher
   * @param seed - decides how values are spread
   */
  constructor(relativeError: number, confidence: number, seed: number) {
    this.#width = Math.ceil(2 / relativeError);
    const depth = Math.ceil(-Math.log(1 - confidence) / Math.LN2);
    const random = new JavaRandom(BigInt(seed));
    this.#factors = Array.from({ length: depth }, () => random.nextPositive());
    this.#counters = this.#factors.map(() => new BigInt64Array(this.#width));
  }

  addLong(value: bigint): void {
    this.#add((row) => {
      const product = BigInt.asIntN(64, BigInt(this.#factors[row]!) * value);
      return Number(BigInt.asIntN(64, product + (product >> 32n)) & modulus) % this.#width;
    });
  }

  addBytes(bytes: Uint8Array): void {
    const first = this.#hash(bytes, 0);
    const second = this.#hash(bytes, first);
    this.#add((row) => Math.abs(((first + Math.imul(row, second)) | 0) % this.#width));
  }

  #add(placeIn: (row: number) => number): void {
    this.#counters.forEach((counters, row) => {
      counters[placeIn(row)]! += 1n;
    });
    this.#total += 1n;
  }

  #hash(bytes: Uint8Array, seed: number): number {
    this.#murmur.value = seed;
    this.#murmur.bytes(bytes, 0, bytes.length);
    return this.#murmur.value;
  }

  /** As Java writes it: the highest byte first. */
  toBytes(): Uint8Array {
    const depth = this.#factors.length;
    const longs = [...this.#factors.map(BigInt), ...this.#counters.flatMap((counters) => [...counters])];
    const bytes = new Uint8Array(headSize + longs.length * 8);
    const view = new DataView(bytes.buffer);
    view.setInt32(0, version);
    view.setBigInt64(4, this.#total);
    view.setInt32(12, depth);
    view.setInt32(16, this.#width);
    longs.forEach((value, index) => {
      view.setBigInt64(headSize + index * 8, value);
    });
    return bytes;
  }
}
