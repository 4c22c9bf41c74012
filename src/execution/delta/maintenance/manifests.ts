/**
 * Manifests: which files hold the rows of each partition, for engines that do not read the log (Hive's
 * `SymlinkTextInputFormat`, Presto, Athena).
 */
import type { Action } from "../../../delta/actions.ts";
import { dataPath } from "../../../delta/data-path.ts";
import { fileColumns, rowsIn } from "../../../delta/file-chunk.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import type { Committed } from "../../../delta/write/transaction.ts";
import { AnalysisError, ExecutionError } from "../../../errors.ts";
import { partitionPath } from "../../../storage/partition-path.ts";
import { folderOf, joinPath } from "../../../storage/path.ts";
import type { Storage } from "../../../storage/storage.ts";
import type { CommandContext } from "../../commands/context.ts";
import type { OpenTable } from "../open-table.ts";
import { changesFiles, checkListable, keepsManifests, manifestMode } from "./manifest-checks.ts";

/** Below the folder of the table. */
const manifestFolder = "_symlink_format_manifest";
const manifestName = "manifest";

/** What Hadoop keeps beside a file, which would contradict a new one. */
const checksumName = `.${manifestName}.crc`;

/**
 * Writes a manifest for each partition of the table as it is now, and deletes those of partitions that are gone.
 *
 * @throws AnalysisError `DELTA_MODE_NOT_SUPPORTED`, as `checkListable` does
 */
export async function generateManifests(mode: string, location: string, context: CommandContext): Promise<void> {
  if (mode.toLowerCase() !== manifestMode) throw noSuchMode(mode);
  await writeManifests(location, undefined, context);
}

/**
 * Brings the manifests of a table that keeps them up to date with a commit: those of the partitions that it has changed.
 *
 * @throws ExecutionError `DELTA_POST_COMMIT_HOOK_FAILED`
 */
export async function updateManifests(
  { location, transaction }: OpenTable,
  { actions, version }: Committed,
  context: CommandContext,
): Promise<void> {
  if (!keepsManifests(transaction) || !changesFiles(actions)) return;
  const { metadata, base } = transaction;
  const isFirst = (await context.catalogue.storage.stat(joinPath(location, manifestFolder))) === undefined;
  const isSame = samePartitions(metadata, base.metadata) && !isFirst;
  const changed = isSame ? changedFolders(actions, metadata!.partitionColumns) : undefined;
  await writeManifests(location, changed, context).catch((cause: unknown) => {
    throw notWritten(version, cause);
  });
}

const samePartitions = (left: OpenTable["transaction"]["metadata"], right: typeof left): boolean =>
  left?.partitionColumns.join("\n") === right?.partitionColumns.join("\n");

const folderOfValues = (columns: readonly string[], valueOf: (column: string) => string | null | undefined): string =>
  partitionPath(columns.map((column) => [column, valueOf(column) ?? null]));

/** The partitions that actions are about; undefined where an action does not say it. */
function changedFolders(actions: readonly Action[], columns: readonly string[]): ReadonlySet<string> | undefined {
  const files = actions.flatMap(({ add, remove }) => add ?? remove ?? []);
  if (files.some(({ partitionValues }) => partitionValues === undefined)) return undefined;
  return new Set(files.map(({ partitionValues }) => folderOfValues(columns, (column) => partitionValues![column])));
}

/** @param changed - the folders of the partitions that may have changed; all where it is not given */
async function writeManifests(
  location: string,
  changed: ReadonlySet<string> | undefined,
  context: CommandContext,
): Promise<void> {
  const { delta, catalogue } = context;
  const root = joinPath(location, manifestFolder);
  // Of programs that commit at the same time the last one that looks has to have the last word.
  for (let snapshot = await delta.snapshot(location); ; ) {
    checkListable(snapshot);
    const manifests = manifestsOf(snapshot, changed);
    for (const [folder, files] of manifests) await writeManifest(joinPath(root, folder), files, catalogue.storage);
    for (const folder of changed ?? (await foldersBelow(root, catalogue.storage)))
      if (!manifests.has(folder)) await deleteManifest(joinPath(root, folder), catalogue.storage);
    const now = await delta.snapshot(location);
    if (now.version === snapshot.version) return;
    snapshot = now;
  }
}

/** The files of each partition, by its folder; a table without partitions has one that is its own folder. */
function manifestsOf(snapshot: Snapshot, changed: ReadonlySet<string> | undefined): ReadonlyMap<string, string[]> {
  const columns = snapshot.metadata.partitionColumns;
  const manifests = new Map<string, string[]>(columns.length === 0 ? [["", []]] : []);
  for (const chunk of snapshot.chunks) {
    const { path, partitionValue } = fileColumns(chunk);
    for (const row of rowsIn(chunk)) {
      const folder = folderOfValues(columns, (column) => partitionValue(row, column));
      if (changed?.has(folder) === false) continue;
      const files = manifests.get(folder) ?? [];
      files.push(`file:${dataPath(snapshot.table, path[row]!)}`);
      manifests.set(folder, files);
    }
  }
  return manifests;
}

async function writeManifest(folder: string, files: readonly string[], storage: Storage): Promise<void> {
  await storage.makeFolder(folder);
  await storage.delete(joinPath(folder, checksumName));
  const text = files.map((file) => `${file}\n`).join("");
  await storage.replace(joinPath(folder, manifestName), new TextEncoder().encode(text));
}

async function deleteManifest(folder: string, storage: Storage): Promise<void> {
  for (const name of [manifestName, checksumName]) await storage.delete(joinPath(folder, name));
  await storage.deleteEmptyFolder(folder);
}

/** The folders that have manifests. */
async function foldersBelow(root: string, storage: Storage): Promise<readonly string[]> {
  const found = await storage.list(root);
  return found
    .filter(({ path }) => path.endsWith(`/${manifestName}`))
    .map(({ path }) => folderOf(path).slice(root.length + 1));
}

const noSuchMode = (mode: string): AnalysisError =>
  new AnalysisError(`Specified mode '${mode}' is not supported. Supported modes are: ${manifestMode}`, {
    condition: "DELTA_MODE_NOT_SUPPORTED",
    sqlState: "0AKDC",
    parameters: { mode, supportedModes: manifestMode },
    hint: `Write GENERATE ${manifestMode} FOR TABLE ….`,
  });

const notWritten = (version: number, cause: unknown): ExecutionError => {
  const message = cause instanceof Error ? cause.message : String(cause);
  return new ExecutionError(
    `Committing to the Delta table version ${version} succeeded but error while executing post-commit hook Generate Symlink Format Manifest: ${message}`,
    {
      condition: "DELTA_POST_COMMIT_HOOK_FAILED",
      sqlState: "2DKD0",
      parameters: { version: String(version), name: "Generate Symlink Format Manifest", message },
      cause,
      hint: "The rows are in the table; its manifests are older. Write them by GENERATE symlink_format_manifest FOR TABLE ….",
    },
  );
};
