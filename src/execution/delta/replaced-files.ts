/** Which files of a table a write takes out, and what is left of them. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { AddFile, ChangeFile, PartitionValues } from "../../delta/actions.ts";
import { addsOf } from "../../delta/write/file-actions.ts";
import type { Expression } from "../../plan/expression.ts";
import type { CommandContext } from "../commands/context.ts";
import { layoutOf } from "./data-files.ts";
import { matchingPartitions, partitionKey } from "./matching-partitions.ts";
import { loggedSchema, type OpenTable } from "./open-table.ts";
import { columnsOf, type RowCheck } from "./row-checks.ts";
import { changedRows } from "./rows/change-rows.ts";
import { checkCondition } from "./rows/delete.ts";
import type { RowChange } from "./rows/row-change.ts";
import { checkNoSubquery } from "./rows/row-conditions.ts";

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
  /** Where rows were looked at one by one: how many went, and how many were written anew. */
  readonly rows?: { readonly deleted: number; readonly copied: number };
}

/** Finds the files that go, and tells the transaction what was looked at. */
export async function replacedFiles(
  table: OpenTable,
  replaced: Replaced,
  written: readonly AddFile[],
  context: CommandContext,
  options: ActionOptions,
): Promise<RemovedFiles> {
  const { snapshot, transaction } = table;
  const none: RemovedFiles = { files: [], adds: [], cdc: [] };
  if (snapshot === undefined || replaced.what === "nothing") return none;
  if (replaced.what === "all") {
    transaction.readsAll();
    return { ...none, files: await Array.fromAsync(addsOf(snapshot)) };
  }
  if (replaced.what === "partitions") return { ...none, files: await samePartitions(table, written) };
  if (isRowWise(table, replaced, context)) return matchingRows(table, replaced.condition, context, options);
  return { ...none, files: await matchingPartitions(table, replaced.condition, context) };
}

/** Whether rows have to be looked at one by one, since the condition is not about partitions alone. */
export function isRowWise({ snapshot }: OpenTable, replaced: Replaced, { configuration }: CommandContext): boolean {
  if (snapshot === undefined || replaced.what !== "matching") return false;
  if (configuration.get("spark.databricks.delta.replaceWhere.dataColumns.enabled", "true") !== "true") return false;
  const { partitionColumns } = snapshot.metadata;
  const named = columnsOf(replaced.condition, loggedSchema(snapshot).fields);
  return named.length === 0 || named.some((name) => !partitionColumns.includes(name));
}

/** @throws AnalysisError, UnsupportedError for a condition that rows cannot be asked of, before any is written */
export async function checkReplaced(table: OpenTable, replaced: Replaced, context: CommandContext): Promise<void> {
  if (replaced.what !== "matching" || !isRowWise(table, replaced, context)) return;
  checkNoSubquery(replaced.condition, "DELETE");
  await checkCondition(deletion(table, replaced.condition), context);
}

async function matchingRows(
  table: OpenTable,
  condition: Expression,
  context: CommandContext,
  options: ActionOptions,
): Promise<RemovedFiles> {
  const { added, removed, cdc, byClause, copied } = await changedRows(deletion(table, condition), context, options);
  return { files: removed, adds: added, cdc, rows: { deleted: byClause[0]!, copied } };
}

const deletion = (table: OpenTable, condition: Expression): RowChange => ({
  table,
  target: { name: [], alias: "replaced rows" },
  schema: layoutOf(table).schema,
  condition,
  matched: [{ action: "delete", values: new Map() }],
  unmatched: [],
  inserts: [],
});

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
