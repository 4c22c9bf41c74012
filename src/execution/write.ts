/** Writes to folders: staged by the engine in one run, put in place by the storage. */
import type { FileRequest, Output, RunMetrics } from "../engine/engine.ts";
import { AnalysisError, UnsupportedError } from "../errors.ts";
import type { Write } from "../plan/command.ts";
import type { OutputColumn, ResolvedRelation } from "../plan/resolved.ts";
import { beginWrite, type FolderWriter } from "../storage/folder-writer.ts";
import type { Storage } from "../storage/storage.ts";

/** A write with the analysed plan of its rows. */
export interface PlannedWrite {
  readonly command: Write;
  readonly plan: ResolvedRelation;
}

/**
 * Writes output folders, all in one run; each is put in place whole, one after the other, when every row is staged.
 *
 * @param run - makes the files of the outputs
 * @returns undefined when there is nothing to do: the mode is `ignore` and the folders exist
 */
export async function writeFolders(
  writes: readonly PlannedWrite[],
  storage: Storage,
  run: (outputs: readonly Output[]) => Promise<RunMetrics>,
): Promise<RunMetrics | undefined> {
  await using stack = new AsyncDisposableStack();
  const staged: { readonly writer: FolderWriter; readonly output: Output }[] = [];
  for (const [index, write] of writes.entries()) {
    const writer = await begin(write, storage);
    if (writer === undefined) continue;
    stack.use(writer);
    const request = fileRequest(write, writer.stagingPath);
    staged.push({ writer, output: { name: `write ${index}`, plan: write.plan, destination: { kind: "files", request } } });
  }
  if (staged.length === 0) return undefined;
  const metrics = await run(staged.map(({ output }) => output));
  for (const { writer, output } of staged) await writer.commit((metrics.written.get(output.name) ?? []).map(({ path }) => path));
  return metrics;
}

async function begin({ command, plan }: PlannedWrite, storage: Storage): Promise<FolderWriter | undefined> {
  if (command.target.to !== "path") throw new UnsupportedError("tables cannot be written yet", { hint: "Write to a path." });
  for (const name of command.partitionBy) columnNamed(name, plan.output);
  const isDynamic = command.options["partitionoverwritemode"]?.toLowerCase() === "dynamic";
  // As in Spark, a write without partition columns replaces the whole folder.
  const dynamicPartitions = isDynamic && command.partitionBy.length > 0;
  return beginWrite(storage, command.target.path, { mode: command.mode, dynamicPartitions });
}

function fileRequest({ command, plan }: PlannedWrite, folder: string): FileRequest {
  const partitionBy = command.partitionBy.map((name) => columnNamed(name, plan.output));
  return { folder, format: command.format ?? "parquet", options: command.options, partitionBy };
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
