/** The types and values of partition folders' names, by the rules of Spark's `PartitioningUtils`. */

import { UnsupportedError } from "../errors.ts";
import {
  bigintType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  intType,
  stringType,
  type TypeKind,
  timestampType,
  voidType,
} from "../types/data-type.ts";
import { parseDate, parseTime, parseTimestamp } from "../types/temporal-text.ts";
import { sqlName } from "../types/type-name.ts";
import { parseDecimal, parseDouble, parseInteger, readDecimal } from "./number-text.ts";
import { nullPartition, unescapePathName } from "./partition-path.ts";

/**
 * The value of a partition column as the plan's literals store it: days for DATE, microseconds for TIMESTAMP, TIMESTAMP_NTZ
 * and TIME, the unscaled number for DECIMAL, a bigint for BIGINT.
 */
export type PartitionValue = string | number | bigint | boolean | Uint8Array | null;

/**
 * The type that Spark infers from one value.
 *
 * @param raw - the value as it is written in the folder's name
 * @param timeZone - the session's zone
 */
export function inferPartitionType(raw: string, timeZone: string): DataType {
  if (raw === nullPartition) return voidType;
  for (const { type, accepts } of ladder) if (accepts(raw, timeZone)) return type;
  return wholeDecimalType(raw) ?? laterLadder.find(({ accepts }) => accepts(raw, timeZone))?.type ?? stringType;
}

/** A whole number of up to 38 digits that is too long for BIGINT or has an exponent. */
function wholeDecimalType(raw: string): DataType | undefined {
  const written = readDecimal(raw);
  if (written === undefined || written.scale > 0) return undefined;
  const precision = written.precision - written.scale;
  return precision > 38 ? undefined : decimalType(precision, 0);
}

interface Step {
  readonly type: DataType;
  readonly accepts: (raw: string, timeZone: string) => boolean;
}

const isIn = (value: bigint | undefined, bits: number): boolean =>
  value !== undefined && BigInt.asIntN(bits, value) === value;

const timeType: DataType = { kind: "time", precision: 6 };

/** Tried in this order; a whole number too long for BIGINT is tried as a DECIMAL in between. */
const ladder: readonly Step[] = [
  { type: intType, accepts: (raw) => isIn(parseInteger(raw), 32) },
  { type: bigintType, accepts: (raw) => isIn(parseInteger(raw), 64) },
];

/** `10000` and later need a sign, as in `yyyy` of Java's formatters. */
const strictDate = /^(?:-?\d{4}|[+-]\d{5,7})-\d{2}-\d{2}$/;
const strictTimestamp = /^((?:-?\d{4}|[+-]\d{5,7})-\d{2}-\d{2}) \d{2}:\d{2}:\d{2}(?:\.\d)?$/;
const strictTime = /^\d{2}:\d{2}:\d{2}(?:\.\d{1,6})?$/;

const laterLadder: readonly Step[] = [
  { type: doubleType, accepts: (raw) => parseDouble(raw) !== undefined },
  {
    type: timestampType,
    accepts: (raw, timeZone) => {
      const text = unescapePathName(raw);
      return strictTimestamp.test(text) && parseTimestamp(text, timeZone) !== undefined;
    },
  },
  { type: dateType, accepts: (raw) => strictDate.test(raw) && parseDate(raw) !== undefined },
  {
    type: timeType,
    accepts: (raw) => {
      const text = unescapePathName(raw);
      return strictTime.test(text) && parseTime(text) !== undefined;
    },
  },
];

/**
 * The type that holds the values of both types: the wider number, TIMESTAMP for dates and timestamps, else STRING.
 *
 * Unlike elsewhere in Spark, DOUBLE does not take in BIGINT or DECIMAL, since it would lose digits.
 */
export function widerPartitionType(left: DataType, right: DataType): DataType {
  if (left.kind === "void") return right;
  if (right.kind === "void") return left;
  const [low, high] = [left, right].sort((one, other) => rank(one) - rank(other)) as [DataType, DataType];
  if (low.kind === high.kind && low.kind !== "decimal") return low;
  return widening[`${low.kind} ${high.kind}`]?.(low, high) ?? stringType;
}

const wholeDigits: Partial<Record<TypeKind, number>> = { int: 10, bigint: 20 };

const digits = (type: DataType): number => (type.kind === "decimal" ? type.precision : (wholeDigits[type.kind] ?? 0));

const widerDecimal = (left: DataType, right: DataType): DataType =>
  decimalType(Math.min(38, Math.max(digits(left), digits(right))), 0);

const order: readonly TypeKind[] = ["int", "bigint", "decimal", "double", "date", "timestamp", "time", "string"];

const rank = ({ kind }: DataType): number => order.indexOf(kind);

const widening: Readonly<Record<string, (low: DataType, high: DataType) => DataType>> = {
  "int bigint": () => bigintType,
  "int decimal": widerDecimal,
  "bigint decimal": widerDecimal,
  "decimal decimal": widerDecimal,
  "int double": () => doubleType,
  "date timestamp": () => timestampType,
};

/**
 * A value in the type of its column.
 *
 * @param raw - the value as it is written in the folder's name
 * @param type - the column's type
 * @param timeZone - the session's zone
 * @returns the value; `undefined` when it is none of that type
 * @throws UnsupportedError when the type is an interval
 */
export function partitionValue(raw: string, type: DataType, timeZone: string): PartitionValue | undefined {
  return raw === nullPartition ? null : readers[type.kind](raw, type, timeZone);
}

type Reader = (raw: string, type: DataType, timeZone: string) => PartitionValue | undefined;

const none: Reader = () => undefined;

const text: Reader = (raw) => unescapePathName(raw);

/** Spark reads an INT and keeps its low bits. */
const narrow =
  (bits: number): Reader =>
  (raw) => {
    const value = parseInteger(raw);
    return isIn(value, 32) ? Number(BigInt.asIntN(bits, value!)) : undefined;
  };

const unsupported: Reader = (_, type) => {
  throw new UnsupportedError(`partition columns of type ${sqlName(type)} cannot be read`, {
    hint: "Declare the column as STRING and cast it.",
  });
};

const readers: Readonly<Record<TypeKind, Reader>> = {
  void: () => null,
  string: text,
  char: text,
  varchar: text,
  tinyint: narrow(8),
  smallint: narrow(16),
  int: narrow(32),
  bigint: (raw) => {
    const value = parseInteger(raw);
    return isIn(value, 64) ? value : undefined;
  },
  float: (raw) => {
    const value = parseDouble(raw);
    return value === undefined ? undefined : Math.fround(value);
  },
  double: (raw) => parseDouble(raw),
  decimal: (raw, type) => (type.kind === "decimal" ? parseDecimal(raw, type.precision, type.scale) : undefined),
  boolean: (raw) => ({ true: true, false: false })[raw.toLowerCase()],
  binary: (raw) => new TextEncoder().encode(raw),
  date: (raw) => parseDate(raw),
  timestamp: (raw, _, timeZone) => parseTimestamp(unescapePathName(raw), timeZone),
  timestamp_ntz: (raw) => parseTimestamp(unescapePathName(raw)),
  time: (raw) => parseTime(unescapePathName(raw)),
  "day-time interval": unsupported,
  "year-month interval": unsupported,
  interval: none,
  variant: none,
  geometry: none,
  geography: none,
  array: none,
  map: none,
  struct: none,
  udt: none,
};
