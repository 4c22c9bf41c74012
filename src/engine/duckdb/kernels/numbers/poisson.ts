/** Numbers of Poisson's law: those by which Spark samples with replacement, of one partition. */

import { sequences } from "./random.ts";

const size = 624;
const [first, second, third] = [70, 179, 449];
const unit = 2 ** -52;

/** The generator WELL19937c. Source: F. Panneton, P. L'Ecuyer and M. Matsumoto, and `org.apache.commons.math3`. */
class Well {
  readonly #state = new Int32Array(size);
  #index = 0;

  constructor(seed: bigint) {
    this.#state[0] = Number(BigInt.asIntN(32, seed >> 32n));
    this.#state[1] = Number(BigInt.asIntN(32, seed));
    for (let index = 2; index < size; index++) {
      const word = this.#state[index - 2]!;
      this.#state[index] = (Math.imul(1812433253, word ^ (word >> 30)) + index) | 0;
    }
  }

  nextDouble(): number {
    const upper = this.#next() >>> 6;
    return (upper * 2 ** 26 + (this.#next() >>> 6)) * unit;
  }

  #next(): number {
    const state = this.#state;
    const index = this.#index;
    const [last, beforeLast] = [(index + size - 1) % size, (index + size - 2) % size];
    const [own, a] = [state[index]!, state[(index + first) % size]!];
    const [b, c] = [state[(index + second) % size]!, state[(index + third) % size]!];
    const carried = (0x80000000 & state[last]!) ^ (0x7fffffff & state[beforeLast]!);
    const left = own ^ (own << 25) ^ (a ^ (a >>> 27));
    const right = (b >>> 9) ^ (c ^ (c >>> 1));
    const both = left ^ right;
    const made = carried ^ (left ^ (left << 9)) ^ (right ^ (right << 21)) ^ (both ^ (both >>> 21));
    state[index] = both;
    state[last] = made;
    state[beforeLast]! &= 0x80000000;
    this.#index = last;
    const tempered = made ^ ((made << 7) & 0xe46e1700);
    return tempered ^ ((tempered << 15) & 0x9b868000);
  }
}

/** As many times as the product of random numbers stays above `e^-mean`; for means below 40. */
function draw(generator: Well, mean: number): number {
  const least = Math.exp(-mean);
  let count = 0;
  for (let product = generator.nextDouble(); product >= least && count < 1000 * mean; count++)
    product *= generator.nextDouble();
  return count;
}

/** The first `nextLong` of `java.util.Random`, which gives a partition's generator its seed. */
function firstLong(seed: bigint): bigint {
  const [factor, mask] = [0x5deece66dn, (1n << 48n) - 1n];
  const upper = ((seed ^ factor) * factor + 11n) & mask;
  const lower = (upper * factor + 11n) & mask;
  return BigInt.asIntN(64, (BigInt.asIntN(32, upper >> 16n) << 32n) + BigInt.asIntN(32, lower >> 16n));
}

const mostMeans = 16;
const known = new Map<number, (seed: bigint, row: bigint) => number>();

/** How many times a row, from 0, is taken when a row is taken `mean` times; below 40. Spark: `PoissonSampler`. */
export function poisson(seed: bigint, row: bigint, mean: number): bigint {
  let counts = known.get(mean);
  if (counts === undefined) {
    counts = sequences((of) => {
      const generator = new Well(firstLong(of));
      return () => draw(generator, mean);
    });
    if (known.size >= mostMeans) known.clear();
    known.set(mean, counts);
  }
  return BigInt(counts(seed, row));
}
