/** The square root of a sum of squares as fdlibm computes it: Java keeps to its last digit. */

import { highWord, withHighWord, withoutLowWord } from "./words.ts";

const scale = 2 ** 600;
const exponentUnit = 0x100000;

/**
 * The length of a hypotenuse.
 *
 * Source: `FdLibm.Hypot`.
 */
export function hypot(x: number, y: number): number {
  const large = Math.max(Math.abs(x), Math.abs(y));
  const small = Math.min(Math.abs(x), Math.abs(y));
  if (Math.abs(x) === Number.POSITIVE_INFINITY || Math.abs(y) === Number.POSITIVE_INFINITY)
    return Number.POSITIVE_INFINITY;
  if (Number.isNaN(x) || Number.isNaN(y)) return Number.NaN;
  if (highWord(large) - highWord(small) > 60 * exponentUnit) return large + small;
  if (large > 2 ** 500) return rooted(large / scale, small / scale) * scale;
  if (small < 2 ** -500) return small === 0 ? large : rescaled(large, small);
  return rooted(large, small);
}

function rescaled(large: number, small: number): number {
  // Subnormal numbers are raised further first.
  if (small < 2 ** -1022) return rooted(large * 2 ** 1022, small * 2 ** 1022) / 2 ** 1022;
  return rooted(large * scale, small * scale) / scale;
}

function rooted(large: number, small: number): number {
  const difference = large - small;
  if (difference > small) {
    const upper = withoutLowWord(large);
    const lower = large - upper;
    return Math.sqrt(upper * upper - (small * -small - lower * (large + upper)));
  }
  const doubled = large + large;
  const upperSmall = withoutLowWord(small);
  const lowerSmall = small - upperSmall;
  const upperLarge = withHighWord(0, highWord(large) + exponentUnit);
  const lowerLarge = doubled - upperLarge;
  return Math.sqrt(
    upperLarge * upperSmall - (difference * -difference - (upperLarge * lowerSmall + lowerLarge * small)),
  );
}
