/** `df.write` to a folder: staged by the engine, put in place by the storage. */
import type { FileRequest, RunMetrics } from "../engine/engine.ts";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { Write } from "../plan/command.ts";
import type { OutputColumn } from "../plan/resolved.ts";
import { beginWrite } from "../storage/folder-writer.ts";
import type { Storage } from "../storage/storage.ts";

/**
 * Writes an output folder.
 *
 * @param run - makes the files of a request
 * @returns undefined when the mode is `ignore` and the folder exists
 */
export async function writeFolder(
  command: Write,
  storage: Storage,
  columns: readonly OutputColumn[],
  run: (request: FileRequest) => Promise<RunMetrics>,
): Promise<RunMetrics | undefined> {
  if (command.target.to !== "path") throw new UnsupportedError("tables cannot be written yet", { hint: "Write to a path." });
  const partitionBy = command.partitionBy.map((name) => columnNamed(name, columns));
  const dynamicPartitions = command.options["partitionoverwritemode"]?.toLowerCase() === "dynamic";
  await using writer = await beginWrite(storage, command.target.path, { mode: command.mode, dynamicPartitions });
  if (writer === undefined) return undefined;
  const request = { folder: writer.stagingPath, format: command.format ?? "parquet", options: command.options, partitionBy };
  const metrics = await run(request);
  const files = [...metrics.written.values()].flat();
  await writer.commit(files.map(({ path }) => path));
  return metrics;
}

function columnNamed(name: string, columns: readonly OutputColumn[]): string {
  const column = columns.find((candidate) => candidate.name.toLowerCase() === name.toLowerCase());
  if (column !== undefined) return column.name;
  throw new AnalysisError(`Couldn't find column ${name} in: ${columns.map((candidate) => candidate.name).join(", ")}`, {
    condition: "COLUMN_NOT_DEFINED_IN_TABLE",
    sqlState: "42703",
    parameters: { colName: `\`${name}\`` },
    hint: "Partition by columns that the DataFrame has.",
  });
}
