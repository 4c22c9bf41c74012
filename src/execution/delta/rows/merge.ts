/** `MERGE INTO`: rows of a source merged into a table, as one commit. */

import { prettyText } from "../../../analyzer/names.ts";
import type { TableObject } from "../../../catalogue/objects.ts";
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import { mapped } from "../../../delta/write/column-mapping.ts";
import type { Operation } from "../../../delta/write/transaction.ts";
import { isLakewrightError, UnsupportedError } from "../../../errors.ts";
import type { MergeInto } from "../../../plan/command.ts";
import type { Expression, MergeAction } from "../../../plan/expression.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { DataType, StructType } from "../../../types/data-type.ts";
import { schemaToJson } from "../../../types/schema-json.ts";
import type { CommandContext } from "../../commands/context.ts";
import { loggedSchema, type OpenTable, openTable } from "../open-table.ts";
import { mergedSchema } from "../schema-change.ts";
import { redefined } from "../table-definition.ts";
import { assignedTypes } from "./assignments.ts";
import { changeRows } from "./change-rows.ts";
import { always, join } from "./expressions.ts";
import { givenColumns, type MergeClauses, type MergeParts, mergeClauses, unresolved } from "./merge-clauses.ts";
import { mergeSource } from "./merge-source.ts";
import { NumberedFiles } from "./numbered-files.ts";
import { countsRow } from "./row-answers.ts";
import type { RowChange } from "./row-change.ts";
import { checkNoSubquery, isDeterministic } from "./row-conditions.ts";
import { mergeCounts, mergeMetrics } from "./row-metrics.ts";
import { isMisfit } from "./struct-values.ts";
import { tableRows, targetName } from "./target-rows.ts";

/** Merges rows; answers how many were updated, deleted and inserted. */
export async function mergeRows(
  command: MergeInto,
  object: TableObject,
  context: CommandContext,
  options: ActionOptions,
): Promise<Relation> {
  const table = await openTable(object.location, context);
  const target = targetName(object, command.alias);
  const given = await context.schemaOf(command.source);
  const source = mergeSource(command.source, given);
  const evolves =
    command.schemaEvolution ||
    context.configuration.get("spark.databricks.delta.schema.autoMerge.enabled", "false") === "true";
  const schema = evolves ? evolved(table, command, given) : loggedSchema(table.snapshot!);
  const types = await resolvedTypes(command, { table, target }, given, context);
  const clauses = checkedClauses(command, { schema, target, source, evolves, types });
  const change: RowChange = { table, target, schema, source: source.rows, condition: command.condition, ...clauses };
  checkSubqueries(command);
  const counts = await changeRows(
    change,
    (made): Operation => ({
      name: "MERGE",
      parameters: {
        predicate: JSON.stringify([prettyText(command.condition)]),
        matchedPredicates: predicates(command.matched),
        notMatchedPredicates: predicates(command.notMatched),
        notMatchedBySourcePredicates: predicates(command.notMatchedBySource),
      },
      metrics: mergeMetrics(change, made),
    }),
    context,
    options,
  );
  const { updated, deleted, inserted } = mergeCounts(change, counts);
  return countsRow({
    num_affected_rows: updated + deleted + inserted,
    num_updated_rows: updated,
    num_deleted_rows: deleted,
    num_inserted_rows: inserted,
  });
}

const predicates = (actions: readonly MergeAction[]): string =>
  JSON.stringify(
    actions.map(({ action, condition }) => ({
      ...(condition === undefined ? {} : { predicate: prettyText(condition) }),
      actionType: action.split(" ")[0]!,
    })),
  );

/** The clauses; where a struct does not fit, subqueries are told first, since Delta looks for them before it casts. */
function checkedClauses(command: MergeInto, parts: MergeParts): MergeClauses {
  try {
    return mergeClauses(command, parts);
  } catch (error) {
    if (isMisfit(error)) checkSubqueries(command);
    throw error;
  }
}

function checkSubqueries(command: MergeInto): void {
  checkNoSubquery(command.condition, "search condition of MERGE operation");
  for (const { action, condition, assignments } of [
    ...command.matched,
    ...command.notMatched,
    ...command.notMatchedBySource,
  ]) {
    const clause = action.split(" ")[0]!.toUpperCase();
    if (condition !== undefined) checkNoSubquery(condition, `${clause} condition of MERGE operation`);
    for (const { value } of assignments) checkNoSubquery(value, `${clause} clause of MERGE operation`);
  }
}

/** The schema with the columns and fields that only the source has; the transaction is told of it. */
function evolved({ transaction, snapshot }: OpenTable, command: MergeInto, given: StructType): StructType {
  const { metadata, protocol } = snapshot!;
  const logged = loggedSchema(snapshot!);
  const merged = mergedSchema(logged, givenColumns(command, given, command.alias));
  if (schemaToJson(merged) === schemaToJson(logged)) return logged;
  const { schema, configuration } = mapped(merged, metadata.configuration ?? {}, false);
  const next = redefined({ ...metadata, schemaString: schemaToJson(schema), configuration }, protocol);
  transaction.setMetadata(next.metadata);
  if (next.protocol !== undefined) transaction.setProtocol(next.protocol);
  return schema;
}

/**
 * The types of all values that clauses give. Each condition and value must be about the rows that it may be about.
 *
 * @throws AnalysisError `DELTA_MERGE_UNRESOLVED_EXPRESSION`
 * @throws UnsupportedError `DELTA_NON_DETERMINISTIC_FUNCTION_NOT_SUPPORTED`
 */
async function resolvedTypes(
  command: MergeInto,
  { table, target }: Pick<RowChange, "table" | "target">,
  given: StructType,
  context: CommandContext,
): Promise<ReadonlyMap<Expression, DataType>> {
  const types = new Map<Expression, DataType>();
  const source = standIn(command.source, given);
  const rows = tableRows(table, new NumberedFiles(table.snapshot!, context.delta, "UTC"), target, context);
  const own = loggedSchema(table.snapshot!).fields.map(({ name }) => name);
  const theirs = given.fields.map(({ name }) => name);
  const both = { over: join(rows, source, "inner", always), columns: [...own, ...theirs] };
  const scopes = {
    matched: both,
    notMatched: { over: source, columns: theirs },
    notMatchedBySource: { over: rows, columns: own },
  };
  await checkFixed(command.condition, "search condition", both, context);
  for (const list of ["matched", "notMatched", "notMatchedBySource"] as const) {
    for (const { action, condition, assignments } of command[list]) {
      const clause = action.split(" ")[0]!.toUpperCase();
      if (condition !== undefined) await checkFixed(condition, `${clause} condition`, scopes[list], context);
      const typed = await resolving(`${clause} clause`, scopes[list], () =>
        assignedTypes(assignments, scopes[list].over, context),
      );
      for (const [value, type] of typed) types.set(value, type);
    }
  }
  return types;
}

/** No rows of a source's columns: what is checked clause by clause need not be about all that the source is made of. */
const standIn = (source: Relation, schema: StructType): Relation =>
  source.kind === "subquery alias" && source.columns === undefined
    ? { ...source, input: { kind: "local relation", schema, batches: [] } }
    : source;

interface Scope {
  readonly over: Relation;
  readonly columns: readonly string[];
}

async function checkFixed(condition: Expression, where: string, scope: Scope, context: CommandContext): Promise<void> {
  const fixed = await resolving(where, scope, () => isDeterministic(condition, scope.over, context));
  if (fixed) return;
  const text = prettyText(condition);
  throw new UnsupportedError(
    `Non-deterministic functions are not supported in the ${where} of MERGE operation (condition = ${text})`,
    {
      condition: "DELTA_NON_DETERMINISTIC_FUNCTION_NOT_SUPPORTED",
      sqlState: "0AKDC",
      parameters: { operation: `${where} of MERGE operation`, expression: text },
      hint: "Compute the value in the source before the merge.",
    },
  );
}

async function resolving<T>(where: string, { columns }: Scope, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!isLakewrightError(error) || !error.condition?.startsWith("UNRESOLVED_COLUMN")) throw error;
    throw unresolved((error.parameters.objectName ?? "").replaceAll("`", ""), where, columns, error);
  }
}
