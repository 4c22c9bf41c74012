/** `WRITE`: rows appended to a Delta table, or in the place of others. */
import type { ActionOptions } from "../../dataframe/session-state.ts";
import type { Action, AddFile, ChangeFile } from "../../delta/actions.ts";
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
import { checkReplaced, isRowWise, type RemovedFiles, type Replaced, replacedFiles } from "./replaced-files.ts";
import { checkedRows, type RowCheck, rowChecks, tellingOfChecks } from "./row-checks.ts";
import { changeFile, toldRows } from "./rows/change-feed.ts";
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
  await checkReplaced(table, write.replaced, context);
  const metadata = table.transaction.metadata!;
  const layout = layoutOf(table);
  const fitted = fittedRows({ ...write, schema: layout.schema });
  const isChecked = context.configuration.get("spark.databricks.delta.replaceWhere.constraintCheck.enabled", "true");
  const replacing = isChecked === "true" ? write.replaced.checks : [];
  const checks = [...rowChecks(layout.schema, layout.configuration, fitted.given), ...replacing];
  const input = checkedRows(fitted.input, layout.schema, checks);
  const feeds = layout.configuration["delta.enableChangeDataFeed"] === "true";
  const tells = feeds && isRowWise(table, write.replaced, context);
  const { adds, cdc } = await writtenFiles(layout, { ...write, input, tells }, checks, context, options);
  const counted = countedOn(layout.schema, adds, fitted.given);
  if (counted !== undefined) table.transaction.setMetadata({ ...metadata, schemaString: schemaToJson(counted) });
  const removed = await replacedFiles(table, write.replaced, adds, context, options);
  const all: Action[] = [
    ...(write.actions ?? []),
    ...batchOf(table, write.options),
    ...[...adds, ...removed.adds].map((add): Action => ({ add })),
    ...[...removed.cdc, ...cdc].map((file): Action => ({ cdc: file })),
    ...removed.files.map((file): Action => ({ remove: removeOf(file, true) })),
  ];
  const done = await committed(table, all, operationOf(write, { adds, cdc, removed }, counted !== undefined), context);
  await compactAfter(table, [...adds, ...removed.adds], context, options);
  return done;
}

interface WrittenRows {
  readonly adds: readonly AddFile[];
  readonly cdc: readonly ChangeFile[];
}

/** Writes the rows, and where the change feed has to be told of them one by one, as rows that came. */
async function writtenFiles(
  layout: FileLayout,
  { input, options, tells }: Pick<RowsWrite, "input" | "options"> & { readonly tells: boolean },
  checks: readonly RowCheck[],
  context: CommandContext,
  action: ActionOptions,
): Promise<WrittenRows> {
  const rows = { input, options, dataChange: optionOf(options, "dataChange") !== "false" };
  const outputs = tells ? [rows, { ...toldRows(input, layout.schema.fields, "insert"), options }] : [rows];
  const [adds, told = []] = await tellingOfChecks(checks, () => writeDataFiles(layout, outputs, context, action));
  return { adds: adds!, cdc: told.map(changeFile) };
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
  { adds, cdc, removed }: WrittenRows & { readonly removed: RemovedFiles },
  counts: boolean,
): Operation {
  const files = [...adds, ...removed.adds];
  return {
    ...operation,
    metrics: {
      numFiles: String(files.length),
      ...replacedMetrics(removed, cdc.length),
      numOutputRows: String(
        total(adds, ({ stats }) => Number(JSON.parse(stats!).numRecords)) + (removed.rows?.copied ?? 0),
      ),
      numOutputBytes: String(total(files, ({ size }) => size)),
    },
    userMetadata: optionOf(options, "userMetadata"),
    ...(counts ? { tags: { "delta.identity.schemaUpdate": "true" } } : {}),
  };
}

function replacedMetrics({ files, cdc, rows }: RemovedFiles, told: number): Readonly<Record<string, string>> {
  if (files.length === 0 && rows === undefined) return {};
  return {
    numRemovedFiles: String(files.length),
    numRemovedBytes: String(total(files, ({ size }) => size)),
    ...(rows === undefined
      ? {}
      : {
          numCopiedRows: String(rows.copied),
          numDeletedRows: String(rows.deleted),
          numAddedChangeFiles: String(cdc.length + told),
        }),
  };
}

const total = (files: readonly AddFile[], of: (file: AddFile) => number): number =>
  files.reduce((sum, file) => sum + of(file), 0);
