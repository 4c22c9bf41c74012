/** JavaScript values as literals of the plan. */
import { UnsupportedError } from "../errors.ts";
import type { Expression, Literal } from "../plan/expression.ts";
import {
  arrayType,
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

const literal = (type: DataType, value: unknown): Literal => Object.freeze({ kind: "literal", type, value });

const makers: Record<string, (value: never) => Literal> = {
  string: (value: string) => literal(stringType, value),
  boolean: (value: boolean) => literal(booleanType, value),
  bigint: (value: bigint) => literal(bigintType, value),
  number: (value: number) => literal(numberType(value), value),
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
  return objectLiteral(value);
}

function numberType(value: number): DataType {
  if (!Number.isSafeInteger(value) || Object.is(value, -0)) return doubleType;
  return value >= -2147483648 && value <= 2147483647 ? intType : bigintType;
}

function objectLiteral(value: unknown): Expression {
  if (value instanceof Date) return literal(timestampType, BigInt(value.getTime()) * 1000n);
  if (value instanceof Uint8Array) return literal(binaryType, value);
  if (Array.isArray(value)) return arrayLiteral(value);
  if (hasKey(value, "epochNanoseconds", "bigint")) return literal(timestampType, value.epochNanoseconds / 1000n);
  if (hasKey(value, "unscaled", "bigint") && hasKey(value, "scale", "number")) return decimalLiteral(value);
  throw new UnsupportedError(`a literal cannot be made of ${Object.prototype.toString.call(value)}`, {
    hint: "Use struct(…) or createMap(…) of functions for structs and maps.",
  });
}

function decimalLiteral(value: { unscaled: bigint; scale: number }): Literal {
  const digits = String(value.unscaled).replace("-", "").length;
  return literal(decimalType(Math.max(digits, value.scale), value.scale), value.unscaled);
}

function arrayLiteral(values: readonly unknown[]): Expression {
  const items = values.map(literalOf);
  const first = items.find((item) => item.kind === "literal" && item.type.kind !== "void");
  const type = first?.kind === "literal" ? first.type : undefined;
  const same = items.every(
    (item) => item.kind === "literal" && (item.type.kind === "void" || item.type.kind === type?.kind),
  );
  if (!same || type === undefined || type.kind === "array" || type.kind === "decimal") {
    return Object.freeze({ kind: "call", name: ["array"], arguments: items });
  }
  const nulls = items.some((item) => item.kind === "literal" && item.value === null);
  return literal(
    arrayType(type, nulls),
    items.map((item) => (item as Literal).value),
  );
}

function hasKey<Key extends string>(
  value: unknown,
  key: Key,
  type: "bigint" | "number",
): value is { [K in Key]: K extends "scale" ? number : bigint } {
  return typeof value === "object" && value !== null && typeof (value as Record<string, unknown>)[key] === type;
}
