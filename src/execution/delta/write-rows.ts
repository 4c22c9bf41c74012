/** `WRITE`: rows appended to a Delta table, or in the place of others. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Action, AddFile } from "../../delta/actions.ts";
import { removeOf } from "../../delta/write/file-actions.ts";
import type { Committed, Operation } from "../../delta/write/transaction.ts";
import type { Options, Relation } from "../../plan/relation.ts";
import type { StructField, StructType } from "../../types/data-type.ts";
import { schemaToJson } from "../../types/schema-json.ts";
import type { CommandContext } from "../commands/context.ts";
import { committed } from "./after-commit.ts";
import { type FileLayout, layoutOf, writeDataFiles } from "./data-files.ts";
import { fittedRows } from "./fit-rows.ts";
import { countedOn } from "./identity-columns.ts";
import { compactAfter } from "./maintenance/auto-compact.ts";
import type { OpenTable } from "./open-table.ts";
import { type Replaced, replacedFiles } from "./replaced-files.ts";
import { checkedRows, type RowCheck, rowChecks, tellingOfChecks } from "./row-checks.ts";
import { optionOf } from "./write-options.ts";

/** Rows, and what becomes of those that the table has. */
export interface RowsWrite {
  readonly input: Relation;
  /** What the rows have. */
  readonly given: StructType;
  /** The place of a column's value among those given; -1 for none. */
  readonly placeOf: (column: StructField) => number;
  readonly casts: boolean;
  /** Which of the rows that are there go. */
  readonly replaced: Replaced;
  readonly options: Options;
  readonly operation: Pick<Operation, "name" | "parameters">;
  /** What the commit says besides. */
  readonly actions?: readonly Action[];
}

/**
 * Writes rows into a table that its transaction describes, and commits.
 *
 * @throws ExecutionError `DELTA_VIOLATE_CONSTRAINT_WITH_VALUES`, `DELTA_NOT_NULL_CONSTRAINT_VIOLATED`
 * @throws ConcurrentModificationException where another commit conflicts
 */
export async function writeRows(
  table: OpenTable,
  write: RowsWrite,
  context: CommandContext,
  options: ActionOptions,
): Promise<Committed> {
  const metadata = table.transaction.metadata!;
  const layout = layoutOf(table.location, metadata);
  const fitted = fittedRows({ ...write, schema: layout.schema });
  const checks = [...rowChecks(layout.schema, layout.configuration, fitted.given), ...write.replaced.checks];
  const input = checkedRows(fitted.input, layout.schema, checks);
  const adds = await writtenFiles(layout, { ...write, input }, checks, context, options);
  const counted = countedOn(layout.schema, adds, fitted.given);
  if (counted !== undefined) table.transaction.setMetadata({ ...metadata, schemaString: schemaToJson(counted) });
  const removed = await replacedFiles(table, write.replaced, adds, context, options);
  const all: Action[] = [
    ...(write.actions ?? []),
    ...batchOf(table, write.options),
    ...[...adds, ...removed.adds].map((add): Action => ({ add })),
    ...removed.cdc.map((cdc): Action => ({ cdc })),
    ...removed.files.map((file): Action => ({ remove: removeOf(file, true) })),
  ];
  const done = await committed(table, all, operationOf(write, adds, removed.files, counted !== undefined), context);
  await compactAfter(table, [...adds, ...removed.adds], context, options);
  return done;
}

async function writtenFiles(
  layout: FileLayout,
  { input, options }: Pick<RowsWrite, "input" | "options">,
  checks: readonly RowCheck[],
  context: CommandContext,
  action: ActionOptions,
): Promise<readonly AddFile[]> {
  const rows = { input, options, dataChange: optionOf(options, "dataChange") !== "false" };
  const [adds] = await tellingOfChecks(checks, () => writeDataFiles(layout, [rows], context, action));
  return adds!;
}

/** `txnAppId` and `txnVersion`: which batch of which program this is. */
function batchOf({ transaction }: OpenTable, options: Options): readonly Action[] {
  const [appId, version] = [optionOf(options, "txnAppId"), optionOf(options, "txnVersion")];
  if (appId === undefined || version === undefined) return [];
  transaction.lastBatchOf(appId);
  return [{ txn: { appId, version: Number(version), lastUpdated: Date.now() } }];
}

function operationOf(
  { operation, options }: RowsWrite,
  adds: readonly AddFile[],
  removed: readonly AddFile[],
  counts: boolean,
): Operation {
  const sum = (values: readonly number[]): string => String(values.reduce((left, right) => left + right, 0));
  const replaced =
    removed.length === 0
      ? {}
      : { numRemovedFiles: String(removed.length), numRemovedBytes: sum(removed.map(({ size }) => size)) };
  return {
    ...operation,
    metrics: {
      numFiles: String(adds.length),
      ...replaced,
      numOutputRows: sum(adds.map(({ stats }) => Number(JSON.parse(stats!).numRecords))),
      numOutputBytes: sum(adds.map(({ size }) => size)),
    },
    userMetadata: optionOf(options, "userMetadata"),
    ...(counts ? { tags: { "delta.identity.schemaUpdate": "true" } } : {}),
  };
}
