/** The file formats that the embedded engine reads. */
import { listed, nearest, UnsupportedError } from "../../../errors.ts";
import { csvFormat } from "./csv.ts";
import type { FileFormat } from "./format.ts";
import { jsonFormat } from "./json.ts";
import { parquetFormat } from "./parquet.ts";
import { textFormat } from "./text.ts";

const formats: Readonly<Record<string, FileFormat>> = {
  csv: csvFormat,
  json: jsonFormat,
  parquet: parquetFormat,
  text: textFormat,
};

/**
 * The format of a name.
 *
 * @throws UnsupportedError for a format that there is not, with those that there are
 */
export function fileFormat(name: string): FileFormat {
  const format = Object.hasOwn(formats, name.toLowerCase()) ? formats[name.toLowerCase()] : undefined;
  if (format !== undefined) return format;
  const names = Object.keys(formats);
  throw new UnsupportedError(`Failed to find the data source: ${name}`, {
    condition: "DATA_SOURCE_NOT_FOUND",
    sqlState: "42K02",
    parameters: { provider: name },
    hint: `${nearest(name, names)
      .map((near) => `Did you mean ${near}? `)
      .join("")}These are: ${listed(names)}.`,
  });
}
