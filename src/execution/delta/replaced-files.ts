/** Which files of a table a write takes out, and what is left of them. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { AddFile, ChangeFile, PartitionValues } from "../../delta/actions.ts";
import { addsOf } from "../../delta/write/file-actions.ts";
import type { Expression } from "../../plan/expression.ts";
import type { CommandContext } from "../commands/context.ts";
import { matchingPartitions, partitionKey } from "./matching-partitions.ts";
import type { OpenTable } from "./open-table.ts";
import type { RowCheck } from "./row-checks.ts";

/** What of the table goes. */
export type Replaced =
  | { readonly what: "nothing"; readonly checks: readonly RowCheck[] }
  | { readonly what: "all"; readonly checks: readonly RowCheck[] }
  /** The partitions that the rows are of. */
  | { readonly what: "partitions"; readonly checks: readonly RowCheck[] }
  /** The rows that meet a condition; those that come have to meet it too, which is one of the checks. */
  | { readonly what: "matching"; readonly condition: Expression; readonly checks: readonly RowCheck[] };

export interface RemovedFiles {
  readonly files: readonly AddFile[];
  /** Files that hold the rows that stay of files that go. */
  readonly adds: readonly AddFile[];
  readonly cdc: readonly ChangeFile[];
}

/** Finds the files that go, and tells the transaction what was looked at. */
export async function replacedFiles(
  table: OpenTable,
  replaced: Replaced,
  written: readonly AddFile[],
  context: CommandContext,
  _options: ActionOptions,
): Promise<RemovedFiles> {
  const { snapshot, transaction } = table;
  const none: RemovedFiles = { files: [], adds: [], cdc: [] };
  if (snapshot === undefined || replaced.what === "nothing") return none;
  if (replaced.what === "all") {
    transaction.readsAll();
    return { ...none, files: await Array.fromAsync(addsOf(snapshot)) };
  }
  if (replaced.what === "partitions") return { ...none, files: await samePartitions(table, written) };
  return { ...none, files: await matchingPartitions(table, replaced.condition, context) };
}

async function samePartitions(
  { snapshot, transaction }: OpenTable,
  written: readonly AddFile[],
): Promise<readonly AddFile[]> {
  const keys = new Set(written.map(({ partitionValues }) => partitionKey(partitionValues)));
  const covers = (values: PartitionValues): boolean => keys.has(partitionKey(values));
  transaction.readsPartitions(covers);
  const files: AddFile[] = [];
  for await (const add of addsOf(snapshot!)) if (covers(add.partitionValues)) files.push(add);
  transaction.readsFiles(files);
  return files;
}
