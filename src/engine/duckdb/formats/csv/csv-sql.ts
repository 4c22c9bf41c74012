/** SQL that reads CSV files of plain lines, and copies, as the columns that are wanted. */
import type { DataType, StructField, StructType } from "../../../../types/data-type.ts";
import { duckType } from "../../duck-type.ts";
import { columnName, identifier, text } from "../../sql-text.ts";
import { momentOf, readType, renamed, storedValue } from "../json/json-columns.ts";
import { pathList } from "../path-list.ts";
import type { ReadableFile } from "../text/gathered-files.ts";
import type { Wanted } from "../text/wanted-columns.ts";
import type { CsvOptions } from "./csv-options.ts";
import { corruptName } from "./csv-rewrite.ts";

export interface ReadableCsv extends ReadableFile {
  readonly form: CsvForm;
}

/** What files must have in common to be read at once. */
export interface CsvForm {
  readonly kind: "csv" | "json";
  readonly lineEnd: "\\n" | "\\r\\n";
  /** Lines before the first record. */
  readonly skipped: 0 | 1;
  /** Whether there is a last column of corrupt records' texts. */
  readonly hasCorrupt: boolean;
}

/** What all files of a scan have in common. */
export interface CsvTable {
  readonly file: StructType;
  readonly wanted: Wanted;
  /** TIMESTAMP columns with offsets from UTC. */
  readonly offsets: ReadonlySet<string>;
  readonly options: CsvOptions;
}

const defaultLineSize = 2_000_000;
const defaultObjectSize = 16 * 1024 * 1024;

/** Files of one form as a table. */
export function csvSource(files: readonly ReadableCsv[], form: CsvForm, table: CsvTable): string {
  return form.kind === "json" ? jsonSource(files, form, table) : delimitedSource(files, form, table);
}

function delimitedSource(
  files: readonly ReadableCsv[],
  form: CsvForm,
  { file, wanted, offsets, options: { rules } }: CsvTable,
): string {
  const names = new Set(wanted.data.fields.map(({ name }) => name));
  const columns = file.fields.map(
    (field, index) =>
      `${columnName(index)}: ${text(names.has(field.name) ? delimitedType(field, offsets) : "VARCHAR")}`,
  );
  if (form.hasCorrupt) columns.push(`${corruptName}: 'VARCHAR'`);
  const longest = longestOf(files);
  const parameters = [
    pathList(files.map(({ path }) => path)),
    `columns = {${columns.join(", ")}}`,
    `delim = ${text(rules.delimiter)}, quote = ${text(rules.quote)}, escape = ${text(rules.quote)}, comment = ''`,
    `new_line = '${form.lineEnd}', header = false, skip = ${form.skipped}, auto_detect = false, strict_mode = true`,
    `nullstr = [${[...new Set(["", rules.nullValue])].map(text).join(", ")}], allow_quoted_nulls = ${rules.nullValue === ""}`,
    "hive_partitioning = false, union_by_name = false",
    ...(longest >= defaultLineSize ? [`max_line_size = ${longest + 2}, buffer_size = ${bufferSize(longest)}`] : []),
  ];
  return `read_csv(${parameters.join(", ")})`;
}

const longestOf = (files: readonly ReadableCsv[]): number =>
  files.reduce((most, { longest }) => Math.max(most, longest), 0);

/** A buffer holds some lines; of very long ones, memory may not have room for more than two. */
const bufferSize = (longest: number): number => Math.max(2 * (longest + 2), Math.min(16 * (longest + 2), largeBuffer));
const largeBuffer = 64 * 1024 * 1024;

const delimitedType = ({ name, type }: StructField, offsets: ReadonlySet<string>): string =>
  type.kind === "binary" || offsets.has(name) ? "VARCHAR" : duckType(type);

function jsonSource(files: readonly ReadableCsv[], form: CsvForm, { wanted }: CsvTable): string {
  const columns = renamed(wanted.data, columnName).fields.map(({ name, type }) => `${name}: ${text(readType(type))}`);
  if (form.hasCorrupt) columns.push(`${corruptName}: 'VARCHAR'`);
  const longest = longestOf(files);
  const size = longest > defaultObjectSize ? `, maximum_object_size = ${longest + 1}` : "";
  return `read_json(${pathList(files.map(({ path }) => path))}, format = 'newline_delimited', auto_detect = false, records = true, hive_partitioning = false, columns = {${columns.join(", ")}}${size})`;
}

/** SQL of a wanted column's value in files of one form. */
export function csvValue(field: StructField, form: CsvForm, { file, wanted, offsets }: CsvTable): string {
  if (field === wanted.corrupt) return form.hasCorrupt ? identifier(corruptName) : "NULL::VARCHAR";
  if (form.kind === "json") return storedValue(columnName(wanted.data.fields.indexOf(field)), field.type);
  const read = columnName(file.fields.findIndex(({ name }) => name === field.name));
  if (offsets.has(field.name)) return momentOf(read);
  return isBinary(field.type) ? `encode(${read})` : read;
}

const isBinary = ({ kind }: DataType): boolean => kind === "binary";
