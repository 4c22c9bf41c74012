/** Ids of rows: each added file gets a range of its own (`rowTracking`). */
import { ExecutionError } from "../../errors.ts";
import type { Action, AddFile, DomainMetadata, Protocol, TableMetadata } from "../actions.ts";

export const rowTrackingDomain = "delta.rowTracking";

interface Before {
  readonly version: number;
  domain(name: string): DomainMetadata | undefined;
}

/**
 * Whether added files get ids for their rows: the protocol has the feature, be it turned on or not, unless the table
 * suspends it.
 */
export const numbersRows = (protocol: Protocol | undefined, metadata: TableMetadata | undefined): boolean =>
  protocol?.writerFeatures?.includes("rowTracking") === true &&
  metadata?.configuration?.["delta.rowTrackingSuspended"] !== "true";

/**
 * The actions with the first row id and the version of each added file, and the highest id of all.
 *
 * A file that has an id already keeps it: its rows are those of a file before it.
 */
export function numberedRows(actions: readonly Action[], before: Before): readonly Action[] {
  const highest = highWaterMark(before.domain(rowTrackingDomain));
  let next = highest + 1;
  const numbered = actions.map((action): Action => {
    const { add } = action;
    if (add === undefined) return action;
    const baseRowId = add.baseRowId ?? next;
    if (add.baseRowId === undefined) next += rowsOf(add);
    return { add: { ...add, baseRowId, defaultRowCommitVersion: add.defaultRowCommitVersion ?? before.version + 1 } };
  });
  if (next - 1 === highest) return numbered;
  const configuration = JSON.stringify({ rowIdHighWaterMark: next - 1 });
  return [...numbered, { domainMetadata: { domain: rowTrackingDomain, configuration, removed: false } }];
}

function highWaterMark(domain: DomainMetadata | undefined): number {
  return domain === undefined ? -1 : Number(JSON.parse(domain.configuration).rowIdHighWaterMark);
}

function rowsOf({ stats, path }: AddFile): number {
  const rows = stats === undefined ? undefined : JSON.parse(stats).numRecords;
  if (typeof rows === "number") return rows;
  throw new ExecutionError(`The number of rows of ${path} is not known, so that they cannot be numbered`, {
    condition: "DELTA_ROW_ID_ASSIGNMENT_WITHOUT_STATS",
    sqlState: "22000",
    hint: "Write the file with statistics.",
  });
}
