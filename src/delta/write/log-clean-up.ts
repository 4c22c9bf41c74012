/** Old files of the log taken away, once a checkpoint stands for them. */
import { joinPath } from "../../storage/path.ts";
import type { LogStorage } from "../handlers.ts";
import { commitName, logFileOf, logFolder } from "../log-names.ts";
import type { Snapshot } from "../snapshot.ts";
import { milliseconds } from "./retention.ts";

const day = 86_400_000;

/**
 * Deletes what belongs to versions before the newest checkpoint that is older than `delta.logRetentionDuration`: every
 * version from that checkpoint on can still be read.
 *
 * @param now - milliseconds since 1970
 * @returns how many files were deleted
 */
export async function cleanLog(
  { table, metadata, listing }: Snapshot,
  storage: LogStorage,
  now = Date.now(),
): Promise<number> {
  const { configuration = {} } = metadata;
  if (configuration["delta.enableExpiredLogCleanup"] === "false") return 0;
  if (Number(configuration["delta.requireCheckpointProtectionBeforeVersion"] ?? 0) > 0) return 0;
  const retention = milliseconds(configuration["delta.logRetentionDuration"], "30 days");
  const oldest = Math.floor((now - retention) / day) * day;
  const folder = joinPath(table, logFolder);
  const keep = await newestBefore(oldest, listing.checkpoints, folder, storage);
  if (keep === undefined) return 0;
  return deleteBefore(keep, oldest, folder, storage);
}

/** The newest checkpoint of a version that was committed before a time. */
async function newestBefore(
  time: number,
  checkpoints: Snapshot["listing"]["checkpoints"],
  folder: string,
  storage: LogStorage,
): Promise<number | undefined> {
  for (const { version } of checkpoints) {
    const status = await storage.stat(joinPath(folder, commitName(version)));
    if (status !== undefined && status.modifiedAt < time) return version;
  }
  return undefined;
}

async function deleteBefore(version: number, time: number, folder: string, storage: LogStorage): Promise<number> {
  let deleted = 0;
  for (const { name } of (await storage.children(folder)) ?? []) {
    const file = logFileOf(name);
    if (file === undefined || file.version >= version) continue;
    const path = joinPath(folder, name);
    const status = await storage.stat(path);
    if (status === undefined || status.modifiedAt >= time) continue;
    await storage.delete(path);
    deleted += 1;
  }
  return deleted;
}
