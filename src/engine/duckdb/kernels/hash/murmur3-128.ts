/** Murmur3 of 128 bits, as the sketches of Apache DataSketches hash what they hold. */
import { Word, word } from "./word.ts";

const seed = word(9001n);
const first = word(0x87c37b91114253d5n);
const second = word(0x4cf5ad432745937fn);
const five = word(5n);
const firstAddend = word(0x52dce729n);
const secondAddend = word(0x38495ab5n);
const finishers = [word(0xff51afd7ed558ccdn), word(0xc4ceb9fe1a85ec53n)] as const;

/** Bytes, the lowest first; those behind the end count as zero. */
function wordAt(bytes: Uint8Array, at: number, into: Word): Word {
  const half = (from: number): number =>
    (bytes[from] ?? 0) |
    ((bytes[from + 1] ?? 0) << 8) |
    ((bytes[from + 2] ?? 0) << 16) |
    ((bytes[from + 3] ?? 0) << 24);
  return into.set(half(at + 4), half(at));
}

const finished = (value: Word): Word => {
  for (const finisher of finishers) value.xorShifted(33).multiply(finisher);
  return value.xorShifted(33);
};

/** The hash of the last bytes, as two words. */
export class Murmur128 {
  readonly high = new Word();
  readonly low = new Word();
  readonly #part = new Word();

  hash(bytes: Uint8Array): this {
    const { high, low } = this;
    high.copy(seed);
    low.copy(seed);
    const whole = bytes.length & ~15;
    for (let at = 0; at < whole; at += 16) this.#block(bytes, at);
    this.#mixFirst(bytes, whole);
    this.#mixSecond(bytes, whole + 8);
    const length = this.#part.set(0, bytes.length);
    high.xor(length);
    low.xor(length);
    high.add(low);
    low.add(high);
    finished(high);
    finished(low);
    high.add(low);
    low.add(high);
    return this;
  }

  #block(bytes: Uint8Array, at: number): void {
    this.#mixFirst(bytes, at);
    this.high.rotate(27).add(this.low).multiply(five).add(firstAddend);
    this.#mixSecond(bytes, at + 8);
    this.low.rotate(31).add(this.high).multiply(five).add(secondAddend);
  }

  #mixFirst(bytes: Uint8Array, at: number): void {
    this.high.xor(wordAt(bytes, at, this.#part).multiply(first).rotate(31).multiply(second));
  }

  #mixSecond(bytes: Uint8Array, at: number): void {
    const part = wordAt(bytes, at, this.#part).multiply(second);
    // A turn by 33 bits: the halves change places, and one bit more.
    this.low.xor(part.set(part.low, part.high).rotate(1).multiply(first));
  }
}
