/** `conv`: whole numbers from one base to another. */
import { condition } from "../../translate-failure.ts";

const longs = 1n << 64n;
const isBase = (base: number): boolean => base >= 2 && base <= 36;

/** What becomes of a number that 64 bits do not hold. */
type Beyond = () => bigint;

const fails: Beyond = () => {
  throw condition("ARITHMETIC_OVERFLOW", { message: "Overflow in function conv()" });
};

/** The digits at the beginning of a text as a number of 64 bits without sign. */
function unsignedOf(text: string, base: number, beyond: Beyond): bigint {
  let value = 0n;
  for (const character of text) {
    const digit = Number.parseInt(character, 36);
    if (!(digit < base)) return value;
    value = value * BigInt(base) + BigInt(digit);
    if (value >= longs) return beyond();
  }
  return value;
}

/**
 * A number in another base, null for a base that is none and for no text.
 *
 * Source: `NumberConverter.convert`, through 64 bits without sign where the base wanted is positive.
 *
 * @param text - such as `-ff`; what follows the digits is passed over
 * @param to - negative where the result is to have a sign
 * @throws ExecutionError `ARITHMETIC_OVERFLOW` beyond 64 bits
 */
export const convertBase = (text: string, from: number, to: number): string | undefined =>
  inBase(text, from, to, fails);

/** The same, where a number beyond 64 bits is the greatest that they hold. */
export const boundedBase = (text: string, from: number, to: number): string | undefined =>
  inBase(text, from, to, () => longs - 1n);

function inBase(text: string, from: number, to: number, beyond: Beyond): string | undefined {
  const trimmed = text.replace(/^ +| +$/g, "");
  if (!isBase(from) || !isBase(Math.abs(to)) || trimmed === "") return undefined;
  const negative = trimmed.startsWith("-");
  const size = unsignedOf(negative ? trimmed.slice(1) : trimmed, from, beyond);
  return (to > 0 ? unsignedText(size, negative, to) : signedText(size, negative, -to)).toUpperCase();
}

function unsignedText(size: bigint, negative: boolean, base: number): string {
  const signed = BigInt.asIntN(64, size);
  const value = negative ? (signed < 0n ? -1n : -signed) : signed;
  return BigInt.asUintN(64, value).toString(base);
}

function signedText(size: bigint, negative: boolean, base: number): string {
  const signed = BigInt.asIntN(64, size);
  const digits = BigInt.asUintN(64, signed < 0n ? -signed : signed).toString(base);
  return negative || signed < 0n ? `-${digits}` : digits;
}
