/** `UPDATE`: columns of the rows that meet a condition set. */

import { prettyText } from "../../../analyzer/names.ts";
import type { TableObject } from "../../../catalogue/objects.ts";
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type { Update } from "../../../plan/catalogue-command.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { CommandContext } from "../../commands/context.ts";
import { loggedSchema, openTable } from "../open-table.ts";
import { assignedTypes, unknownColumn, updatedValues } from "./assignments.ts";
import { changeRows } from "./change-rows.ts";
import { checkCondition } from "./delete.ts";
import { always } from "./expressions.ts";
import { NumberedFiles } from "./numbered-files.ts";
import { countsRow } from "./row-answers.ts";
import type { RowChange } from "./row-change.ts";
import { checkNoSubquery } from "./row-conditions.ts";
import { statementMetrics } from "./row-metrics.ts";
import { tableRows, targetName } from "./target-rows.ts";

/** Updates rows; answers how many. */
export async function updateRows(
  command: Update,
  object: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation> {
  const table = await openTable(object.location, context);
  const target = targetName(object, command.alias);
  const condition = command.condition ?? always;
  checkNoSubquery(condition, "UPDATE");
  for (const { value } of command.assignments) checkNoSubquery(value, "UPDATE");
  const schema = loggedSchema(table.snapshot!);
  const rows = tableRows(table, new NumberedFiles(table.snapshot!, context.delta, "UTC"), target, context);
  const types = await assignedTypes(command.assignments, rows, context);
  const assigned = { schema, target, types, evolves: false, unknown: unknownColumn(schema) };
  const values = updatedValues(command.assignments, assigned);
  const clause = { action: "update", values } as const;
  const change: RowChange = { table, target, schema, condition, matched: [clause], unmatched: [], inserts: [] };
  await checkCondition(change, context);
  const counts = await changeRows(
    change,
    (made) => ({
      name: "UPDATE",
      parameters: { predicate: JSON.stringify(command.condition === undefined ? [] : [prettyText(condition)]) },
      metrics: statementMetrics(made, "numUpdatedRows"),
    }),
    context,
    options,
  );
  return countsRow({ num_affected_rows: counts.byClause[0]! });
}
