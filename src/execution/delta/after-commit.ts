/** Commits, and what follows once they are acknowledged. */
import type { Action } from "../../delta/actions.ts";
import { writeCheckpoint } from "../../delta/write/checkpoint-writer.ts";
import { writeChecksum } from "../../delta/write/checksum.ts";
import { cleanLog } from "../../delta/write/log-clean-up.ts";
import type { Committed, Operation } from "../../delta/write/transaction.ts";
import type { CommandContext } from "../commands/context.ts";
import type { OpenTable } from "./open-table.ts";

/** Commits actions to a table. What comes after the commit cannot make it fail. */
export async function committed(
  table: OpenTable,
  actions: readonly Action[],
  operation: Operation,
  context: CommandContext,
): Promise<Committed> {
  const commit = await table.transaction.commit(actions, operation);
  await afterwards(table, commit, context).catch(() => undefined);
  await context.forgetRows();
  return commit;
}

async function afterwards(table: OpenTable, commit: Committed, { delta }: CommandContext): Promise<void> {
  const { location, transaction } = table;
  const { handlers } = delta;
  await writeChecksum(location, commit, transaction, handlers.storage);
  const interval = Number(transaction.metadata?.configuration?.["delta.checkpointInterval"] ?? 10);
  if (commit.version === 0 || commit.version % interval !== 0) return;
  const snapshot = await delta.snapshot(location, commit.version);
  await writeCheckpoint(snapshot, handlers);
  await cleanLog(await delta.snapshot(location), handlers.storage);
}
