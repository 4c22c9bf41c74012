import duckdb from "@duckdb/node-bindings";
import { type FixedValues, storageType, type Vector, type VectorLayout } from "../../../types/batch.ts";
import type { ArrayType, DataType, MapType } from "../../../types/data-type.ts";
import { childTypes, type FixedArray, fixedArrayOf, layoutOf } from "../../../types/layout.ts";
import { allValid, bothValid, type Validity } from "../../../types/validity.ts";
import { readListOffsets } from "./read-list.ts";
import { readBytes, readText } from "./read-text.ts";
import type { Source } from "./source.ts";

type Contents<L extends VectorLayout> = Omit<Extract<Vector, { layout: L }>, "type" | "length" | "validity" | "layout">;
type Readers = { [L in VectorLayout]: (source: Source, type: DataType) => Contents<L> };

/**
 * Copies a vector out of the engine.
 *
 * @param vector - a flat vector: a data chunk's, or an argument of a function
 * @param type - the Spark type that `duckType` stores as the vector's type
 * @param rows - how many rows to read
 * @param live - the rows that count; the engine may leave anything in the others, nested columns included
 */
export function readVector(vector: duckdb.Vector, type: DataType, rows: number, live?: Validity): Vector {
  const layout = layoutOf(type);
  if (layout === "void") return { type, length: rows, layout };
  const validity = bothValid(readValidity(vector, rows), live);
  const contents = readers[layout]({ vector, rows, validity }, storageType(type));
  return { type, length: rows, layout, ...contents, ...(validity === undefined ? {} : { validity }) } as Vector;
}

function readValidity(vector: duckdb.Vector, rows: number): Validity | undefined {
  const bytes = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null;
  return bytes === null || allValid(bytes, rows) ? undefined : bytes;
}

const readers = {
  fixed: (source, type) => ({ values: readNumbers(source, type) }),
  wide: ({ vector, rows }) => ({ words: numbersAt(vector, rows * 2, BigInt64Array) as BigInt64Array }),
  text: (source) => ({ text: readText(source) }),
  binary: readBytes,
  list: (source, type) => {
    const { offsets, readChild } = readListOffsets(source);
    const { element } = type as ArrayType;
    return { offsets, child: readChild(duckdb.list_vector_get_child(source.vector), element, readVector) };
  },
  map: (source, type) => {
    const { offsets, readChild } = readListOffsets(source);
    const { key, value } = type as MapType;
    const entries = duckdb.list_vector_get_child(source.vector);
    const keys = readChild(duckdb.struct_vector_get_child(entries, 0), key, readVector);
    return { offsets, keys, values: readChild(duckdb.struct_vector_get_child(entries, 1), value, readVector) };
  },
  struct: ({ vector, rows, validity }, type) => ({
    children: childTypes(type).map((child, index) =>
      readVector(duckdb.struct_vector_get_child(vector, index), child, rows, validity),
    ),
  }),
  void: () => ({}),
} satisfies Readers;

function readNumbers({ vector, rows }: Source, type: DataType): FixedValues {
  if (type.kind !== "decimal" || type.precision > 9) return numbersAt(vector, rows, fixedArrayOf(type));
  // DuckDB stores decimals of few digits in fewer bytes.
  return widen(numbersAt(vector, rows, type.precision > 4 ? Int32Array : Int16Array) as Int32Array | Int16Array);
}

function numbersAt(vector: duckdb.Vector, count: number, array: FixedArray): FixedValues {
  const bytes = duckdb.vector_get_data(vector, count * array.BYTES_PER_ELEMENT);
  return new array(bytes.buffer, bytes.byteOffset, count);
}

/** Sign-extends numbers by words, which is faster than making big integers of them. */
function widen(numbers: Int16Array | Int32Array): BigInt64Array {
  const words = new Int32Array(numbers.length * 2);
  for (let row = 0; row < numbers.length; row++) {
    words[row * 2] = numbers[row]!;
    words[row * 2 + 1] = numbers[row]! >> 31;
  }
  return new BigInt64Array(words.buffer);
}
