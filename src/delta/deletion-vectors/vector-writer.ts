/** Writes deletion vectors: those of one commit in one file. */
import type { DeletionVectorDescriptor } from "../actions.ts";
import type { LogStorage } from "../handlers.ts";
import { checksumOf } from "./crc32.ts";
import { magicNumber, vectorPath } from "./deletion-vector.ts";
import { writeRoaringTreemap } from "./roaring-writer.ts";
import { encodeZ85 } from "./z85.ts";

/** The form of the file. */
const formatVersion = 1;

/**
 * Writes the deleted rows of files.
 *
 * @param vectors - the numbers of the deleted rows of each file, ascending
 * @param table - the table's folder, absolute
 * @returns what the log says of each, in their order
 */
export async function writeVectors(
  vectors: readonly BigInt64Array[],
  table: string,
  storage: Pick<LogStorage, "putIfAbsent">,
): Promise<readonly DeletionVectorDescriptor[]> {
  if (vectors.length === 0) return [];
  const parts = vectors.map(storedVector);
  const id = crypto.getRandomValues(new Uint8Array(16));
  let offset = 1;
  const descriptors = parts.map((part, index): DeletionVectorDescriptor => {
    const at = offset;
    offset += part.length;
    return {
      storageType: "u",
      pathOrInlineDv: encodeZ85(id),
      offset: at,
      sizeInBytes: part.length - 8,
      cardinality: vectors[index]!.length,
    };
  });
  const path = vectorPath(descriptors[0]!, table);
  await storage.putIfAbsent(path, joined([Uint8Array.of(formatVersion), ...parts]));
  return descriptors;
}

/** A vector with its length before it and its checksum behind it. */
function storedVector(rows: BigInt64Array): Uint8Array {
  const bitmap = writeRoaringTreemap(rows);
  const bytes = new Uint8Array(bitmap.length + 4);
  new DataView(bytes.buffer).setUint32(0, magicNumber, true);
  bytes.set(bitmap, 4);
  const around = new DataView(new ArrayBuffer(8));
  around.setUint32(0, bytes.length);
  around.setUint32(4, checksumOf(bytes));
  return joined([new Uint8Array(around.buffer, 0, 4), bytes, new Uint8Array(around.buffer, 4, 4)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
