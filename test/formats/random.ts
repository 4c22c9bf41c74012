/** A seeded source of random choices, so that a failing input can be made again. */

export interface Random {
  /** From 0 up to but not `below`. */
  int(below: number): number;
  /** True in one of `times` cases. */
  oneIn(times: number): boolean;
  pick<Item>(items: readonly Item[]): Item;
}

export function random(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const int = (below: number) => Math.floor(next() * below);
  return { int, oneIn: (times) => int(times) === 0, pick: (items) => items[int(items.length)]! };
}
