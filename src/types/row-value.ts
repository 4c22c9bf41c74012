/** Stored values as rows hold them. */
import { AnalysisError, ExecutionError } from "../errors.ts";
import { dateText, dateTimeText, timeText } from "./calendar.ts";
import type { ArrayType, DataType, MapType, SpatialType, StructType, TypeKind } from "./data-type.ts";
import { Decimal } from "./decimal.ts";
import { Interval } from "./interval.ts";
import { shapeClasses } from "./shape.ts";
import type { StoredInterval, StoredMap, StoredShape, StoredValue } from "./stored-value.ts";
import { Timestamp } from "./timestamp.ts";
import { Variant } from "./variant.ts";
import type { VariantBinary } from "./variant-node.ts";

/** How rows hold values. */
export interface RowValueOptions {
  /** What a BIGINT is: a number, with an error beyond 2^53 (the default), or always a `bigint`. */
  readonly longs?: "number" | "bigint" | undefined;
}

/**
 * Compiles what gives the values of a type as rows hold them, so that a loop over rows decides nothing.
 *
 * | type | row |
 * |---|---|
 * | BOOLEAN | boolean |
 * | TINYINT, SMALLINT, INT, FLOAT, DOUBLE | number |
 * | BIGINT | number, or bigint under `longs: "bigint"` |
 * | DECIMAL | `Decimal` |
 * | STRING, CHAR, VARCHAR | string |
 * | BINARY | Uint8Array |
 * | DATE, TIMESTAMP_NTZ, TIME | ISO text: `2025-02-01`, `2025-02-01T10:20:30.5`, `10:20:30.5` |
 * | TIMESTAMP | `Timestamp` |
 * | intervals | `Interval` |
 * | VARIANT | `Variant` |
 * | GEOMETRY, GEOGRAPHY | `Geometry`, `Geography` |
 * | ARRAY, MAP, STRUCT | array, `Map`, object |
 *
 * What is returned takes any stored value but null, which rows hold as it is; nulls inside others are looked after.
 *
 * @param type - the type of the column
 * @param options - how rows hold BIGINT
 * @throws AnalysisError `AMBIGUOUS_COLUMN_OR_FIELD` for a struct with two fields of one name, which an object cannot have
 * @throws ExecutionError from what is returned, for a BIGINT beyond 2^53
 * @example
 * ```ts
 * const read = rowValue(arrayType(dateType));
 * console.log(read([0, null])); // [ '1970-01-01', null ]
 * ```
 */
export function rowValue(type: DataType, options: RowValueOptions = {}): RowValueReader {
  return (makers[type.kind] as (type: DataType, options: RowValueOptions) => RowValueReader)(type, options);
}

/** Gives what a row holds for a stored value that is not null. */
export type RowValueReader = (stored: StoredValue) => unknown;

type Reader = (stored: never) => unknown;
type Makers = { [K in TypeKind]: (type: Extract<DataType, { kind: K }>, options: RowValueOptions) => Reader };

const same = <Stored>(stored: Stored): Stored => stored;

const makers: Makers = {
  boolean: () => Boolean,
  tinyint: () => same,
  smallint: () => same,
  int: () => same,
  bigint: (_type, { longs }) => (longs === "bigint" ? same : safeNumber),
  float: () => same,
  double: () => same,
  decimal:
    ({ scale }) =>
    (unscaled: bigint) =>
      new Decimal(unscaled, scale),
  string: () => same,
  char: () => same,
  varchar: () => same,
  binary: () => same,
  date: () => dateText,
  time: () => (micros: bigint) => timeText(Number(micros)),
  timestamp: () => Timestamp.fromEpochMicroseconds,
  timestamp_ntz: () => dateTimeText,
  "day-time interval": (type) => (micros: bigint) => Interval.ofMicroseconds(micros, type),
  "year-month interval": (type) => (months: number) => Interval.ofMonths(months, type),
  interval: () => (parts: StoredInterval) => Interval.ofCalendar(parts.months, parts.days, parts.microseconds),
  variant: () => (binary: VariantBinary) => Variant.fromBinary(binary),
  geometry: shapeReader,
  geography: shapeReader,
  array: arrayReader,
  map: mapReader,
  struct: structReader,
  udt: ({ storage }, options) => rowValue(storage, options),
  void: () => () => null,
};

function shapeReader({ kind }: SpatialType): Reader {
  const { fromWKB } = shapeClasses[kind];
  return ({ wkb, srid }: StoredShape) => fromWKB(wkb, srid);
}

function safeNumber(long: bigint): number {
  const number = Number(long);
  if (Number.isSafeInteger(number)) return number;
  throw new ExecutionError(`The BIGINT ${long} is beyond 2^53, where a number of JavaScript loses digits`, {
    hint: 'Read such columns with { longs: "bigint" }, or cast them to STRING or DECIMAL.',
  });
}

/** A reader that passes nulls on, for what is inside other values. */
function nullable(type: DataType, options: RowValueOptions): RowValueReader {
  const read = rowValue(type, options);
  return read === same ? read : (stored) => (stored === null ? null : read(stored));
}

function arrayReader({ element }: ArrayType, options: RowValueOptions): Reader {
  const read = nullable(element, options);
  return (elements: readonly StoredValue[]) => elements.map((stored) => read(stored));
}

function mapReader({ key, value }: MapType, options: RowValueOptions): Reader {
  const readKey = rowValue(key, options);
  const readValue = nullable(value, options);
  return ({ keys, values }: StoredMap) => new Map(keys.map((key, index) => [readKey(key), readValue(values[index]!)]));
}

function structReader({ fields }: StructType, options: RowValueOptions): Reader {
  const names = fields.map(({ name }) => name);
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw ambiguous(repeated, names);
  const readers = fields.map(({ type }) => nullable(type, options));
  const set = names.includes("__proto__") ? defineProperty : assignProperty;
  return (values: readonly StoredValue[]) => {
    const object = {};
    for (let index = 0; index < names.length; index++) set(object, names[index]!, readers[index]!(values[index]!));
    return object;
  };
}

function assignProperty(object: Record<string, unknown>, name: string, value: unknown): void {
  object[name] = value;
}

// An assignment to __proto__ would set the prototype.
function defineProperty(object: object, name: string, value: unknown): void {
  Object.defineProperty(object, name, { value, enumerable: true, configurable: true, writable: true });
}

function ambiguous(name: string, names: readonly string[]): AnalysisError {
  const matches = String(names.filter((other) => other === name).length);
  return new AnalysisError(`Column or field \`${name}\` is ambiguous and has ${matches} matches`, {
    condition: "AMBIGUOUS_COLUMN_OR_FIELD",
    sqlState: "42702",
    parameters: { name: `\`${name}\``, n: matches },
    hint: "An object has each name once: give the fields of the struct different names with alias().",
  });
}
