/** Numbers written as text, by the rules of Java's parsers. */
import { trim } from "../types/temporal-text.ts";

/**
 * Java's `Long.parseLong` without its bounds: a sign and the digits of any script.
 *
 * @returns the number; `undefined` when the text is none
 */
export function parseInteger(text: string): bigint | undefined {
  if (!/^[+-]?\p{Nd}+$/u.test(text)) return undefined;
  const ascii = text.replace(/\p{Nd}/gu, digitOf).replace("+", "");
  return ascii.startsWith("-") ? -BigInt(ascii.slice(1)) : BigInt(ascii);
}

/** Every script has its ten digits in a row. */
function digitOf(character: string): string {
  const code = character.codePointAt(0)!;
  let zero = code;
  while (code - zero < 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

/** A decimal number as Java's `BigDecimal` reads it: unscaled digits and how many of them stand behind the point. */
export interface WrittenDecimal {
  readonly unscaled: bigint;
  readonly scale: number;
  /** How many digits the unscaled number has, without leading zeros. */
  readonly precision: number;
}

/** Java's `new BigDecimal(text)`; `undefined` when the text is no number. */
export function readDecimal(text: string): WrittenDecimal | undefined {
  const match = /^([+-]?)(?:(\d+)\.?(\d*)|\.(\d+))(?:[eE]([+-]?\d{1,10}))?$/.exec(text);
  if (match === null) return undefined;
  const fraction = match[3] ?? match[4] ?? "";
  const digits = `${match[2] ?? ""}${fraction}`.replace(/^0+(?=.)/, "");
  const scale = fraction.length - Number(match[5] ?? 0);
  if (Math.abs(scale) > 0x7fff_ffff) return undefined;
  return { unscaled: BigInt(`${match[1] === "-" ? "-" : ""}${digits}`), scale, precision: digits.length };
}

/**
 * A decimal number as the unscaled number of a type, rounded half up.
 *
 * @param text - the number
 * @param precision - how many digits the type has
 * @param scale - how many of them stand behind the point
 * @returns the unscaled number; null when it has too many digits, `undefined` when the text is no number
 */
export function parseDecimal(text: string, precision: number, scale: number): bigint | null | undefined {
  const written = readDecimal(text);
  if (written === undefined) return undefined;
  const shift = scale - written.scale;
  if (written.unscaled === 0n) return 0n;
  if (written.precision + shift > precision + 1) return null;
  const unscaled =
    shift >= 0 ? written.unscaled * 10n ** BigInt(shift) : rounded(written.unscaled, -shift, written.precision);
  return magnitude(unscaled) < 10n ** BigInt(precision) ? unscaled : null;
}

/** Drops digits at the end. */
function rounded(unscaled: bigint, dropped: number, precision: number): bigint {
  if (dropped > precision) return 0n;
  const unit = 10n ** BigInt(dropped);
  const up = magnitude(unscaled) + unit / 2n;
  return unscaled < 0n ? -(up / unit) : up / unit;
}

const magnitude = (value: bigint): bigint => (value < 0n ? -value : value);

const decimalDouble = /^[+-]?(?:NaN|Infinity|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?[fFdD]?)$/;
const hexadecimalDouble = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)[fFdD]?$/;

/** Java's `Double.parseDouble`: also `1d`, `NaN`, `Infinity` and hexadecimal `0x1p3`; `undefined` for other texts. */
export function parseDouble(text: string): number | undefined {
  const trimmed = trim(text);
  if (decimalDouble.test(trimmed)) return Number(trimmed.replace(/[fFdD]$/, ""));
  const match = hexadecimalDouble.exec(trimmed);
  if (match === null || (match[2] === "" && match[3] === "")) return undefined;
  const mantissa = BigInt(`0x${match[2]}${match[3]}`);
  const magnitudeOf = Number(mantissa) * 2 ** (Number(match[4]) - 4 * match[3]!.length);
  return match[1] === "-" ? -magnitudeOf : magnitudeOf;
}
