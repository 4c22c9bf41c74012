/** Where a checksum and the state of its version part. */
import type { LogStorage } from "../handlers.ts";
import type { Snapshot } from "../snapshot.ts";
import { tableState } from "./table-state.ts";
import { readChecksum, type VersionChecksum } from "./version-checksum.ts";

type Compared = Exclude<keyof VersionChecksum, "txnId" | "inCommitTimestampOpt">;

/** What each field is called in errors, as by Delta Lake; lists say no more than that they differ. */
const titles: { readonly [Field in Compared]: string } = {
  metadata: "Metadata",
  protocol: "Protocol",
  tableSizeBytes: "Table size (bytes)",
  numFiles: "Number of files",
  numMetadata: "Metadata updates",
  numProtocol: "Protocol updates",
  numDeletedRecordsOpt: "Number of deleted records",
  numDeletionVectorsOpt: "Number of deletion vectors",
  deletedRecordCountsHistogramOpt: "Histogram of deleted records",
  fileSizeHistogram: "Histogram of file sizes",
  setTransactions: "Transactions of applications",
  domainMetadata: "Domains",
  allFiles: "List of files",
};

/**
 * Compares a checksum with the state of its version.
 *
 * @param computed - made of the log, by `tableState` with the bins of the checksum
 * @returns a sentence for each field that both have and that differs
 */
export const checksumFaults = (checksum: VersionChecksum, computed: VersionChecksum): readonly string[] =>
  (Object.keys(titles) as Compared[]).flatMap((field) => {
    const [expected, found] = [checksum[field], computed[field]];
    if (isAbsent(expected) || isAbsent(found) || normal(field, expected) === normal(field, found)) return [];
    const detail = typeof expected === "number" ? ` - Expected: ${expected} Computed: ${String(found)}` : " differs";
    return [`${titles[field]}${detail}`];
  });

/** Compares a snapshot with the checksum beside its commit; one that is not there, or is damaged, tells nothing. */
export async function faultsOf(snapshot: Snapshot, storage: LogStorage): Promise<readonly string[]> {
  const checksum = await readChecksum(snapshot.listing.log, snapshot.version, storage);
  if (checksum === undefined) return [];
  return checksumFaults(checksum, await tableState(snapshot, checksum.fileSizeHistogram));
}

const isAbsent = (value: unknown): value is undefined | null => value === undefined || value === null;

/** A value as text, equal for what means the same: lists of actions have no order. */
function normal(field: Compared, value: unknown): string {
  if (field === "allFiles") return sortedTexts((value as readonly object[]).map(withoutStatistics));
  return Array.isArray(value) ? sortedTexts(value) : plain(value);
}

// Checkpoints may have numbers of statistics in another form.
const withoutStatistics = ({ stats: _, ...file }: { readonly stats?: string }): unknown => file;

const sortedTexts = (items: readonly unknown[]): string => items.map(plain).sort().join("\n");

/** JSON without the fields that are null or empty, the others by name; the names of features are a set. */
const plain = (value: unknown): string => JSON.stringify(value, plainField);

function plainField(key: string, value: unknown): unknown {
  if (/^(reader|writer)Features$/.test(key)) return (value as readonly string[]).toSorted();
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value ?? undefined;
  const fields = Object.entries(value).filter(([, field]) => field !== null && !isEmpty(field));
  return Object.fromEntries(fields.sort(([left], [right]) => (left < right ? -1 : 1)));
}

const isEmpty = (value: unknown): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
