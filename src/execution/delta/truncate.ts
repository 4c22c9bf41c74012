/** `TRUNCATE TABLE`: every file gone, or those of a partition. */
import type { TableObject } from "../../catalogue/objects.ts";
import { addsOf, removeOf } from "../../delta/write/file-actions.ts";
import { AnalysisError } from "../../errors.ts";
import type { TruncateTable } from "../../plan/catalogue-command.ts";
import type { CommandContext } from "../commands/context.ts";
import { committed } from "./after-commit.ts";
import { openTable } from "./open-table.ts";

export async function truncateTable(
  command: TruncateTable,
  table: TableObject,
  context: CommandContext,
): Promise<void> {
  if (command.partition !== undefined) throw noPartition();
  const open = await openTable(table.location, context);
  open.transaction.readsAll();
  const files = await Array.fromAsync(addsOf(open.snapshot!));
  await committed(
    open,
    files.map((add) => ({ remove: removeOf(add, true) })),
    { name: "TRUNCATE", parameters: {}, metrics: { numRemovedFiles: String(files.length) } },
    context,
  );
}

const noPartition = (): AnalysisError =>
  new AnalysisError("Operation not allowed: TRUNCATE TABLE on Delta tables does not support partition predicates", {
    condition: "DELTA_TRUNCATE_TABLE_PARTITION_NOT_SUPPORTED",
    sqlState: "0AKDC",
    hint: "Use DELETE to delete specific partitions or rows.",
  });
