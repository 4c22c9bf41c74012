import { type ChangeRange, changeFeed, feedIsOff, hasChangeFeed } from "../../../delta/change-feed.ts";
import { commitTimes } from "../../../delta/commit-times.ts";
import { noSuchVersion } from "../../../delta/errors.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import type { EngineSettings } from "../../../engine/engine.ts";
import { AnalysisError } from "../../../errors.ts";
import type { ListedFiles } from "../../../plan/listed-files.ts";
import { ListedSource } from "../listed-source.ts";
import type { AskedChanges, VersionOrTime } from "./delta-options.ts";
import type { DeltaTables } from "./delta-tables.ts";
import { millisecondsOf } from "./time-travel.ts";

/** The rows that commits of a Delta table changed. */
export class ChangeFeedSource extends ListedSource {
  readonly snapshot: Snapshot;
  readonly range: ChangeRange;
  readonly #tables: DeltaTables;
  readonly #settings: EngineSettings;

  constructor(snapshot: Snapshot, range: ChangeRange, tables: DeltaTables, settings: EngineSettings) {
    super();
    this.snapshot = snapshot;
    this.range = range;
    this.#tables = tables;
    this.#settings = settings;
  }

  override list(): Promise<ListedFiles> {
    const { storage } = this.#tables.handlers;
    return changeFeed(this.snapshot, this.range, { storage, timeZone: this.#settings.timeZone });
  }
}

/**
 * The commits that a read of the change feed asks for.
 *
 * @throws AnalysisError for a range that there is not, or in which the feed was off at first
 */
export async function rangeOf(
  table: string,
  { from, excludesFrom, to, excludesTo }: AskedChanges,
  tables: DeltaTables,
  { timeZone }: EngineSettings,
): Promise<ChangeRange> {
  const newest = await tables.snapshot(table);
  const { storage } = tables.handlers;
  const times = await commitTimes(newest.listing, newest.metadata, storage);
  const ms = (at: VersionOrTime): number | undefined =>
    "timestamp" in at ? millisecondsOf(at.timestamp, timeZone) : undefined;
  const isIn = (time: number) => (excludesFrom ? time > ms(from)! : time >= ms(from)!);
  const first = "version" in from ? from.version + Number(excludesFrom) : times.find(({ time }) => isIn(time))?.version;
  const last =
    to === undefined
      ? newest.version
      : "version" in to
        ? Math.min(to.version - Number(excludesTo), newest.version)
        : (times.findLast(({ time }) => (excludesTo ? time < ms(to)! : time <= ms(to)!))?.version ?? -1);
  const earliest = times[0]?.version ?? newest.version;
  if (first === undefined || first > newest.version || first < earliest)
    throw noSuchVersion(first ?? newest.version + 1, earliest, newest.version);
  if (first > last) throw emptyRange(first, last);
  if (!hasChangeFeed((await tables.snapshot(table, first)).metadata)) throw feedIsOff(first, first, last);
  return { from: first, to: last, times };
}

const emptyRange = (from: number, to: number): AnalysisError =>
  new AnalysisError(`CDC range from start ${from} to end ${to} was invalid. End cannot be before start`, {
    condition: "DELTA_INVALID_CDC_RANGE",
    sqlState: "22003",
    parameters: { start: String(from), end: String(to) },
    hint: "Give an end that is not before the start.",
  });
