import { createRequire } from "node:module";
import duckdb from "@duckdb/node-bindings";
import { deferred } from "../../../types/deferred.ts";
import type { Utf8 } from "../../../types/text.ts";
import { isNullAt } from "../../../types/validity.ts";
import type { Source } from "./source.ts";

const nothing = new Uint8Array(0);
// Hundreds of classes, which nothing else needs.
const library = deferred(() => createRequire(import.meta.url)("@duckdb/node-api") as typeof import("@duckdb/node-api"));

/** Reads a VARCHAR vector through the library, a call a string. */
export function stockStrings({ vector, rows, validity }: Source): string[] {
  const items = library().DuckDBVarCharVector.fromRawVector(vector, rows);
  return Array.from({ length: rows }, (_, row) => (isNullAt(validity, row) ? "" : (items.getItem(row) ?? "")));
}

/** Reads a BLOB vector through the library, a call a value. */
export function stockBytes({ vector, rows, validity }: Source): Uint8Array[] {
  const items = library().DuckDBBlobVector.fromRawVector(vector, rows);
  return Array.from({ length: rows }, (_, row) =>
    isNullAt(validity, row) ? nothing : (items.getItem(row)?.bytes ?? nothing),
  );
}

/** Writes text or bytes through the bindings, a call a value. */
export function stockWrite(vector: duckdb.Vector, { bytes, offsets }: Utf8, start: number, rows: number): void {
  for (let row = 0; row < rows; row++) {
    const value = bytes.subarray(offsets[start + row], offsets[start + row + 1]);
    duckdb.vector_assign_string_element_len(vector, row, value);
  }
}
