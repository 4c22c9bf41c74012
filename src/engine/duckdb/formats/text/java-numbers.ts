/** Numbers from text as Java's `parseInt`, `parseDouble` and `BigDecimal` take them. */
import { nearestFloat } from "./nearest-float.ts";

const integerForm = /^[+-]?\d+$/;
const floatingForm = /^[\0-\x20]*([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)[fFdD]?[\0-\x20]*$/;
const namedForm = /^[\0-\x20]*([+-]?(?:NaN|Infinity))[\0-\x20]*$/;
const hexadecimalForm = /^[\0-\x20]*([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)[fFdD]?[\0-\x20]*$/;

const digit = /\p{Nd}/u;

/** The text with the digits of all scripts as those of ASCII: Java takes them for integers and decimals. */
export const asciiDigits = (text: string): string =>
  text.replace(/[\u0080-\uffff]/g, (found) => (digit.test(found) ? asciiDigit(found) : found));

// The digits of a script begin at a code point that ends in 0 or 6.
function asciiDigit(character: string): string {
  const code = character.charCodeAt(0);
  const start = digit.test(String.fromCharCode(code & ~15)) ? 0 : 6;
  return String((code & 15) - start);
}

/** An integer within bounds, or undefined. */
export function javaInteger(written: string, least: bigint, most: bigint): bigint | undefined {
  const text = asciiDigits(written);
  if (!integerForm.test(text)) return undefined;
  const value = BigInt(text.replace("+", ""));
  return value >= least && value <= most ? value : undefined;
}

/** A 64-bit number, or undefined. */
export const javaDouble = (text: string): number | undefined => floating(text, Number);

/** A 32-bit number, or undefined. */
export const javaFloat = (text: string): number | undefined => floating(text, nearestFloat);

const leadingForm = /^-?(?:\u221e|NaN|(?=[,.]*[\p{Nd}])[\p{Nd},]*(?:\.\p{Nd}*)?(?:E-?\p{Nd}+)?)/u;

/**
 * The number that a text begins with, or undefined: with commas between digits, up to the first sign that has no place in it.
 * It is what Java's `NumberFormat` makes of texts.
 */
export function leadingNumber(text: string, round: (text: string) => number): number | undefined {
  const found = leadingForm.exec(text)?.[0];
  if (found === undefined) return undefined;
  return round(asciiDigits(found).replaceAll(",", "").replace("\u221e", "Infinity").replace("-NaN", "NaN"));
}

function floating(text: string, round: (text: string) => number): number | undefined {
  const decimal = floatingForm.exec(text);
  if (decimal !== null) return round(decimal[1]!);
  const named = namedForm.exec(text);
  if (named !== null) return Number(named[1]!.replace("+", "").replace("-NaN", "NaN"));
  const hexadecimal = hexadecimalForm.exec(text);
  return hexadecimal === null ? undefined : hexadecimalValue(hexadecimal, round);
}

function hexadecimalValue(
  [, sign, whole = "", fraction = "", exponent]: RegExpExecArray,
  round: (text: string) => number,
): number | undefined {
  if (whole === "" && fraction === "") return undefined;
  const value = Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - 4 * fraction.length);
  return round(String(sign === "-" ? -value : value));
}
