import { ExecutionError } from "../errors.ts";
import {
  type FixedVector,
  type ListVector,
  type MapVector,
  type StructVector,
  storageType,
  type TextVector,
  type Vector,
} from "./batch.ts";
import { dateText } from "./calendar.ts";
import type { StructType, TypeKind } from "./data-type.ts";
import { objectMaker, type RowCompiler } from "./row-compiler.ts";
import { rowValue } from "./row-value.ts";
import { storedReader } from "./stored-reader.ts";
import { Timestamp } from "./timestamp.ts";
import { isNullAt } from "./validity.ts";

/** How values are given to a program. */
export interface ValueOptions {
  /** What a BIGINT is: a number, with an error beyond 2^53 (the default), or always a `bigint`. */
  readonly longs?: "number" | "bigint" | undefined;
  /** What errors call the column. */
  readonly column?: string | undefined;
}

/** Values by row, null where there is none. */
export type Values = ArrayLike<unknown>;

/**
 * The values of a vector, as rows hold them: what `rowValue` makes of each, a column at a time.
 *
 * @param vector - a column of a batch
 * @param options - how to give long integers
 * @throws ExecutionError `CAST_OVERFLOW` for a BIGINT that no number holds exactly
 * @throws AnalysisError `AMBIGUOUS_COLUMN_OR_FIELD` for a struct with two fields of one name
 * @example
 * ```ts
 * const amounts = vectorValues(batch.columns[2]!, { longs: "bigint" });
 * ```
 */
export function vectorValues(vector: Vector, options: ValueOptions = {}): Values {
  const decode = decoders[storageType(vector.type).kind] as Decoder<Vector> | undefined;
  return decode === undefined ? eachValue(vector, options) : decode(vector, options);
}

/** Reads one row of a vector at a time, as `vectorValues` gives it. */
export function vectorReader(vector: Vector, options: ValueOptions = {}): (row: number) => unknown {
  const values = vectorValues(vector, options);
  return (row) => values[row];
}

function eachValue(vector: Vector, options: ValueOptions): Values {
  const stored = storedReader(vector);
  const read = rowValue(vector.type, options);
  return valuesOf(vector, (row) => read(stored(row)));
}

function valuesOf<T>({ length, validity }: Vector, valueAt: (row: number) => T): (T | null)[] {
  const values = new Array<T | null>(length);
  for (let row = 0; row < length; row++) values[row] = isNullAt(validity, row) ? null : valueAt(row);
  return values;
}

type Decoder<V extends Vector> = (vector: V, options: ValueOptions) => Values;

const numbers = (vector: FixedVector): Values =>
  vector.validity === undefined ? vector.values : valuesOf(vector, (row) => vector.values[row]!);

const booleans = (vector: FixedVector): Values => valuesOf(vector, (row) => vector.values[row] === 1);

const strings = (vector: TextVector): Values => {
  const values = vector.text.strings();
  return vector.validity === undefined ? values : valuesOf(vector, (row) => values[row]!);
};

const twoTo32 = 4294967296;

/** Reads 64-bit integers as numbers, rounded beyond 2^53; by halves, which is faster than making big integers. */
function roundedReader({ values }: FixedVector): (row: number) => number {
  const low = new Uint32Array(values.buffer, values.byteOffset, values.length * 2);
  const high = new Int32Array(values.buffer, values.byteOffset, values.length * 2);
  return (row) => high[row * 2 + 1]! * twoTo32 + low[row * 2]!;
}

function longs(vector: FixedVector, { longs, column }: ValueOptions): Values {
  if (longs === "bigint") return numbers(vector);
  const rounded = roundedReader(vector);
  return valuesOf(vector, (row) => {
    const value = rounded(row);
    if (Number.isSafeInteger(value)) return value;
    throw unsafe(vector.values[row] as bigint, column);
  });
}

function timestamps(vector: FixedVector): Values {
  const rounded = roundedReader(vector);
  return valuesOf(vector, (row) => {
    const micros = rounded(row);
    if (!Number.isSafeInteger(micros)) return Timestamp.fromEpochMicroseconds(vector.values[row] as bigint);
    const milliseconds = Math.floor(micros / 1000);
    return new Timestamp(milliseconds, micros - milliseconds * 1000);
  });
}

/** Columns of dates repeat themselves. */
function dates(vector: FixedVector): Values {
  const texts = new Map<number, string>();
  return valuesOf(vector, (row) => {
    const days = vector.values[row] as number;
    const text = texts.get(days) ?? dateText(days);
    texts.set(days, text);
    return text;
  });
}

const part = (values: Values, from: number, to: number): unknown[] => Array.prototype.slice.call(values, from, to);

function lists(vector: ListVector, options: ValueOptions): Values {
  const { child, offsets } = vector;
  const elements = vectorValues(child, options);
  const array = ArrayBuffer.isView(elements) ? Array.from(elements as ArrayLike<unknown>) : elements;
  return valuesOf(vector, (row) => part(array, offsets[row]!, offsets[row + 1]!));
}

function maps(vector: MapVector, options: ValueOptions): Values {
  const keys = vectorValues(vector.keys, options);
  const values = vectorValues(vector.values, options);
  return valuesOf(vector, (row) => {
    const map = new Map<unknown, unknown>();
    for (let entry = vector.offsets[row]!; entry < vector.offsets[row + 1]!; entry++)
      map.set(keys[entry], values[entry]);
    return map;
  });
}

const makers = new WeakMap<StructType, RowCompiler<object>>();

function structs(vector: StructVector, options: ValueOptions): Values {
  const type = storageType(vector.type) as StructType;
  const make = makers.get(type) ?? objectMaker(type.fields.map((field) => field.name));
  makers.set(type, make);
  const fields = vector.children.map((child) => vectorValues(child, options));
  const objects = make(fields, vector.length);
  return vector.validity === undefined ? objects : valuesOf(vector, (row) => objects[row]!);
}

/** The types for which a loop of their own is worth it. */
const decoders = {
  boolean: booleans,
  tinyint: numbers,
  smallint: numbers,
  int: numbers,
  bigint: longs,
  float: numbers,
  double: numbers,
  string: strings,
  char: strings,
  varchar: strings,
  date: dates,
  timestamp: timestamps,
  array: lists,
  map: maps,
  struct: structs,
} satisfies { [K in TypeKind]?: Decoder<never> } as { [K in TypeKind]?: Decoder<never> };

function unsafe(value: bigint, column: string | undefined): ExecutionError {
  const where = column === undefined ? "" : ` in column ${column}`;
  return new ExecutionError(`The BIGINT ${value}${where} is beyond 2^53, where a number of JavaScript loses digits`, {
    condition: "CAST_OVERFLOW",
    sqlState: "22003",
    parameters: { value: `${value}L`, sourceType: '"BIGINT"', targetType: '"number"' },
    hint: 'Read such columns with { longs: "bigint" }, or cast them to STRING or DECIMAL.',
  });
}
