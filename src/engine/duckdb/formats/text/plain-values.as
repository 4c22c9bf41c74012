// Values that Spark and DuckDB read alike, for the kernels that check lines. AssemblyScript; compiled with them by
// tools/build-kernels.ts. Functions take a position and return the one behind what they checked, or 0 when it is odd.

// Kinds of values, in the order of `kinds` in plain-program.ts.
export const TEXT: i32 = 1;
export const BOOLEAN: i32 = 2;
export const INTEGER: i32 = 3;
export const DOUBLE: i32 = 4;
export const FLOAT: i32 = 5;
export const DECIMAL: i32 = 6;
export const DATE: i32 = 7;
export const TIMESTAMP: i32 = 8;
export const LOCAL_TIMESTAMP: i32 = 9;
export const ARRAY: i32 = 10;
export const MAP: i32 = 11;
export const STRUCT: i32 = 12;
export const ANY: i32 = 13;
export const NUMBER: i32 = 14;
export const BASE64: i32 = 15;

/** The parts of the number that was read last. */
export let wholeDigits: i32 = 0;
export let fractionDigits: i32 = 0;
export let hasExponent: bool = false;
/** TIMESTAMP columns, as bits, in which an offset from UTC was seen. */
export let offsets: i32 = 0;

export function seenOffsets(): i32 {
  return offsets;
}

/** The line feed at `position`, or behind a carriage return there. */
// @ts-ignore: decorator
@inline
export function lineFeed(position: usize): usize {
  if (load<u8>(position) == 10) return position;
  return load<u16>(position) == 0x0a0d ? position + 1 : 0;
}

export function lineEnd(start: usize): usize {
  const feed = i8x16.splat(10);
  let position = start;
  let mask = i8x16.bitmask(i8x16.eq(v128.load(position), feed));
  while (mask == 0) {
    position += 16;
    mask = i8x16.bitmask(i8x16.eq(v128.load(position), feed));
  }
  return position + ctz(mask);
}

export function boolean(position: usize): usize {
  if (load<u32>(position) == 0x65757274) return position + 4;
  return load<u32>(position) == 0x736c6166 && load<u8>(position + 4) == 101 ? position + 5 : 0;
}

// @ts-ignore: decorator
@inline
export function digits(position: usize): usize {
  const zero = i8x16.splat(48);
  const nine = i8x16.splat(9);
  let from = position;
  let mask = 0;
  do {
    const block = i8x16.sub(v128.load(from), zero);
    mask = ~i8x16.bitmask(i8x16.eq(i8x16.min_u(block, nine), block)) & 0xffff;
    from += 16;
  } while (mask == 0);
  return from - 16 + ctz(mask);
}

/** A number as JSON has it; its parts are left in the variables above. */
export function number(start: usize): usize {
  const first = load<u8>(start) == 45 ? start + 1 : start;
  let position = digits(first);
  wholeDigits = <i32>(position - first);
  if (wholeDigits == 0 || (wholeDigits > 1 && load<u8>(first) == 48)) return 0;
  fractionDigits = 0;
  hasExponent = false;
  if (load<u8>(position) == 46) {
    const point = position + 1;
    position = digits(point);
    fractionDigits = <i32>(position - point);
    if (fractionDigits == 0) return 0;
  }
  if ((load<u8>(position) | 32) == 101) {
    const sign = load<u8>(++position);
    if (sign == 43 || sign == 45) position++;
    const exponent = position;
    position = digits(position);
    hasExponent = true;
    // The two parsers agree on what is far from infinity and from zero.
    if (position == exponent || position - exponent > 2) return 0;
  }
  return wholeDigits + fractionDigits <= 40 ? position : 0;
}

export function integer(start: usize, program: usize): usize {
  const position = number(start);
  if (position == 0 || fractionDigits > 0 || hasExponent) return 0;
  if (wholeDigits <= load<i32>(program + 4)) return position;
  if (wholeDigits > 19) return 0;
  const negative = load<u8>(start) == 45;
  let size: u64 = 0;
  for (let digit = negative ? start + 1 : start; digit < position; digit++) size = size * 10 + (load<u8>(digit) - 48);
  return size <= load<u64>(program + 8) + (negative ? 1 : 0) ? position : 0;
}

/** Numbers whose digits all count; integers have no negative zero. */
export function double(start: usize): usize {
  const position = number(start);
  if (position == 0 || wholeDigits + fractionDigits > 17) return 0;
  const negativeZero = load<u8>(start) == 45 && wholeDigits == 1 && fractionDigits == 0 && load<u8>(start + 1) == 48;
  return negativeZero ? 0 : position;
}

export function float(start: usize): usize {
  const position = double(start);
  return wholeDigits + fractionDigits <= 7 && !hasExponent ? position : 0;
}

/** A number of few enough digits, of which none is behind the scale. */
export function decimal(start: usize, precision: i32, scale: i32): usize {
  const position = number(start);
  return position != 0 && !hasExponent && fractionDigits <= scale && wholeDigits <= precision - scale ? position : 0;
}

/** Two digits as a number; 255 when one of them is none. */
// @ts-ignore: decorator
@inline
export function pair(position: usize): u32 {
  const tens: u32 = <u32>load<u8>(position) - 48;
  const units: u32 = <u32>load<u8>(position + 1) - 48;
  return tens < 10 && units < 10 ? tens * 10 + units : 255;
}

export function daysOf(month: u32, year: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

export function isDateAt(position: usize): bool {
  const century = pair(position);
  const rest = pair(position + 2);
  const month = pair(position + 5);
  const day = pair(position + 8);
  const year = century * 100 + rest;
  if (century > 99 || rest > 99 || year < 1 || month < 1 || month > 12 || day < 1) return false;
  return load<u8>(position + 4) == 45 && load<u8>(position + 7) == 45 && day <= daysOf(month, year);
}

export function isTimeAt(position: usize): bool {
  if (pair(position) > 23 || pair(position + 3) > 59 || pair(position + 6) > 59) return false;
  return load<u8>(position + 2) == 58 && load<u8>(position + 5) == 58;
}

export function date(start: usize): usize {
  return isDateAt(start) ? start + 10 : 0;
}

/** A date and time, behind up to six digits of a second. */
export function dateTime(start: usize): usize {
  if (!isDateAt(start) || !isTimeAt(start + 11)) return 0;
  const separator = load<u8>(start + 10);
  if (separator != 84 && separator != 32) return 0;
  if (load<u8>(start + 19) != 46) return start + 19;
  const end = digits(start + 20);
  return end > start + 20 && end <= start + 26 ? end : 0;
}

/** A date and time with `Z`, an offset from UTC, or, where that is UTC, neither. */
export function timestamp(start: usize, column: i32, isUtc: bool): usize {
  const end = dateTime(start);
  if (end == 0) return 0;
  const zone = load<u8>(end);
  if (zone == 90) return end + 1;
  if (zone != 43 && zone != 45) return isUtc ? end : 0;
  if (column < 0 || load<u8>(end + 3) != 58 || pair(end + 1) > 17 || pair(end + 4) > 59) return 0;
  offsets |= 1 << column;
  return end + 6;
}
