/** Numbers of a program as columns store them. */
import { outOfBounds, unacceptable } from "./accept-fault.ts";
import type { DataType, DecimalType } from "./data-type.ts";
import { Decimal, powerOfTen } from "./decimal.ts";
import { ValueFault } from "./value-fault.ts";

const bounds = (bits: bigint): readonly [bigint, bigint] => [-(2n ** (bits - 1n)), 2n ** (bits - 1n) - 1n];
const integerBounds = { tinyint: bounds(8n), smallint: bounds(16n), int: bounds(32n) } as const;
const longBounds = bounds(64n);

/**
 * Accepts whole numbers, as numbers or bigints, for TINYINT, SMALLINT and INT.
 *
 * @param type - one of these
 */
export function acceptInteger(type: DataType & { kind: keyof typeof integerBounds }): (value: unknown) => number {
  const range = integerBounds[type.kind];
  const [least, greatest] = range.map(Number) as [number, number];
  return (value) => {
    const number = typeof value === "bigint" ? Number(value) : value;
    if (typeof number !== "number" || !Number.isInteger(number)) throw unacceptable(value, type, wholeNumber);
    if (number < least || number > greatest) throw outOfBounds(value as number | bigint, type, range);
    return number + 0;
  };
}

/** Accepts whole numbers for BIGINT: bigints, and numbers up to 2^53. */
export const acceptLong =
  (type: DataType) =>
  (value: unknown): bigint => {
    if (Number.isSafeInteger(value)) return BigInt(value as number);
    if (typeof value !== "bigint") throw unacceptable(value, type, `${wholeNumber} Beyond 2^53 it has to be a bigint.`);
    if (BigInt.asIntN(64, value) !== value) throw outOfBounds(value, type, longBounds);
    return value;
  };

/** Accepts numbers, and bigints that a number holds exactly, for DOUBLE. */
export const acceptDouble =
  (type: DataType) =>
  (value: unknown): number => {
    if (typeof value === "number") return value;
    const number = Number(typeof value === "bigint" ? value : Number.NaN);
    if (Number.isFinite(number) && BigInt(number) === value) return number;
    throw unacceptable(value, type, "Give a number, or a bigint that a number holds exactly.");
  };

/** Accepts the same for FLOAT, and rounds to 32 bits; what is too large is an infinity, as in PySpark. */
export const acceptFloat = (type: DataType): ((value: unknown) => number) => {
  const accept = acceptDouble(type);
  return (value) => Math.fround(accept(value));
};

/** Accepts decimals and whole numbers for DECIMAL, and rounds half up to the scale of the type, as Spark does. */
export function acceptDecimal(type: DecimalType): (value: unknown) => bigint {
  const limit = powerOfTen(type.precision);
  return (value) => {
    const decimal = decimalOf(value, type);
    const { unscaled } = decimal.rounded(type.scale);
    if (unscaled >= limit || unscaled <= -limit) throw overflow(decimal, type);
    return unscaled;
  };
}

const wholeNumber = "Give a whole number.";

function decimalOf(value: unknown, type: DataType): Decimal {
  if (value instanceof Decimal) return value;
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return Decimal.of(value as number | bigint);
  throw unacceptable(value, type, `Give an exact value, such as Decimal.of("12.30").`);
}

function overflow(value: Decimal, { precision, scale }: DecimalType): ValueFault {
  const rounded = value.rounded(scale);
  const sentence = `The ${rounded} rounded half up from ${value} cannot be represented as Decimal(${precision}, ${scale})`;
  return new ValueFault(sentence, {
    condition: "NUMERIC_VALUE_OUT_OF_RANGE.WITHOUT_SUGGESTION",
    sqlState: "22003",
    parameters: {
      roundedValue: String(rounded),
      originalValue: String(value),
      precision: String(precision),
      scale: String(scale),
    },
  });
}
