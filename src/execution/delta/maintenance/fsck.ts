/** `fsck`: files that the log names and that are gone, taken out of the table. */
import type { Action } from "../../../delta/actions.ts";
import { dataPath } from "../../../delta/data-path.ts";
import { addsOf, removeOf } from "../../../delta/write/file-actions.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { openTable } from "../open-table.ts";

/**
 * Finds the files of a table that are gone, and takes them out of it, so that what is left can be read. Their rows are lost.
 *
 * @param dryRun - whether the files are only named
 * @returns the absolute paths of the files that are gone
 */
export async function repairTable(
  location: string,
  dryRun: boolean,
  context: CommandContext,
): Promise<readonly string[]> {
  const open = await openTable(location, context);
  const { storage } = context.catalogue;
  const actions: Action[] = [];
  const gone: string[] = [];
  for await (const add of addsOf(open.snapshot ?? (await context.delta.snapshot(location)))) {
    const path = dataPath(location, add.path);
    if ((await storage.stat(path)) !== undefined) continue;
    gone.push(path);
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
