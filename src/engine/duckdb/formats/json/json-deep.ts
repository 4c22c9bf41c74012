/**
 * Records that DuckDB's reader is no help with: nested so deep that its work, which grows with the square of the depth, is
 * too much, or with variants. Their rows are made here.
 */
import type { DataType, StructType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import type { ScanContext, ScanSource } from "../format.ts";
import { type FileRow, scanRows } from "../scan-rows.ts";
import type { Cell } from "../text/cell.ts";
import { type MalformedRecords, recordText, withMalformedRecords } from "../text/malformed-records.ts";
import { recordBatches } from "../text/records.ts";
import { corruptPlacer, type Wanted } from "../text/wanted-columns.ts";
import { jsonReader } from "./json-line.ts";
import type { JsonOptions } from "./json-options.ts";

const deepFrom = 16;

/** Whether a value of a type is nested deep or holds a variant. */
export const isMadeHere = (type: DataType, levels = deepFrom): boolean => {
  if (levels === 0 || type.kind === "variant") return true;
  if (type.kind === "struct") return type.fields.some((field) => isMadeHere(field.type, levels - 1));
  if (type.kind === "array") return isMadeHere(type.element, levels - 1);
  return type.kind === "map" && isMadeHere(type.value, levels - 1);
};

/** Reads the records of all files. */
export const scanMade = (context: ScanContext, options: JsonOptions, wanted: Wanted): Promise<ScanSource> =>
  withMalformedRecords(context.files, options, (malformed) =>
    scanRows(context, (columns) => rowsOf(context, columns, options, wanted, malformed)),
  );

async function* rowsOf(
  { files, signal }: ScanContext,
  columns: StructType,
  options: JsonOptions,
  { data, corrupt }: Wanted,
  malformed: MalformedRecords,
): AsyncGenerator<FileRow> {
  const read = jsonReader(data, options);
  const withCorrupt = corruptPlacer(columns, corrupt);
  for (const [index, file] of files.entries()) {
    for await (const records of recordBatches(file.path, options)) {
      signal?.throwIfAborted();
      for (const record of records) {
        const { rows, reason } = read(record.bytes, record.start, record.end);
        if (reason !== undefined && !malformed.keeps(file.path, record, reason)) continue;
        const text = reason === undefined ? null : recordText(record);
        for (const row of rows) {
          const values = data.fields.map(({ type }, place) => stored(row[place]!, type));
          yield { file: index, values: withCorrupt(values, text) };
        }
      }
    }
  }
}

/** A cell as columns store it: maps are no lists of pairs there. */
function stored(cell: Cell, type: DataType): StoredValue {
  if (cell === null) return null;
  if (type.kind === "struct")
    return type.fields.map((field, index) => stored((cell as readonly Cell[])[index]!, field.type));
  if (type.kind === "array") return (cell as readonly Cell[]).map((item) => stored(item, type.element));
  if (type.kind !== "map") return cell as StoredValue;
  const entries = new Map(cell as readonly (readonly [string, Cell])[]);
  return { keys: [...entries.keys()], values: [...entries.values()].map((item) => stored(item, type.value)) };
}
