/** Whole numbers as Java's `DecimalFormat` reads them: digits with a sign and a power of ten, of any length. */

const long = 1n << 63n;

/**
 * The number that a text has at a place, as the last 32 bits of it.
 *
 * @param to - where the text to look at ends
 */
export function numberAt(
  text: string,
  from: number,
  to: number,
): { readonly value: number; readonly length: number } | undefined {
  const [match] = /^-?\d+(?:E-?\d+)?/.exec(text.slice(from, to)) ?? [];
  return match === undefined ? undefined : { value: lastBits(match), length: match.length };
}

function lastBits(text: string): number {
  const whole = /^-?\d+$/.test(text) ? BigInt(text) : undefined;
  if (whole !== undefined && whole >= -long && whole < long) return Number(BigInt.asIntN(32, whole));
  const value = Math.trunc(Number(text));
  if (Math.abs(value) < 2 ** 53) return Number(BigInt.asIntN(32, BigInt(value)));
  return value < 0 ? -(2 ** 31) : 2 ** 31 - 1;
}
