/** When versions were committed, and which version a time means. */
import { AnalysisError } from "../errors.ts";
import { joinPath } from "../storage/path.ts";
import type { CommitInfo, TableMetadata } from "./actions.ts";
import type { LogStorage } from "./handlers.ts";
import type { LogListing } from "./log/log-listing.ts";
import { readActions } from "./log/read-file.ts";
import { commitName } from "./log-names.ts";

/** A commit with its time, in milliseconds since 1970. */
export interface TimedCommit {
  readonly version: number;
  readonly time: number;
}

/**
 * The first version whose commit tells its own time; undefined where the times of files count.
 *
 * @param metadata - of the newest version
 */
export function firstTimedVersion({ configuration = {} }: Pick<TableMetadata, "configuration">): number | undefined {
  if (configuration["delta.enableInCommitTimestamps"]?.toLowerCase() !== "true") return undefined;
  return Number(configuration["delta.inCommitTimestampEnablementVersion"] ?? 0);
}

/**
 * The times of the commits that the log still has, ascending. Times of files may go backwards, where files were copied or a
 * clock was set: each commit counts as later than the one before it.
 */
export async function commitTimes(
  { log, commits }: Pick<LogListing, "log" | "commits">,
  metadata: Pick<TableMetadata, "configuration">,
  storage: Pick<LogStorage, "stat" | "open">,
): Promise<readonly TimedCommit[]> {
  const timed = firstTimedVersion(metadata) ?? Number.POSITIVE_INFINITY;
  const times = await Promise.all(
    commits.map((version) => (version >= timed ? ownTime(log, version, storage) : fileTime(log, version, storage))),
  );
  let last = Number.NEGATIVE_INFINITY;
  return commits.map((version, index) => {
    last = Math.max(times[index]!, last + 1);
    return { version, time: last };
  });
}

async function fileTime(log: string, version: number, storage: Pick<LogStorage, "stat">): Promise<number> {
  return Math.trunc((await storage.stat(joinPath(log, commitName(version))))?.modifiedAt ?? 0);
}

async function ownTime(log: string, version: number, storage: Pick<LogStorage, "stat" | "open">): Promise<number> {
  const info = await commitInfoOf(log, version, storage);
  return info?.inCommitTimestamp ?? fileTime(log, version, storage);
}

/** What a commit says of itself; undefined where it says nothing. */
export async function commitInfoOf(
  log: string,
  version: number,
  storage: Pick<LogStorage, "open">,
): Promise<CommitInfo | undefined> {
  const actions = await readActions(storage, joinPath(log, commitName(version)));
  return actions.find(({ commitInfo }) => commitInfo !== undefined)?.commitInfo;
}

/** The errors of times that no commit answers. */
export interface OutOfRange {
  tooEarly(written: string, first: TimedCommit): AnalysisError;
  tooLate(written: string, last: TimedCommit): AnalysisError;
}

/**
 * The newest version at a time.
 *
 * @param time - in milliseconds since 1970
 * @param written - the time as the program wrote it
 * @throws AnalysisError what `outOfRange` makes: `DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION`,
 *   `DELTA_TIMESTAMP_GREATER_THAN_COMMIT` unless something else is given
 */
export function versionAt(
  commits: readonly TimedCommit[],
  time: number,
  written: string,
  outOfRange: OutOfRange = ofReads,
): number {
  const [first] = commits;
  const last = commits.at(-1)!;
  if (time < first!.time) throw outOfRange.tooEarly(written, first!);
  if (time > last.time) throw outOfRange.tooLate(written, last);
  return commits.findLast((commit) => commit.time <= time)!.version;
}

/** A time as it is shown, in UTC. */
export const shown = (time: number): string => new Date(time).toISOString().replace("T", " ").replace("Z", "");

const tooEarly = (written: string, { version, time }: TimedCommit): AnalysisError =>
  new AnalysisError(
    `The provided timestamp (${written}) is before the earliest version available to this table (${shown(time)}, version ${version})`,
    {
      condition: "DELTA_TIMESTAMP_EARLIER_THAN_COMMIT_RETENTION",
      sqlState: "42816",
      parameters: { userTimestamp: written, commitTs: shown(time) },
      hint: `Please use a timestamp greater than or equal to ${shown(time)}.`,
    },
  );

const tooLate = (written: string, { version, time }: TimedCommit): AnalysisError =>
  new AnalysisError(
    `The provided timestamp (${written}) is after the latest version available to this table (${shown(time)}, version ${version})`,
    {
      condition: "DELTA_TIMESTAMP_GREATER_THAN_COMMIT",
      sqlState: "42816",
      parameters: { providedTimestamp: written, tableName: shown(time) },
      hint: `Please use a timestamp before or at ${shown(time)}, or leave timestampAsOf out for the newest version.`,
    },
  );

const ofReads: OutOfRange = { tooEarly, tooLate };
