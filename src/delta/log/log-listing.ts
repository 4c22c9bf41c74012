/** Which files a log has, and which of them make up a version. */
import type { AnalysisError } from "../../errors.ts";
import { joinPath } from "../../storage/path.ts";
import { logGap, noSuchTable, noSuchVersion, notDelta, truncatedLog } from "../errors.ts";
import type { LogStorage } from "../handlers.ts";
import { type CheckpointFile, commitName, type LogFile, logFileOf, logFolder } from "../log-names.ts";

/** A checkpoint whose files are all there. */
export interface Checkpoint {
  readonly version: number;
  readonly form: CheckpointFile["form"];
  readonly format: "json" | "parquet";
  /** Absolute; the parts in order. */
  readonly paths: readonly string[];
}

/** A file of commits: one, or several put together. */
export interface CommitFile {
  readonly from: number;
  readonly version: number;
  readonly path: string;
}

/** What a log holds, by name alone. */
export interface LogListing {
  /** The table's folder, absolute. */
  readonly table: string;
  readonly log: string;
  /** The versions that have a commit, ascending. */
  readonly commits: readonly number[];
  readonly compactions: readonly CommitFile[];
  /** The newest first. */
  readonly checkpoints: readonly Checkpoint[];
  /** The versions that have a checksum. */
  readonly checksums: ReadonlySet<number>;
}

/** What is read for one version: a checkpoint, if any, and the commits after it, ascending. */
export interface LogSegment {
  readonly version: number;
  readonly checkpoint: Checkpoint | undefined;
  readonly commits: readonly CommitFile[];
}

/**
 * Lists the log of a table.
 *
 * @param table - the table's folder, absolute
 * @throws AnalysisError `PATH_NOT_FOUND`, and `DELTA_TABLE_NOT_FOUND` where something is at the path but no log
 */
export async function listLog(storage: Pick<LogStorage, "stat" | "children">, table: string): Promise<LogListing> {
  const log = joinPath(table, logFolder);
  const names = ((await storage.children(log)) ?? []).map(({ name }) => name);
  const files = names.flatMap((name) => {
    const file = logFileOf(name);
    return file === undefined ? [] : [{ ...file, path: joinPath(log, name) }];
  });
  const commits = files.flatMap((file) => (file.is === "commit" ? [file.version] : []));
  const checkpoints = completeCheckpoints(files);
  if (commits.length === 0 && checkpoints.length === 0) throw await noTable(storage, table, names);
  return {
    table,
    log,
    commits,
    checkpoints,
    compactions: files.flatMap((file) => (file.is === "compaction" ? [file] : [])),
    checksums: new Set(files.flatMap((file) => (file.is === "checksum" ? [file.version] : []))),
  };
}

async function noTable(
  storage: Pick<LogStorage, "stat" | "children">,
  table: string,
  log: readonly string[],
): Promise<AnalysisError> {
  const status = await storage.stat(table);
  if (status === undefined) return noSuchTable(table);
  return notDelta(table, status.kind === "file" ? "it is a file" : await whatItHolds(storage, table, log));
}

async function whatItHolds(
  storage: Pick<LogStorage, "children">,
  table: string,
  log: readonly string[],
): Promise<string> {
  if (log.length > 0) return `its ${logFolder} holds no commit and no whole checkpoint`;
  const names = ((await storage.children(table)) ?? []).map(({ name }) => name);
  const [first] = names;
  return first === undefined
    ? "the folder is empty"
    : `the folder has no ${logFolder}; it holds ${first}${names.length > 1 ? ` and ${names.length - 1} more` : ""}`;
}

type Found = LogFile & { readonly path: string };

function completeCheckpoints(files: readonly Found[]): readonly Checkpoint[] {
  const parts = new Map<string, Checkpoint & { readonly needed: number }>();
  for (const file of files) {
    if (file.is !== "checkpoint") continue;
    const key = `${file.version} ${file.form} ${file.form === "parts" ? file.parts : file.form === "v2" ? file.id : ""}`;
    const known = parts.get(key);
    parts.set(key, {
      version: file.version,
      form: file.form,
      format: file.form === "v2" ? file.format : "parquet",
      paths: [...(known?.paths ?? []), file.path],
      needed: file.form === "parts" ? file.parts : 1,
    });
  }
  return [...parts.values()]
    .filter(({ paths, needed }) => paths.length === needed)
    .map(({ needed: _, ...checkpoint }) => checkpoint)
    .sort((left, right) => right.version - left.version);
}

/** The newest version. */
export const latestVersion = ({ commits, checkpoints }: LogListing): number =>
  Math.max(commits.at(-1) ?? -1, checkpoints[0]?.version ?? -1);

/** The oldest version that can still be read. */
export function earliestVersion({ commits, checkpoints }: LogListing): number {
  if (commits[0] === 0) return 0;
  return checkpoints.at(-1)?.version ?? commits[0]!;
}

/**
 * What has to be read for a version.
 *
 * @param version - the newest where it is not given
 * @param usable - which checkpoints may be used: one that could not be read is left out of the next attempt
 * @throws AnalysisError `DELTA_VERSION_NOT_FOUND`
 * @throws ExecutionError `DELTA_VERSIONS_NOT_CONTIGUOUS`, `DELTA_TRUNCATED_TRANSACTION_LOG`
 */
export function segmentOf(
  listing: LogListing,
  version: number = latestVersion(listing),
  usable: (checkpoint: Checkpoint) => boolean = () => true,
): LogSegment {
  const latest = latestVersion(listing);
  const earliest = earliestVersion(listing);
  if (version > latest || version < earliest) throw noSuchVersion(version, earliest, latest);
  const checkpoint = listing.checkpoints.find((candidate) => candidate.version <= version && usable(candidate));
  const from = (checkpoint?.version ?? -1) + 1;
  return { version, checkpoint, commits: commitFiles(listing, from, version) };
}

/** The commits from one version to another, by log compactions where they span several. */
export function commitFiles(listing: LogListing, from: number, to: number, compacted = true): readonly CommitFile[] {
  const present = new Set(listing.commits);
  const files: CommitFile[] = [];
  for (let version = from; version <= to; ) {
    const next = compacted ? longest(listing, version, to) : undefined;
    if (next === undefined && !present.has(version)) throw missing(listing, version, from, to);
    const file = next ?? { from: version, version, path: joinPath(listing.log, commitName(version)) };
    files.push(file);
    version = file.version + 1;
  }
  return files;
}

const longest = ({ compactions }: LogListing, from: number, to: number): CommitFile | undefined =>
  compactions
    .filter((file) => file.from === from && file.version <= to && file.version > from)
    .sort((left, right) => right.version - left.version)[0];

function missing(listing: LogListing, version: number, from: number, to: number): Error {
  const first = listing.commits.find((commit) => commit > version);
  return from === 0 && version === 0 && first !== undefined
    ? truncatedLog(listing.table, first)
    : logGap(listing.table, version, from, to);
}
