/** Versions of Delta tables by number and by time. */
import { commitTimes, type OutOfRange, versionAt } from "../../../delta/commit-times.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import type { EngineSettings } from "../../../engine/engine.ts";
import { AnalysisError } from "../../../errors.ts";
import { parseTimestamp } from "../../../types/temporal-text.ts";
import type { VersionOrTime } from "./delta-options.ts";
import type { DeltaTables } from "./delta-tables.ts";

/**
 * A table at a version or a time; as it is now where neither is given.
 *
 * @throws AnalysisError for versions and times that the table does not have
 */
export async function snapshotAt(
  table: string,
  at: VersionOrTime | undefined,
  tables: DeltaTables,
  { timeZone }: Pick<EngineSettings, "timeZone">,
): Promise<Snapshot> {
  if (at === undefined) return (await tables.refreshed(table)) ?? tables.snapshot(table);
  if ("version" in at) return tables.snapshot(table, at.version);
  return tables.snapshot(table, await versionAtTime(table, at.timestamp, tables, { timeZone }));
}

/** The newest version at a time; `outOfRange` makes the errors of times that no commit answers. */
export async function versionAtTime(
  table: string,
  timestamp: string,
  tables: DeltaTables,
  { timeZone, outOfRange }: Pick<EngineSettings, "timeZone"> & { readonly outOfRange?: OutOfRange },
): Promise<number> {
  const time = millisecondsOf(timestamp, timeZone);
  const { listing, metadata } = await tables.snapshot(table);
  const times = await commitTimes(listing, metadata, tables.handlers.storage);
  return versionAt(times, time, timestamp, outOfRange);
}

/** @throws AnalysisError `DELTA_TIMESTAMP_INVALID` */
export function millisecondsOf(text: string, timeZone: string): number {
  const micros = parseTimestamp(text, timeZone);
  if (micros !== undefined) return Number(micros / 1000n);
  throw new AnalysisError(`The provided timestamp (${text}) cannot be converted to a valid timestamp`, {
    condition: "DELTA_TIMESTAMP_INVALID",
    sqlState: "42816",
    parameters: { expr: text },
    hint: 'Give a date such as "2025-02-01", or a date and a time.',
  });
}
