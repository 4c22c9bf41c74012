/** `VACUUM`: files below a table's folder that no version within the retention needs, deleted. */

import type { DeletionVectorDescriptor } from "../../../delta/actions.ts";
import { dataPath } from "../../../delta/data-path.ts";
import { vectorPath } from "../../../delta/deletion-vectors/deletion-vector.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { addsOf } from "../../../delta/write/file-actions.ts";
import { milliseconds } from "../../../delta/write/retention.ts";
import { AnalysisError } from "../../../errors.ts";
import { folderOf } from "../../../storage/path.ts";
import type { CommandContext } from "../../commands/context.ts";

export interface VacuumOptions {
  /** How long files stay that were removed from the table, in hours; as the table says when absent. */
  readonly retainHours?: number | undefined;
  /** Whether the files are only named. */
  readonly dryRun: boolean;
}

const hour = 3_600_000;

/**
 * Deletes what nobody needs: files that no version names, and files that were removed from the table longer ago than the
 * retention. Readers of versions within it are not disturbed.
 *
 * @returns the absolute paths of the files that are deleted, or would be
 * @throws AnalysisError `DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT` for fewer hours than the table says, unless
 *   `spark.databricks.delta.retentionDurationCheck.enabled` is false
 */
export async function vacuumTable(
  location: string,
  { retainHours, dryRun }: VacuumOptions,
  context: CommandContext,
): Promise<readonly string[]> {
  const { delta, configuration, catalogue } = context;
  const snapshot = await delta.snapshot(location);
  const own = milliseconds(snapshot.metadata.configuration?.["delta.deletedFileRetentionDuration"], "1 week");
  const isChecked = configuration.get("spark.databricks.delta.retentionDurationCheck.enabled", "true") !== "false";
  const retention = retainHours === undefined ? own : retainHours * hour;
  if (retention < own && isChecked) throw tooShort(retainHours!, own / hour);
  const oldest = Date.now() - retention;
  const needed = await neededFiles(snapshot, oldest);
  const { storage } = catalogue;
  const files = await storage.list(location, isOfTable(location));
  const useless = files
    .filter(({ path, modifiedAt }) => modifiedAt < oldest && !needed.has(path))
    .map(({ path }) => path);
  if (dryRun) return useless;
  for (const path of useless) await storage.delete(path);
  const folders = [...new Set(useless.map(folderOf))].filter((folder) => folder !== location);
  for (const folder of folders.sort((left, right) => right.length - left.length))
    await storage.deleteEmptyFolder(folder).catch(() => false);
  return useless;
}

const tooShort = (hours: number, least: number): AnalysisError =>
  new AnalysisError(
    `The retention of ${hours} hours is shorter than that of the table, ${least} hours: readers and writers that are still at work could lose their files`,
    {
      condition: "DELTA_VACUUM_RETENTION_PERIOD_TOO_SHORT",
      sqlState: "42616",
      parameters: { retention: String(hours), configuredRetention: String(least) },
      hint: "Give no fewer hours. Where nobody else uses the table, set spark.databricks.delta.retentionDurationCheck.enabled to false.",
    },
  );

/** Hidden names are not the table's, but for partitions and changes; the log never is. */
const isOfTable =
  (location: string) =>
  (name: string, folder: string): boolean => {
    if (name.startsWith(".")) return false;
    if (!name.startsWith("_")) return true;
    return name.includes("=") || (folder === location && name === "_change_data") || name.startsWith("_unnamed-");
  };

async function neededFiles(snapshot: Snapshot, oldest: number): Promise<ReadonlySet<string>> {
  const { table } = snapshot;
  const needed = new Set<string>();
  const keep = (path: string, vector: DeletionVectorDescriptor | undefined): void => {
    needed.add(dataPath(table, path));
    if (vector !== undefined && vector.storageType !== "i") needed.add(vectorPath(vector, table));
  };
  for await (const { path, deletionVector } of addsOf(snapshot)) keep(path, deletionVector);
  for (const { path, deletionTimestamp = 0, deletionVector } of await snapshot.removes())
    if (deletionTimestamp >= oldest) keep(path, deletionVector);
  return needed;
}
