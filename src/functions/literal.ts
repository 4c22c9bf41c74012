/** JavaScript values as literals of the plan. */
import { UnsupportedError } from "../errors.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import {
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  decimalType,
  doubleType,
  intType,
  stringType,
  timestampType,
  voidType,
} from "../types/data-type.ts";
import { Decimal } from "../types/decimal.ts";
import { Interval } from "../types/interval.ts";
import { type InstantLike, Timestamp } from "../types/timestamp.ts";

const literal = (type: DataType, value: unknown): Literal => Object.freeze({ kind: "literal", type, value });

const makers: Record<string, (value: never) => Literal> = {
  string: (value: string) => literal(stringType, value),
  boolean: (value: boolean) => literal(booleanType, value),
  bigint: (value: bigint) => literal(bigintType, value),
  number: numberLiteral,
};

/**
 * The literal of a JavaScript value, with the type that Spark gives such a literal.
 *
 * @param value - a string, number, bigint, boolean, `Date`, `Timestamp`, `Decimal`, `Uint8Array`, null or an array of them
 * @throws UnsupportedError for any other object
 */
export function literalOf(value: unknown): Expression {
  if (value === null || value === undefined) return literal(voidType, null);
  const maker = makers[typeof value];
  if (maker !== undefined) return maker(value as never);
  return objectLiteral(value as object);
}

function numberLiteral(value: number): Literal {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return literal(doubleType, value);
  return value >= -2147483648 && value <= 2147483647 ? literal(intType, value) : literal(bigintType, BigInt(value));
}

function objectLiteral(value: object): Expression {
  if (value instanceof Uint8Array) return literal(binaryType, value);
  if (Array.isArray(value)) return arrayCall(value);
  if (value instanceof Decimal) return literal(decimalType(value.precision, value.scale), value.unscaled);
  if (value instanceof Interval) return intervalLiteral(value);
  if (value instanceof Date || isInstant(value)) return literal(timestampType, Timestamp.of(value).epochMicroseconds);
  throw new UnsupportedError(`a literal cannot be made of ${Object.prototype.toString.call(value)}`, {
    hint: "Use struct(…) or createMap(…) of lakewright/functions for structs and maps.",
  });
}

const isInstant = (value: object): value is InstantLike =>
  typeof (value as Partial<InstantLike>).epochNanoseconds === "bigint";

function intervalLiteral(value: Interval): Literal {
  const { type } = value;
  if (type.kind === "year-month interval") return literal(type, value.months);
  return literal(type, type.kind === "day-time interval" ? value.microseconds : value);
}

/** The call that PySpark's `lit` makes of a list. Numbers of which one is no whole number are DOUBLE, as in a column of them. */
function arrayCall(values: readonly unknown[]): Expression {
  const isFractional = values.some((value) => typeof value === "number" && !Number.isInteger(value));
  const item = (value: unknown): Expression =>
    isFractional && typeof value === "number" ? literal(doubleType, value) : literalOf(value);
  return Object.freeze({ kind: "call", name: ["array"], arguments: values.map(item) });
}
