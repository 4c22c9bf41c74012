/** What Spark refuses before it writes a row. */
import { AnalysisError } from "../../../errors.ts";
import type { OutputColumn } from "../../../plan/resolved.ts";
import type { DataType } from "../../../types/data-type.ts";
import { sqlName } from "../../../types/type-name.ts";
import type { OutputFormat } from "./output-format.ts";

/** The columns of the rows, sorted out. */
export interface WrittenColumns {
  readonly columns: readonly OutputColumn[];
  /** Those that become folders, in the order of the folders. */
  readonly folders: readonly OutputColumn[];
}

/**
 * Refuses what Spark refuses.
 *
 * @throws AnalysisError with Spark's condition
 */
export function checkColumns({ columns, folders }: WrittenColumns, format: OutputFormat, caseSensitive: boolean): void {
  const all = [...columns, ...folders];
  if (all.length === 0) throw noColumns(format);
  checkNames(folders, caseSensitive);
  if (format.namesDiffer) checkNames(all, caseSensitive);
  for (const column of folders) if (!canBeFolder(column.type)) throw invalidFolder(column);
  if (columns.length === 0) throw onlyFolders();
  for (const column of columns) if (!format.holds(column.type)) throw unsupportedType(column, format);
}

function checkNames(columns: readonly OutputColumn[], caseSensitive: boolean): void {
  const names = columns.map(({ name }) => (caseSensitive ? name : name.toLowerCase()));
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double === undefined) return;
  throw new AnalysisError(`The column \`${double}\` already exists`, {
    condition: "COLUMN_ALREADY_EXISTS",
    sqlState: "42711",
    parameters: { columnName: `\`${double}\`` },
    hint: "Choose another name or rename the existing column.",
  });
}

const nested: ReadonlySet<DataType["kind"]> = new Set([
  "array",
  "map",
  "struct",
  "variant",
  "interval",
  "void",
  "binary",
] as const);

const canBeFolder = (type: DataType): boolean => !nested.has(type.kind);

const invalidFolder = ({ name, type }: OutputColumn): AnalysisError =>
  new AnalysisError(`Cannot use "${sqlName(type)}" for partition column`, {
    condition: "INVALID_PARTITION_COLUMN_DATA_TYPE",
    sqlState: "0A000",
    parameters: { type: `"${sqlName(type)}"` },
    hint: `Cast ${name} to STRING, or leave it out of partitionBy(…).`,
  });

const onlyFolders = (): AnalysisError =>
  new AnalysisError("Cannot use all columns for partition columns", {
    condition: "ALL_PARTITION_COLUMNS_NOT_ALLOWED",
    sqlState: "KD005",
    hint: "Leave at least one column out of partitionBy(…).",
  });

const noColumns = ({ title }: OutputFormat): AnalysisError =>
  new AnalysisError(`The ${title} datasource does not support writing empty or nested empty schemas`, {
    condition: "EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE",
    sqlState: "0A000",
    parameters: { format: title },
    hint: "Select at least one column.",
  });

/** The error for a column that a format does not hold. */
export const unsupportedType = (
  { name, type }: Pick<OutputColumn, "name" | "type">,
  { title }: OutputFormat,
): AnalysisError =>
  new AnalysisError(`The ${title} datasource doesn't support the column \`${name}\` of the type "${sqlName(type)}"`, {
    condition: "UNSUPPORTED_DATA_TYPE_FOR_DATASOURCE",
    sqlState: "0A000",
    parameters: { columnName: `\`${name}\``, columnType: `"${sqlName(type)}"`, format: title },
    hint: "Cast the column to a type that the format has, or write Parquet.",
  });
