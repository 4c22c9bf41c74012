/** A Delta table as it is at one version. */
import { isLakewrightError } from "../errors.ts";
import { joinPath } from "../storage/path.ts";
import type { Action, ApplicationTransaction, DomainMetadata, Protocol, RemoveFile, TableMetadata } from "./actions.ts";
import { fileKey } from "./actions.ts";
import { noMetadata } from "./errors.ts";
import { chunkOfAdds, type FileChunk, fileColumns, filesIn, rowsIn, withRows } from "./file-chunk.ts";
import type { DeltaHandlers } from "./handlers.ts";
import { type CheckpointContent, readCheckpoint } from "./log/checkpoint-reader.ts";
import {
  type Checkpoint,
  type CommitFile,
  commitFiles,
  type LogListing,
  type LogSegment,
  latestVersion,
  listLog,
  segmentOf,
} from "./log/log-listing.ts";
import { readActions } from "./log/read-file.ts";
import { Replay } from "./log/replay.ts";
import { commitName } from "./log-names.ts";
import { checkReadable } from "./protocol-check.ts";

/** A version of a table. Nothing in it changes. */
export interface Snapshot {
  /** The table's folder, absolute. */
  readonly table: string;
  readonly version: number;
  readonly protocol: Protocol;
  readonly metadata: TableMetadata;
  /** By application. */
  readonly transactions: ReadonlyMap<string, ApplicationTransaction>;
  /** By name; without those that were removed. */
  readonly domains: ReadonlyMap<string, DomainMetadata>;
  /** The files of the table. */
  readonly chunks: readonly FileChunk[];
  /** Files that were removed and whose tombstones the log still has. */
  readonly removes: () => Promise<readonly RemoveFile[]>;
  /** The newest checkpoint that it was read from. */
  readonly checkpointVersion: number | undefined;
  readonly listing: LogListing;
  /** Tells the newest commit from one of another table that has taken its place; undefined where it is not there. */
  readonly identity: string | undefined;
}

export interface SnapshotOptions {
  /** The newest where it is not given. */
  readonly version?: number;
  /** A snapshot of the same table, from which a later one is made by reading only what came since. */
  readonly known?: Snapshot | undefined;
}

/** How many files a table has. */
export const fileCount = ({ chunks }: Pick<Snapshot, "chunks">): number =>
  chunks.reduce((count, chunk) => count + filesIn(chunk), 0);

/**
 * Reads a version of a table.
 *
 * @param table - the table's folder, absolute
 * @throws AnalysisError `PATH_NOT_FOUND`, `DELTA_TABLE_NOT_FOUND`, `DELTA_VERSION_NOT_FOUND`
 * @throws UnsupportedError `DELTA_UNSUPPORTED_FEATURES_FOR_READ`, `DELTA_INVALID_PROTOCOL_VERSION`
 * @throws ExecutionError for a log that is damaged
 */
export async function readSnapshot(
  table: string,
  handlers: DeltaHandlers,
  { version, known }: SnapshotOptions = {},
): Promise<Snapshot> {
  const listing = await listLog(handlers.storage, table);
  const wanted = version ?? latestVersion(listing);
  const same = known !== undefined && (await isSame(known, table, handlers)) ? known : undefined;
  if (same?.version === wanted) return { ...same, listing };
  const snapshot = (await advanced(same, wanted, listing, handlers)) ?? (await readWhole(listing, wanted, handlers));
  checkReadable(snapshot.protocol, table);
  return { ...snapshot, identity: await identityOf(listing.log, wanted, handlers) };
}

/**
 * The newest version of a table that is known, by a look for the commits that came since; its `listing` may name files that
 * are gone by now, and lack checkpoints.
 *
 * @returns undefined where the table is another one by now
 * @throws as `readSnapshot`
 */
export async function refreshed(known: Snapshot, handlers: DeltaHandlers): Promise<Snapshot | undefined> {
  const { table, version } = known;
  if (!(await isSame(known, table, handlers))) return undefined;
  const listing = await withLater(known, handlers);
  const newest = Math.max(version, listing.commits.at(-1) ?? version);
  if (newest === version) return known;
  const replay = await replayed(commitFiles(listing, version + 1, newest, false), listing, handlers);
  const snapshot = composed(listing, newest, replay, known, known.checkpointVersion);
  checkReadable(snapshot.protocol, table);
  return { ...snapshot, identity: await identityOf(listing.log, newest, handlers) };
}

/** The listing of a snapshot with the commits that came after it, each looked for by its name. */
async function withLater({ listing, version }: Snapshot, { storage }: DeltaHandlers): Promise<LogListing> {
  const later: number[] = [];
  const isThere = async (next: number): Promise<boolean> =>
    (await storage.stat(joinPath(listing.log, commitName(next)))) !== undefined;
  for (let next = version + 1; await isThere(next); next++) later.push(next);
  return { ...listing, commits: [...listing.commits.filter((commit) => commit <= version), ...later] };
}

async function isSame(known: Snapshot, table: string, handlers: DeltaHandlers): Promise<boolean> {
  if (known.table !== table || known.identity === undefined) return false;
  return (await identityOf(known.listing.log, known.version, handlers)) === known.identity;
}

const identityOf = async (log: string, version: number, { storage }: DeltaHandlers): Promise<string | undefined> =>
  (await storage.stat(joinPath(log, commitName(version))))?.version;

/** The later snapshot of a known one; undefined where that is not simpler. */
async function advanced(
  known: Snapshot | undefined,
  version: number,
  listing: LogListing,
  handlers: DeltaHandlers,
): Promise<Snapshot | undefined> {
  if (known === undefined || known.table !== listing.table || known.version >= version) return undefined;
  const present = new Set(listing.commits);
  for (let next = known.version + 1; next <= version; next++) if (!present.has(next)) return undefined;
  const replay = await replayed(commitFiles(listing, known.version + 1, version), listing, handlers);
  return composed(listing, version, replay, known, known.checkpointVersion);
}

// A checkpoint that cannot be read is no loss as long as an older one, or all commits, are there.
async function readWhole(listing: LogListing, version: number, handlers: DeltaHandlers): Promise<Snapshot> {
  const broken = new Set<Checkpoint>();
  let first: unknown;
  for (;;) {
    const segment = usableSegment(listing, version, broken, first);
    try {
      return await readSegment(listing, segment, handlers);
    } catch (error) {
      if (!(error instanceof BrokenCheckpoint) || segment.checkpoint === undefined) throw error;
      broken.add(segment.checkpoint);
      first ??= error.cause;
    }
  }
}

function usableSegment(
  listing: LogListing,
  version: number,
  broken: ReadonlySet<Checkpoint>,
  first: unknown,
): LogSegment {
  try {
    return segmentOf(listing, version, (checkpoint) => !broken.has(checkpoint));
  } catch (error) {
    throw first ?? error;
  }
}

class BrokenCheckpoint extends Error {}

async function readSegment(listing: LogListing, segment: LogSegment, handlers: DeltaHandlers): Promise<Snapshot> {
  const [base, replay] = await Promise.all([
    baseOf(segment.checkpoint, listing, handlers),
    replayed(segment.commits, listing, handlers),
  ]);
  return composed(listing, segment.version, replay, base, segment.checkpoint?.version);
}

type Base = Pick<Snapshot, "transactions" | "domains" | "chunks" | "removes"> &
  Partial<Pick<Snapshot, "protocol" | "metadata">>;

const nothing: Base = { transactions: new Map(), domains: new Map(), chunks: [], removes: async () => [] };

async function baseOf(checkpoint: Checkpoint | undefined, listing: LogListing, handlers: DeltaHandlers): Promise<Base> {
  if (checkpoint === undefined) return nothing;
  try {
    return baseOfCheckpoint(await readCheckpoint(checkpoint, listing, handlers));
  } catch (cause) {
    if (!isLakewrightError(cause)) throw cause;
    throw new BrokenCheckpoint("", { cause });
  }
}

function baseOfCheckpoint({ actions, chunks, removes }: CheckpointContent): Base {
  const replay = new Replay();
  replay.addOlder(actions.filter(({ add, remove }) => add === undefined && remove === undefined));
  const { protocol, metadata, transactions, domains } = replay;
  return {
    transactions,
    domains,
    chunks,
    removes,
    ...(protocol === undefined ? {} : { protocol }),
    ...(metadata === undefined ? {} : { metadata }),
  };
}

async function replayed(
  commits: readonly CommitFile[],
  listing: LogListing,
  { storage }: DeltaHandlers,
): Promise<Replay> {
  const replay = new Replay();
  for (const file of commits.toReversed())
    for await (const actions of newestFirst(file, listing, storage)) replay.addOlder(actions);
  return replay;
}

// A compaction that cannot be read is no loss as long as its commits are there.
async function* newestFirst(
  file: CommitFile,
  listing: LogListing,
  storage: DeltaHandlers["storage"],
): AsyncGenerator<readonly Action[], void, void> {
  const [actions, fault] = await readActions(storage, file.path).then(
    (read) => [read] as const,
    (error: unknown) => [undefined, error] as const,
  );
  if (actions !== undefined) return yield actions;
  const present = new Set(listing.commits);
  const versions = Array.from({ length: file.version - file.from + 1 }, (_, index) => file.version - index);
  if (versions.length === 1 || !versions.every((version) => present.has(version))) throw fault;
  for (const version of versions) yield await readActions(storage, joinPath(listing.log, commitName(version)));
}

/** The state before a range of commits and what the range comes to, put together. */
function composed(
  listing: LogListing,
  version: number,
  replay: Replay,
  base: Base,
  checkpointVersion: number | undefined,
): Snapshot {
  const protocol = replay.protocol ?? base.protocol;
  const metadata = replay.metadata ?? base.metadata;
  if (protocol === undefined) throw noMetadata(listing.table, version, "Protocol");
  if (metadata === undefined) throw noMetadata(listing.table, version, "Metadata");
  const domains = new Map([...base.domains, ...replay.domains]);
  const older = base.chunks.map((chunk) => uncovered(chunk, replay.seen)).filter((chunk) => filesIn(chunk) > 0);
  return {
    table: listing.table,
    version,
    protocol,
    metadata,
    transactions: new Map([...base.transactions, ...replay.transactions]),
    domains: new Map([...domains].filter(([, { removed }]) => !removed)),
    chunks: replay.adds.length === 0 ? older : [...older, chunkOfAdds(replay.adds)],
    removes: async () => [
      ...(await base.removes()).filter((remove) => !replay.seen.has(fileKey(remove))),
      ...replay.removes,
    ],
    checkpointVersion,
    listing,
    identity: undefined,
  };
}

/** A chunk without the files that newer actions speak of. */
function uncovered(chunk: FileChunk, seen: ReadonlySet<string>): FileChunk {
  if (seen.size === 0) return chunk;
  const { path, deletionVector } = fileColumns(chunk);
  const before = rowsIn(chunk);
  const rows = before.filter((row) => !seen.has(fileKey({ path: path[row]!, deletionVector: deletionVector(row) })));
  return rows.length === before.length ? chunk : withRows(chunk, rows);
}
