/** Literals as SQL text and as Spark shows them in column names. */

import { dateText, timeText } from "../types/calendar.ts";
import type { DayTimeIntervalType, TypeKind, YearMonthIntervalType } from "../types/data-type.ts";
import { Interval } from "../types/interval.ts";
import { doubleText, floatText } from "../types/number-text.ts";
import type { Literal } from "./expression.ts";

/** `sql` can be parsed back; `pretty` is what Spark writes into column names: text without quotes, numbers without suffix. */
export type LiteralStyle = "sql" | "pretty";

type Write = (value: never, style: LiteralStyle, literal: Literal) => string;

const number =
  (suffix: string): Write =>
  (value: number | bigint, style) =>
    `${value}${style === "sql" ? suffix : ""}`;

const writers: Partial<Record<TypeKind, Write>> = {
  boolean: (value: boolean | number) => String(Boolean(value)),
  tinyint: number("Y"),
  smallint: number("S"),
  int: number(""),
  bigint: number("L"),
  float: (value: number, style) => `${floatText(value)}${style === "sql" ? "F" : ""}`,
  double: (value: number, style) => `${doubleText(value)}${style === "sql" ? "D" : ""}`,
  decimal: (value: bigint, style, { type }) =>
    `${decimalText(value, type.kind === "decimal" ? type.scale : 0)}${style === "sql" ? "BD" : ""}`,
  string: (value: string, style) => (style === "sql" ? quoteText(value) : value),
  binary: (value: Uint8Array) =>
    `X'${[...value].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("")}'`,
  date: (value: number) => `DATE '${dateText(value)}'`,
  time: (value: bigint) => `TIME '${timeText(Number(value))}'`,
  timestamp: (value: bigint) => `TIMESTAMP '${timestampText(value)}'`,
  "day-time interval": (value: bigint, _, { type }) =>
    Interval.ofMicroseconds(value, type as DayTimeIntervalType).toString(),
  "year-month interval": (value: number, _, { type }) =>
    Interval.ofMonths(value, type as YearMonthIntervalType).toString(),
  timestamp_ntz: (value: bigint) => `TIMESTAMP_NTZ '${timestampText(value)}'`,
};

/** The text of a literal. */
export function literalText(literal: Literal, style: LiteralStyle): string {
  if (literal.value === null) return "NULL";
  const write = writers[literal.type.kind];
  return write === undefined ? structured(literal) : write(literal.value as never, style, literal);
}

/** A string literal of Spark SQL. */
export const quoteText = (text: string): string =>
  `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}'`;

/** As Java's `BigDecimal` writes itself: with an exponent where more than six zeros would follow the point. */
function decimalText(unscaled: bigint, scale: number): string {
  const size = (unscaled < 0n ? -unscaled : unscaled).toString();
  const sign = unscaled < 0n ? "-" : "";
  const exponent = size.length - 1 - scale;
  if (exponent < leastPlainExponent) return `${sign}${scientific(size)}E${exponent}`;
  const digits = size.padStart(scale + 1, "0");
  return scale === 0 ? `${sign}${digits}` : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

const leastPlainExponent = -6;

const scientific = (digits: string): string => (digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`);

function timestampText(microseconds: bigint): string {
  const remainder = ((microseconds % 1_000_000n) + 1_000_000n) % 1_000_000n;
  const seconds = Number((microseconds - remainder) / 1_000_000n);
  const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace("T", " ");
  return remainder === 0n ? text : `${text}.${remainder.toString().padStart(6, "0").replace(/0+$/, "")}`;
}

function structured({ value, type }: Literal): string {
  if (type.kind === "array") {
    return `ARRAY(${(value as readonly unknown[]).map((item) => literalText({ kind: "literal", type: type.element, value: item }, "sql")).join(", ")})`;
  }
  return String(value);
}
