/** Rows of a compiled plan written as files below a folder. */
import { randomUUID } from "node:crypto";
import { AnalysisError } from "../../../errors.ts";
import type { OutputColumn, ResolvedRelation } from "../../../plan/resolved.ts";
import { partFileName } from "../../../storage/part-file.ts";
import type { FileRequest, WrittenFile } from "../../engine.ts";
import type { Preparation } from "../preparation.ts";
import { columnName, identifier, text } from "../sql-text.ts";
import { fileColumn } from "./file-value.ts";
import { copyOptions, extensionOf } from "./copy-options.ts";

/**
 * Writes the rows and says which files were made.
 *
 * @param plan - the plan whose rows `sql` gives
 * @param request - the folder, which exists and is empty, and the format
 */
export async function writeFiles(plan: ResolvedRelation, sql: string, request: FileRequest, preparation: Preparation): Promise<readonly WrittenFile[]> {
  checkColumns(plan.output, request);
  const columns = plan.output.map((column) => `${fileColumn(columnName(column.id), column.type, request.format)} AS ${identifier(column.name)}`);
  const options = copyOptions(plan.output, request);
  const rows = await preparation.rows(
    `COPY (SELECT ${columns.join(", ")} FROM (${sql})) TO ${text(target(request))} (${options.join(", ")}, RETURN_STATS true)`,
  );
  return rows.map((row) => ({
    path: String(row["filename"]).slice(request.folder.length + 1),
    rows: Number(row["count"]),
    bytes: Number(row["file_size_bytes"]),
  }));
}

// Partitioned output is a tree that DuckDB names; all else is one file.
function target({ folder, format, options, partitionBy }: FileRequest): string {
  if (partitionBy.length > 0) return folder;
  return `${folder}/${partFileName({ writeId: randomUUID(), task: 0, extension: extensionOf(format, options) })}`;
}

function checkColumns(columns: readonly OutputColumn[], { partitionBy }: FileRequest): void {
  const names = columns.map(({ name }) => name.toLowerCase());
  const double = names.find((name, index) => names.indexOf(name) !== index);
  if (double !== undefined) {
    throw new AnalysisError(`The column \`${double}\` already exists`, {
      condition: "COLUMN_ALREADY_EXISTS",
      sqlState: "42711",
      parameters: { columnName: `\`${double}\`` },
      hint: "Rename one of the columns of that name before writing.",
    });
  }
  if (columns.length === 0) throw new AnalysisError("a DataFrame without columns cannot be written", { condition: "EMPTY_SCHEMA_NOT_SUPPORTED_FOR_DATASOURCE", sqlState: "0A000", hint: "Select at least one column." });
  if (partitionBy.length > 0 && partitionBy.length === columns.length) {
    throw new AnalysisError("Cannot use all columns for partition columns", { condition: "ALL_PARTITION_COLUMNS_NOT_ALLOWED", sqlState: "KD005", hint: "Leave at least one column out of partitionBy(…)." });
  }
}

