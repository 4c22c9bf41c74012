/** Checksums: what a version comes to in few numbers, in a file beside its commit. */
import { joinPath } from "../../storage/path.ts";
import type { AddFile, ApplicationTransaction, DomainMetadata, Protocol, TableMetadata } from "../actions.ts";
import type { LogStorage } from "../handlers.ts";
import { readFile } from "../log/read-file.ts";
import { checksumName } from "../log-names.ts";
import type { DeletedRecordCountsHistogram, FileSizeHistogram } from "./histograms.ts";

/** The content of a checksum, by the names of the protocol. What some writers leave out is absent. */
export interface VersionChecksum {
  /** Of the commit, as its `commitInfo` has it. */
  readonly txnId?: string | undefined;
  readonly tableSizeBytes: number;
  readonly numFiles: number;
  /** For tables that make deletion vectors, or did so. */
  readonly numDeletedRecordsOpt?: number | undefined;
  readonly numDeletionVectorsOpt?: number | undefined;
  readonly numMetadata: number;
  readonly numProtocol: number;
  /** Milliseconds since 1970. */
  readonly inCommitTimestampOpt?: number | undefined;
  readonly setTransactions?: readonly ApplicationTransaction[] | undefined;
  readonly domainMetadata?: readonly DomainMetadata[] | undefined;
  readonly metadata?: TableMetadata | undefined;
  readonly protocol?: Protocol | undefined;
  readonly fileSizeHistogram?: FileSizeHistogram | undefined;
  readonly deletedRecordCountsHistogramOpt?: DeletedRecordCountsHistogram | undefined;
  /** Every file of the table, for tables of few. */
  readonly allFiles?: readonly AddFile[] | undefined;
}

export const checksumPath = (log: string, version: number): string => joinPath(log, checksumName(version));

/** A checksum as the content of its file. */
export const formatChecksum = (checksum: VersionChecksum): Uint8Array =>
  new TextEncoder().encode(`${JSON.stringify(checksum)}\n`);

/**
 * The checksum of a version; undefined where there is none. One that is damaged is as good as none.
 *
 * @param log - the folder of the log, absolute
 */
export async function readChecksum(
  log: string,
  version: number,
  storage: Pick<LogStorage, "stat" | "open">,
): Promise<VersionChecksum | undefined> {
  const path = checksumPath(log, version);
  if ((await storage.stat(path)) === undefined) return undefined;
  return parsed(new TextDecoder().decode(await readFile(storage, path)));
}

/** What Delta Lake called the histogram of sizes before the protocol named it. */
type Read = VersionChecksum & { readonly histogramOpt?: FileSizeHistogram };

function parsed(text: string): VersionChecksum | undefined {
  try {
    const fields = Object.entries(JSON.parse(text) as Read).filter(([, value]) => value !== null);
    const { histogramOpt, ...checksum } = Object.fromEntries(fields) as unknown as Read;
    if (!Number.isInteger(checksum.numFiles) || !Number.isInteger(checksum.tableSizeBytes)) return undefined;
    return histogramOpt === undefined ? checksum : { fileSizeHistogram: histogramOpt, ...checksum };
  } catch {
    return undefined;
  }
}
