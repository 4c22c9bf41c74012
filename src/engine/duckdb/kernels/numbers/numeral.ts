/** Numerals as Java's `BigDecimal` reads them, written plainly: digits of every script, exponents. */

const form = /^([+-]?)(\p{Nd}*)(?:\.(\p{Nd}*))?(?:[eE]([+-]?\p{Nd}{1,10}))?$/u;

/** More digits than any decimal has: what is longer is not needed. */
const most = 100;

// The digits of a script stand together, its zero first.
const plainDigits = (text: string): string =>
  text.replace(/\p{Nd}/gu, (digit) => {
    let zero = digit.codePointAt(0)!;
    while (/^\p{Nd}$/u.test(String.fromCodePoint(zero - 1)) && digit.codePointAt(0)! - zero < 9) zero--;
    return String((digit.codePointAt(0)! - zero) % 10);
  });

/**
 * A numeral without an exponent, in the digits of ASCII; undefined where the text is none.
 *
 * @example
 * ```ts
 * plainNumeral("-1.5e2"); // -150
 * ```
 */
export function plainNumeral(text: string): string | undefined {
  const match = form.exec(text);
  if (match === null) return undefined;
  const [, sign, whole = "", fraction = "", exponent = "0"] = match.map((part) => part && plainDigits(part));
  if (whole + fraction === "") return undefined;
  const shift = Math.max(-most, Math.min(most, Number(exponent)));
  const digits = (whole + fraction).padStart(whole.length + fraction.length + Math.max(0, -shift), "0");
  const point = digits.length - fraction.length + shift;
  const shown = `${digits.slice(0, point).padEnd(point, "0")}.${digits.slice(point)}`;
  return (sign === "-" ? "-" : "") + shown.replace(/^0+(?=\d)/, "").replace(/\.$/, "");
}
