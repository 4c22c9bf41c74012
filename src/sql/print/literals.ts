/** Constants as SQL text that is read to the same constant. */
import type { Literal } from "../../plan/expression.ts";
import { dateText } from "../../types/calendar.ts";
import type { DataType, DayTimeIntervalType, TypeKind, YearMonthIntervalType } from "../../types/data-type.ts";
import { stringLiteral } from "../../types/identifier.ts";
import { Interval } from "../../types/interval.ts";
import type { StoredMap } from "../../types/stored-value.ts";
import { sqlName } from "../../types/type-name.ts";
import { unprintable } from "./printer.ts";

type Write = (value: never, type: never) => string;

const withSuffix =
  (suffix: string): Write =>
  (value: number | bigint) =>
    `${value}${suffix}`;

const fraction =
  (suffix: string): Write =>
  (value: number, type: DataType) => {
    if (!Number.isFinite(value)) return `CAST('${value}' AS ${sqlName(type)})`;
    return `${Object.is(value, -0) ? "-0" : value}${suffix}`;
  };

const writers = {
  boolean: (value: boolean | number) => (value ? "true" : "false"),
  tinyint: withSuffix("Y"),
  smallint: withSuffix("S"),
  int: withSuffix(""),
  bigint: withSuffix("L"),
  float: fraction("F"),
  double: fraction("D"),
  decimal: (value: bigint, type: Extract<DataType, { kind: "decimal" }>) => decimalLiteral(value, type),
  string: (value: string) => stringLiteral(value),
  binary: (value: Uint8Array) => `X'${[...value].map((byte) => byte.toString(16).padStart(2, "0")).join("")}'`,
  date: (value: number) => `DATE '${dateText(value)}'`,
  timestamp: (value: bigint) => `TIMESTAMP '${clockText(value)}Z'`,
  timestamp_ntz: (value: bigint) => `TIMESTAMP_NTZ '${clockText(value)}'`,
  time: (value: bigint) => `TIME '${timeOfDay(value)}'`,
  "day-time interval": (value: bigint, type: DayTimeIntervalType) => Interval.ofMicroseconds(value, type).toString(),
  "year-month interval": (value: number, type: YearMonthIntervalType) => Interval.ofMonths(value, type).toString(),
  array: (value: readonly unknown[], { element }: { readonly element: DataType }) =>
    `array(${value.map((item) => written(item, element)).join(", ")})`,
  map: ({ keys, values }: StoredMap, type: { readonly key: DataType; readonly value: DataType }) =>
    `map(${keys.map((key, index) => `${written(key, type.key)}, ${written(values[index], type.value)}`).join(", ")})`,
  struct: (value: readonly unknown[], { fields }: Extract<DataType, { kind: "struct" }>) =>
    `named_struct(${fields.map(({ name, type }, index) => `${stringLiteral(name)}, ${written(value[index], type)}`).join(", ")})`,
} satisfies Partial<Record<TypeKind, Write>>;

/** The text of a constant; negative numbers have their sign. */
export function literalSql({ value, type, onClock }: Literal): string {
  if (onClock === true) return `TIMESTAMP '${clockText(value as bigint)}'`;
  if (value !== null) return written(value, type);
  return type.kind === "void" ? "NULL" : `CAST(NULL AS ${sqlName(type)})`;
}

function written(value: unknown, type: DataType): string {
  if (value === null || value === undefined) return `CAST(NULL AS ${sqlName(type)})`;
  const write = (writers as Partial<Record<TypeKind, Write>>)[type.kind];
  if (write === undefined)
    throw unprintable(
      `A constant of type ${sqlName(type)}`,
      "Compute it by a function, such as make_interval or parse_json.",
    );
  return write(value as never, type as never);
}

function decimalLiteral(unscaled: bigint, { precision, scale }: Extract<DataType, { kind: "decimal" }>): string {
  const digits = String(unscaled < 0n ? -unscaled : unscaled);
  const padded = digits.padStart(scale + 1, "0");
  const text = scale === 0 ? padded : `${padded.slice(0, -scale)}.${padded.slice(-scale)}`;
  const constant = `${unscaled < 0n ? "-" : ""}${text}BD`;
  return Math.max(digits.length, scale) === precision
    ? constant
    : `CAST(${constant} AS DECIMAL(${precision},${scale}))`;
}

const perDay = 86_400_000_000n;

function clockText(microseconds: bigint): string {
  const within = ((microseconds % perDay) + perDay) % perDay;
  return `${dateText(Number((microseconds - within) / perDay))} ${timeOfDay(within)}`;
}

function timeOfDay(microseconds: bigint): string {
  const part = (unit: bigint, width: number, limit: bigint): string =>
    String((microseconds / unit) % limit).padStart(width, "0");
  const whole = `${part(3_600_000_000n, 2, 24n)}:${part(60_000_000n, 2, 60n)}:${part(1_000_000n, 2, 60n)}`;
  const rest = part(1n, 6, 1_000_000n).replace(/0+$/, "");
  return rest === "" ? whole : `${whole}.${rest}`;
}
