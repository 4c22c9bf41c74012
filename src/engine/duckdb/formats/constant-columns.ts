/** Columns that are the same in all rows of a file: partition values and `_metadata`. */
import { bigintType, type DataType } from "../../../types/data-type.ts";
import { metadataName, metadataType } from "../../metadata-column.ts";
import { compileConstant } from "../compile/literal.ts";
import { duckType } from "../duck-type.ts";
import { text } from "../sql-text.ts";
import type { ScanContext, SourceFile } from "./format.ts";

/** SQL by name of column, made where it is asked for: files may be many. */
export type ConstantColumns = Pick<ReadonlyMap<string, string>, "has" | "get">;

/** SQL of the columns that a file's place decides; `file_index` counts the files of the scan from 0. */
export function constantColumns({
  files,
  partitionSchema,
}: Pick<ScanContext, "files" | "partitionSchema">): ConstantColumns {
  const columns = partitionSchema.fields.map(({ name, type }, index): [string, () => string] => {
    const listed = () => files.map(({ partitionValues: values }) => ({ values }));
    return [name, () => perFile(listed(), index, type)];
  });
  const sql = new Map([...columns, [metadataName, () => metadataOf(files)]]);
  return { has: (name) => sql.has(name), get: (name) => sql.get(name)?.() };
}

/** So many runs of files with one value are told apart by comparisons; DuckDB looks at a whole list for each file. */
const mostRuns = 1024;

/** SQL of the value that a file has for all of its rows, found by the number of the file. */
export function perFile(
  files: readonly { readonly values: readonly unknown[] }[],
  index: number,
  type: DataType,
): string {
  const values = files.map((file) => compileConstant(file.values[index], type));
  const [first] = values;
  if (values.length === 0) return `NULL::${duckType(type)}`;
  if (values.every((value) => value === first)) return first!;
  const starts = values.flatMap((value, at) => (at === 0 || value !== values[at - 1] ? [at] : []));
  return starts.length <= mostRuns
    ? `CAST(${runs(values, starts, 0, starts.length)} AS ${duckType(type)})`
    : `([${values.join(", ")}]::${duckType(type)}[])[file_index::BIGINT + 1]`;
}

/** SQL that halves the runs until one is left. */
function runs(values: readonly string[], starts: readonly number[], from: number, to: number): string {
  if (to - from === 1) return values[starts[from]!]!;
  const middle = (from + to) >> 1;
  const [before, after] = [runs(values, starts, from, middle), runs(values, starts, middle, to)];
  return `CASE WHEN file_index < ${starts[middle]} THEN ${before} ELSE ${after} END`;
}

/** SQL of `_metadata`. */
export function metadataOf(files: readonly Pick<SourceFile, "path" | "size" | "modifiedAt" | "original">[]): string {
  const rows = files.map((file) => {
    const { path, size, modifiedAt } = file.original ?? file;
    const bytes = compileConstant(BigInt(size), bigintType);
    const fields = [
      text(`file:${quotedPath(path)}`),
      text(path.slice(path.lastIndexOf("/") + 1)),
      bytes,
      "0::BIGINT",
      bytes,
      `make_timestamp(${Math.trunc(modifiedAt)}::BIGINT * 1000)`,
    ];
    return `{${fields.map((field, index) => `f${index}: ${field}`).join(", ")}}`;
  });
  if (rows.length < 2) return rows[0] ?? `NULL::${duckType(metadataType)}`;
  return `([${rows.join(", ")}])[file_index::BIGINT + 1]`;
}

/** The path of a file as a URI quotes it: Java leaves letters of other scripts as they are. */
export const quotedPath = (path: string): string =>
  path.replace(/[^\w\-.!~*'()/:@&=+$,;\u{80}-\u{10FFFF}]|[\u{80}-\u{9F}]|\p{Z}/gu, encodeURIComponent);
