/** The file formats that the embedded engine reads. */
import { avroFormat } from "./avro.ts";
import { binaryFileFormat } from "./binary-file.ts";
import { csvFormat } from "./csv.ts";
import type { FileFormat } from "./format.ts";
import { jsonFormat } from "./json.ts";
import { parquetFormat } from "./parquet.ts";
import { formatOf } from "./source-names.ts";
import { textFormat } from "./text.ts";
import { xmlFormat } from "./xml.ts";

const formats: Readonly<Record<string, FileFormat>> = {
  csv: csvFormat,
  json: jsonFormat,
  parquet: parquetFormat,
  text: textFormat,
  xml: xmlFormat,
  binaryFile: binaryFileFormat,
  avro: avroFormat,
};

/**
 * The format of a name.
 *
 * @throws AnalysisError for a name that no source has
 * @throws UnsupportedError for a source that Spark has and the engine does not read
 */
export const fileFormat = (name: string): FileFormat => formatOf(name, formats, "read");
