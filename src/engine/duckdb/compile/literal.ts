/** Constants as DuckDB SQL, from their storage values. */
import { InternalError } from "../../../errors.ts";
import type { DataType, TypeKind } from "../../../types/data-type.ts";
import type { StoredMap, StoredShape } from "../../../types/stored-value.ts";
import { duckType, structFieldName } from "../duck-type.ts";
import { text } from "../sql-text.ts";

type Write = (value: never, type: never) => string;

const exact: Write = (value: number | bigint, type: DataType) => `(${value})::${duckType(type)}`;

const fraction: Write = (value: number, type: DataType) =>
  Number.isFinite(value) && !Object.is(value, -0)
    ? `(${value.toExponential()})::${duckType(type)}`
    : `${text(specialText(value))}::${duckType(type)}`;

const specialText = (value: number): string =>
  Object.is(value, -0) ? "-0.0" : Number.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

const microseconds: Write = (value: bigint) => `make_timestamp((${value})::BIGINT)`;

const bytes: Write = (value: Uint8Array) => `from_hex(${text(Buffer.from(value).toString("hex"))})`;
const shape: Write = ({ srid, wkb }: StoredShape) => `{f0: ${srid}, f1: ${bytes(wkb as never, undefined as never)}}`;

const writers: Partial<Record<TypeKind, Write>> = {
  boolean: (value: boolean | number) => (value ? "true" : "false"),
  tinyint: exact,
  smallint: exact,
  int: exact,
  bigint: exact,
  float: fraction,
  double: fraction,
  decimal: (value: bigint, type: { scale: number; kind: "decimal"; precision: number }) =>
    `${text(decimalDigits(value, type.scale))}::${duckType(type)}`,
  string: (value: string) => textConstant(value),
  char: (value: string) => textConstant(value),
  varchar: (value: string) => textConstant(value),
  binary: bytes,
  date: (value: number) => `(DATE '1970-01-01' + (${value})::INTEGER)`,
  timestamp: microseconds,
  timestamp_ntz: microseconds,
  time: (value: bigint) => `(TIME '00:00:00' + to_microseconds((${value})::BIGINT))`,
  "day-time interval": exact,
  "year-month interval": exact,
  geometry: shape,
  geography: shape,
  array: (value: readonly unknown[], type: { element: DataType; kind: "array"; containsNull: boolean }) =>
    `([${value.map((item) => compileConstant(item, type.element)).join(", ")}]::${duckType(type)})`,
  map: (
    { keys, values }: StoredMap,
    type: { kind: "map"; key: DataType; value: DataType; valueContainsNull: boolean },
  ) => {
    const list = (items: readonly unknown[], item: DataType) =>
      `[${items.map((each) => compileConstant(each, item)).join(", ")}]::${duckType(item)}[]`;
    return `(MAP(${list(keys, type.key)}, ${list(values, type.value)})::${duckType(type)})`;
  },
  struct: (
    value: readonly unknown[],
    type: { kind: "struct"; fields: readonly { type: DataType; name: string; nullable: boolean }[] },
  ) =>
    `{${type.fields.map((field, index) => `${structFieldName(index)}: ${compileConstant(value[index], field.type)}`).join(", ")}}`,
};

/** The SQL of a constant of a type. */
export function compileConstant(value: unknown, type: DataType): string {
  // A bracket that follows would belong to the type.
  if (value === null || value === undefined) return `(NULL::${duckType(type)})`;
  const write = writers[type.kind];
  if (write === undefined) throw new InternalError(`no constant of type ${type.kind} can be written as SQL`);
  return write(value as never, type as never);
}

// A NUL byte cannot stand in SQL text.
const textConstant = (value: string): string =>
  value.includes("\0") ? `(${value.split("\0").map(text).join(" || chr(0) || ")})` : text(value);

function decimalDigits(unscaled: bigint, scale: number): string {
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, "0");
  const sign = unscaled < 0n ? "-" : "";
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}
