/** The checksum of a commit, made of that of the version before it. */
import { type Action, type ActionKind, type AddFile, fileKey, type RemoveFile } from "../actions.ts";
import { FileHistograms } from "./histograms.ts";
import {
  atMost,
  hasVectors,
  keepsTransactions,
  listsFiles,
  makesVectors,
  most,
  type VectorCounts,
} from "./table-state.ts";
import type { VersionChecksum } from "./version-checksum.ts";

/** The checksum of what is not there yet. */
export const noVersion: VersionChecksum = {
  tableSizeBytes: 0,
  numFiles: 0,
  numDeletedRecordsOpt: 0,
  numDeletionVectorsOpt: 0,
  numMetadata: 1,
  numProtocol: 1,
  setTransactions: [],
  domainMetadata: [],
  fileSizeHistogram: new FileHistograms().sizes,
  deletedRecordCountsHistogramOpt: new FileHistograms().deleted,
  allFiles: [],
};

/**
 * The checksum of the version that a commit makes.
 *
 * What the checksum before it does not say, such as the number of deleted rows, this one does not say either.
 *
 * @param before - the checksum of the version before it; `noVersion` for the first
 * @param actions - of the commit, none of which adds a file that is there already
 * @returns undefined where too little is known: what the table is, or how large files are that the commit removes
 */
export function nextChecksum(before: VersionChecksum, actions: readonly Action[]): VersionChecksum | undefined {
  const metadata = lastOf(actions, "metaData") ?? before.metadata;
  const protocol = lastOf(actions, "protocol") ?? before.protocol;
  const files = countedFiles(before, actions);
  if (metadata === undefined || protocol === undefined || files === undefined) return undefined;
  const tellsVectors = makesVectors(protocol, metadata) || (before !== noVersion && hasVectors(protocol));
  const { commitInfo } = actions.find((action) => action.commitInfo !== undefined) ?? {};
  const isSameSchema = before.metadata === undefined || before.metadata.schemaString === metadata.schemaString;
  const keepsFiles = listsFiles(metadata) && isSameSchema && Math.max(before.numFiles, files.numFiles) <= most.files;
  return {
    txnId: commitInfo?.txnId,
    tableSizeBytes: files.tableSizeBytes,
    numFiles: files.numFiles,
    ...(tellsVectors ? files.vectors : {}),
    numMetadata: 1,
    numProtocol: 1,
    inCommitTimestampOpt: commitInfo?.inCommitTimestamp,
    setTransactions: keepsTransactions(metadata) ? transactionsAfter(before, actions) : undefined,
    domainMetadata: domainsAfter(before, actions),
    metadata,
    protocol,
    fileSizeHistogram: files.histograms.sizes,
    ...(tellsVectors && before.deletedRecordCountsHistogramOpt !== undefined
      ? { deletedRecordCountsHistogramOpt: files.histograms.deleted }
      : {}),
    allFiles: files.numFiles === 0 ? [] : keepsFiles ? filesAfter(before, actions) : undefined,
  };
}

const lastOf = <Kind extends ActionKind>(actions: readonly Action[], kind: Kind): Action[Kind] | undefined =>
  actions.findLast((action) => action[kind] !== undefined)?.[kind];

interface CountedFiles extends Pick<VersionChecksum, "tableSizeBytes" | "numFiles"> {
  readonly vectors: Omit<VectorCounts, "deletedRecordCountsHistogramOpt">;
  readonly histograms: FileHistograms;
}

function countedFiles(before: VersionChecksum, actions: readonly Action[]): CountedFiles | undefined {
  if (before.fileSizeHistogram === undefined) return undefined;
  const histograms = new FileHistograms(before.fileSizeHistogram, before.deletedRecordCountsHistogramOpt);
  let { tableSizeBytes, numFiles, numDeletedRecordsOpt: deleted, numDeletionVectorsOpt: vectors } = before;
  for (const { add, remove } of actions) {
    const file: AddFile | RemoveFile | undefined = add ?? remove;
    if (file === undefined) continue;
    if (file.size === undefined) return undefined;
    const times = add === undefined ? -1 : 1;
    const { deletionVector: vector } = file;
    histograms.count(file.size, vector?.cardinality ?? 0, times);
    tableSizeBytes += times * file.size;
    numFiles += times;
    if (deleted !== undefined) deleted += times * (vector?.cardinality ?? 0);
    if (vectors !== undefined) vectors += vector === undefined ? 0 : times;
  }
  return {
    tableSizeBytes,
    numFiles,
    vectors: { numDeletedRecordsOpt: deleted, numDeletionVectorsOpt: vectors },
    histograms,
  };
}

const transactionsAfter = ({ setTransactions }: VersionChecksum, actions: readonly Action[]) =>
  setTransactions &&
  atMost(
    most.transactions,
    merged(
      setTransactions,
      actions.flatMap(({ txn }) => txn ?? []),
      ({ appId }) => appId,
    ),
  );

const domainsAfter = ({ domainMetadata: domains }: VersionChecksum, actions: readonly Action[]) =>
  domains &&
  atMost(
    most.domains,
    merged(
      domains,
      actions.flatMap(({ domainMetadata }) => domainMetadata ?? []),
      ({ domain }) => domain,
    ).filter(({ removed }) => !removed),
  );

function merged<Value>(before: readonly Value[], changed: readonly Value[], keyOf: (value: Value) => string): Value[] {
  const all = new Map(before.map((value) => [keyOf(value), value]));
  for (const value of changed) all.set(keyOf(value), value);
  return [...all.values()];
}

function filesAfter({ allFiles }: VersionChecksum, actions: readonly Action[]): readonly AddFile[] | undefined {
  if (allFiles === undefined) return undefined;
  const files = new Map(allFiles.map((add) => [fileKey(add), add]));
  for (const { add, remove } of actions) {
    if (remove !== undefined) files.delete(fileKey(remove));
    if (add !== undefined) files.set(fileKey(add), { ...add, dataChange: false });
  }
  return [...files.values()];
}
