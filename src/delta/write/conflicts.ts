/** Delta's rules of which commits can be made in either order (`ConflictChecker`). */
import { type Action, type AddFile, fileKey, type PartitionValues, type RemoveFile } from "../actions.ts";
import {
  domainChanged,
  type FasterCommit,
  fileConflict,
  metadataChanged,
  protocolChanged,
  transactionChanged,
} from "./conflict-errors.ts";
import { rowTrackingDomain } from "./row-tracking.ts";

/** How strictly a commit is ordered with those of others; the last is for commits that change no data. */
export type IsolationLevel = "Serializable" | "WriteSerializable" | "SnapshotIsolation";

/** What a transaction has looked at. */
export interface TransactionReads {
  readonly wholeTable: boolean;
  /** The files that were read, by `fileKey`. */
  readonly files: ReadonlySet<string>;
  /** Which partitions were looked through; a file that is added to one of them should have been read. */
  readonly partitions: readonly ((values: PartitionValues) => boolean)[];
  /** The applications whose last batch was asked for. */
  readonly applications: ReadonlySet<string>;
}

/** A transaction that is about to be committed. */
export interface Attempt {
  /** The path of the table, for errors. */
  readonly table: string;
  readonly reads: TransactionReads;
  readonly actions: readonly Action[];
  readonly isolation: IsolationLevel;
}

/** A commit that was made since the transaction began. */
export interface OtherCommit {
  readonly version: number;
  readonly actions: readonly Action[];
}

/**
 * Checks that a transaction would have been the same, had it begun after another commit.
 *
 * @throws ConcurrentModificationException of the kind of the conflict
 */
export function checkConflicts(attempt: Attempt, other: OtherCommit): void {
  const faster: FasterCommit = { version: other.version, info: actionsOf(other.actions, "commitInfo")[0] };
  if (has(other.actions, "protocol") && has(attempt.actions, "protocol")) throw protocolChanged(faster);
  if (has(other.actions, "metaData")) throw metadataChanged(attempt.table, faster);
  checkAdded(attempt, other, faster);
  checkRemovedAndRead(attempt, other, faster);
  checkRemovedTwice(attempt, other, faster);
  checkDomains(attempt, other, faster);
  const { applications } = attempt.reads;
  if (actionsOf(other.actions, "txn").some(({ appId }) => applications.has(appId))) throw transactionChanged(faster);
}

type KindOf<Kind extends keyof Action> = NonNullable<Action[Kind]>;

const actionsOf = <Kind extends keyof Action>(actions: readonly Action[], kind: Kind): readonly KindOf<Kind>[] =>
  actions.flatMap((action) => (action[kind] === undefined ? [] : [action[kind] as KindOf<Kind>]));

const has = (actions: readonly Action[], kind: keyof Action): boolean =>
  actions.some((action) => action[kind] !== undefined);

/** Files that this transaction would have read, had they been there. */
function checkAdded(attempt: Attempt, other: OtherCommit, faster: FasterCommit): void {
  const { wholeTable, partitions } = attempt.reads;
  if (!countsAdded(attempt, faster)) return;
  const found = actionsOf(other.actions, "add").find(
    ({ dataChange, partitionValues }) =>
      dataChange && (wholeTable || partitions.some((covers) => covers(partitionValues))),
  );
  if (found !== undefined) throw fileConflict("append", attempt.table, faster, found.partitionValues);
}

// Under WriteSerializable a blind append may be ordered before what it was committed after.
function countsAdded({ isolation, actions }: Attempt, { info }: FasterCommit): boolean {
  if (isolation === "SnapshotIsolation") return false;
  return isolation === "Serializable" || has(actions, "metaData") || info?.isBlindAppend !== true;
}

function checkRemovedAndRead({ reads, table }: Attempt, other: OtherCommit, faster: FasterCommit): void {
  const removed = actionsOf(other.actions, "remove");
  const found = removed.find((file) => reads.files.has(fileKey(file)));
  const lost = found ?? (reads.wholeTable ? removed.find(({ dataChange }) => dataChange) : undefined);
  if (lost !== undefined) throw fileConflict("delete read", table, faster, lost.partitionValues);
}

function checkRemovedTwice({ actions, table }: Attempt, other: OtherCommit, faster: FasterCommit): void {
  const own = new Set(actionsOf(actions, "remove").map(keyOf));
  const found = actionsOf(other.actions, "remove").find((file) => own.has(keyOf(file)));
  if (found !== undefined) throw fileConflict("delete delete", table, faster, found.partitionValues);
}

// The highest row id is counted on from that of the other commit.
function checkDomains({ actions }: Attempt, other: OtherCommit, faster: FasterCommit): void {
  const others = new Set(actionsOf(other.actions, "domainMetadata").map(({ domain }) => domain));
  const found = actionsOf(actions, "domainMetadata").find(
    ({ domain }) => domain !== rowTrackingDomain && others.has(domain),
  );
  if (found !== undefined) throw domainChanged(found.domain, faster);
}

const keyOf = (file: AddFile | RemoveFile): string => fileKey(file);

/**
 * How a commit is to be isolated.
 *
 * @param configured - the table's property `delta.isolationLevel`
 */
export function isolationOf(actions: readonly Action[], configured: string | undefined): IsolationLevel {
  const changesData = actions.some(
    ({ add, remove, cdc }) => add?.dataChange || remove?.dataChange || cdc !== undefined,
  );
  const onlyFiles = actions.every(
    ({ add, remove, domainMetadata }) =>
      add !== undefined || remove !== undefined || domainMetadata?.domain === rowTrackingDomain,
  );
  if (!changesData && onlyFiles) return "SnapshotIsolation";
  return configured === "WriteSerializable" ? "WriteSerializable" : "Serializable";
}
