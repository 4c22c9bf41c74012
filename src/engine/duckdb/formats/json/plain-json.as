// Checks JSON lines: see plain-json.ts, which writes the program that this kernel runs.
// AssemblyScript; compiled by tools/build-kernels.ts. Functions take a position and return the one behind what they
// checked, or 0 when it is odd.

import {
  ANY,
  ARRAY,
  BASE64,
  boolean,
  BOOLEAN,
  date,
  DATE,
  dateTime,
  decimal,
  DECIMAL,
  double,
  DOUBLE,
  float,
  FLOAT,
  fractionDigits,
  hasExponent,
  integer,
  INTEGER,
  lineEnd,
  lineFeed,
  LOCAL_TIMESTAMP,
  MAP,
  number,
  NUMBER,
  STRUCT,
  TEXT,
  timestamp,
  TIMESTAMP,
  wholeDigits,
} from "./plain-values";

export { seenOffsets } from "./plain-values";

const MAXIMUM_DEPTH: i32 = 500;
const MAXIMUM_KEY: usize = 1000;

/** Lines that were plain, blank ones apart. */
export let rows: i32 = 0;
/** The longest line, in bytes. */
export let longest: i32 = 0;
/** All lines, blank ones too. */
export let lines: i32 = 0;
/** Lines that end with a carriage return too. */
export let returns: i32 = 0;
/** Odd lines, as pairs of position and length, stand at `output`. */
export let oddLines: i32 = 0;

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
    lines++;
    if (length > 0 && load<u8>(position - 1) == 13) returns++;
    line = position + 1;
  }
  return line;
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
      return quotableDecimal(position, load<i32>(program + 4), load<i32>(program + 8));
    case DATE:
      return first == 34 ? quoteEnd(date(position + 1)) : 0;
    case TIMESTAMP:
      return first == 34 ? quoteEnd(timestamp(position + 1, load<i32>(program + 4), load<i32>(program + 8) != 0)) : 0;
    case LOCAL_TIMESTAMP:
      return first == 34 ? quoteEnd(dateTime(position + 1)) : 0;
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

/** Not a string, but what is written as it was: integers, booleans, fractions in the form in which both DuckDB and Java write them. */
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
  if (wholeDigits > 7 || wholeDigits + fractionDigits > 15 || (fractionDigits > 1 && load<u8>(end - 1) == 48)) return false;
  const negative = load<u8>(start) == 45;
  const whole = negative ? start + 1 : start;
  if (load<u8>(whole) != 48) return true;
  // Below 0.001 Java writes an exponent, as from 10,000,000 on; -0.0 is left alone.
  for (let position = whole + 2; position < end && position < whole + 5; position++) if (load<u8>(position) != 48) return true;
  return !negative && fractionDigits == 1;
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

/** Behind the quote at `position`. */
function quoteEnd(position: usize): usize {
  return position != 0 && load<u8>(position) == 34 ? position + 1 : 0;
}

/** A number, bare or in quotes. Bare fractions pass through a double that is scaled. */
function quotableDecimal(start: usize, precision: i32, scale: i32): usize {
  if (load<u8>(start) == 34) return quoteEnd(decimal(start + 1, precision, scale));
  const position = decimal(start, precision, scale);
  const isExact = fractionDigits == 0 ? wholeDigits <= 18 : wholeDigits + scale <= 15;
  return isExact ? position : 0;
}
