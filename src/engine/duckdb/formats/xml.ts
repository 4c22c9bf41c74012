/** XML as Spark reads it: an element of the row tag is a row. */
import { readFile } from "node:fs/promises";
import { ExecutionError } from "../../../errors.ts";
import { type StructType, stringType, structField, structType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { constantColumns } from "./constant-columns.ts";
import type { FileFormat, FormatContext, ScanContext, ScanSource, SourceFile } from "./format.ts";
import { untilFault } from "./passed-over.ts";
import { type FileRow, scanRows } from "./scan-rows.ts";
import { Malformed } from "./text/malformed.ts";
import { malformedInference } from "./text/malformed-error.ts";
import { type MalformedRecords, withMalformedRecords } from "./text/malformed-records.ts";
import type { RecordBytes } from "./text/records.ts";
import { corruptPlacer, type Wanted, wantedColumns } from "./text/wanted-columns.ts";
import { type XmlRow, xmlRowReader } from "./xml/xml-convert.ts";
import { type XmlItem, xmlRows } from "./xml/xml-elements.ts";
import { compatibleType, settledType, typeOfRow } from "./xml/xml-infer.ts";
import { type XmlOptions, xmlOptions } from "./xml/xml-options.ts";

export const xmlFormat: FileFormat = { name: "xml", inferSchema, scan };

async function inferSchema({
  files,
  options: given,
  timeZone,
  caseSensitive,
  signal,
}: FormatContext): Promise<StructType> {
  const options = xmlOptions(given, timeZone, caseSensitive);
  let schema = structType([]);
  for (const { path } of files) {
    for await (const item of untilFault(given, xmlRows(path, options.rowTag))) {
      signal?.throwIfAborted();
      const met = item.fault === undefined ? typeOfRow(item.row, options) : malformedType(item.fault.reason, options);
      schema = compatibleType(schema, met, options) as StructType;
    }
  }
  return settledType(schema) as StructType;
}

function malformedType(reason: string, { mode, corruptColumn }: XmlOptions): StructType {
  if (mode === "PERMISSIVE") return structType([structField(corruptColumn, stringType)]);
  if (mode === "DROPMALFORMED") return structType([]);
  throw malformedInference(reason);
}

function scan(context: ScanContext): Promise<ScanSource> {
  const options = xmlOptions(context.options, context.timeZone, context.caseSensitive);
  const wanted = wantedColumns(context.schema, constantColumns(context), options.corruptColumn);
  return withMalformedRecords(context.files, options, (malformed) =>
    scanRows(context, (columns) => rowsOf(context, columns, wanted, options, malformed)),
  );
}

async function* rowsOf(
  { files, options: given, signal }: ScanContext,
  columns: StructType,
  { data, corrupt }: Wanted,
  options: XmlOptions,
  malformed: MalformedRecords,
): AsyncGenerator<FileRow> {
  const read = xmlRowReader(data, options);
  const withCorrupt = corruptPlacer(columns, corrupt);
  for (const [index, file] of files.entries()) {
    for await (const item of untilFault(given, xmlRows(file.path, options.rowTag))) {
      signal?.throwIfAborted();
      for (const { values, reason } of rowsOfItem(item, read, file)) {
        const record = reason === undefined ? undefined : await wholeFile(file);
        if (record !== undefined && !malformed.keeps(file.path, record, reason!)) continue;
        const text = record === undefined ? null : Buffer.from(record.bytes).toString();
        yield { file: index, values: withCorrupt(values, text), bytes: lengthOf(values) };
      }
    }
  }
}

/** The characters of the texts of a row. */
const lengthOf = (values: readonly StoredValue[]): number =>
  values.reduce<number>((length, value) => length + (typeof value === "string" ? value.length : 0), 0);

function rowsOfItem(item: XmlItem, read: ReturnType<typeof xmlRowReader>, file: SourceFile): readonly XmlRow[] {
  try {
    return read(item);
  } catch (error) {
    throw error instanceof Malformed ? wrongRow(file, error.reason) : error;
  }
}

/** In Spark too no mode passes over what stands in the row's own tag, or in it without an element of its own. */
const wrongRow = ({ path }: SourceFile, reason: string): ExecutionError =>
  new ExecutionError(`Encountered error while reading file ${path}: ${reason}`, {
    condition: "FAILED_READ_FILE.NO_HINT",
    sqlState: "KD001",
    parameters: { path },
    hint: "It is an attribute of a row or a text right inside of it: read its column as STRING, and cast it afterwards with try_cast.",
  });

/** As in Spark, the record of a malformed row is the whole file. */
async function wholeFile({ path }: SourceFile): Promise<RecordBytes> {
  const bytes = await readFile(path);
  return { bytes, start: 0, end: bytes.length, position: 0 };
}
