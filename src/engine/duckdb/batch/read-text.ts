import { isAscii } from "node:buffer";
import duckdb from "@duckdb/node-bindings";
import { concatBytes, lazyText, type Text, textOfStrings, type Utf8 } from "../../../types/text.ts";
import { isNullAt, type Validity } from "../../../types/validity.ts";
import { entryAddress, entryBytes, entryWords, inlineBytes, layoutIsKnown } from "./entries.ts";
import { type Extent, ExtentCollector } from "./heap.ts";
import type { Source } from "./source.ts";
import { stockBytes, stockStrings } from "./stock-text.ts";

/** The string entries of a vector, and the memory that the long ones point to: all copies. */
interface Entries {
  readonly rows: number;
  readonly bytes: Buffer;
  readonly words: Uint32Array;
  readonly extents: readonly Extent[];
  /** By row, the index of the extent of long text. */
  readonly extentOf: Uint16Array;
  readonly inlineIsAscii: boolean;
}

const nonAscii = 0x8080_8080;

/** The text of a VARCHAR vector, decoded when it is first asked for. */
export function readText(source: Source): Text {
  if (!layoutIsKnown()) return textOfStrings(stockStrings(source));
  const entries = readEntries(source);
  return lazyText(
    source.rows,
    () => decodeEntries(entries),
    () => bytesOfEntries(entries),
  );
}

/** The bytes of a BLOB vector. */
export function readBytes(source: Source): Utf8 {
  if (!layoutIsKnown()) return concatBytes(stockBytes(source));
  return bytesOfEntries(readEntries(source));
}

/** Copies the entries of a VARCHAR or BLOB vector out of the engine, and what they point to. */
function readEntries({ vector, rows, validity }: Source): Entries {
  const bytes = duckdb.vector_get_data(vector, rows * entryBytes) as Buffer;
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, rows * entryWords);
  if (validity !== undefined) clearNulls(words, rows, validity);
  const extents = new ExtentCollector();
  const extentOf = new Uint16Array(rows);
  let bits = 0;
  for (let row = 0; row < rows; row++) {
    const word = row * entryWords;
    const length = words[word]!;
    if (length <= inlineBytes) bits |= words[word + 1]! | words[word + 2]! | words[word + 3]!;
    else extentOf[row] = extents.add(entryAddress(words, row), length);
  }
  return { rows, bytes, words, extents: extents.copy(), extentOf, inlineIsAscii: (bits & nonAscii) === 0 };
}

/** Entries without a value hold anything, addresses of nothing included. */
function clearNulls(words: Uint32Array, rows: number, validity: Validity): void {
  for (let row = 0; row < rows; row++) {
    if (isNullAt(validity, row)) words.fill(0, row * entryWords, (row + 1) * entryWords);
  }
}

function decodeEntries(entries: Entries): string[] {
  const { rows, bytes, words, extentOf, inlineIsAscii } = entries;
  // V8 copies substrings this short, so that none keeps the whole alive; one call a string would cost four times more.
  const inline = inlineIsAscii ? bytes.toString("latin1") : undefined;
  const isPlain = entries.extents.map((extent) => isAscii(extent.bytes));
  const strings = new Array<string>(rows);
  let block = noBlock;
  for (let row = 0; row < rows; row++) {
    const length = words[row * entryWords]!;
    if (length > inlineBytes) {
      let from = (words[row * entryWords + 2]! - block.address) | 0;
      if (extentOf[row] !== block.extent || from < 0 || from + length > block.length) {
        block = decodeBlock(entries, row, isPlain);
        from = (words[row * entryWords + 2]! - block.address) | 0;
      }
      strings[row] = block.text.substring(from, from + length);
    } else {
      const start = row * entryBytes + 4;
      strings[row] = inline?.substring(start, start + length) ?? bytes.toString("utf8", start, start + length);
    }
  }
  return strings;
}

/** Some decoded bytes of an extent. */
interface Block {
  readonly extent: number;
  /** The lower half of the address of its first byte. */
  readonly address: number;
  /** How many bytes it has for other strings to be taken from. */
  readonly length: number;
  readonly text: string;
}

const noBlock: Block = { extent: -1, address: 0, length: 0, text: "" };

// A string keeps the block that it is a part of alive, so blocks are small.
const blockBytes = 512;

/** Decodes the string of a row, and where bytes are characters what lies around it: one call for many strings. */
function decodeBlock({ words, extents, extentOf }: Entries, row: number, isPlain: readonly boolean[]): Block {
  const extent = extentOf[row]!;
  const { start, bytes } = extents[extent]!;
  const from = entryAddress(words, row) - start;
  const to = from + words[row * entryWords]!;
  const address = words[row * entryWords + 2]!;
  if (!isPlain[extent]) return { extent, address, length: 0, text: bytes.toString("utf8", from, to) };
  const before = from % blockBytes;
  const text = bytes.toString("latin1", from - before, Math.ceil(to / blockBytes) * blockBytes);
  return { extent, address: address - before, length: text.length, text };
}

/** The bytes of all entries, one after the other. */
function bytesOfEntries({ rows, bytes, words, extents, extentOf }: Entries): Utf8 {
  const offsets = new Int32Array(rows + 1);
  for (let row = 0; row < rows; row++) offsets[row + 1] = offsets[row]! + words[row * entryWords]!;
  const target = new Uint8Array(offsets[rows]!);
  for (let row = 0; row < rows; row++) {
    const length = words[row * entryWords]!;
    const extent = length > inlineBytes ? extents[extentOf[row]!]! : undefined;
    const source = extent?.bytes ?? bytes;
    const from = extent === undefined ? row * entryBytes + 4 : entryAddress(words, row) - extent.start;
    copyBytes(source, from, target, offsets[row]!, length);
  }
  return { bytes: target, offsets };
}

const worthACall = 40;

function copyBytes(source: Uint8Array, from: number, target: Uint8Array, to: number, length: number): void {
  if (length >= worthACall) target.set(source.subarray(from, from + length), to);
  else for (let byte = 0; byte < length; byte++) target[to + byte] = source[from + byte]!;
}
