/** Choices that a seed decides. */

/** A generator of numbers from 0 to 1 (mulberry32) that the seed and the text decide, so that texts do not disturb each other. */
export function randomOf(seed: string, text: string): () => number {
  let state = 0x811c9dc5;
  for (const character of `${seed}\n${text}`) state = Math.imul(state ^ character.codePointAt(0)!, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** One of the items. */
export const oneOf = <T>(items: readonly T[], random: () => number): T => items[Math.floor(random() * items.length)]!;
