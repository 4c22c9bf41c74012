/** What `OPTIMIZE`, `VACUUM` and `RESTORE` answer: Delta's columns. */
import { tableExists } from "../../../catalogue/errors.ts";
import type { QualifiedName, TableObject } from "../../../catalogue/objects.ts";
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type {
  CloneTable,
  OptimizeTable,
  RepairFiles,
  RestoreTable,
  VacuumTable,
} from "../../../plan/maintenance-command.ts";
import type { Relation } from "../../../plan/relation.ts";
import { batchBuilder } from "../../../types/batch-builder.ts";
import { bigintType, type StructType, stringType, structField, structType } from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import type { CommandContext } from "../../commands/context.ts";
import { placeOf, register } from "../create.ts";
import { cloneTable } from "./clone.ts";
import { repairTable } from "./fsck.ts";
import { optimizeTable } from "./optimize.ts";
import { columnsOf, optimizeMetrics, optimizeMetricsType } from "./optimize-metrics.ts";
import { restoreTable } from "./restore.ts";
import { vacuumTable } from "./vacuum.ts";

function answer(schema: StructType, rows: readonly (readonly StoredValue[])[]): Relation {
  const builder = batchBuilder(schema, rows.length);
  for (const row of rows) builder.append(row);
  return { kind: "local relation", schema, batches: [builder.finish()] };
}

export async function optimizeStatement(
  command: OptimizeTable,
  { location }: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation> {
  const made = await optimizeTable(location, command, context, options);
  const schema = structType([structField("path", stringType), structField("metrics", optimizeMetricsType)]);
  return answer(schema, [[`file:${location}`, optimizeMetrics(made)]]);
}

export async function vacuumStatement(
  { retainHours, dryRun }: VacuumTable,
  { location }: TableObject,
  context: CommandContext,
): Promise<Relation> {
  const files = await vacuumTable(location, { retainHours, dryRun }, context);
  const paths = dryRun ? files : [location];
  return answer(
    structType([structField("path", stringType)]),
    paths.map((path) => [`file:${path}`]),
  );
}

export async function restoreStatement(
  { to }: RestoreTable,
  { location }: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation> {
  const metrics = await restoreTable(location, to, context, options);
  const schema = columnsOf({
    table_size_after_restore: bigintType,
    num_of_files_after_restore: bigintType,
    num_removed_files: bigintType,
    num_restored_files: bigintType,
    removed_files_size: bigintType,
    restored_files_size: bigintType,
  });
  return answer(schema, [
    [
      BigInt(metrics.tableSizeAfterRestore),
      BigInt(metrics.numOfFilesAfterRestore),
      BigInt(metrics.numRemovedFiles),
      BigInt(metrics.numRestoredFiles),
      BigInt(metrics.removedFilesSize),
      BigInt(metrics.restoredFilesSize),
    ],
  ]);
}

export async function cloneStatement(
  command: CloneTable,
  name: QualifiedName,
  source: TableObject,
  context: CommandContext,
): Promise<Relation> {
  const isNamed = !name.name.startsWith("/");
  const current = isNamed ? await context.catalogue.relation(name) : undefined;
  if (current !== undefined && !command.ifNotExists) throw tableExists(name);
  const { location, external } = isNamed
    ? await placeOf(name, undefined, command.path, context)
    : { location: name.name, external: true };
  const { isShallow, version } = command;
  const metrics =
    current === undefined
      ? await cloneTable({ source: source.location, target: location, isShallow, version }, context)
      : { sourceTableSize: 0, sourceNumOfFiles: 0, numCopiedFiles: 0, copiedFilesSize: 0 };
  if (isNamed && current === undefined) await register({ name, location, external, options: {} }, context);
  const schema = columnsOf({
    source_table_size: bigintType,
    source_num_of_files: bigintType,
    num_removed_files: bigintType,
    num_copied_files: bigintType,
    removed_files_size: bigintType,
    copied_files_size: bigintType,
  });
  const { sourceTableSize, sourceNumOfFiles, numCopiedFiles, copiedFilesSize } = metrics;
  return answer(schema, [[sourceTableSize, sourceNumOfFiles, 0, numCopiedFiles, 0, copiedFilesSize].map(BigInt)]);
}

export async function repairStatement(
  { dryRun }: RepairFiles,
  { location }: TableObject,
  context: CommandContext,
): Promise<Relation> {
  const faults = await repairTable(location, dryRun, context);
  return answer(
    structType(["dataFilePath", "checksumPath", "problem"].map((name) => structField(name, stringType))),
    faults.map(({ file, path, problem }) => [
      file === "data" ? `file:${path}` : null,
      file === "checksum" ? `file:${path}` : null,
      problem,
    ]),
  );
}
