/** `fsck`: what a table's log says and what is not so, mended. */
import type { Action } from "../../../delta/actions.ts";
import { faultsOf } from "../../../delta/checksum/checksum-faults.ts";
import { tableState } from "../../../delta/checksum/table-state.ts";
import { checksumPath, formatChecksum, readChecksum } from "../../../delta/checksum/version-checksum.ts";
import { dataPath } from "../../../delta/data-path.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { addsOf, removeOf } from "../../../delta/write/file-actions.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { type OpenTable, openTable } from "../open-table.ts";

/** Something that is not as the log says. */
export interface TableFault {
  readonly file: "data" | "checksum";
  /** Absolute. */
  readonly path: string;
  readonly problem: string;
}

/**
 * Finds the files of a table that are gone, and takes them out of it, so that what is left can be read: their rows are lost.
 * A checksum of the newest version that differs from the log is written anew.
 *
 * @param dryRun - whether the faults are only named
 */
export async function repairTable(
  location: string,
  dryRun: boolean,
  context: CommandContext,
): Promise<readonly TableFault[]> {
  const open = await openTable(location, context);
  const snapshot = open.snapshot ?? (await context.delta.snapshot(location));
  const wrong = await checkChecksum(snapshot, dryRun, context);
  return [...wrong, ...(await checkFiles(snapshot, dryRun, open, context))];
}

async function checkChecksum(
  snapshot: Snapshot,
  dryRun: boolean,
  { delta: { handlers } }: CommandContext,
): Promise<readonly TableFault[]> {
  const { storage } = handlers;
  const { listing, version } = snapshot;
  const path = checksumPath(listing.log, version);
  const faults = await faultsOf(snapshot, storage);
  if (!dryRun && faults.length > 0) {
    const { txnId, inCommitTimestampOpt } = (await readChecksum(listing.log, version, storage)) ?? {};
    await storage.replace(path, formatChecksum({ txnId, inCommitTimestampOpt, ...(await tableState(snapshot)) }));
  }
  return faults.map((problem) => ({ file: "checksum", path, problem }));
}

async function checkFiles(
  snapshot: Snapshot,
  dryRun: boolean,
  open: OpenTable,
  context: CommandContext,
): Promise<readonly TableFault[]> {
  const actions: Action[] = [];
  const gone: TableFault[] = [];
  for await (const add of addsOf(snapshot)) {
    const path = dataPath(open.location, add.path);
    if ((await context.catalogue.storage.stat(path)) !== undefined) continue;
    gone.push({ file: "data", path, problem: "The file is gone" });
    actions.push({ remove: removeOf(add, true) });
  }
  if (dryRun || gone.length === 0) return gone;
  open.transaction.readsFiles(actions.flatMap(({ remove }) => (remove === undefined ? [] : [remove])));
  await committed(
    open,
    actions,
    { name: "FSCK", parameters: {}, metrics: { numRemovedFiles: String(gone.length) } },
    context,
  );
  return gone;
}
