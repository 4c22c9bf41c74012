import duckdb from "@duckdb/node-bindings";
import { chunkRows } from "../../../types/batch.ts";
import type { Utf8 } from "../../../types/text.ts";
import { entryAddress, entryBytes, entryWords, inlineBytes, layoutIsKnown, setEntryAddress } from "./entries.ts";
import { stockWrite } from "./stock-text.ts";

/**
 * Writes text or bytes into a VARCHAR or BLOB vector.
 *
 * All of it goes into the vector's memory as one string, which the entries then point into: three calls a vector in
 * place of one a string.
 *
 * @param vector - the vector to fill, from its first row on
 * @param source - the strings
 * @param start - the first of them to write
 * @param rows - how many to write
 */
export function writeText(vector: duckdb.Vector, source: Utf8, start: number, rows: number): void {
  if (layoutIsKnown()) writeEntries(vector, source, start, rows);
  else stockWrite(vector, source, start, rows);
}

function writeEntries(vector: duckdb.Vector, source: Utf8, start: number, rows: number): void {
  const words = entriesFor(rows);
  const first = source.offsets[start]!;
  const last = source.offsets[start + rows]!;
  const isLong = fillEntries(words, source, start, rows);
  if (isLong) pointEntries(words, source.offsets, start, storeBytes(vector, source.bytes.subarray(first, last)));
  duckdb.copy_data_to_vector(vector, 0, words.buffer as ArrayBuffer, 0, words.byteLength);
}

const passing = new Uint32Array(chunkRows * entryWords);

/** Zeroes for so many entries, which the engine copies before they are used again. */
const entriesFor = (rows: number): Uint32Array =>
  rows > chunkRows ? new Uint32Array(rows * entryWords) : passing.subarray(0, rows * entryWords).fill(0);

/** Fills in lengths, short text and the beginnings of long text; tells whether any is long. */
function fillEntries(words: Uint32Array, { bytes, offsets }: Utf8, start: number, rows: number): boolean {
  const target = new Uint8Array(words.buffer);
  let isLong = false;
  for (let row = 0; row < rows; row++) {
    const from = offsets[start + row]!;
    const length = offsets[start + row + 1]! - from;
    const inPlace = length <= inlineBytes ? length : 4;
    const to = row * entryBytes + 4;
    words[row * entryWords] = length;
    for (let byte = 0; byte < inPlace; byte++) target[to + byte] = bytes[from + byte]!;
    isLong ||= length > inlineBytes;
  }
  return isLong;
}

/** Makes the engine keep the bytes as long as the vector; returns where. */
function storeBytes(vector: duckdb.Vector, bytes: Uint8Array): number {
  duckdb.vector_assign_string_element_len(vector, 0, bytes);
  const entry = duckdb.vector_get_data(vector, entryBytes);
  return entryAddress(new Uint32Array(entry.buffer, entry.byteOffset, entryWords), 0);
}

function pointEntries(words: Uint32Array, offsets: Int32Array, start: number, address: number): void {
  const shift = address - offsets[start]!;
  for (let row = 0; row * entryWords < words.length; row++) {
    if (words[row * entryWords]! > inlineBytes) setEntryAddress(words, row, offsets[start + row]! + shift);
  }
}
