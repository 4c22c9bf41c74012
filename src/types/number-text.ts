/** Floating-point numbers as Java, and so Spark, writes them. */

/**
 * A DOUBLE as Spark casts it to STRING: the shortest digits that mean it, with an exponent below 0.001 and from 10^7.
 *
 * The digits are those of Java from version 19 on; before, it wrote some numbers with a digit more than they need.
 *
 * @param value - any number
 * @example
 * ```ts
 * console.log(doubleText(1e10)); // 1.0E10
 * ```
 */
export function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (Object.is(value, -0)) return "-0.0";
  const size = Math.abs(value);
  if (value === 0 || (size >= 1e-3 && size < 1e7)) return withFraction(String(value));
  const [digits, exponent] = scientific(value).split("e") as [string, string];
  return `${withFraction(digits)}E${exponent.replace("+", "")}`;
}

/**
 * A FLOAT as Spark casts it to STRING.
 *
 * @param value - a number that 32 bits hold exactly
 * @example
 * ```ts
 * console.log(floatText(Math.fround(0.1))); // 0.1
 * ```
 */
export function floatText(value: number): string {
  if (!Number.isFinite(value) || value === 0) return doubleText(value);
  for (let digits = 2; digits < 9; digits++) {
    const rounded = Number(value.toPrecision(digits));
    if (Math.fround(rounded) === value) return doubleText(rounded);
  }
  return doubleText(Number(value.toPrecision(9)));
}

// Java takes the nearest of two digits where one would do: the least double is 4.9E-324, not 5E-324.
function scientific(value: number): string {
  const twoDigits = value.toExponential(1);
  return Number(twoDigits) === value ? twoDigits : value.toExponential();
}

const withFraction = (digits: string): string => (digits.includes(".") ? digits : `${digits}.0`);
