/** The generator of random UUIDs and of random orders: the Mersenne Twister of Apache Commons Math, seeded with 64 bits. */
import { UnsupportedError } from "../../../../errors.ts";
import { sequences } from "./random.ts";

const size = 624;
const apart = 397;

/** Spreads what is known of a state over the next word. */
const scrambled = (word: number, factor: number): number => Math.imul(word ^ (word >>> 30), factor);

class MersenneTwister {
  readonly #state = new Int32Array(size);
  #next = size;

  constructor(seed: bigint) {
    const state = this.#state;
    state[0] = 19_650_218;
    for (let index = 1; index < size; index++) state[index] = scrambled(state[index - 1]!, 1_812_433_253) + index;
    const keys = [Number(BigInt.asIntN(32, seed >> 32n)), Number(BigInt.asIntN(32, seed))];
    let index = this.#mixed(size, 1, 1_664_525, (_, round) => keys[round % 2]! + (round % 2));
    index = this.#mixed(size - 1, index, 1_566_083_941, (place) => -place);
    state[0] = 0x80000000;
  }

  /** Mixes as many words, from a place on, and gives the place after them; the first word follows the last. */
  #mixed(rounds: number, from: number, factor: number, added: (place: number, round: number) => number): number {
    const state = this.#state;
    let place = from;
    for (let round = 0; round < rounds; round++) {
      state[place] = (state[place]! ^ scrambled(state[place - 1]!, factor)) + added(place, round);
      place++;
      if (place < size) continue;
      state[0] = state[size - 1]!;
      place = 1;
    }
    return place;
  }

  #turn(): void {
    const state = this.#state;
    for (let index = 0; index < size; index++) {
      const joined = (state[index]! & 0x80000000) | (state[(index + 1) % size]! & 0x7fffffff);
      state[index] = state[(index + apart) % size]! ^ (joined >>> 1) ^ (joined & 1 ? 0x9908b0df : 0);
    }
    this.#next = 0;
  }

  /** The next 32 bits. */
  word(): number {
    if (this.#next >= size) this.#turn();
    let word = this.#state[this.#next++]!;
    word ^= word >>> 11;
    word ^= (word << 7) & 0x9d2c5680;
    word ^= (word << 15) & 0xefc60000;
    return word ^ (word >>> 18);
  }
}

const words = sequences((seed) => {
  const generator = new MersenneTwister(seed);
  return () => generator.word();
});

const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, "0");

/** The UUID of a row, from 0: random but for its version and its variant (`RandomUUIDGenerator`). */
export function seededUuid(seed: bigint, row: bigint): string {
  const [first, second, third, fourth] = [0n, 1n, 2n, 3n].map((index) => words(seed, row * 4n + index));
  const [upper, middle] = [hex((second! & ~0xf000) | 0x4000), hex((third! & 0x3fffffff) | 0x80000000)];
  return [hex(first!), upper.slice(0, 4), upper.slice(4), middle.slice(0, 4), middle.slice(4) + hex(fourth!)].join("-");
}

/**
 * The places, from 1, of as many elements in a random order (`RandomIndicesGenerator`).
 *
 * @param start - how many numbers were drawn before
 * @throws UnsupportedError where a number is drawn anew, after which those of the rows behind are not known
 */
export function seededOrder(seed: bigint, start: bigint, size: number): readonly number[] {
  const places: number[] = [];
  for (let index = 0; index < size; index++) {
    const other = upTo(index + 1, words(seed, start + BigInt(index)) >>> 1);
    if (other !== index) places[index] = places[other]!;
    places[other] = index + 1;
  }
  return places;
}

/** A number below a bound, of 31 random bits. */
function upTo(bound: number, bits: number): number {
  if ((bound & (bound - 1)) === 0) return Math.floor((bound * bits) / 2 ** 31);
  const rest = bits % bound;
  if (bits - rest + bound - 1 < 2 ** 31) return rest;
  throw new UnsupportedError("the order of these arrays by this seed is not supported: a number was drawn twice", {
    hint: "Take another seed.",
  });
}
