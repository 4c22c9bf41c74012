/** The formats that the embedded engine writes. */
import { formatOf } from "../formats/source-names.ts";
import { avroOutput } from "./avro.ts";
import { csvOutput } from "./csv.ts";
import { jsonOutput } from "./json.ts";
import type { OutputFormat } from "./output-format.ts";
import { parquetOutput } from "./parquet.ts";
import { textOutput } from "./text.ts";
import { xmlOutput } from "./xml.ts";

const formats: Readonly<Record<string, OutputFormat>> = {
  csv: csvOutput,
  json: jsonOutput,
  parquet: parquetOutput,
  text: textOutput,
  xml: xmlOutput,
  avro: avroOutput,
};

/**
 * The format of a name.
 *
 * @throws AnalysisError for a name that no source has
 * @throws UnsupportedError for a source that Spark writes and the engine does not
 */
export const outputFormat = (name: string): OutputFormat => formatOf(name, formats, "write");
