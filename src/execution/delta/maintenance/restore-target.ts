/** Which version `RESTORE` brings back. */
import { type OutOfRange, shown } from "../../../delta/commit-times.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { AnalysisError, isLakewrightError } from "../../../errors.ts";
import type { RestoreTable } from "../../../plan/maintenance-command.ts";
import type { CommandContext } from "../../commands/context.ts";
import { millisecondsOf, versionAtTime } from "../../tables/delta/time-travel.ts";

/** A version, and what the history says of the choice. */
export interface RestoreTarget {
  readonly snapshot: Snapshot;
  readonly parameters: { readonly version: number | null; readonly timestamp: string | null };
}

/**
 * Finds the version that a restore names.
 *
 * @throws AnalysisError `DELTA_CANNOT_RESTORE_TABLE_VERSION`, `DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER`,
 *   `DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER`, `DELTA_TIMESTAMP_INVALID`
 */
export async function restoreTarget(
  location: string,
  to: RestoreTable["to"],
  { delta, configuration }: CommandContext,
): Promise<RestoreTarget> {
  if ("version" in to) {
    const { version } = to;
    const snapshot = await delta.snapshot(location, version).catch((error: unknown) => {
      throw isLakewrightError(error) && error.condition === "DELTA_VERSION_NOT_FOUND"
        ? noVersion(version, error.parameters ?? {})
        : error;
    });
    return { snapshot, parameters: { version, timestamp: null } };
  }
  const timeZone = configuration.get("spark.sql.session.timeZone", "UTC");
  const version = await versionAtTime(location, to.timestamp, delta, { timeZone, outOfRange });
  const timestamp = shown(millisecondsOf(to.timestamp, timeZone));
  return { snapshot: await delta.snapshot(location, version), parameters: { version: null, timestamp } };
}

const noVersion = (
  version: number,
  { earliest, latest }: Readonly<Record<string, string | undefined>>,
): AnalysisError =>
  new AnalysisError(`Cannot restore table to version ${version}. Available versions: [${earliest}, ${latest}]`, {
    condition: "DELTA_CANNOT_RESTORE_TABLE_VERSION",
    sqlState: "22003",
    parameters: { version: String(version), startVersion: String(earliest), endVersion: String(latest) },
    hint: "DESCRIBE HISTORY lists the versions.",
  });

const outOfRange: OutOfRange = {
  tooEarly: (written, { time }) =>
    new AnalysisError(
      `Cannot restore table to timestamp (${written}) as it is before the earliest version available. Please use a timestamp after (${shown(time)})`,
      {
        condition: "DELTA_CANNOT_RESTORE_TIMESTAMP_EARLIER",
        sqlState: "22003",
        parameters: { requestedTimestamp: written, earliestTimestamp: shown(time) },
        hint: "DESCRIBE HISTORY lists the versions and their times.",
      },
    ),
  tooLate: (written, { time }) =>
    new AnalysisError(
      `Cannot restore table to timestamp (${written}) as it is after the latest version available. Please use a timestamp before (${shown(time)})`,
      {
        condition: "DELTA_CANNOT_RESTORE_TIMESTAMP_GREATER",
        sqlState: "22003",
        parameters: { requestedTimestamp: written, latestTimestamp: shown(time) },
        hint: "The table is what it was at any later time: there is nothing to restore.",
      },
    ),
};
