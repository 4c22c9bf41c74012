/**
 * Recognises JSON records that DuckDB reads exactly as Spark does.
 *
 * A record is plain when its syntax is strict JSON and every wanted value has the token and the spelling on which the two
 * agree. What is not plain is not wrong: it is left to the slow reader. A record is checked in one pass over its bytes,
 * and nothing is made of it.
 */
import type { DataType, StructType, TypeKind } from "../../../types/data-type.ts";
import { isDate } from "./time-zone.ts";
import { daysOf } from "../../../types/calendar.ts";

const quote = 34;
const backslash = 92;
const comma = 44;
const colon = 58;
const minus = 45;
const plus = 43;
const period = 46;
const zero = 48;
const openBrace = 123;
const closeBrace = 125;
const openBracket = 91;
const closeBracket = 93;
const maximumDepth = 500;
const maximumKey = 1000;

/** Bytes of a string that stand for themselves. */
const ordinary = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= 32 && byte !== quote && byte !== backslash ? 1 : 0));
const digit = Uint8Array.from({ length: 256 }, (_, byte) => (byte >= zero && byte <= 57 ? 1 : 0));

/** What a scan finds out about columns besides that their values are plain. */
export interface PlainFacts {
  /** Names of TIMESTAMP columns with an offset from UTC. */
  readonly offsets: Set<string>;
}

/** The position in the record that is being checked. */
interface Cursor {
  bytes: Uint8Array;
  at: number;
  depth: number;
  readonly facts: PlainFacts;
}

/** Moves the cursor behind a value; false when it is not plain. */
type Check = (cursor: Cursor) => boolean;

export interface PlainRules {
  /** Whether a time without an offset is UTC. */
  readonly isUtc: boolean;
  /** A field that makes a record odd: the column that stands for corrupt records. */
  readonly reservedName?: string;
}

/** Tells whether the record in `bytes` from `start` up to `end` is plain; its byte at `end` must be a line end or 0. */
export type PlainRecord = (bytes: Uint8Array, start: number, end: number) => boolean;

/**
 * A check for records of a schema.
 *
 * @param schema - the columns wanted
 * @param rules - what else matters
 * @param facts - filled in while records are checked
 * @returns undefined when no record of this schema is plain, because of a type or a name
 */
export function plainRecord(schema: StructType, rules: PlainRules, facts: PlainFacts): PlainRecord | undefined {
  const root = structCheck(schema, rules, true);
  if (root === undefined) return undefined;
  const cursor: Cursor = { bytes: new Uint8Array(), at: 0, depth: 0, facts };
  return (bytes, start, end) => {
    cursor.bytes = bytes;
    cursor.at = start;
    cursor.depth = 0;
    skipSpace(cursor);
    if (cursor.at === end) return true;
    if (!root(cursor)) return false;
    skipSpace(cursor);
    return cursor.at === end;
  };
}

function skipSpace(cursor: Cursor): void {
  const { bytes } = cursor;
  let { at } = cursor;
  while (bytes[at] === 32 || bytes[at] === 9) at++;
  cursor.at = at;
}

/** Moves behind `byte` and white space, if it is next. */
function skip(cursor: Cursor, byte: number): boolean {
  if (cursor.bytes[cursor.at] !== byte) return false;
  cursor.at++;
  skipSpace(cursor);
  return true;
}

/** Moves behind a string whose opening quote is next. */
function string(cursor: Cursor): boolean {
  const { bytes } = cursor;
  if (bytes[cursor.at] !== quote) return false;
  let at = cursor.at + 1;
  for (;;) {
    while (ordinary[bytes[at]!] === 1) at++;
    if (bytes[at] === quote) break;
    const length = bytes[at] === backslash ? escapeLength(bytes, at + 1) : 0;
    if (length === 0) return false;
    at += 1 + length;
  }
  cursor.at = at + 1;
  return true;
}

const simpleEscapes = new Set([..."\"\\/bfnrt"].map((letter) => letter.charCodeAt(0)));

/** How long an escape is behind its backslash; 0 for a wrong one, and for surrogates and NUL, which are left alone. */
function escapeLength(bytes: Uint8Array, at: number): number {
  if (simpleEscapes.has(bytes[at]!)) return 1;
  if (bytes[at] !== 117) return 0;
  const text = String.fromCharCode(bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!, bytes[at + 4]!);
  if (!/^[0-9a-fA-F]{4}$/.test(text) || text === "0000") return 0;
  const value = Number.parseInt(text, 16);
  return value >= 0xd800 && value <= 0xdfff ? 0 : 5;
}

function word(cursor: Cursor, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (cursor.bytes[cursor.at + index] !== text.charCodeAt(index)) return false;
  }
  cursor.at += text.length;
  return true;
}

const isNull: Check = (cursor) => cursor.bytes[cursor.at] === 110 && word(cursor, "null");
const isBoolean: Check = (cursor) => word(cursor, "true") || word(cursor, "false");

/** The parts of a number that was just read. */
let wholeDigits = 0;
let fractionDigits = 0;
let hasExponent = false;

/** Moves behind a number as JSON has it, and leaves its parts in the variables above. */
function number(cursor: Cursor): boolean {
  const { bytes } = cursor;
  let { at } = cursor;
  if (bytes[at] === minus) at++;
  const start = at;
  while (digit[bytes[at]!] === 1) at++;
  wholeDigits = at - start;
  if (wholeDigits === 0 || (bytes[start] === zero && wholeDigits > 1)) return false;
  fractionDigits = 0;
  hasExponent = false;
  if (bytes[at] === period) {
    const point = at++;
    while (digit[bytes[at]!] === 1) at++;
    fractionDigits = at - point - 1;
    if (fractionDigits === 0) return false;
  }
  if ((bytes[at]! | 32) === 101) {
    at++;
    if (bytes[at] === minus || bytes[at] === plus) at++;
    const exponent = at;
    while (digit[bytes[at]!] === 1) at++;
    hasExponent = true;
    // The two parsers agree on what is far from infinity and from zero.
    if (at === exponent || at - exponent > 2) return false;
  }
  cursor.at = at;
  return wholeDigits + fractionDigits <= 40;
}

/** A value nobody wants: strict JSON of any kind. */
const any: Check = (cursor) => {
  switch (cursor.bytes[cursor.at]) {
    case quote:
      return string(cursor);
    case openBrace:
      return members(cursor, any);
    case openBracket:
      return items(cursor, any);
    case 116:
    case 102:
      return isBoolean(cursor);
    case 110:
      return isNull(cursor);
    default:
      return number(cursor);
  }
};

function members(cursor: Cursor, value: Check): boolean {
  if (!skip(cursor, openBrace) || ++cursor.depth > maximumDepth) return false;
  if (cursor.bytes[cursor.at] === closeBrace) return close(cursor, closeBrace);
  do {
    const start = cursor.at;
    if (!string(cursor) || cursor.at - start > maximumKey) return false;
    skipSpace(cursor);
    if (!skip(cursor, colon) || !value(cursor)) return false;
    skipSpace(cursor);
  } while (skip(cursor, comma));
  return close(cursor, closeBrace);
}

function close(cursor: Cursor, byte: number): boolean {
  cursor.depth--;
  return cursor.bytes[cursor.at++] === byte;
}

function items(cursor: Cursor, value: Check): boolean {
  if (!skip(cursor, openBracket) || ++cursor.depth > maximumDepth) return false;
  if (cursor.bytes[cursor.at] === closeBracket) return close(cursor, closeBracket);
  do {
    if (!value(cursor)) return false;
    skipSpace(cursor);
  } while (skip(cursor, comma));
  return close(cursor, closeBracket);
}

interface Member {
  /** The name in quotes, as bytes. */
  readonly key: Uint8Array;
  readonly check: Check;
  readonly bit: number;
}

/** An object whose members are wanted by name. A name that comes twice or has an escape is odd. */
function structCheck(schema: StructType, rules: PlainRules, isRoot: boolean): Check | undefined {
  const members: Member[] = [];
  for (const { name, type } of schema.fields) {
    const check = checkOf(type, rules, isRoot ? name : undefined);
    if (check === undefined || isAwkward(name) || schema.fields.length > 30) return undefined;
    members.push({ key: encoder.encode(JSON.stringify(name)), check, bit: 1 << members.length });
  }
  const names = schema.fields.map(({ name }) => name.toLowerCase());
  if (new Set(names).size < names.length) return undefined;
  if (isRoot && rules.reservedName !== undefined) {
    members.push({ key: encoder.encode(JSON.stringify(rules.reservedName)), check: () => false, bit: 0 });
  }
  return (cursor) => wantedMembers(cursor, members);
}

const encoder = new TextEncoder();

/** Names that DuckDB does not take for a column or a field. */
const isAwkward = (name: string): boolean => name === "" || /[\0-\x1f"\\]/.test(name);

function wantedMembers(cursor: Cursor, wanted: readonly Member[]): boolean {
  if (!skip(cursor, openBrace) || ++cursor.depth > maximumDepth) return false;
  if (cursor.bytes[cursor.at] === closeBrace) return close(cursor, closeBrace);
  let seen = 0;
  let expected = 0;
  do {
    const index = memberAt(cursor, wanted, expected);
    if (index === odd) return false;
    const member = wanted[index];
    if (member !== undefined) {
      if ((seen & member.bit) !== 0) return false;
      seen |= member.bit;
      expected = index + 1;
    }
    skipSpace(cursor);
    if (!skip(cursor, colon) || !(member?.check ?? any)(cursor)) return false;
    skipSpace(cursor);
  } while (skip(cursor, comma));
  return close(cursor, closeBrace);
}

const odd = -2;
const unwanted = -1;

/** Moves behind a name; which of the wanted members it is. Members mostly come in one order. */
function memberAt(cursor: Cursor, wanted: readonly Member[], expected: number): number {
  if (expected < wanted.length && startsWith(cursor, wanted[expected]!.key)) return expected;
  for (let index = 0; index < wanted.length; index++) if (startsWith(cursor, wanted[index]!.key)) return index;
  const { bytes } = cursor;
  let at = cursor.at + 1;
  if (bytes[cursor.at] !== quote) return odd;
  while (ordinary[bytes[at]!] === 1) at++;
  if (bytes[at] !== quote || at - cursor.at > maximumKey) return odd;
  cursor.at = at + 1;
  return unwanted;
}

function startsWith(cursor: Cursor, key: Uint8Array): boolean {
  const { bytes, at } = cursor;
  for (let index = 0; index < key.length; index++) if (bytes[at + index] !== key[index]) return false;
  cursor.at = at + key.length;
  return true;
}

const orNull =
  (check: Check): Check =>
  (cursor) =>
    isNull(cursor) || check(cursor);

/** An integer whose digits alone show that it is in range, or that is compared. */
const integer =
  (safeDigits: number, least: bigint, most: bigint): Check =>
  (cursor) => {
    const start = cursor.at;
    if (!number(cursor) || fractionDigits > 0 || hasExponent) return false;
    if (wholeDigits <= safeDigits) return true;
    const value = BigInt(textFrom(cursor, start));
    return value >= least && value <= most;
  };

const textFrom = ({ bytes, at }: Cursor, start: number): string => String.fromCharCode(...bytes.subarray(start, at));

/** Numbers up to 15 digits are the same however they are rounded. */
const double: Check = (cursor) => {
  const isNegative = cursor.bytes[cursor.at] === minus;
  if (!number(cursor) || wholeDigits + fractionDigits > 17) return false;
  return !isNegative || wholeDigits > 1 || fractionDigits > 0 || cursor.bytes[cursor.at - 1] !== zero;
};

const float: Check = (cursor) => double(cursor) && wholeDigits + fractionDigits <= 7 && !hasExponent;

/**
 * Text, or what DuckDB writes as it was: integers, and fractions in the form in which it writes numbers.
 */
const text: Check = (cursor) => {
  const first = cursor.bytes[cursor.at]!;
  if (first === quote) return string(cursor);
  if (first === 116 || first === 102) return isBoolean(cursor);
  const start = cursor.at;
  if (!number(cursor) || hasExponent) return false;
  if (fractionDigits === 0) return first !== minus || wholeDigits > 1 || cursor.bytes[start + 1] !== zero;
  return isShortest(cursor, start);
};

/** Whether a fraction has no needless digits, and so few that they all count. */
function isShortest({ bytes, at }: Cursor, start: number): boolean {
  if (wholeDigits + fractionDigits > 15) return false;
  if (bytes[at - 1] === zero && fractionDigits > 1) return false;
  const whole = bytes[start] === minus ? start + 1 : start;
  if (bytes[whole] !== zero) return true;
  // Below 0.0001 DuckDB writes an exponent; -0.0 is left alone.
  for (let index = whole + 2; index < at && index < whole + 6; index++) if (bytes[index] !== zero) return true;
  return bytes[start] !== minus && fractionDigits === 1;
}

/** Digits at `start`, as a number; -1 when one of them is none. */
function digitsAt(bytes: Uint8Array, start: number, count: number): number {
  let value = 0;
  for (let index = start; index < start + count; index++) {
    if (digit[bytes[index]!] !== 1) return -1;
    value = value * 10 + bytes[index]! - zero;
  }
  return value;
}

function isDateAt(bytes: Uint8Array, at: number): boolean {
  const year = digitsAt(bytes, at, 4);
  const month = digitsAt(bytes, at + 5, 2);
  const day = digitsAt(bytes, at + 8, 2);
  if (bytes[at + 4] !== minus || bytes[at + 7] !== minus || year < 1 || month < 1 || month > 12 || day < 1) return false;
  return day <= 28 || isDate(year, month, day, daysOf(year, month, day));
}

const date: Check = (cursor) => {
  const { bytes, at } = cursor;
  if (bytes[at] !== quote || !isDateAt(bytes, at + 1) || bytes[at + 11] !== quote) return false;
  cursor.at = at + 12;
  return true;
};

function isTimeAt(bytes: Uint8Array, at: number): boolean {
  const [hour, minute, second] = [digitsAt(bytes, at, 2), digitsAt(bytes, at + 3, 2), digitsAt(bytes, at + 6, 2)] as const;
  const inRange = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59 && second >= 0 && second <= 59;
  return inRange && bytes[at + 2] === colon && bytes[at + 5] === colon;
}

/** Where a date and time end, behind up to six digits of a second; -1 when there is none. */
function endOfDateTime(bytes: Uint8Array, at: number): number {
  if (!isDateAt(bytes, at) || (bytes[at + 10] !== 84 && bytes[at + 10] !== 32) || !isTimeAt(bytes, at + 11)) return -1;
  let end = at + 19;
  if (bytes[end] !== period) return end;
  end++;
  while (digit[bytes[end]!] === 1) end++;
  return end - at > 20 && end - at <= 26 ? end : -1;
}

const timestamp =
  (column: string | undefined, isUtc: boolean): Check =>
  (cursor) => {
    const { bytes } = cursor;
    let end = bytes[cursor.at] === quote ? endOfDateTime(bytes, cursor.at + 1) : -1;
    if (end < 0) return false;
    if (bytes[end] === 90) end++;
    else if (bytes[end] === quote && !isUtc) return false;
    else if (bytes[end] !== quote) {
      if (column === undefined || !isOffsetAt(bytes, end)) return false;
      cursor.facts.offsets.add(column);
      end += 6;
    }
    cursor.at = end + 1;
    return bytes[end] === quote;
  };

function isOffsetAt(bytes: Uint8Array, at: number): boolean {
  const hours = digitsAt(bytes, at + 1, 2);
  const minutes = digitsAt(bytes, at + 4, 2);
  return (bytes[at] === plus || bytes[at] === minus) && bytes[at + 3] === colon && hours >= 0 && hours < 18 && minutes >= 0 && minutes <= 59;
}

const localTimestamp: Check = (cursor) => {
  const { bytes } = cursor;
  const end = bytes[cursor.at] === quote ? endOfDateTime(bytes, cursor.at + 1) : -1;
  if (end < 0 || bytes[end] !== quote) return false;
  cursor.at = end + 1;
  return true;
};

/** A number, bare or in quotes, that needs no rounding. */
const decimal =
  (precision: number, scale: number): Check =>
  (cursor) => {
    const isQuoted = cursor.bytes[cursor.at] === quote;
    if (isQuoted) cursor.at++;
    if (!number(cursor) || hasExponent || fractionDigits > scale || wholeDigits > precision - scale) return false;
    // Bare numbers pass through a double.
    return isQuoted ? cursor.bytes[cursor.at++] === quote : wholeDigits + fractionDigits <= 15;
  };

type Checks = {
  [Kind in TypeKind]?: (type: Extract<DataType, { kind: Kind }>, rules: PlainRules, column: string | undefined) => Check | undefined;
};

const checks: Checks = {
  boolean: () => orNull(isBoolean),
  tinyint: () => orNull(integer(2, -128n, 127n)),
  smallint: () => orNull(integer(4, -32_768n, 32_767n)),
  int: () => orNull(integer(9, -2_147_483_648n, 2_147_483_647n)),
  bigint: () => orNull(integer(18, -(1n << 63n), (1n << 63n) - 1n)),
  float: () => orNull(float),
  double: () => orNull(double),
  decimal: ({ precision, scale }) => orNull(decimal(precision, scale)),
  string: () => orNull(text),
  char: () => orNull(text),
  varchar: () => orNull(text),
  date: () => orNull(date),
  timestamp: (_, { isUtc }, column) => orNull(timestamp(column, isUtc)),
  timestamp_ntz: () => orNull(localTimestamp),
  struct: (type, rules) => optional(structCheck(type, rules, false)),
  array: ({ element }, rules) => {
    const check = checkOf(element, rules, undefined);
    return check && orNull((cursor) => items(cursor, check));
  },
  map: ({ value }, rules) => {
    const check = checkOf(value, rules, undefined);
    return check && orNull((cursor) => members(cursor, check));
  },
  udt: ({ storage }, rules, column) => checkOf(storage, rules, column),
};

const optional = (check: Check | undefined): Check | undefined => check && orNull(check);

function checkOf(type: DataType, rules: PlainRules, column: string | undefined): Check | undefined {
  return (checks[type.kind] as ((type: DataType, rules: PlainRules, column: string | undefined) => Check | undefined) | undefined)?.(type, rules, column);
}
