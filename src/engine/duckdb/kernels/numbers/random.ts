/** The random numbers of `rand` and `randn`: Spark's `XORShiftRandom`, of one partition. */

const step = 4096;
const doubleUnit = 2 ** -53;

/** `MurmurHash3.bytesHash` of eight bytes, as Scala's library has it. */
function hashOfLong(high: number, low: number, seed: number): number {
  let hash = mixed(mixed(seed, swapped(high)), swapped(low)) ^ 8;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mixed(hash: number, word: number): number {
  const key = Math.imul(rotated(Math.imul(word, 0xcc9e2d51), 15), 0x1b873593);
  return (Math.imul(rotated(hash ^ key, 13), 5) + 0xe6546b64) | 0;
}

const rotated = (word: number, bits: number): number => (word << bits) | (word >>> (32 - bits));
const swapped = (word: number): number =>
  (word >>> 24) | ((word >>> 8) & 0xff00) | ((word << 8) & 0xff0000) | (word << 24) | 0;

/** A generator; its state is two words. */
class XorShift {
  high: number;
  low: number;
  /** The second of two gaussian numbers, which come in pairs. */
  #pending: number | undefined;

  constructor(high: number, low: number) {
    this.high = high;
    this.low = low;
  }

  static seeded(seed: bigint): XorShift {
    const [high, low] = [Number(BigInt.asIntN(32, seed >> 32n)), Number(BigInt.asIntN(32, seed))];
    const lowHash = hashOfLong(high, low, 0x3c074a61);
    return new XorShift(hashOfLong(high, low, lowHash), lowHash);
  }

  /** A number of up to 32 random bits. */
  #next(bits: number): number {
    const high = this.high ^ ((this.high << 21) | (this.low >>> 11));
    let low = this.low ^ (this.low << 21);
    low ^= high >>> 3;
    this.high = high ^ ((high << 4) | (low >>> 28));
    this.low = low ^ (low << 4);
    return bits === 32 ? this.low : this.low & (2 ** bits - 1);
  }

  /** `java.util.Random.nextInt` without a bound. */
  nextWord(): number {
    return this.#next(32);
  }

  nextDouble(): number {
    const upper = this.#next(26);
    return (upper * 2 ** 27 + this.#next(27)) * doubleUnit;
  }

  /** `java.util.Random.nextInt`. */
  nextInteger(bound: number): number {
    const first = this.#next(31);
    if ((bound & (bound - 1)) === 0) return Number((BigInt(bound) * BigInt(first)) >> 31n);
    let bits = first;
    // The last incomplete round of remainders would favour small numbers.
    while (bits - (bits % bound) + bound - 1 >= 2 ** 31) bits = this.#next(31);
    return bits % bound;
  }

  /** The polar method of `java.util.Random`. */
  nextGaussian(): number {
    const pending = this.#pending;
    this.#pending = undefined;
    if (pending !== undefined) return pending;
    for (;;) {
      const [first, second] = [2 * this.nextDouble() - 1, 2 * this.nextDouble() - 1];
      const size = first * first + second * second;
      if (size >= 1 || size === 0) continue;
      const factor = Math.sqrt((-2 * Math.log(size)) / size);
      this.#pending = second * factor;
      return first * factor;
    }
  }
}

const characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The numbers of one seed, computed in blocks from the last that was asked for. */
class Sequence {
  readonly #blocks: Float64Array[] = [];
  readonly #next: () => number;

  constructor(next: () => number) {
    this.#next = next;
  }

  at(index: number): number {
    const block = Math.floor(index / step);
    while (this.#blocks.length <= block) this.#blocks.push(Float64Array.from({ length: step }, this.#next));
    return this.#blocks[block]![index % step]!;
  }
}

const mostSeeds = 16;

/** The number of a seed at an index, from 0; `start` gives what draws the numbers of a seed. */
export function sequences(start: (seed: bigint) => () => number): (seed: bigint, index: bigint) => number {
  const known = new Map<bigint, Sequence>();
  return (seed, index) => {
    const sequence = known.get(seed) ?? new Sequence(start(seed));
    if (known.size >= mostSeeds) known.clear();
    known.set(seed, sequence);
    return sequence.at(Number(index));
  };
}

const drawing = (draw: (generator: XorShift) => number) =>
  sequences((seed) => {
    const generator = XorShift.seeded(seed);
    return () => draw(generator);
  });

/** The number between 0 and 1 of a row, from 0. */
export const uniform = drawing((generator) => generator.nextDouble());

/** The number of the standard normal distribution of a row, from 0. */
export const gaussian = drawing((generator) => generator.nextGaussian());

/** The random bits of a seed, thirty-two at a time. */
const words = drawing((generator) => generator.nextWord());

/** The text of letters and digits of a row, from 0, as long as all the others. */
export const randomText = (seed: bigint, row: bigint, length: number): string =>
  Array.from({ length }, (_, index) => {
    const word = words(seed, row * BigInt(length) + BigInt(index));
    return characters[Math.abs(word % characters.length)];
  }).join("");

/** The first integer from 0 up to a bound that the generator of a seed gives. */
export const firstInteger = (seed: bigint, bound: number): number => XorShift.seeded(seed).nextInteger(bound);
