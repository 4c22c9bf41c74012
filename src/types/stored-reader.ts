import { type FixedVector, storageType, type Vector, type VectorLayout, type WideVector } from "./batch.ts";
import { isSpatial } from "./data-type.ts";
import type { StoredValue } from "./stored-value.ts";
import { isNullAt } from "./validity.ts";

type RowReader = (row: number) => StoredValue;
type Readers = { [L in VectorLayout]: (vector: Extract<Vector, { layout: L }>) => RowReader };

/**
 * Reads a vector a row at a time, as values are stored.
 *
 * @param vector - a column of a batch
 * @returns the stored value of a row, null where it has none
 */
export function storedReader(vector: Vector): RowReader {
  const read = (readers[vector.layout] as (vector: Vector) => RowReader)(vector);
  const { validity } = vector;
  return validity === undefined ? read : (row) => (isNullAt(validity, row) ? null : read(row));
}

/**
 * One stored value of a vector; `storedReader` is for many.
 *
 * @param vector - a column of a batch
 * @param row - from 0
 */
export const storedValue = (vector: Vector, row: number): StoredValue => storedReader(vector)(row);

function fixedReader({ type, values }: FixedVector): RowReader {
  return storageType(type).kind === "boolean" ? (row) => values[row] === 1 : (row) => values[row]!;
}

function wideReader({ type, words }: WideVector): RowReader {
  if (storageType(type).kind === "decimal") {
    return (row) => (words[row * 2 + 1]! << 64n) | BigInt.asUintN(64, words[row * 2]!);
  }
  const halves = new Int32Array(words.buffer, words.byteOffset, words.length * 2);
  return (row) => ({
    months: halves[row * 4]!,
    days: halves[row * 4 + 1]!,
    microseconds: words[row * 2 + 1]!,
  });
}

/** Reads the children that belong to a row. */
function listReader(child: Vector, offsets: Int32Array): (row: number) => StoredValue[] {
  const read = storedReader(child);
  return (row) => {
    const first = offsets[row]!;
    return Array.from({ length: offsets[row + 1]! - first }, (_, index) => read(first + index));
  };
}

const readers = {
  fixed: fixedReader,
  wide: wideReader,
  text: ({ text }) => {
    const strings = text.strings();
    return (row) => strings[row]!;
  },
  binary:
    ({ bytes, offsets }) =>
    (row) =>
      bytes.slice(offsets[row], offsets[row + 1]),
  list: ({ child, offsets }) => listReader(child, offsets),
  map: ({ keys, values, offsets }) => {
    const readKeys = listReader(keys, offsets);
    const readValues = listReader(values, offsets);
    return (row) => ({ keys: readKeys(row), values: readValues(row) });
  },
  struct: ({ type, children }) => {
    const fields = children.map(storedReader);
    const [first, second] = fields as [(row: number) => never, (row: number) => Uint8Array];
    const stored = storageType(type);
    if (stored.kind === "variant") return (row) => ({ metadata: first(row), value: second(row) });
    if (isSpatial(stored)) return (row) => ({ srid: first(row), wkb: second(row) });
    return (row) => fields.map((read) => read(row));
  },
  void: () => () => null,
} satisfies Readers;
