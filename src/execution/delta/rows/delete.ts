/** `DELETE`: the rows that meet a condition gone. Files of which no row stays are taken out without a look at their rows. */

import { prettyText } from "../../../analyzer/names.ts";
import { notDeterministic } from "../../../analyzer/random-values.ts";
import type { TableObject } from "../../../catalogue/objects.ts";
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type { AddFile } from "../../../delta/actions.ts";
import { addsOf, removeOf } from "../../../delta/write/file-actions.ts";
import type { Operation } from "../../../delta/write/transaction.ts";
import type { Delete } from "../../../plan/catalogue-command.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { matchingPartitions } from "../matching-partitions.ts";
import { loggedSchema, type OpenTable, openTable } from "../open-table.ts";
import { type ChangeCounts, changeRows, rowsIn } from "./change-rows.ts";
import { conjuncts, filter } from "./expressions.ts";
import { NumberedFiles } from "./numbered-files.ts";
import { partitionCondition } from "./read-partitions.ts";
import { countsRow } from "./row-answers.ts";
import type { RowChange } from "./row-change.ts";
import { checkNoSubquery, isDeterministic } from "./row-conditions.ts";
import { statementMetrics } from "./row-metrics.ts";
import { type TargetName, tableRows, targetName } from "./target-rows.ts";

/** Deletes rows; answers how many. */
export async function deleteRows(
  command: Delete,
  object: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation> {
  const table = await openTable(object.location, context);
  const target = targetName(object, command.alias);
  const { condition } = command;
  const operation = (counts: ChangeCounts): Operation => ({
    name: "DELETE",
    parameters: { predicate: JSON.stringify([condition === undefined ? "true" : prettyText(condition)]) },
    metrics: statementMetrics(counts, "numDeletedRows"),
  });
  if (condition !== undefined) checkNoSubquery(condition, "DELETE");
  const whole = await wholeFiles(table, target, command, context);
  if (whole !== undefined) return deleteFiles(table, whole, operation, context);
  const change: RowChange = {
    table,
    target,
    schema: loggedSchema(table.snapshot!),
    condition: condition!,
    matched: [{ action: "delete", values: new Map() }],
    unmatched: [],
    inserts: [],
  };
  await checkCondition(change, context);
  const counts = await changeRows(change, operation, context, options);
  return countsRow({ num_affected_rows: counts.byClause[0]! });
}

/** @throws AnalysisError for a condition that cannot be resolved, or that does not always say the same */
export async function checkCondition({ table, target, condition }: RowChange, context: CommandContext): Promise<void> {
  const rows = tableRows(table, new NumberedFiles(table.snapshot!, context.delta, "UTC"), target, context);
  await context.schemaOf(filter(rows, condition));
  if (!(await isDeterministic(condition, rows, context))) throw notDeterministic(condition);
}

/** The files of which every row goes, as far as partitions alone tell; undefined where rows have to be looked at. */
async function wholeFiles(
  table: OpenTable,
  target: TargetName,
  { condition }: Delete,
  context: CommandContext,
): Promise<readonly AddFile[] | undefined> {
  const { snapshot, transaction } = table;
  const about = condition === undefined ? undefined : partitionCondition(condition, table, target);
  const tellsAll =
    condition === undefined || (about !== undefined && conjuncts(about).length === conjuncts(condition).length);
  if (!tellsAll) return undefined;
  const all = await Array.fromAsync(addsOf(snapshot!));
  if (all.some((add) => rowsIn(add) === undefined)) return undefined;
  if (about === undefined) {
    transaction.readsAll();
    return all;
  }
  return matchingPartitions(table, about, context);
}

async function deleteFiles(
  table: OpenTable,
  files: readonly AddFile[],
  operation: (counts: ChangeCounts) => Operation,
  context: CommandContext,
): Promise<Relation> {
  const deleted = files.reduce((sum, add) => sum + rowsIn(add)!, 0);
  const counts: ChangeCounts = {
    byClause: [deleted],
    inserted: 0,
    sourceRows: 0,
    copied: 0,
    added: [],
    removed: files,
    changeFiles: 0,
    vectorsAdded: 0,
    vectorsUpdated: 0,
    vectorsRemoved: files.filter(({ deletionVector }) => deletionVector !== undefined).length,
    scanTime: 0,
    rewriteTime: 0,
  };
  const removes = files.map((file) => ({ remove: removeOf(file, true) }));
  if (files.length > 0) await committed(table, removes, operation(counts), context);
  return countsRow({ num_affected_rows: deleted });
}
