import duckdb from "@duckdb/node-bindings";

/**
 * DuckDB's string entry: 16 bytes, of which the first four are the length. Up to twelve bytes of text follow in place;
 * longer text leaves its first four bytes there, then the address of the whole.
 */
export const entryBytes = 16;
export const entryWords = 4;
export const inlineBytes = 12;

const twoTo32 = 4294967296;

/** The address in an entry of long text. */
export const entryAddress = (words: Uint32Array, entry: number): number =>
  words[entry * entryWords + 3]! * twoTo32 + words[entry * entryWords + 2]!;

/** The array keeps the lower half of the first, and the whole part of the second. */
export function setEntryAddress(words: Uint32Array, entry: number, address: number): void {
  words[entry * entryWords + 2] = address;
  words[entry * entryWords + 3] = address / twoTo32;
}

let known: boolean | undefined;

/**
 * Whether this version of DuckDB lays out strings as described here, which its interface does not promise.
 *
 * Where it does not, text goes through the library: slower, with the same values.
 */
export function layoutIsKnown(): boolean {
  known ??= checkLayout();
  return known;
}

const short = "abcdefghijkl";
const long = "abcdefghijklm";

function checkLayout(): boolean {
  const chunk = duckdb.create_data_chunk([duckdb.create_logical_type(duckdb.Type.VARCHAR)]);
  const vector = duckdb.data_chunk_get_vector(chunk, 0);
  [short, long].forEach((text, row) => {
    duckdb.vector_assign_string_element(vector, row, text);
  });
  const bytes = duckdb.vector_get_data(vector, 2 * entryBytes) as Buffer;
  const expected = Buffer.alloc(2 * entryBytes);
  expected.writeUInt32LE(short.length, 0);
  expected.write(short, 4);
  expected.writeUInt32LE(long.length, entryBytes);
  expected.write(long.slice(0, 4), entryBytes + 4);
  const prefixes = entryBytes + 8;
  if (bytes.compare(expected, 0, prefixes, 0, prefixes) !== 0) return false;
  const pointed = duckdb.get_data_from_pointer(bytes.buffer as ArrayBuffer, bytes.byteOffset + prefixes, long.length);
  return (pointed as Buffer).toString("latin1") === long;
}
