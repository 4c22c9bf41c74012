// Checks JSON lines: see plain-json.ts, which writes the program that this kernel runs.
// AssemblyScript; compiled by tools/build-kernels.ts. Functions take a position and return the one behind what they
// checked, or 0 when it is odd.

// Kinds of values, in the order of `kinds` in plain-json.ts.
const TEXT: i32 = 1;
const BOOLEAN: i32 = 2;
const INTEGER: i32 = 3;
const DOUBLE: i32 = 4;
const FLOAT: i32 = 5;
const DECIMAL: i32 = 6;
const DATE: i32 = 7;
const TIMESTAMP: i32 = 8;
const LOCAL_TIMESTAMP: i32 = 9;
const ARRAY: i32 = 10;
const MAP: i32 = 11;
const STRUCT: i32 = 12;
const ANY: i32 = 13;
const NUMBER: i32 = 14;
const BASE64: i32 = 15;

const MAXIMUM_DEPTH: i32 = 500;
const MAXIMUM_KEY: usize = 1000;

/** Lines that were plain, blank ones apart. */
export let rows: i32 = 0;
/** The longest line, in bytes. */
export let longest: i32 = 0;
/** TIMESTAMP columns, as bits, in which an offset from UTC was seen. */
export let offsets: i32 = 0;
/** Odd lines, as pairs of position and length, stand at `output`. */
export let oddLines: i32 = 0;

let wholeDigits: i32 = 0;
let fractionDigits: i32 = 0;
let hasExponent: bool = false;

/**
 * Checks the lines from `start` up to `end`, where the last of them ends with a line feed.
 * Returns where it stopped: at `end`, or earlier when `capacity` odd lines were found.
 */
export function scan(start: usize, end: usize, program: usize, output: usize, capacity: i32): usize {
  let line = start;
  oddLines = 0;
  while (line < end && oddLines < capacity) {
    const first = spaceEnd(line);
    let position = lineFeed(first);
    if (position == 0) {
      position = value(first, program, 0);
      if (position != 0) position = lineFeed(spaceEnd(position));
      if (position != 0) rows++;
      else {
        position = lineEnd(line);
        store<u32>(output + oddLines * 8, <u32>line);
        store<u32>(output + oddLines * 8 + 4, <u32>(position - line));
        oddLines++;
      }
    }
    const length = <i32>(position - line);
    if (length > longest) longest = length;
    line = position + 1;
  }
  return line;
}

/** The line feed at `position`, or behind a carriage return there. */
// @ts-ignore: decorator
@inline
function lineFeed(position: usize): usize {
  if (load<u8>(position) == 10) return position;
  return load<u16>(position) == 0x0a0d ? position + 1 : 0;
}

function lineEnd(start: usize): usize {
  const feed = i8x16.splat(10);
  let position = start;
  let mask = i8x16.bitmask(i8x16.eq(v128.load(position), feed));
  while (mask == 0) {
    position += 16;
    mask = i8x16.bitmask(i8x16.eq(v128.load(position), feed));
  }
  return position + ctz(mask);
}

// @ts-ignore: decorator
@inline
function spaceEnd(position: usize): usize {
  let byte = load<u8>(position);
  while (byte == 32 || byte == 9) byte = load<u8>(++position);
  return position;
}

/** The first byte from `position` on that does not stand for itself in a string. */
// @ts-ignore: decorator
@inline
function ordinaryEnd(position: usize): usize {
  const quote = i8x16.splat(34);
  const backslash = i8x16.splat(92);
  const control = i8x16.splat(31);
  let from = position;
  let mask = 0;
  do {
    const block = v128.load(from);
    const low = i8x16.eq(i8x16.min_u(block, control), block);
    mask = i8x16.bitmask(v128.or(v128.or(i8x16.eq(block, quote), i8x16.eq(block, backslash)), low));
    from += 16;
  } while (mask == 0);
  return from - 16 + ctz(mask);
}

/** A string whose opening quote is at `position`. */
// @ts-ignore: decorator
@inline
function string(position: usize): usize {
  const end = ordinaryEnd(position + 1);
  return load<u8>(end) == 34 ? end + 1 : escapedString(end);
}

function escapedString(start: usize): usize {
  let position = start;
  while (load<u8>(position) != 34) {
    const length = load<u8>(position) == 92 ? escapeLength(position + 1) : 0;
    if (length == 0) return 0;
    position = ordinaryEnd(position + 1 + length);
  }
  return position + 1;
}

/** How long an escape is behind its backslash; 0 for a wrong one, and for surrogates and NUL, which are left alone. */
function escapeLength(position: usize): usize {
  const byte = load<u8>(position);
  if (byte == 34 || byte == 92 || byte == 47 || byte == 98 || byte == 102 || byte == 110 || byte == 114 || byte == 116) return 1;
  if (byte != 117) return 0;
  let unit = 0;
  for (let index: usize = 1; index <= 4; index++) {
    const letter = load<u8>(position + index);
    const lower = letter | 32;
    if (letter >= 48 && letter <= 57) unit = unit * 16 + (letter - 48);
    else if (lower >= 97 && lower <= 102) unit = unit * 16 + (lower - 87);
    else return 0;
  }
  return unit == 0 || (unit >= 0xd800 && unit <= 0xdfff) ? 0 : 5;
}

// @ts-ignore: decorator
@inline
function isNull(position: usize): bool {
  return load<u32>(position) == 0x6c6c756e;
}

function boolean(position: usize): usize {
  if (load<u32>(position) == 0x65757274) return position + 4;
  return load<u32>(position) == 0x736c6166 && load<u8>(position + 4) == 101 ? position + 5 : 0;
}

// @ts-ignore: decorator
@inline
function digits(position: usize): usize {
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
function number(start: usize): usize {
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

/** A value that nobody wants: strict JSON of any kind. */
function any(position: usize, depth: i32): usize {
  const byte = load<u8>(position);
  if (byte == 34) return string(position);
  if (byte == 123) return members(position, 0, depth);
  if (byte == 91) return items(position, 0, depth);
  if (byte == 110) return isNull(position) ? position + 4 : 0;
  return byte == 116 || byte == 102 ? boolean(position) : number(position);
}

function wanted(position: usize, program: usize, depth: i32): usize {
  return program == 0 ? any(position, depth) : value(position, program, depth);
}

/** The value behind the colon that follows a name, with the white space around; `position` is behind the name. */
// @ts-ignore: decorator
@inline
function afterName(position: usize, program: usize, depth: i32): usize {
  const sign = spaceEnd(position);
  if (load<u8>(sign) != 58) return 0;
  const end = wanted(spaceEnd(sign + 1), program, depth);
  return end == 0 ? 0 : spaceEnd(end);
}

/** An object of any names; the program of its values, or 0 for any. */
function members(start: usize, program: usize, depth: i32): usize {
  if (load<u8>(start) != 123 || depth > MAXIMUM_DEPTH) return 0;
  let position = spaceEnd(start + 1);
  if (load<u8>(position) == 125) return position + 1;
  for (;;) {
    if (load<u8>(position) != 34) return 0;
    const name = string(position);
    if (name == 0 || name - position > MAXIMUM_KEY) return 0;
    position = afterName(name, program, depth + 1);
    if (position == 0) return 0;
    const byte = load<u8>(position);
    if (byte == 125) return position + 1;
    if (byte != 44) return 0;
    position = spaceEnd(position + 1);
  }
  return 0;
}

function items(start: usize, program: usize, depth: i32): usize {
  if (load<u8>(start) != 91 || depth > MAXIMUM_DEPTH) return 0;
  let position = spaceEnd(start + 1);
  if (load<u8>(position) == 93) return position + 1;
  for (;;) {
    position = wanted(position, program, depth + 1);
    if (position == 0) return 0;
    position = spaceEnd(position);
    const byte = load<u8>(position);
    if (byte == 93) return position + 1;
    if (byte != 44) return 0;
    position = spaceEnd(position + 1);
  }
  return 0;
}

/** Whether the bytes at `position` are those at `key`. */
// @ts-ignore: decorator
@inline
function isKey(position: usize, key: usize, length: usize): bool {
  for (let offset: usize = 0; offset < length; offset += 16) {
    const same = i8x16.bitmask(i8x16.eq(v128.load(position + offset), v128.load(key + offset)));
    const left = length - offset;
    const all = left >= 16 ? 0xffff : (1 << <i32>left) - 1;
    if ((same & all) != all) return false;
  }
  return true;
}

// A struct's program: kind, count, isClosed, the first member's number, then for each member the address and the length of
// its name with quotes and colon, its program, and the number of the member that followed it last.
const HEADER: usize = 16;
const ENTRY: usize = 16;

/** An object whose members are wanted by name. A name that comes twice or has an escape is odd. */
function struct(start: usize, program: usize, depth: i32): usize {
  if (depth > MAXIMUM_DEPTH) return 0;
  let position = spaceEnd(start + 1);
  if (load<u8>(position) == 125) return position + 1;
  const table = program + HEADER;
  let seen: u64 = 0;
  let guess = program + 12;
  for (;;) {
    let index = load<i32>(guess);
    let entry = table + index * ENTRY;
    let name = load<u32>(entry + 4);
    if (isKey(position, load<u32>(entry), name)) position = spaceEnd(position + name);
    else {
      index = find(position, program);
      if (index >= 0) {
        store<i32>(guess, index);
        entry = table + index * ENTRY;
        name = load<u32>(entry + 4);
        position = behindColon(position + name - 1);
      } else position = load<i32>(program + 8) != 0 ? 0 : behindName(position);
      if (position == 0) return 0;
    }
    if (index >= 0) {
      const bit: u64 = 1 << <u64>index;
      const child = load<u32>(entry + 8);
      if ((seen & bit) != 0 || child == 0) return 0;
      seen |= bit;
      guess = entry + 12;
      position = load<i32>(child) == TEXT && load<u8>(position) == 34 ? string(position) : value(position, child, depth + 1);
    } else position = any(position, depth + 1);
    if (position == 0) return 0;
    let byte = load<u8>(position);
    if (byte == 32 || byte == 9) {
      position = spaceEnd(position);
      byte = load<u8>(position);
    }
    if (byte == 125) return position + 1;
    if (byte != 44) return 0;
    position = spaceEnd(position + 1);
  }
  return 0;
}

/** The number of the member whose name is at `position`, whatever stands before its colon; -1 when it is not wanted. */
function find(position: usize, program: usize): i32 {
  const count = load<i32>(program + 4);
  let entry = program + HEADER;
  for (let index = 0; index < count; index++) {
    if (isKey(position, load<u32>(entry), load<u32>(entry + 4) - 1)) return index;
    entry += ENTRY;
  }
  return -1;
}

function behindColon(position: usize): usize {
  const sign = spaceEnd(position);
  return load<u8>(sign) == 58 ? spaceEnd(sign + 1) : 0;
}

function behindName(position: usize): usize {
  if (load<u8>(position) != 34) return 0;
  const end = ordinaryEnd(position + 1);
  return load<u8>(end) == 34 && end - position <= MAXIMUM_KEY ? behindColon(end + 1) : 0;
}

function value(position: usize, program: usize, depth: i32): usize {
  const kind = load<i32>(program);
  const first = load<u8>(position);
  if (kind == TEXT && first == 34) return string(position);
  // A record itself is never null.
  if (first == 110) return depth > 0 && isNull(position) ? position + 4 : 0;
  switch (kind) {
    case TEXT:
      return text(position);
    case BOOLEAN:
      return boolean(position);
    case INTEGER:
      return integer(position, program);
    case DOUBLE:
      return double(position);
    case FLOAT:
      return float(position);
    case DECIMAL:
      return decimal(position, load<i32>(program + 4), load<i32>(program + 8));
    case DATE:
      return date(position);
    case TIMESTAMP:
      return timestamp(position, load<i32>(program + 4), load<i32>(program + 8) != 0);
    case LOCAL_TIMESTAMP:
      return localTimestamp(position);
    case ARRAY:
      return items(position, load<u32>(program + 4), depth);
    case MAP:
      return members(position, load<u32>(program + 4), depth);
    case ANY:
      return any(position, depth);
    case NUMBER:
      return number(position);
    case BASE64:
      return base64(position);
    case STRUCT:
      return first == 123 ? struct(position, program, depth) : 0;
    default:
      return 0;
  }
}

function integer(start: usize, program: usize): usize {
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
function double(start: usize): usize {
  const position = number(start);
  if (position == 0 || wholeDigits + fractionDigits > 17) return 0;
  const negativeZero = load<u8>(start) == 45 && wholeDigits == 1 && fractionDigits == 0 && load<u8>(start + 1) == 48;
  return negativeZero ? 0 : position;
}

function float(start: usize): usize {
  const position = double(start);
  return wholeDigits + fractionDigits <= 7 && !hasExponent ? position : 0;
}

/** Not a string, but what DuckDB writes as it was: integers, booleans, fractions in the form in which it writes numbers. */
function text(start: usize): usize {
  const first = load<u8>(start);
  if (first == 116 || first == 102) return boolean(start);
  const position = number(start);
  if (position == 0 || hasExponent) return 0;
  if (fractionDigits == 0) return first == 45 && wholeDigits == 1 && load<u8>(start + 1) == 48 ? 0 : position;
  return isShortest(start, position) ? position : 0;
}

/** Whether a fraction has no needless digits, and so few that they all count. */
function isShortest(start: usize, end: usize): bool {
  if (wholeDigits + fractionDigits > 15 || (fractionDigits > 1 && load<u8>(end - 1) == 48)) return false;
  const negative = load<u8>(start) == 45;
  const whole = negative ? start + 1 : start;
  if (load<u8>(whole) != 48) return true;
  // Below 0.0001 DuckDB writes an exponent; -0.0 is left alone.
  for (let position = whole + 2; position < end && position < whole + 6; position++) if (load<u8>(position) != 48) return true;
  return !negative && fractionDigits == 1;
}

/** A number, bare or in quotes, that needs no rounding. Bare fractions pass through a double that is scaled. */
function decimal(start: usize, precision: i32, scale: i32): usize {
  const quoted = load<u8>(start) == 34;
  const position = number(quoted ? start + 1 : start);
  if (position == 0 || hasExponent || fractionDigits > scale || wholeDigits > precision - scale) return 0;
  if (quoted) return load<u8>(position) == 34 ? position + 1 : 0;
  return fractionDigits == 0 ? (wholeDigits <= 18 ? position : 0) : wholeDigits + scale <= 15 ? position : 0;
}

/** Whole groups of base 64 in quotes, the last one padded. */
function base64(start: usize): usize {
  if (load<u8>(start) != 34) return 0;
  let position = start + 1;
  while (isBase64(load<u8>(position))) position++;
  let padding: usize = 0;
  while (load<u8>(position + padding) == 61) padding++;
  const end = position + padding;
  return padding <= 2 && (end - start - 1) % 4 == 0 && load<u8>(end) == 34 ? end + 1 : 0;
}

function isBase64(byte: u8): bool {
  const letter = byte | 32;
  return (letter >= 97 && letter <= 122) || (byte >= 48 && byte <= 57) || byte == 43 || byte == 47;
}

/** Two digits as a number; 255 when one of them is none. */
// @ts-ignore: decorator
@inline
function pair(position: usize): u32 {
  const tens: u32 = <u32>load<u8>(position) - 48;
  const units: u32 = <u32>load<u8>(position + 1) - 48;
  return tens < 10 && units < 10 ? tens * 10 + units : 255;
}

function daysOf(month: u32, year: u32): u32 {
  if (month == 2) return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
  return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

function isDateAt(position: usize): bool {
  const century = pair(position);
  const rest = pair(position + 2);
  const month = pair(position + 5);
  const day = pair(position + 8);
  const year = century * 100 + rest;
  if (century > 99 || rest > 99 || year < 1 || month < 1 || month > 12 || day < 1) return false;
  return load<u8>(position + 4) == 45 && load<u8>(position + 7) == 45 && day <= daysOf(month, year);
}

function isTimeAt(position: usize): bool {
  if (pair(position) > 23 || pair(position + 3) > 59 || pair(position + 6) > 59) return false;
  return load<u8>(position + 2) == 58 && load<u8>(position + 5) == 58;
}

function date(start: usize): usize {
  return load<u8>(start) == 34 && isDateAt(start + 1) && load<u8>(start + 11) == 34 ? start + 12 : 0;
}

/** Where a date and time end, behind up to six digits of a second; 0 when there is none. */
function endOfDateTime(quote: usize): usize {
  const start = quote + 1;
  if (load<u8>(quote) != 34 || !isDateAt(start) || !isTimeAt(start + 11)) return 0;
  const separator = load<u8>(start + 10);
  if (separator != 84 && separator != 32) return 0;
  if (load<u8>(start + 19) != 46) return start + 19;
  const end = digits(start + 20);
  return end > start + 20 && end <= start + 26 ? end : 0;
}

function timestamp(start: usize, column: i32, isUtc: bool): usize {
  let end = endOfDateTime(start);
  if (end == 0) return 0;
  const zone = load<u8>(end);
  if (zone == 90) end++;
  else if (zone == 34) {
    if (!isUtc) return 0;
  } else {
    if (column < 0 || (zone != 43 && zone != 45) || load<u8>(end + 3) != 58) return 0;
    if (pair(end + 1) > 17 || pair(end + 4) > 59) return 0;
    offsets |= 1 << column;
    end += 6;
  }
  return load<u8>(end) == 34 ? end + 1 : 0;
}

function localTimestamp(start: usize): usize {
  const end = endOfDateTime(start);
  return end != 0 && load<u8>(end) == 34 ? end + 1 : 0;
}
