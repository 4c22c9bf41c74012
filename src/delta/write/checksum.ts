/** Checksums of versions that were just committed, for those who check what they read. */
import { joinPath } from "../../storage/path.ts";
import { nextChecksum, noVersion } from "../checksum/next-checksum.ts";
import { makesVectors, tableLists, tableState } from "../checksum/table-state.ts";
import { checksumPath, formatChecksum, readChecksum, type VersionChecksum } from "../checksum/version-checksum.ts";
import type { LogStorage } from "../handlers.ts";
import { logFolder } from "../log-names.ts";
import { fileCount, type Snapshot } from "../snapshot.ts";
import type { Committed } from "./transaction.ts";

/** What is known of a table besides its commit. */
export interface ChecksumSources {
  readonly storage: LogStorage;
  /** The table as the transaction began, if it was there. */
  readonly before: Snapshot | undefined;
  /** Reads the version that was committed. */
  readonly committed: () => Promise<Snapshot>;
}

/**
 * Writes the checksum of a version that was just committed: made of that of the version before it or, where that says too
 * little, of all files.
 */
export async function writeChecksum(
  table: string,
  { version, actions }: Pick<Committed, "version" | "actions">,
  { storage, before, committed }: ChecksumSources,
): Promise<void> {
  const log = joinPath(table, logFolder);
  const known = version === 0 ? noVersion : await checksumBefore(log, version, before, storage);
  const { commitInfo } = actions.find((action) => action.commitInfo !== undefined) ?? {};
  const checksum = (known === undefined ? undefined : nextChecksum(known, actions)) ?? {
    txnId: commitInfo?.txnId,
    inCommitTimestampOpt: commitInfo?.inCommitTimestamp,
    ...(await tableState(await committed())),
  };
  await storage.putIfAbsent(checksumPath(log, version), formatChecksum(checksum));
}

/** The checksum of the version before, and what it lacks from the snapshot of that version, where that is at hand. */
async function checksumBefore(
  log: string,
  version: number,
  before: Snapshot | undefined,
  storage: LogStorage,
): Promise<VersionChecksum | undefined> {
  const checksum = await readChecksum(log, version - 1, storage);
  if (before?.version !== version - 1) return checksum;
  if (checksum === undefined || !countsAll(checksum, before)) return tableState(before);
  return lists.every((field) => checksum[field] !== undefined)
    ? checksum
    : { ...(await tableLists(before)), ...checksum };
}

const lists = ["setTransactions", "domainMetadata", "metadata", "protocol", "allFiles"] as const;

const countsAll = (checksum: VersionChecksum, before: Snapshot): boolean =>
  checksum.numFiles === fileCount(before) &&
  checksum.fileSizeHistogram !== undefined &&
  (checksum.numDeletionVectorsOpt !== undefined || !makesVectors(before.protocol, before.metadata));
