/** What a snapshot comes to, as its checksum says it. */
import type { Protocol, TableMetadata } from "../actions.ts";
import { fileColumns, rowsIn } from "../file-chunk.ts";
import { fileCount, type Snapshot } from "../snapshot.ts";
import { addsOf } from "../write/file-actions.ts";
import { FileHistograms, type FileSizeHistogram } from "./histograms.ts";
import type { VersionChecksum } from "./version-checksum.ts";

/** How many of each a checksum has at most: Delta Lake's own defaults. */
export const most = { files: 50, transactions: 100, domains: 10 } as const;

type State = Pick<Snapshot, "chunks" | "metadata" | "protocol" | "transactions" | "domains">;

/**
 * The checksum of a snapshot, made of all of its files, without what only its commit knows.
 *
 * @param like - a histogram whose bins are taken
 */
export const tableState = async (snapshot: State, like?: FileSizeHistogram): Promise<VersionChecksum> => ({
  ...countFiles(snapshot, like),
  ...(await tableLists(snapshot)),
  numMetadata: 1,
  numProtocol: 1,
});

/** What of a checksum is known of a snapshot without a look at more files than a checksum lists. */
export async function tableLists(snapshot: State): Promise<Partial<VersionChecksum>> {
  const { metadata, protocol, transactions, domains } = snapshot;
  const isListed = fileCount(snapshot) <= most.files && listsFiles(metadata);
  return {
    setTransactions: keepsTransactions(metadata) ? atMost(most.transactions, [...transactions.values()]) : undefined,
    domainMetadata: atMost(most.domains, [...domains.values()]),
    metadata,
    protocol,
    allFiles: isListed ? await filesOf(snapshot) : undefined,
  };
}

function countFiles(
  { chunks, metadata, protocol }: Pick<Snapshot, "chunks" | "metadata" | "protocol">,
  like: FileSizeHistogram | undefined,
): Pick<VersionChecksum, "tableSizeBytes" | "numFiles" | "fileSizeHistogram"> & VectorCounts {
  const histograms = new FileHistograms(like && emptied(like));
  const sum = { tableSizeBytes: 0, numFiles: 0, numDeletedRecordsOpt: 0, numDeletionVectorsOpt: 0 };
  for (const chunk of chunks) {
    const { size: sizes, deletionVector } = fileColumns(chunk);
    for (const row of rowsIn(chunk)) {
      const size = Number(sizes[row]);
      const vector = deletionVector(row);
      histograms.count(size, vector?.cardinality ?? 0, 1);
      sum.tableSizeBytes += size;
      sum.numFiles += 1;
      sum.numDeletedRecordsOpt += vector?.cardinality ?? 0;
      sum.numDeletionVectorsOpt += vector === undefined ? 0 : 1;
    }
  }
  const { tableSizeBytes, numFiles, ...vectors } = sum;
  return {
    tableSizeBytes,
    numFiles,
    ...(makesVectors(protocol, metadata) ? { ...vectors, deletedRecordCountsHistogramOpt: histograms.deleted } : {}),
    fileSizeHistogram: histograms.sizes,
  };
}

const emptied = ({ sortedBinBoundaries }: FileSizeHistogram): FileSizeHistogram => {
  const none = sortedBinBoundaries.map(() => 0);
  return { sortedBinBoundaries, fileCounts: none, totalBytes: none };
};

const filesOf = async (snapshot: Pick<Snapshot, "chunks" | "metadata">): Promise<VersionChecksum["allFiles"]> =>
  (await Array.fromAsync(addsOf(snapshot))).map((add) => ({ ...add, dataChange: false }));

/** What is said of deletion vectors. */
export type VectorCounts = Pick<
  VersionChecksum,
  "numDeletedRecordsOpt" | "numDeletionVectorsOpt" | "deletedRecordCountsHistogramOpt"
>;

/** Whether files of the table may have deletion vectors. */
export const hasVectors = (protocol: Protocol): boolean =>
  protocol.readerFeatures?.includes("deletionVectors") === true;

/** Whether changes of the table make deletion vectors. */
export const makesVectors = (protocol: Protocol, { configuration }: TableMetadata): boolean =>
  hasVectors(protocol) && configuration?.["delta.enableDeletionVectors"] === "true";

/** Which applications count depends on the time, where they are kept for a while only. */
export const keepsTransactions = ({ configuration }: TableMetadata): boolean =>
  configuration?.["delta.setTransactionRetentionDuration"] === undefined;

/** Files are listed where their statistics are neither many nor left out of checkpoints. */
export function listsFiles({ configuration = {} }: TableMetadata): boolean {
  const hasStatistics = ["Json", "Struct"].some(
    (form) => configuration[`delta.checkpoint.writeStatsAs${form}`] !== "false",
  );
  return hasStatistics && Number(configuration["delta.dataSkippingNumIndexedCols"] ?? mostIndexed) <= mostIndexed;
}

const mostIndexed = 32;

/** All of a list, or nothing of it where it is long: what is not in a list that is there, the table has not. */
export const atMost = <Item>(limit: number, items: readonly Item[]): readonly Item[] | undefined =>
  items.length <= limit ? items : undefined;
