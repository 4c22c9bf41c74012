/** The formats that the embedded engine writes. */
import { listed, nearest, UnsupportedError } from "../../../errors.ts";
import { csvOutput } from "./csv.ts";
import { jsonOutput } from "./json.ts";
import type { OutputFormat } from "./output-format.ts";
import { parquetOutput } from "./parquet.ts";
import { textOutput } from "./text.ts";

const formats: Readonly<Record<string, OutputFormat>> = {
  csv: csvOutput,
  json: jsonOutput,
  parquet: parquetOutput,
  text: textOutput,
};

/**
 * The format of a name.
 *
 * @throws UnsupportedError for a format that is not written, with those that are
 */
export function outputFormat(name: string): OutputFormat {
  const format = Object.hasOwn(formats, name.toLowerCase()) ? formats[name.toLowerCase()] : undefined;
  if (format !== undefined) return format;
  const near = nearest(name, Object.keys(formats)).map((known) => `Did you mean ${known}? `);
  throw new UnsupportedError(`the embedded engine does not write ${name}`, {
    hint: `${near.join("")}It writes: ${listed(Object.keys(formats))}.`,
  });
}
