/** Rows as JSON that keeps every digit: what `lakewright sql --format jsonl` prints. */
import type { DataType, StructType, TypeKind } from "../types/data-type.ts";
import type { Decimal } from "../types/decimal.ts";
import type { Interval } from "../types/interval.ts";
import type { Geography, Geometry } from "../types/shape.ts";
import type { Timestamp } from "../types/timestamp.ts";
import type { Variant } from "../types/variant.ts";

type Encode = (value: never) => unknown;
type Encoders = { [K in TypeKind]: (type: Extract<DataType, { kind: K }>) => Encode };

const same: Encode = (value: unknown) => value;
const asText: Encode = (value: Decimal) => value.toString();
const number: Encode = (value: number) => (Number.isFinite(value) ? value : String(value));

const shape: Encode = (value: Geometry | Geography) => `str:${value.toString()}`;

const encoders: Encoders = {
  boolean: () => same,
  tinyint: () => same,
  smallint: () => same,
  int: () => same,
  bigint: () => (value: bigint) => (Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()),
  float: () => number,
  double: () => number,
  decimal: () => asText,
  string: () => same,
  char: () => same,
  varchar: () => same,
  binary: () => (value: Uint8Array) => `hex:${Buffer.from(value).toString("hex")}`,
  date: () => same,
  time: () => (value: string) => `str:${value}`,
  timestamp: () => (value: Timestamp) => microseconds(value.toString().replace("Z", "")),
  timestamp_ntz: () => microseconds as Encode,
  "day-time interval": () => (value: Interval) => `us:${value.microseconds}`,
  "year-month interval": () => (value: Interval) => `months:${value.months}`,
  interval: () => (value: Interval) => `str:${value.toString()}`,
  variant: () => (value: Variant) => `str:${value.toString()}`,
  geometry: () => shape,
  geography: () => shape,
  array: ({ element }) => {
    const encode = encoderOf(element);
    return (value: readonly unknown[]) => value.map(encode);
  },
  map: ({ key, value: valueType }) => {
    const [encodeKey, encodeValue] = [encoderOf(key), encoderOf(valueType)];
    return (value: ReadonlyMap<unknown, unknown>) => ({
      map: [...value].map(([entryKey, entryValue]) => [encodeKey(entryKey), encodeValue(entryValue)]),
    });
  },
  struct: (type) => {
    const fields = type.fields.map((field) => [field.name, encoderOf(field.type)] as const);
    return (value: Readonly<Record<string, unknown>>) =>
      Object.fromEntries(fields.map(([name, encode]) => [name, encode(value[name])]));
  },
  udt: ({ storage }) => encoderOf(storage) as Encode,
  void: () => same,
};

/** What encodes values of a type, nulls included. */
function encoderOf(type: DataType): (value: unknown) => unknown {
  const encode = (encoders[type.kind] as (type: DataType) => (value: unknown) => unknown)(type);
  return (value) => (value === null || value === undefined ? null : encode(value));
}

/**
 * Encodes rows that were collected with `{ rows: "array", longs: "bigint" }`.
 *
 * Decimals and integers beyond 2^53 are text, timestamps `2025-02-01 10:20:30.000000` in UTC, bytes `hex:…`, maps
 * `{"map": [[key, value], …]}`, day-time intervals `us:` and their microseconds.
 */
export function encodedRows(schema: StructType, rows: readonly (readonly unknown[])[]): unknown[][] {
  const encode = schema.fields.map((field) => encoderOf(field.type));
  return rows.map((row) => row.map((value, column) => encode[column]!(value)));
}

function microseconds(text: string): string {
  const [seconds = "", fraction = ""] = text.replace("T", " ").split(".");
  return `${seconds}.${fraction.padEnd(6, "0")}`;
}
