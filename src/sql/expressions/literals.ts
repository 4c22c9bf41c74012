/** Constants: numbers, texts and values that are written as a type and a text. */
import type { Expression, Literal } from "../../plan/expression.ts";
import {
  bigintType,
  binaryType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  smallintType,
  timestampNtzType,
  timestampType,
  tinyintType,
} from "../../types/data-type.ts";
import type { Token } from "../../types/ddl-token.ts";
import { stringLiteral } from "../../types/identifier.ts";
import { specialValue } from "../../types/special-moments.ts";
import { parseDate, parseTime, parseTimestamp } from "../../types/temporal-text.ts";
import type { SqlCursor } from "../cursor.ts";
import { intervalOfText } from "./intervals.ts";
import { literal } from "./nodes.ts";

// ------------------------------------------------------------------------------------------------ texts

/** Reads texts in quotes: those that follow one another are one. */
export function readString(cursor: SqlCursor): string {
  if (cursor.peek().kind !== "string") throw cursor.unexpected("a text in quotes");
  let value = cursor.take().value;
  while (cursor.peek().kind === "string") value += cursor.take().value;
  return value;
}

export const readText = (cursor: SqlCursor): Expression => {
  const { start } = cursor.peek();
  return cursor.placed(start, literal(cursor.stringType, readString(cursor)));
};

// ------------------------------------------------------------------------------------------------ numbers

/** Reads a number. */
export const readNumber = (cursor: SqlCursor): Expression => {
  const token = cursor.take();
  return cursor.placed(token.start, numberOf(cursor, token, ""));
};

/** Reads a number behind a minus, which is part of the constant. */
export const readNegativeNumber = (cursor: SqlCursor): Expression => {
  const { start } = cursor.take();
  return cursor.placed(start, numberOf(cursor, cursor.take(), "-"));
};

interface WholeRange {
  readonly type: DataType;
  readonly name: string;
  readonly limit: bigint;
}

const wholeTypes: Readonly<Record<string, WholeRange>> = {
  Y: { type: tinyintType, name: "tinyint", limit: 128n },
  S: { type: smallintType, name: "smallint", limit: 32768n },
  L: { type: bigintType, name: "bigint", limit: 9223372036854775808n },
};

function numberOf(cursor: SqlCursor, token: Token, sign: string): Literal {
  const [, digits = "", suffix = ""] = /^(.*?)(BD|[LSYFD])?$/i.exec(token.text)!;
  const kind = suffix.toUpperCase();
  const written = `${sign}${digits}`;
  const range = Object.hasOwn(wholeTypes, kind) ? wholeTypes[kind] : undefined;
  if (range !== undefined) return wholeIn(cursor, token, range, written);
  if (kind === "F") return fraction(cursor, token, floatType, written);
  if (kind === "D") return fraction(cursor, token, doubleType, written);
  if (kind === "BD") return decimalOf(cursor, token, written);
  if (/e/i.test(digits)) return fraction(cursor, token, doubleType, written);
  return digits.includes(".") ? decimalOf(cursor, token, written) : wholeOf(cursor, token, written);
}

function wholeOf(cursor: SqlCursor, token: Token, written: string): Literal {
  const value = BigInt(written);
  if (value >= -2147483648n && value <= 2147483647n) return literal(intType, Number(value));
  if (value >= -9223372036854775808n && value <= 9223372036854775807n) return literal(bigintType, value);
  return decimalOf(cursor, token, written);
}

function wholeIn(cursor: SqlCursor, token: Token, { type, name, limit }: WholeRange, written: string): Literal {
  if (!/^-?\d+$/.test(written))
    throw cursor.fault(token, `Syntax error at or near '${token.text}'`, {
      condition: "PARSE_SYNTAX_ERROR",
      sqlState: "42601",
    });
  const value = BigInt(written);
  if (value < -limit || value >= limit) throw outOfRange(cursor, token, name, written, `-${limit}`, `${limit - 1n}`);
  return literal(type, name === "bigint" ? value : Number(value));
}

const largest = { float: 3.4028234663852886e38, double: Number.MAX_VALUE } as const;

function fraction(cursor: SqlCursor, token: Token, type: DataType, written: string): Literal {
  const value = Number(written);
  const most = type.kind === "float" ? largest.float : largest.double;
  const rounded = type.kind === "float" ? Math.fround(value) : value;
  // Spark compares before it rounds: 3.4028235E38F is beyond the greatest FLOAT, which has more digits.
  if (Math.abs(value) <= most) return literal(type, rounded);
  throw outOfRange(cursor, token, type.kind, written, `-${most}`, `${most}`);
}

function outOfRange(
  cursor: SqlCursor,
  token: Token,
  type: string,
  written: string,
  least: string,
  most: string,
): Error {
  const sentence = `Numeric literal ${written} is outside the valid range for ${type} with minimum value of ${least} and maximum value of ${most}`;
  return cursor.fault(token, sentence, {
    condition: "INVALID_NUMERIC_LITERAL_RANGE",
    sqlState: "22003",
    parameters: { rawStrippedQualifier: written, typeName: type, minValue: least, maxValue: most },
    hint: "Adjust the value accordingly.",
  });
}

/** Digits of a decimal constant: its precision counts those behind the point, and no zeros in front. */
function decimalOf(cursor: SqlCursor, token: Token, written: string): Literal {
  const [mantissa = "", exponent = "0"] = written.toLowerCase().split("e");
  const [before = "", after = ""] = mantissa.split(".");
  const shift = Number(exponent);
  const scale = Math.max(0, after.length - shift);
  const unscaled = BigInt(`${before}${after}` || "0") * 10n ** BigInt(Math.max(0, shift - after.length));
  const precision = Math.max(String(unscaled < 0n ? -unscaled : unscaled).length, scale);
  if (precision <= 38) return literal(decimalType(precision, scale), unscaled);
  throw cursor.fault(token, `Decimal precision ${precision} exceeds max precision 38`, {
    condition: "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
    sqlState: "22003",
    parameters: { precision: String(precision), maxPrecision: "38" },
    hint: "Write it with an exponent, 1E40, for a DOUBLE.",
  });
}

// ------------------------------------------------------------------------------------------------ type and text

type TypedReader = (written: string, cursor: SqlCursor, at: Token) => Literal | undefined;

const typedReaders: Readonly<Record<string, TypedReader>> = {
  DATE: (written, { timeZone = "UTC" }) => {
    return defined(specialValue(written, dateType, timeZone) ?? parseDate(written), dateType);
  },
  TIME: (written) => defined(parseTime(written), { kind: "time", precision: 6 }),
  TIMESTAMP: (written, cursor) =>
    cursor.timestampType.kind === "timestamp_ntz" && !namesZone(written)
      ? localTimestampOf(written, cursor)
      : timestampOf(written, cursor),
  TIMESTAMP_LTZ: timestampOf,
  TIMESTAMP_NTZ: localTimestampOf,
  X: (written) => defined(bytesOf(written), binaryType),
  INTERVAL: (written, cursor, at) => intervalOfText(written, cursor, at),
};

function localTimestampOf(written: string, { timeZone = "UTC" }: SqlCursor): Literal | undefined {
  return defined(specialValue(written, timestampNtzType, timeZone) ?? parseTimestamp(written), timestampNtzType);
}

function timestampOf(written: string, { timeZone }: SqlCursor): Literal | undefined {
  const special = specialValue(written, timestampType, timeZone ?? "UTC");
  if (special !== undefined) return literal(timestampType, special);
  const value = parseTimestamp(written, timeZone ?? "UTC");
  if (value === undefined || timeZone !== undefined || namesZone(written)) return defined(value, timestampType);
  return { ...literal(timestampType, value), onClock: true };
}

const namesZone = (written: string): boolean => parseTimestamp(written, "UTC") === parseTimestamp(written, "+01:00");

const defined = (value: unknown, type: DataType): Literal | undefined =>
  value === undefined ? undefined : literal(type, value);

function bytesOf(written: string): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]*$/.test(written)) return undefined;
  const digits = written.length % 2 === 0 ? written : `0${written}`;
  return Uint8Array.from({ length: digits.length / 2 }, (_, index) =>
    Number.parseInt(digits.slice(index * 2, index * 2 + 2), 16),
  );
}

/** Whether a constant written as a type and a text stands here: `DATE '2025-02-01'`. */
export const seesTyped = (cursor: SqlCursor): boolean => cursor.peek(1).kind === "string" && cursor.word() !== "CASE";

/** Reads a constant written as a type and a text. */
export function readTyped(cursor: SqlCursor): Expression {
  const type = cursor.take();
  const at = cursor.peek();
  const written = readString(cursor);
  const read = Object.hasOwn(typedReaders, type.value) ? typedReaders[type.value] : undefined;
  if (read === undefined) throw unsupportedType(cursor, type, written);
  const value = read(written, cursor, at);
  if (value !== undefined) return cursor.placed(type.start, value);
  throw cursor.fault(at, `The value of the typed literal "${type.value}" is invalid: ${stringLiteral(written)}`, {
    condition: "INVALID_TYPED_LITERAL",
    sqlState: "42604",
    parameters: { valueType: `"${type.value}"`, value: stringLiteral(written) },
    hint: hints[type.value] ?? "Write a value of that type.",
  });
}

const hints: Readonly<Record<string, string>> = {
  DATE: "A date is written as DATE '2025-02-01'.",
  TIMESTAMP: "A timestamp is written as TIMESTAMP '2025-02-01 10:20:30'.",
  TIMESTAMP_NTZ: "A timestamp is written as TIMESTAMP_NTZ '2025-02-01 10:20:30'.",
  INTERVAL: "An interval is written as INTERVAL '3' DAY, INTERVAL '1-2' YEAR TO MONTH or INTERVAL '1 day 2 hours'.",
  X: "Bytes are written as pairs of hexadecimal digits, X'1F'.",
};

function unsupportedType(cursor: SqlCursor, type: Token, written: string): Error {
  const supported = `"DATE", "TIMESTAMP_NTZ", "TIMESTAMP_LTZ", "TIMESTAMP", "INTERVAL", "X", "TIME"`;
  return cursor.fault(
    type,
    `Literals of the type "${type.value}" are not supported. Supported types are ${supported}`,
    {
      condition: "UNSUPPORTED_TYPED_LITERAL",
      sqlState: "0A000",
      parameters: { unsupportedType: `"${type.value}"`, supportedTypes: supported },
      hint: `Write CAST(${stringLiteral(written)} AS ${type.value}).`,
    },
  );
}
