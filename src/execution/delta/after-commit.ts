/** Commits, and what follows once they are acknowledged. */
import type { Action } from "../../delta/actions.ts";
import { writeCheckpoint } from "../../delta/write/checkpoint-writer.ts";
import { writeChecksum } from "../../delta/write/checksum.ts";
import { cleanLog } from "../../delta/write/log-clean-up.ts";
import type { Committed, Operation } from "../../delta/write/transaction.ts";
import { isLakewrightError } from "../../errors.ts";
import type { CommandContext } from "../commands/context.ts";
import type { DeltaTables } from "../tables/delta/delta-tables.ts";
import { checkManifests } from "./maintenance/manifest-checks.ts";
import { updateManifests } from "./maintenance/manifests.ts";
import type { OpenTable } from "./open-table.ts";

/**
 * Commits actions to a table. What comes after the commit cannot make it fail, and nobody waits for checkpoints.
 *
 * @throws AnalysisError as `checkManifests` does; nothing is committed then
 * @throws ExecutionError `DELTA_POST_COMMIT_HOOK_FAILED` where the table keeps manifests, which could not be written: the
 *   commit stands
 */
export async function committed(
  table: OpenTable,
  actions: readonly Action[],
  operation: Operation,
  context: CommandContext,
): Promise<Committed> {
  checkManifests(table, actions);
  const commit = await table.transaction.commit(actions, operation);
  const { location, transaction } = table;
  const { delta } = context;
  await writeChecksum(location, commit, {
    storage: delta.handlers.storage,
    before: table.snapshot,
    committed: () => delta.snapshot(location, commit.version),
  }).catch(() => undefined);
  if (isDue(commit, transaction)) delta.later(() => checkpoint(location, commit.version, delta));
  await context.forgetRows();
  await updateManifests(table, commit, context);
  return commit;
}

function isDue({ version }: Committed, { metadata }: OpenTable["transaction"]): boolean {
  const interval = Number(metadata?.configuration?.["delta.checkpointInterval"] ?? 10);
  return version > 0 && version % interval === 0;
}

async function checkpoint(location: string, version: number, delta: DeltaTables): Promise<void> {
  try {
    await writeCheckpoint(await delta.snapshot(location, version), delta.handlers);
  } catch (error) {
    const isTold = isLakewrightError(error) && error.condition === "DELTA_TXN_LOG_FAILED_INTEGRITY";
    if (isTold) console.warn(`lakewright: no checkpoint was written. ${error.message}`);
    throw error;
  }
  await cleanLog(await delta.snapshot(location), delta.handlers.storage);
}
