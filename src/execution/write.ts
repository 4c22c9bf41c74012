/** Writes to folders: staged by the engine in one run, put in place by the storage. */

import type { Bucketing } from "../catalogue/objects.ts";
import type { FileRequest, Output, RunMetrics } from "../engine/engine.ts";
import { AnalysisError, listed, nearest } from "../errors.ts";
import type { SaveMode, Write } from "../plan/command.ts";
import type { Expression, SortOrder } from "../plan/expression.ts";
import type { Options, Relation } from "../plan/relation.ts";
import type { OutputColumn, ResolvedRelation } from "../plan/resolved.ts";
import { CleanUp } from "../storage/clean-up.ts";
import { beginWrite, type FolderWriter } from "../storage/folder-writer.ts";
import type { Storage } from "../storage/storage.ts";
import { intType, structField, structType } from "../types/data-type.ts";
import { simpleString } from "../types/type-name.ts";

/** Rows, and the folder that they go to. */
export interface FolderWrite {
  readonly input: Relation;
  readonly folder: string;
  readonly format: string;
  readonly mode: SaveMode;
  readonly options: Options;
  readonly partitionBy: readonly string[];
  readonly bucketing?: Bucketing;
  /** Puts the files in place by calling `publish`, once all rows are staged; where that is all, it is absent. */
  readonly place?: (publish: () => Promise<void>, writeId: string) => Promise<void>;
}

/** A write with the analysed plan of its rows. */
export interface PlannedWrite {
  readonly write: FolderWrite;
  readonly plan: ResolvedRelation;
}

/** The write of `df.write.save(path)`. */
export const folderWrite = ({ input, format, mode, options, partitionBy }: Write, folder: string): FolderWrite => ({
  input,
  folder,
  format: format ?? "parquet",
  mode,
  options,
  partitionBy,
});

/**
 * Writes output folders, all in one run; each is put in place whole, one after the other, when every row is staged.
 *
 * @param overwriteMode - `static` or `dynamic`, for writes whose options do not say
 * @param run - makes the files of the outputs
 * @returns undefined when there is nothing to do: the mode is `ignore` and the folders exist
 */
export async function writeFolders(
  writes: readonly PlannedWrite[],
  storage: Storage,
  overwriteMode: string,
  run: (outputs: readonly Output[]) => Promise<RunMetrics>,
): Promise<RunMetrics | undefined> {
  await using cleanUp = new CleanUp();
  const staged: { readonly writer: FolderWriter; readonly output: Output; readonly write: FolderWrite }[] = [];
  for (const [index, { write, plan }] of writes.entries()) {
    const writer = await begin({ write, plan }, storage, overwriteMode);
    if (writer === undefined) continue;
    cleanUp.use(writer);
    const request = fileRequest(write, plan, writer);
    staged.push({ writer, write, output: { name: `write ${index}`, plan, destination: { kind: "files", request } } });
  }
  if (staged.length === 0) return undefined;
  const metrics = await run(staged.map(({ output }) => output));
  for (const { writer, output, write } of staged) {
    const files = (metrics.written.get(output.name) ?? []).map(({ path }) => path);
    const publish = async (): Promise<void> => void (await writer.commit(files));
    await (write.place === undefined ? publish() : write.place(publish, writer.writeId));
  }
  return metrics;
}

async function begin(
  { write, plan }: PlannedWrite,
  storage: Storage,
  overwriteMode: string,
): Promise<FolderWriter | undefined> {
  for (const name of write.partitionBy) checkColumn(name, plan.output);
  const isDynamic = isDynamicOverwrite(write.options.partitionoverwritemode ?? overwriteMode);
  // As in Spark, a write without partition columns replaces the whole folder.
  const dynamicPartitions = isDynamic && write.partitionBy.length > 0;
  return beginWrite(storage, write.folder, { mode: write.mode, dynamicPartitions });
}

// To take a misspelt mode for the default would delete partitions that were to stay.
function isDynamicOverwrite(mode: string): boolean {
  const name = mode.toLowerCase();
  if (name === "dynamic" || name === "static") return name === "dynamic";
  throw new AnalysisError(`There is no partition overwrite mode ${mode}`, {
    condition: "DATA_SOURCE_OPTION_VALUE_INVALID",
    sqlState: "22023",
    parameters: { option: "partitionOverwriteMode", value: mode },
    hint: 'Set partitionOverwriteMode to "static", which replaces the whole folder, or to "dynamic", which replaces the partitions that are written.',
  });
}

const fileRequest = (
  { format, options, partitionBy, bucketing }: FolderWrite,
  plan: ResolvedRelation,
  { stagingPath, writeId }: FolderWriter,
): FileRequest => ({
  folder: stagingPath,
  writeId,
  format,
  options,
  partitionBy,
  ...(bucketing === undefined ? {} : { partitionId: plan.output.at(-1)!.id, bucketed: true }),
});

/** The rows of a write; those of a table with buckets have theirs as a further column, in order of it. */
export function rowsOf({ input, bucketing }: FolderWrite): Relation {
  if (bucketing === undefined) return input;
  const { columns, count, sortBy } = bucketing;
  const named = (name: string): Expression => ({ kind: "attribute", name: [name] });
  const hash: Expression = { kind: "call", name: ["hash"], arguments: columns.map(named) };
  const modulus: Expression = { kind: "literal", type: intType, value: count };
  const bucket: Expression = { kind: "call", name: ["pmod"], arguments: [hash, modulus] };
  const placed: Relation = {
    kind: "with columns",
    input,
    columns: [{ kind: "alias", input: bucket, names: [bucketColumn] }],
  };
  if (sortBy.length === 0) return placed;
  const order = [bucketColumn, ...sortBy].map(
    (name): SortOrder => ({ kind: "sort order", input: named(name), direction: "ascending", nulls: "first" }),
  );
  return { kind: "sort", input: placed, order, global: true };
}

const bucketColumn = "bucket of the row";

function checkColumn(name: string, columns: readonly OutputColumn[]): void {
  const names = columns.map((column) => column.name);
  if (names.some((known) => known.toLowerCase() === name.toLowerCase())) return;
  const schema = simpleString(structType(columns.map((column) => structField(column.name, column.type))));
  throw new AnalysisError(`Partition column \`${name}\` not found in schema ${schema}`, {
    condition: "_LEGACY_ERROR_TEMP_1155",
    parameters: { col: name, schemaCatalog: schema },
    hint: `${nearest(name, names, 1)
      .map((near) => `Did you mean ${near}? `)
      .join("")}The columns are: ${listed(names)}.`,
  });
}
