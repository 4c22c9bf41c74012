/** Rows of a compiled plan written as files below a folder. */
import { rm } from "node:fs/promises";
import type { OutputColumn, ResolvedRelation } from "../../../plan/resolved.ts";
import { type StructField, structField } from "../../../types/data-type.ts";
import type { FileRequest, WrittenFile } from "../../engine.ts";
import { checkOptions } from "../formats/check-options.ts";
import { numberOption, withTimeParser } from "../formats/text/options.ts";
import type { Preparation } from "../preparation.ts";
import { checkColumns, type WrittenColumns } from "./check-columns.ts";
import { collectionsIn } from "./collection-nulls.ts";
import { type CopyRequest, copyFile, copyFolders } from "./copy.ts";
import { FileNames } from "./file-names.ts";
import { outputFormat } from "./formats.ts";
import { copySlices } from "./slices.ts";

/**
 * Writes the rows and says which files were made: one, or one for each partition (`request.partitionId`), each
 * combination of folder values and each `maxRecordsPerFile` rows. As in Spark the first partition always has a file,
 * unless rows lie in folders.
 *
 * @param plan - the plan whose rows `sql` gives
 * @param request - the folder, which exists and is empty, and the format
 * @throws AnalysisError with Spark's condition for columns that cannot be written
 */
export async function writeFiles(
  plan: ResolvedRelation,
  sql: string,
  request: FileRequest,
  preparation: Preparation,
): Promise<readonly WrittenFile[]> {
  const format = outputFormat(request.format);
  const given = new Map(Object.entries(request.options));
  checkOptions(request.format, "write", given);
  const options = withTimeParser(given, preparation.request.settings.timeParser);
  const written = sortedOut(plan.output, request);
  checkColumns(written, format, preparation.request.settings.caseSensitive);
  const { folders } = written;
  const columns = request.logged?.holdsPartitions === true ? [...written.columns, ...folders] : written.columns;
  const fileColumns = request.logged?.columns && physical(columns, plan.output, request.logged.columns);
  const writing = format.writing({ columns, fileColumns, options, context: preparation.context });
  const copy: CopyRequest = {
    sql,
    writing,
    preparation,
    folders,
    partitionId: request.partitionId,
    names: new FileNames(request, writing.extension),
    logged: request.logged !== undefined,
    collections: request.logged === undefined ? [] : collectionsIn(fileColumns ?? columns.map(fieldOf)),
  };
  const most = Math.max(0, numberOption(options, "maxRecordsPerFile", 0));
  return copied(copy, most, plan, request);
}

const fieldOf = ({ name, type, nullable }: OutputColumn): StructField => structField(name, type, nullable);

/** The columns of the files by the names that the files give them. */
const physical = (
  columns: readonly OutputColumn[],
  output: readonly OutputColumn[],
  names: readonly StructField[],
): readonly StructField[] => columns.map((column) => names[output.indexOf(column)]!);

async function copied(
  copy: CopyRequest,
  most: number,
  plan: ResolvedRelation,
  request: FileRequest,
): Promise<readonly WrittenFile[]> {
  const isSplit = copy.folders.length > 0 || copy.partitionId !== undefined;
  if (!isSplit && most === 0) return withRows([await copyFile(copy)], request);
  const inOneGo = request.format === "parquet" && most === 0 && !isOrdered(plan);
  const files = inOneGo ? await copyFolders(copy) : await copySlices(copy, most);
  if (request.logged !== undefined) return files;
  const hasFirst =
    copy.folders.length > 0 || request.bucketed === true || files.some(({ path }) => path.startsWith("part-00000-"));
  return hasFirst ? files : [await copyFile({ ...copy, sql: `SELECT * FROM (${copy.sql}) LIMIT 0` }), ...files];
}

/** A log knows no files without rows. */
async function withRows(files: readonly WrittenFile[], request: FileRequest): Promise<readonly WrittenFile[]> {
  const empty = request.logged === undefined ? [] : files.filter(({ rows }) => rows === 0);
  for (const { path } of empty) await rm(`${request.folder}/${path}`, { force: true });
  return files.filter((file) => !empty.includes(file));
}

// Folders go by the names that the program gave, whatever their columns' case.
function sortedOut(output: readonly OutputColumn[], { partitionBy, partitionId }: FileRequest): WrittenColumns {
  const named = (name: string): OutputColumn =>
    output.find((column) => column.name === name) ??
    output.find((column) => column.name.toLowerCase() === name.toLowerCase())!;
  const folders = partitionBy.map(named);
  const columns = output.filter((column) => column.id !== partitionId && !folders.includes(column));
  return { columns, folders };
}

const keepsOrder: ReadonlySet<ResolvedRelation["kind"]> = new Set([
  "project",
  "filter",
  "generate",
  "sample",
  "observe",
  "distribution",
] as const);

/** Whether the rows have an order that files must keep. */
function isOrdered(plan: ResolvedRelation): boolean {
  if (plan.kind === "sort") return true;
  return keepsOrder.has(plan.kind) && "input" in plan && isOrdered(plan.input);
}
