import { DuckDBBlobVector, DuckDBVarCharVector } from "@duckdb/node-api";
import duckdb from "@duckdb/node-bindings";
import type { Utf8 } from "../../../types/text.ts";
import { isNullAt } from "../../../types/validity.ts";
import type { Source } from "./source.ts";

const nothing = new Uint8Array(0);

/** Reads a VARCHAR vector through the library, a call a string. */
export function stockStrings({ vector, rows, validity }: Source): string[] {
  const items = DuckDBVarCharVector.fromRawVector(vector, rows);
  return Array.from({ length: rows }, (_, row) => (isNullAt(validity, row) ? "" : (items.getItem(row) ?? "")));
}

/** Reads a BLOB vector through the library, a call a value. */
export function stockBytes({ vector, rows, validity }: Source): Uint8Array[] {
  const items = DuckDBBlobVector.fromRawVector(vector, rows);
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
