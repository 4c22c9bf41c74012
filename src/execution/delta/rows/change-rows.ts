/** Changes rows of a table: finds them, writes what is to be written, and commits. */
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type { Action, AddFile, ChangeFile } from "../../../delta/actions.ts";
import { removeOf } from "../../../delta/write/file-actions.ts";
import type { Operation } from "../../../delta/write/transaction.ts";
import type { Relation } from "../../../plan/relation.ts";
import { schemaToJson } from "../../../types/schema-json.ts";
import { vectorValues } from "../../../types/vector-values.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { layoutOf, type TableRows, writeDataFiles } from "../data-files.ts";
import { countedOnBy } from "../identity-columns.ts";
import { compactAfter } from "../maintenance/auto-compact.ts";
import { generationText, rowChecks, tellingOfChecks } from "../row-checks.ts";
import { changeFile, feedRows } from "./change-feed.ts";
import { withDeletedRows } from "./deleted-rows.ts";
import { call, named, number } from "./expressions.ts";
import { checkMatchedOnce, countMarks, type MarkCount, markedRows } from "./marked-rows.ts";
import { NumberedFiles } from "./numbered-files.ts";
import { tellReads } from "./read-partitions.ts";
import { clausesOf, isInsertOnly, type RowChange } from "./row-change.ts";
import { keptIds, rowIdFields } from "./row-ids.ts";
import { changeFeed, insertedRows, type Marked, rewrittenRows } from "./written-rows.ts";

/** What was done, for the history and for those who asked. */
export interface ChangeCounts {
  /** How many rows fell under each clause. */
  readonly byClause: readonly number[];
  readonly inserted: number;
  readonly sourceRows: number;
  /** Rows written anew as they were. */
  readonly copied: number;
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
  readonly changeFiles: number;
  readonly vectorsAdded: number;
  readonly vectorsUpdated: number;
  readonly vectorsRemoved: number;
  /** Milliseconds: until the rows were found, and from then on. */
  readonly scanTime: number;
  readonly rewriteTime: number;
}

/** What a change comes to, before it is committed. */
export interface RowsChanged extends ChangeCounts {
  readonly cdc: readonly ChangeFile[];
}

/**
 * Changes rows and commits, where there is anything to change.
 *
 * @param operation - what the history is told, with the metrics made of the counts
 * @throws ExecutionError `DELTA_MULTIPLE_SOURCE_ROW_MATCHING_TARGET_ROW_IN_MERGE`, and as `writeRows` does
 * @throws ConcurrentModificationException where another commit conflicts
 */
export async function changeRows(
  change: RowChange,
  operation: (counts: ChangeCounts) => Operation,
  context: CommandContext,
  options: ActionOptions,
): Promise<ChangeCounts> {
  const changed = await changedRows(change, context, options);
  await commitChange(change, changed, operation(changed), context);
  await compactAfter(change.table, changed.added, context, options);
  return changed;
}

/** Writes the files that a change needs, and tells the transaction what was looked at. */
export async function changedRows(
  change: RowChange,
  context: CommandContext,
  options: ActionOptions,
): Promise<RowsChanged> {
  const started = Date.now();
  const files = filesOf(change, context);
  await using keptRows = new AsyncDisposableStack();
  if (change.source !== undefined) keptRows.use(await context.keep(change.source, options));
  const sourceRows = change.source === undefined ? 0 : await rowCount(change.source, context);
  const marked = markedRows(change, files, context);
  if (!isInsertOnly(change)) keptRows.use(await context.keep(marked, options));
  const counts = isInsertOnly(change) ? [] : await countMarks(marked, change, context);
  if (!isInsertOnly(change)) await checkMatchedOnce(marked, change, context);
  const found = Date.now();
  const touched = await touchedFiles(change, files, counts);
  const written = await writtenFiles(change, { rows: marked, files, touched }, context, options);
  await tellReads(change, files, context);
  return {
    ...written,
    ...countsOf(change, counts, touched, written),
    sourceRows,
    scanTime: found - started,
    rewriteTime: Date.now() - found,
  };
}

async function rowCount(rows: Relation, context: CommandContext): Promise<number> {
  const counted: Relation = {
    kind: "aggregate",
    input: rows,
    type: "group by",
    grouping: [],
    aggregates: [named(call("count", number(1)), "rows")],
  };
  const [batch] = await context.collect(counted);
  return Number(vectorValues(batch!.columns[0]!)[0]);
}

const filesOf = ({ table }: RowChange, { delta, configuration }: CommandContext, only?: ReadonlySet<number>) =>
  new NumberedFiles(table.snapshot!, delta, configuration.get("spark.sql.session.timeZone", "UTC"), only);

/** A file with rows to change. */
interface TouchedFile {
  readonly add: AddFile;
  readonly changed: number;
  /** Whether none of its rows stays. */
  readonly goes: boolean;
  readonly rows: number | undefined;
}

async function touchedFiles(
  change: RowChange,
  files: NumberedFiles,
  counts: readonly MarkCount[],
): Promise<ReadonlyMap<number, TouchedFile>> {
  const adds = await files.adds(counts.map(({ file }) => file));
  return new Map(
    [...adds].map(([number, add]) => {
      const own = counts.filter(({ file }) => file === number);
      const changed = own.reduce((sum, { rows }) => sum + rows, 0);
      const rows = rowsIn(add);
      const goes = changed === rows && own.every(({ clause }) => clausesOf(change)[clause]!.action === "delete");
      return [number, { add, changed, goes, rows }];
    }),
  );
}

/** How many rows of a file count; undefined where its statistics do not say it. */
export function rowsIn({ stats, deletionVector }: AddFile): number | undefined {
  const records: unknown = stats === undefined ? undefined : JSON.parse(stats).numRecords;
  return typeof records === "number" ? records - (deletionVector?.cardinality ?? 0) : undefined;
}

interface Written {
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
  readonly cdc: readonly ChangeFile[];
  readonly inserted: number;
  readonly vectorsAdded: number;
  readonly vectorsUpdated: number;
  readonly vectorsRemoved: number;
}

interface Found {
  readonly rows: Marked["rows"];
  readonly files: NumberedFiles;
  readonly touched: ReadonlyMap<number, TouchedFile>;
}

async function writtenFiles(
  change: RowChange,
  { rows, files, touched }: Found,
  context: CommandContext,
  options: ActionOptions,
): Promise<Written> {
  const { configuration = {} } = change.table.transaction.metadata!;
  const usesVectors = configuration["delta.enableDeletionVectors"] === "true";
  const checks = rowChecks(change.schema, configuration, generatedGiven(change));
  const feeds = configuration["delta.enableChangeDataFeed"] === "true" && !isInsertOnly(change);
  const again = [...touched].filter(([, { goes }]) => feeds || !goes).map(([number]) => number);
  const looked = isInsertOnly(change) ? files : filesOf(change, context, new Set(again));
  const marked: Marked = { change, rows, checks, files: looked };
  const outputs: TableRows[] = [];
  const rewrites = again.length > 0;
  if (rewrites)
    outputs.push({
      input: rewrittenRows(marked, usesVectors ? "changed" : "all", context),
      further: rowIdFields(change.table.snapshot!),
      ...plain,
    });
  if (change.inserts.length > 0) outputs.push({ input: insertedRows(marked, context), ...plain });
  // Where no row changes, the files of new rows are the feed.
  const tells = feeds && rewrites;
  if (tells) outputs.push({ input: changeFeed(marked, context), ...feedRows, options: {} });
  const layout = { ...layoutOf(change.table), schema: change.schema };
  const made = await tellingOfChecks(checks, () => writeDataFiles(layout, outputs, context, options));
  const next = made[Symbol.iterator]();
  const rewritten = rewrites ? (next.next().value as readonly AddFile[]) : [];
  const inserted = change.inserts.length > 0 ? (next.next().value as readonly AddFile[]) : [];
  const cdc = tells ? (next.next().value as readonly AddFile[]).map(changeFile) : [];
  const partly = [...touched].filter(([, { changed, rows: all }]) => usesVectors && changed !== all);
  const vectors = await withDeletedRows(rows, change, new Map(partly.map(([id, { add }]) => [id, add])), context);
  const had = [...touched.values()].filter(({ add }) => add.deletionVector !== undefined).length;
  const updated = partly.filter(([, { add }]) => add.deletionVector !== undefined).length;
  return {
    added: [...rewritten, ...inserted, ...vectors],
    removed: [...touched.values()].map(({ add }) => add),
    cdc,
    inserted: inserted.reduce((sum, add) => sum + (rowsIn(add) ?? 0), 0),
    vectorsAdded: vectors.length,
    vectorsUpdated: updated,
    vectorsRemoved: had,
  };
}

const plain = { options: {}, dataChange: true } as const;

/** Generated columns that a clause gives a value: it has to be the one that is generated. */
const generatedGiven = (change: RowChange): ReadonlySet<string> =>
  new Set(
    change.schema.fields
      .filter((field) => generationText(field) !== undefined)
      .filter(({ name }) => [...clausesOf(change), ...change.inserts].some(({ values }) => values.has(name)))
      .map(({ name }) => name),
  );

function countsOf(
  change: RowChange,
  counts: readonly MarkCount[],
  touched: ReadonlyMap<number, TouchedFile>,
  { cdc, vectorsAdded }: Written,
): Pick<ChangeCounts, "byClause" | "copied" | "changeFiles"> {
  const byClause = clausesOf(change).map((_, clause) =>
    counts.filter((count) => count.clause === clause).reduce((sum, { rows }) => sum + rows, 0),
  );
  const stay = [...touched.values()].reduce((sum, { rows, changed }) => sum + (rows ?? changed) - changed, 0);
  return { byClause, copied: vectorsAdded > 0 ? 0 : stay, changeFiles: cdc.length };
}

async function commitChange(
  change: RowChange,
  { added, removed, cdc, inserted }: Written,
  operation: Operation,
  context: CommandContext,
): Promise<void> {
  const { transaction } = change.table;
  const { metadata } = transaction;
  const made = new Set(
    change.schema.fields
      .map(({ name }) => name)
      .filter((name) => change.inserts.every(({ values }) => values.has(name))),
  );
  const counted = countedOnBy(change.schema, BigInt(inserted), made);
  if (counted !== undefined) transaction.setMetadata({ ...metadata!, schemaString: schemaToJson(counted) });
  const actions: Action[] = [
    ...removed.map((file): Action => ({ remove: removeOf(file, true) })),
    ...added.map((add): Action => ({ add })),
    ...cdc.map((file): Action => ({ cdc: file })),
  ];
  const changesTable = transaction.metadata !== transaction.base.metadata;
  if (actions.length > 0 || changesTable)
    await committed(change.table, actions, { ...operation, ...keptIds(change.table.snapshot!) }, context);
}
