/** Records with variants: their rows are made here, since no text that DuckDB reads holds one. */
import type { StructType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import type { ScanContext, ScanSource } from "../format.ts";
import { type FileRow, scanRows } from "../scan-rows.ts";
import { type MalformedRecords, withMalformedRecords } from "../text/malformed-records.ts";
import { corruptPlacer, type Wanted } from "../text/wanted-columns.ts";
import { batchesOfFile, recordsIn } from "./csv-file-records.ts";
import { checkHeader } from "./csv-header.ts";
import type { CsvOptions } from "./csv-options.ts";
import { type CsvReader, CsvRecordReader } from "./csv-record.ts";
import type { Tokens } from "./csv-tokenizer.ts";
import { CsvVariantReader } from "./csv-variant.ts";

/** Whether the rows of a scan have to be made record by record. */
export const hasVariant = ({ data }: Wanted): boolean => data.fields.some(({ type }) => type.kind === "variant");

/**
 * Reads the records of all files.
 *
 * @param file - all columns of the files, without that of corrupt records
 */
export const scanVariants = (
  context: ScanContext,
  options: CsvOptions,
  file: StructType,
  wanted: Wanted,
): Promise<ScanSource> =>
  withMalformedRecords(context.files, options, (malformed) =>
    scanRows(context, (columns) => rowsOf(context, columns, options, file, wanted, malformed)),
  );

async function* rowsOf(
  { files, signal }: ScanContext,
  columns: StructType,
  options: CsvOptions,
  file: StructType,
  wanted: Wanted,
  malformed: MalformedRecords,
): AsyncGenerator<FileRow> {
  const withCorrupt = corruptPlacer(columns, wanted.corrupt);
  for (const [index, { path }] of files.entries()) {
    // What a column's variants are is found anew in each file.
    const { reader, onHeader } = readingOf(path, options, file, wanted);
    let isHeader = options.header;
    for await (const batch of batchesOfFile(path, options)) {
      signal?.throwIfAborted();
      for (const record of batch) {
        for (const { text, tokens, parse } of recordsIn(record, reader, options)) {
          if (isHeader) onHeader(tokens());
          else {
            const { row, reason } = parse();
            if (reason !== undefined && !malformed.keeps(path, record, reason)) continue;
            const corrupt = reason === undefined ? null : text;
            yield { file: index, values: withCorrupt(row as readonly StoredValue[], corrupt) };
          }
          isHeader = false;
        }
      }
    }
  }
}

interface Reading {
  readonly reader: CsvReader;
  readonly onHeader: (names: Tokens) => void;
}

function readingOf(path: string, options: CsvOptions, file: StructType, { data, corrupt }: Wanted): Reading {
  if (options.singleVariant) {
    const reader = new CsvVariantReader(options);
    return { reader, onHeader: (names) => reader.header(names) };
  }
  const isPruned = options.columnPruning && corrupt === undefined;
  const reader = new CsvRecordReader({ file, wanted: data, isPruned }, options);
  const onHeader = (names: Tokens): void => {
    if (!options.enforceSchema) checkHeader(path, names, isPruned ? data : file);
  };
  return { reader, onHeader };
}
