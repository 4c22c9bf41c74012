/** Decimal text to the nearest 32-bit number, as Java's `Float.parseFloat` rounds: once. */

/**
 * The nearest 32-bit number.
 *
 * @param text - a decimal number; anything that is none gives NaN
 */
export function nearestFloat(text: string): number {
  const double = Number(text);
  const single = Math.fround(double);
  const mirrored = 2 * double - single;
  if (!Number.isFinite(single) || single === double || Math.fround(mirrored) !== mirrored) return single;
  // The double lies midway between two floats; the digits that it has lost decide.
  const side = compareWithDouble(text, double);
  return side === 0 || side > 0 === single > double ? single : mirrored;
}

/** Negative, zero or positive as the number of a text is less than, equal to or greater than a double. */
function compareWithDouble(text: string, double: number): number {
  const [, sign, whole = "", fraction = "", exponent = "0"] = /^\s*([+-]?)(\d*)\.?(\d*)(?:[eE]([+-]?\d+))?/.exec(text)!;
  const tens = Number(exponent) - fraction.length;
  const twos = 1074;
  const digits = BigInt(`${whole}${fraction}`) * (sign === "-" ? -1n : 1n);
  const left = digits * 10n ** BigInt(Math.max(tens, 0)) * 2n ** BigInt(twos);
  const right = scaled(double, twos) * 10n ** BigInt(Math.max(-tens, 0));
  return left < right ? -1 : left > right ? 1 : 0;
}

/** A double times 2^1074, which is an integer for every double. */
function scaled(double: number, twos: number): bigint {
  let value = double;
  let left = twos;
  while (!Number.isInteger(value) && left > 0) {
    value *= 2;
    left--;
  }
  return BigInt(value) * 2n ** BigInt(left);
}
