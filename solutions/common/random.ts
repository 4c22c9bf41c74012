/** A small seeded generator of numbers: the same seed gives the same data on every machine. */

/** Numbers in `[0, 1)`. */
export type Random = () => number;

/**
 * Mulberry32: 32 bits of state, equidistributed, a few nanoseconds a number.
 *
 * @param seed - any integer
 * @example
 * ```ts
 * const random = seeded(42);
 * random(); // 0.6011037519201636, always
 * ```
 */
export function seeded(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** An integer from `first` to `last`, both included. */
export const integer = (random: Random, first: number, last: number): number =>
  first + Math.floor(random() * (last - first + 1));

/** One of the values. */
export const pick = <Value>(random: Random, values: readonly Value[]): Value =>
  values[Math.floor(random() * values.length)]!;

/** The values in another order (Fisher and Yates). */
export function shuffled<Value>(random: Random, values: readonly Value[]): Value[] {
  const result = [...values];
  for (let last = result.length - 1; last > 0; last--) {
    const other = integer(random, 0, last);
    [result[last], result[other]] = [result[other]!, result[last]!];
  }
  return result;
}

/** Draws from a deck of labelled cards without putting them back, so that each label comes exactly as often as planned. */
export class Deck<Label extends string> {
  readonly #labels: readonly Label[];
  readonly #left: Uint32Array;
  #remaining: number;

  /**
   * @param counts - how often each label comes
   */
  constructor(counts: Readonly<Record<Label, number>>) {
    this.#labels = Object.keys(counts) as Label[];
    this.#left = Uint32Array.from(this.#labels, (label) => counts[label]);
    this.#remaining = this.#left.reduce((sum, count) => sum + count, 0);
  }

  draw(random: Random): Label {
    let ticket = Math.floor(random() * this.#remaining--);
    let index = 0;
    while (ticket >= this.#left[index]!) ticket -= this.#left[index++]!;
    this.#left[index]!--;
    return this.#labels[index]!;
  }
}

/**
 * Splits a total in proportion to weights; what is left after rounding down goes to the largest remainders.
 *
 * @param total - the sum of the parts
 * @param weights - a weight for each label
 */
export function apportion<Label extends string>(
  total: number,
  weights: Readonly<Record<Label, number>>,
): Record<Label, number> {
  const labels = Object.keys(weights) as Label[];
  const sum = labels.reduce((running, label) => running + weights[label], 0);
  const exact = labels.map((label) => ({ label, share: (total * weights[label]) / sum }));
  const parts = Object.fromEntries(exact.map(({ label, share }) => [label, Math.floor(share)])) as Record<
    Label,
    number
  >;
  const missing = total - labels.reduce((running, label) => running + parts[label], 0);
  const byRemainder = exact.toSorted((a, b) => (b.share % 1) - (a.share % 1));
  for (const { label } of byRemainder.slice(0, missing)) parts[label]++;
  return parts;
}
