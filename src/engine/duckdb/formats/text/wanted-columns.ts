/** Which columns a scan reads from its files, and which it does not. */
import { AnalysisError, UnsupportedError } from "../../../../errors.ts";
import { type StructField, type StructType, structType } from "../../../../types/data-type.ts";
import type { StoredValue } from "../../../../types/stored-value.ts";
import { sqlName } from "../../../../types/type-name.ts";

/** The columns that are read from the files. */
export interface Wanted {
  readonly data: StructType;
  /** The column for corrupt records' texts, if it is wanted. */
  readonly corrupt: StructField | undefined;
}

/**
 * Sorts a scan's columns.
 *
 * @param schema - the columns wanted
 * @param constants - those that a file's place decides, by name
 * @param corruptColumn - the name of the column for corrupt records' texts
 * @throws AnalysisError `INVALID_CORRUPT_RECORD_TYPE` when that is no text
 * @throws UnsupportedError `QUERY_ONLY_CORRUPT_RECORD_COLUMN` when nothing else is wanted from the files
 */
export function wantedColumns(
  { fields }: StructType,
  constants: Pick<ReadonlyMap<string, unknown>, "has">,
  corruptColumn: string,
): Wanted {
  const data = fields.filter(({ name }) => !constants.has(name));
  const corrupt = data.find(({ name }) => name === corruptColumn);
  if (corrupt !== undefined && corrupt.type.kind !== "string") throw wrongType(corrupt);
  if (corrupt !== undefined && data.length === 1) throw onlyCorrupt(corruptColumn);
  return { data: structType(data.filter((field) => field !== corrupt)), corrupt };
}

/**
 * What puts the text of a corrupt record, or null, among the values of the other columns.
 *
 * @param columns - all that are read from the files
 * @param corrupt - the column for the texts; without it, values stay as they are
 */
export function corruptPlacer(
  { fields }: StructType,
  corrupt: StructField | undefined,
): (values: readonly StoredValue[], text: string | null) => readonly StoredValue[] {
  if (corrupt === undefined) return (values) => values;
  const place = fields.indexOf(corrupt);
  return (values, text) => values.toSpliced(place, 0, text);
}

const wrongType = ({ name, type }: StructField): AnalysisError =>
  new AnalysisError(
    `The column \`${name}\` for corrupt records must have the nullable STRING type, but got ${sqlName(type)}`,
    {
      condition: "INVALID_CORRUPT_RECORD_TYPE",
      sqlState: "42804",
      parameters: { columnName: name, actualType: sqlName(type) },
    },
  );

const onlyCorrupt = (name: string): UnsupportedError =>
  new UnsupportedError(
    `Queries from raw files are disallowed when the referenced columns only include the corrupt record column ${name}`,
    {
      condition: "UNSUPPORTED_FEATURE.QUERY_ONLY_CORRUPT_RECORD_COLUMN",
      hint: "Select another column too, or cache the DataFrame first and ask the cached one.",
    },
  );

/** So many files are branches of a union, which DuckDB counts at once; more of them would take it long to plan. */
const mostBranches = 100;

/** A table of so many rows of each file, which has only the file's number: nothing is read. */
export function rowsOnly(rows: readonly number[]): string {
  if (rows.length === 0) return "(SELECT 0 AS file_index WHERE false)";
  if (rows.length <= mostBranches)
    return `(${rows.map((count, index) => `SELECT ${index} AS file_index FROM range(${count})`).join(" UNION ALL ")})`;
  const files = `SELECT unnest(range(${rows.length})) AS file_index, unnest([${rows.join(", ")}]) AS file_rows`;
  return `(SELECT file_index FROM (${files}) AS files, range(files.file_rows))`;
}
