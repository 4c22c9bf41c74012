/** Fractions as Java writes them. */

/**
 * The text of a number.
 *
 * @param digits - of which type it has as many digits as are needed
 */
export function javaText(value: number, digits: "float" | "double"): string {
  if (!Number.isFinite(value)) return String(value);
  const shortest = digits === "float" ? shortestFloat(value) : value;
  const size = Math.abs(shortest);
  if (size === 0) return Object.is(shortest, -0) ? "-0.0" : "0.0";
  if (size >= 1e-3 && size < 1e7) return withPoint(String(shortest));
  const [mantissa, exponent] = shortest.toExponential().split("e");
  return `${withPoint(mantissa!)}E${Number(exponent)}`;
}

const withPoint = (text: string): string => (text.includes(".") ? text : `${text}.0`);

const mostFloatDigits = 9;

/** The number with the fewest digits that is the same FLOAT. */
function shortestFloat(value: number): number {
  for (let digits = 1; digits < mostFloatDigits; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}
