/** `java.util.Random`. */

const multiplier = 0x5deece66dn;
const mask = (1n << 48n) - 1n;
const mostInt = 2 ** 31 - 1;

export class JavaRandom {
  #state: bigint;

  constructor(seed: bigint) {
    this.#state = (seed ^ multiplier) & mask;
  }

  #next(bits: bigint): bigint {
    this.#state = (this.#state * multiplier + 0xbn) & mask;
    return this.#state >> (48n - bits);
  }

  nextDouble(): number {
    return Number((this.#next(26n) << 27n) + this.#next(27n)) * 2 ** -53;
  }

  /** A whole number from 0 on, below 2^31 - 1. */
  nextPositive(): number {
    let drawn = mostInt;
    while (drawn === mostInt) drawn = Number(this.#next(31n));
    return drawn;
  }
}
