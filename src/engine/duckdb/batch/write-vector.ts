import duckdb from "@duckdb/node-bindings";
import {
  type FixedValues,
  type FixedVector,
  type ListVector,
  type MapVector,
  type StructVector,
  storageType,
  type Vector,
  type VectorLayout,
  type VoidVector,
} from "../../../types/batch.ts";
import { voidType } from "../../../types/data-type.ts";
import { bothValid, noValues, type Validity, validitySlice } from "../../../types/validity.ts";
import { writeText } from "./write-text.ts";

/** Rows of a vector on their way into a vector of the engine. */
interface Target<V extends Vector> {
  readonly vector: duckdb.Vector;
  readonly source: V;
  readonly start: number;
  readonly rows: number;
}

type Writers = { [L in VectorLayout]: (target: Target<Extract<Vector, { layout: L }>>) => void };

/**
 * Copies rows into the engine.
 *
 * @param vector - the vector to fill, from its first row on, of the type that `duckType` gives for the source's type
 * @param source - where the rows are
 * @param start - the first row to copy
 * @param rows - how many to copy
 */
export function writeVector(vector: duckdb.Vector, source: Vector, start: number, rows: number): void {
  if (rows === 0) return;
  (writers[source.layout] as (target: Target<Vector>) => void)({ vector, source, start, rows });
  if (source.validity !== undefined && source.layout !== "void")
    writeValidity(vector, validitySlice(source.validity, start, rows));
}

/** The engine keeps validity in words of 64 rows. */
function writeValidity(vector: duckdb.Vector, validity: Validity): void {
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, bufferOf(validity), validity.byteOffset, validity.byteLength);
}

const bufferOf = (view: ArrayBufferView): ArrayBuffer => view.buffer as ArrayBuffer;

function writeNumbers(vector: duckdb.Vector, values: FixedValues, start: number, count: number): void {
  const size = values.BYTES_PER_ELEMENT;
  duckdb.copy_data_to_vector(vector, 0, bufferOf(values), values.byteOffset + start * size, count * size);
}

function writeFixed({ vector, source, start, rows }: Target<FixedVector>): void {
  const type = storageType(source.type);
  if (type.kind !== "decimal" || type.precision > 9) writeNumbers(vector, source.values, start, rows);
  else writeNumbers(vector, narrowed(source, type.precision, start, rows), 0, rows);
}

/** DuckDB stores decimals of few digits in fewer bytes. */
function narrowed({ values, length }: FixedVector, precision: number, start: number, rows: number): FixedValues {
  const words = new Int32Array(values.buffer, values.byteOffset, length * 2);
  const narrow = precision <= 4 ? new Int16Array(rows) : new Int32Array(rows);
  for (let row = 0; row < rows; row++) narrow[row] = words[(start + row) * 2]!;
  return narrow;
}

/** Writes the entries of lists or maps; the answer is which elements to write into their child vector. */
function writeEntries(vector: duckdb.Vector, offsets: Int32Array, start: number, rows: number) {
  const first = offsets[start]!;
  const count = offsets[start + rows]! - first;
  const entries = new Uint32Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    entries[row * 4] = offsets[start + row]! - first;
    entries[row * 4 + 2] = offsets[start + row + 1]! - offsets[start + row]!;
  }
  duckdb.copy_data_to_vector(vector, 0, entries.buffer, 0, entries.byteLength);
  duckdb.list_vector_reserve(vector, count);
  duckdb.list_vector_set_size(vector, count);
  return { child: duckdb.list_vector_get_child(vector), first, count };
}

function writeList({ vector, source, start, rows }: Target<ListVector>): void {
  const { child, first, count } = writeEntries(vector, source.offsets, start, rows);
  writeVector(child, source.child, first, count);
}

function writeMap({ vector, source, start, rows }: Target<MapVector>): void {
  const { child, first, count } = writeEntries(vector, source.offsets, start, rows);
  writeVector(duckdb.struct_vector_get_child(child, 0), source.keys, first, count);
  writeVector(duckdb.struct_vector_get_child(child, 1), source.values, first, count);
}

/** A field of a row without a struct must be null as well: the engine reads fields without looking at the struct. */
function writeStruct({ vector, source, start, rows }: Target<StructVector>): void {
  const children = source.children.length === 0 ? [voidVector(source.length)] : source.children;
  children.forEach((child, index) => {
    writeVector(duckdb.struct_vector_get_child(vector, index), masked(child, source.validity), start, rows);
  });
}

const voidVector = (length: number): VoidVector => ({ type: voidType, length, layout: "void" });

function masked(child: Vector, mask: Validity | undefined): Vector {
  const validity = bothValid(child.validity, mask);
  return validity === undefined ? child : { ...child, validity };
}

const writers = {
  fixed: writeFixed,
  wide: ({ vector, source, start, rows }) => writeNumbers(vector, source.words, start * 2, rows * 2),
  text: ({ vector, source, start, rows }) => writeText(vector, source.text.passing(start, rows), 0, rows),
  binary: ({ vector, source, start, rows }) => writeText(vector, source, start, rows),
  list: writeList,
  map: writeMap,
  struct: writeStruct,
  void: ({ vector, rows }) => writeValidity(vector, noValues(rows)),
} satisfies Writers;
