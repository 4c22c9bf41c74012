import duckdb from "@duckdb/node-bindings";
import type { Vector } from "../../../types/batch.ts";
import type { DataType } from "../../../types/data-type.ts";
import { selectRows } from "../../../types/select-rows.ts";
import { isNullAt, noValues, setValue, type Validity } from "../../../types/validity.ts";
import type { Source } from "./source.ts";

type ReadVector = (vector: duckdb.Vector, type: DataType, rows: number, live?: Validity) => Vector;

interface ListOffsets {
  readonly offsets: Int32Array;
  /** Reads a vector of elements so that the offsets hold for it. */
  readonly readChild: (child: duckdb.Vector, type: DataType, read: ReadVector) => Vector;
}

/** DuckDB's list entry: an offset and a length of 64 bits each, of which the low halves count. */
const entryWords = 4;
const lengthWord = 2;

/**
 * Reads where the elements of each row are.
 *
 * The lists of a vector may lie in any order, share elements or leave some out; the answer has them one after the other.
 */
export function readListOffsets({ vector, rows, validity }: Source): ListOffsets {
  const bytes = duckdb.vector_get_data(vector, rows * entryWords * 4);
  const entries = new Uint32Array(bytes.buffer, bytes.byteOffset, rows * entryWords);
  const offsets = new Int32Array(rows + 1);
  let inOrder = true;
  for (let row = 0; row < rows; row++) {
    const length = isNullAt(validity, row) ? 0 : entries[row * entryWords + lengthWord]!;
    inOrder &&= length === 0 || entries[row * entryWords] === offsets[row];
    offsets[row + 1] = offsets[row]! + length;
  }
  if (inOrder) return { offsets, readChild: (child, type, read) => read(child, type, offsets[rows]!) };
  const elements = elementsOf(entries, offsets);
  const { extent, live } = extentOf(elements);
  return { offsets, readChild: (child, type, read) => selectRows(read(child, type, extent, live), elements) };
}

/** The position in the child vector of each element, in the order of the rows. */
function elementsOf(entries: Uint32Array, offsets: Int32Array): Int32Array {
  const rows = offsets.length - 1;
  const elements = new Int32Array(offsets[rows]!);
  for (let row = 0; row < rows; row++) {
    const shift = entries[row * entryWords]! - offsets[row]!;
    for (let element = offsets[row]!; element < offsets[row + 1]!; element++) elements[element] = element + shift;
  }
  return elements;
}

function extentOf(elements: Int32Array): { extent: number; live: Validity } {
  const extent = elements.reduce((most, element) => Math.max(most, element + 1), 0);
  const live = noValues(extent);
  for (const element of elements) setValue(live, element);
  return { extent, live };
}
