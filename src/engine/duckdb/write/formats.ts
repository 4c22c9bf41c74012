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

/** Options of every format, and those of tables and folders that do not concern the content of files. */
const common = ["maxRecordsPerFile", "partitionOverwriteMode", "path", "mergeSchema"];

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

const warned = new Set<string>();

/** Says once of each unknown option that it has no effect; Spark says nothing. */
export function warnOfUnknownOptions(format: OutputFormat, names: Iterable<string>): void {
  const known = [...common, ...format.options];
  const knownNames = new Set(known.map((name) => name.toLowerCase()));
  for (const name of names) {
    const sentence = `the ${format.title} writer has no option ${name}`;
    if (knownNames.has(name.toLowerCase()) || warned.has(sentence)) continue;
    warned.add(sentence);
    const near = nearest(name, known, 1).map((found) => `. Did you mean ${found}?`);
    console.warn(`lakewright: ${sentence}${near.join("")}`);
  }
}
