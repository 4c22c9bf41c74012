// Checks CSV lines: see plain-csv.ts, which writes the program that this kernel runs.
// AssemblyScript; compiled by tools/build-kernels.ts.
import {
  ANY,
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
  integer,
  INTEGER,
  lineEnd,
  LOCAL_TIMESTAMP,
  number,
  NUMBER,
  TEXT,
  timestamp,
  TIMESTAMP,
} from "./plain-values";

export { seenOffsets } from "./plain-values";

/** Lines that were plain, blank ones apart. */
export let rows: i32 = 0;
/** The longest line, in bytes. */
export let longest: i32 = 0;
/** Odd lines, as pairs of position and length, stand at `output`. */
export let oddLines: i32 = 0;
/** Lines that end with a carriage return before the line feed, blank ones too. */
export let returns: i32 = 0;
/** All lines. */
export let lines: i32 = 0;

// The program: the characters of the format, the text of null, what is odd besides, and a program for each column.
const DELIMITER: usize = 0;
const QUOTE: usize = 4;
const ESCAPE: usize = 8;
const COMMENT: usize = 12;
const NULL_TEXT: usize = 16;
const NULL_LENGTH: usize = 20;
const FLAGS: usize = 24;
const COUNT: usize = 28;
const COLUMNS: usize = 32;
const ODD_EMPTY_QUOTED: i32 = 1;
const ODD_NULL_QUOTED: i32 = 2;
const ODD_BLANK: i32 = 4;
const ODD_SPACE: i32 = 8;

/**
 * Checks the lines from `start` up to `end`, where the last of them ends with a line feed.
 * Returns where it stopped: at `end`, or earlier when `capacity` odd lines were found.
 */
export function scan(start: usize, end: usize, program: usize, output: usize, capacity: i32): usize {
  let line = start;
  oddLines = 0;
  while (line < end && oddLines < capacity) {
    lines++;
    const first = load<u8>(line);
    const isBlank = first == 10 || load<u16>(line) == 0x0a0d;
    let position: usize;
    if (isBlank) position = (load<i32>(program + FLAGS) & ODD_BLANK) == 0 ? line + (first == 13 ? 1 : 0) : 0;
    else position = first == <u8>load<i32>(program + COMMENT) ? 0 : record(line, program);
    if (position != 0) {
      if (!isBlank) rows++;
    } else {
      position = lineEnd(line);
      store<u32>(output + oddLines * 8, <u32>line);
      store<u32>(output + oddLines * 8 + 4, <u32>(position - line));
      oddLines++;
    }
    if (position > line && load<u8>(position - 1) == 13) returns++;
    const length = <i32>(position - line);
    if (length > longest) longest = length;
    line = position + 1;
  }
  return line;
}

/** The line feed behind a record of as many values as there are columns; 0 when it is odd. */
function record(start: usize, program: usize): usize {
  const delimiter = <u8>load<i32>(program + DELIMITER);
  const quote = <u8>load<i32>(program + QUOTE);
  const count = load<i32>(program + COUNT);
  let position = start;
  let column = program + COLUMNS;
  for (let index = 0; index < count; index++) {
    const kind = load<u32>(column);
    column += 4;
    position = load<u8>(position) == quote ? quoted(position, kind, program) : bare(position, kind, program);
    if (position == 0) return 0;
    const byte = load<u8>(position);
    if (index < count - 1) {
      if (byte != delimiter) return 0;
      position++;
    } else if (byte == 13) {
      if (load<u8>(position + 1) != 10) return 0;
      position++;
    } else if (byte != 10) return 0;
  }
  // A line of white space is no record.
  return isSpace(start, position) ? 0 : position;
}

function isSpace(start: usize, end: usize): bool {
  let position = start;
  while (position < end && load<u8>(position) <= 32) position++;
  return position == end;
}

/** The delimiter or line end behind a bare value, which has no quote. */
function bareEnd(start: usize, program: usize): usize {
  const delimiter = i8x16.splat(<i8>load<i32>(program + DELIMITER));
  const quote = i8x16.splat(<i8>load<i32>(program + QUOTE));
  const feed = i8x16.splat(10);
  const carriage = i8x16.splat(13);
  let from = start;
  let mask = 0;
  do {
    const block = v128.load(from);
    const ends = v128.or(i8x16.eq(block, delimiter), i8x16.eq(block, feed));
    mask = i8x16.bitmask(v128.or(ends, v128.or(i8x16.eq(block, quote), i8x16.eq(block, carriage))));
    from += 16;
  } while (mask == 0);
  return from - 16 + ctz(mask);
}

function bare(start: usize, kind: usize, program: usize): usize {
  const end = bareEnd(start, program);
  if (load<u8>(end) == <u8>load<i32>(program + QUOTE)) return 0;
  if (end == start) return end;
  if ((load<i32>(program + FLAGS) & ODD_SPACE) != 0 && (load<u8>(start) <= 32 || load<u8>(end - 1) <= 32)) return 0;
  if (load<i32>(kind) == TEXT || isNull(start, end, program)) return end;
  return value(start, kind) == end ? end : 0;
}

/** Behind the closing quote of a value without escapes and inner quotes. */
function quoted(start: usize, kind: usize, program: usize): usize {
  const content = start + 1;
  const end = quotedEnd(content, program);
  if (load<u8>(end) != <u8>load<i32>(program + QUOTE)) return 0;
  const flags = load<i32>(program + FLAGS);
  if (end == content) return (flags & ODD_EMPTY_QUOTED) == 0 ? end + 1 : 0;
  if (isNull(content, end, program)) return (flags & ODD_NULL_QUOTED) == 0 ? end + 1 : 0;
  return load<i32>(kind) == TEXT || value(content, kind) == end ? end + 1 : 0;
}

/** The first quote, escape or line end of a quoted value. */
function quotedEnd(start: usize, program: usize): usize {
  const quote = i8x16.splat(<i8>load<i32>(program + QUOTE));
  const escape = i8x16.splat(<i8>load<i32>(program + ESCAPE));
  const feed = i8x16.splat(10);
  const carriage = i8x16.splat(13);
  let from = start;
  let mask = 0;
  do {
    const block = v128.load(from);
    const ends = v128.or(i8x16.eq(block, quote), i8x16.eq(block, escape));
    mask = i8x16.bitmask(v128.or(ends, v128.or(i8x16.eq(block, feed), i8x16.eq(block, carriage))));
    from += 16;
  } while (mask == 0);
  return from - 16 + ctz(mask);
}

function isNull(start: usize, end: usize, program: usize): bool {
  const length = load<i32>(program + NULL_LENGTH);
  if (length == 0 || <i32>(end - start) != length) return false;
  const text = load<u32>(program + NULL_TEXT);
  for (let index = 0; index < length; index++) if (load<u8>(start + index) != load<u8>(text + index)) return false;
  return true;
}

function value(start: usize, program: usize): usize {
  switch (load<i32>(program)) {
    case BOOLEAN:
      return boolean(start);
    case INTEGER:
      return integer(start, program);
    case DOUBLE:
      return double(start);
    case FLOAT:
      return float(start);
    case DECIMAL:
      return decimal(start, load<i32>(program + 4), load<i32>(program + 8));
    case DATE:
      return date(start);
    case TIMESTAMP:
      return timestamp(start, load<i32>(program + 4), load<i32>(program + 8) != 0);
    case LOCAL_TIMESTAMP:
      return dateTime(start);
    case NUMBER:
      return number(start);
    default:
      return 0;
  }
}
