/**
 * The options of every file format: which Spark 4.2 has, what they may be and what becomes of them here.
 *
 * The types of readers and writers, the check when a source is read or written and the page of the docs are all made of
 * this table.
 */
import { avro } from "./avro.ts";
import { binaryFile } from "./binary-file.ts";
import { csv } from "./csv.ts";
import { delta } from "./delta.ts";
import { json } from "./json.ts";
import type { Direction, FileOption, FileOptions } from "./option.ts";
import { parquet } from "./parquet.ts";
import { text } from "./text.ts";
import { xml } from "./xml.ts";

export const fileOptions = { csv, json, parquet, text, xml, binaryFile, avro, delta } as const satisfies Readonly<
  Record<string, FileOptions>
>;

export type FileFormatName = keyof typeof fileOptions;

/** The formats' names in lower case. */
const formats = new Map<string, FileFormatName>(
  Object.keys(fileOptions).map((name) => [name.toLowerCase(), name as FileFormatName]),
);

/** The options of a format, by its name in any case; undefined for what is no file format. */
export function optionsOf(format: string): FileOptions | undefined {
  const name = formats.get(format.toLowerCase());
  return name === undefined ? undefined : fileOptions[name];
}

/** Whether an option means something in a direction. */
export const isOn = ({ on }: FileOption, direction: Direction): boolean => on === "both" || on === direction;
