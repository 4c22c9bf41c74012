/** Deletion vectors: which rows of a data file are deleted. */
import { ExecutionError, isLakewrightError } from "../../errors.ts";
import { joinPath } from "../../storage/path.ts";
import type { DeletionVectorDescriptor } from "../actions.ts";
import { dataPath } from "../data-path.ts";
import type { LogStorage } from "../handlers.ts";
import { readFile } from "../log/read-file.ts";
import { checksumOf } from "./crc32.ts";
import { readRoaringTreemap } from "./roaring-reader.ts";
import { decodeZ85 } from "./z85.ts";

/** Files of vectors that were read, by path: one often holds the vectors of many data files. */
export type VectorFiles = Map<string, Promise<Uint8Array>>;

/** What every vector begins with: a bitmap in the portable form. */
export const magicNumber = 1681511377;

/**
 * The numbers of the deleted rows of a file, ascending.
 *
 * @param table - the table's folder, absolute
 * @param files - the files that were read before
 * @throws ExecutionError for a vector that is missing or damaged
 */
export async function deletedRows(
  descriptor: DeletionVectorDescriptor,
  table: string,
  storage: Pick<LogStorage, "open">,
  files: VectorFiles = new Map(),
): Promise<BigInt64Array> {
  try {
    return readVector(await bytesOf(descriptor, table, storage, files), descriptor.cardinality);
  } catch (cause) {
    if (isLakewrightError(cause)) throw cause;
    throw damaged(descriptor, table, cause);
  }
}

function readVector(bytes: Uint8Array, cardinality: number): BigInt64Array {
  const magic = new DataView(bytes.buffer, bytes.byteOffset, bytes.length).getUint32(0, true);
  if (magic !== magicNumber) throw new RangeError(`it begins with ${magic}, not with ${magicNumber}`);
  return readRoaringTreemap(bytes.subarray(4), cardinality);
}

async function bytesOf(
  descriptor: DeletionVectorDescriptor,
  table: string,
  storage: Pick<LogStorage, "open">,
  files: VectorFiles,
): Promise<Uint8Array> {
  const { pathOrInlineDv, sizeInBytes, offset = 1 } = descriptor;
  if (descriptor.storageType === "i") return decodeZ85(pathOrInlineDv).subarray(0, sizeInBytes);
  const path = vectorPath(descriptor, table);
  const read = files.get(path) ?? readFile(storage, path);
  files.set(path, read);
  return stored(await read, offset, sizeInBytes);
}

/** A vector in a file: its length before it, its checksum behind it. */
function stored(file: Uint8Array, offset: number, size: number): Uint8Array {
  const view = new DataView(file.buffer, file.byteOffset, file.length);
  if (view.getUint32(offset) !== size) throw new RangeError("its file says another length than the log");
  const bytes = file.subarray(offset + 4, offset + 4 + size);
  if (view.getUint32(offset + 4 + size) !== checksumOf(bytes)) throw new RangeError("its checksum is wrong");
  return bytes;
}

/** The file that holds a vector; undefined for one that lies in the log itself. */
export function vectorPath({ storageType, pathOrInlineDv }: DeletionVectorDescriptor, table: string): string {
  if (storageType === "p") return dataPath(table, pathOrInlineDv);
  const prefix = pathOrInlineDv.slice(0, -20);
  const id = decodeZ85(pathOrInlineDv.slice(-20));
  return joinPath(table, prefix, `deletion_vector_${uuidOf(id)}.bin`);
}

function uuidOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

const damaged = (descriptor: DeletionVectorDescriptor, table: string, cause: unknown): ExecutionError => {
  const place = descriptor.storageType === "i" ? `in the log of ${table}` : vectorPath(descriptor, table);
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new ExecutionError(`The deletion vector ${place} cannot be read: ${reason}`, {
    condition: "DELTA_DELETION_VECTOR_DAMAGED",
    sqlState: "XXKDS",
    parameters: { path: place },
    cause,
    hint: "The file was cut short or changed: restore it, or read a version before the rows were deleted.",
  });
};
