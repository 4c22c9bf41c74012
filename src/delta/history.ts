/** The history of a table: what each commit says of itself. */
import type { CommitInfo } from "./actions.ts";
import { commitInfoOf, commitTimes } from "./commit-times.ts";
import type { LogStorage } from "./handlers.ts";
import type { Snapshot } from "./snapshot.ts";

/** A commit with its version and time. */
export interface HistoryEntry {
  readonly version: number;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly info: CommitInfo;
}

/**
 * The commits that the log still has, the newest first.
 *
 * @param limit - how many of them; all where it is absent
 */
export async function history(
  { listing, metadata }: Pick<Snapshot, "listing" | "metadata">,
  storage: Pick<LogStorage, "stat" | "open">,
  limit = Number.POSITIVE_INFINITY,
): Promise<readonly HistoryEntry[]> {
  const times = (await commitTimes(listing, metadata, storage)).toReversed().slice(0, limit);
  return Promise.all(
    times.map(async ({ version, time }) => ({
      version,
      time,
      info: (await commitInfoOf(listing.log, version, storage)) ?? {},
    })),
  );
}
