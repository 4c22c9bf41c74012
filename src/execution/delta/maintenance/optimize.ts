/** `OPTIMIZE` and `REORG`: small files put together, rows with near values side by side, deleted rows left out. */
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type { Action, AddFile } from "../../../delta/actions.ts";
import { clusteringColumns as namesOf } from "../../../delta/clustering-columns.ts";
import { removeOf } from "../../../delta/write/file-actions.ts";
import type { OptimizeTable } from "../../../plan/maintenance-command.ts";
import { printExpression } from "../../../plan/print.ts";
import type { Relation } from "../../../plan/relation.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { clusteringColumns } from "../clustering.ts";
import { layoutOf, writeDataFiles } from "../data-files.ts";
import { partitionsMeeting } from "../matching-partitions.ts";
import { type OpenTable, openTable } from "../open-table.ts";
import { NumberedFiles } from "../rows/numbered-files.ts";
import { keptIds, keptRows, rowIdFields } from "../rows/row-ids.ts";
import { alongCurve } from "./along-curve.ts";
import { binsOf, type FileBounds, isMarked } from "./file-bins.ts";
import { historyMetrics, type Optimized } from "./optimize-metrics.ts";
import { placingColumns } from "./placing-columns.ts";

export type OptimizeOptions = Pick<OptimizeTable, "condition" | "zOrderBy" | "isFull" | "purges">;

/** Compaction that follows a write. */
export interface AutoCompaction {
  readonly bounds: FileBounds;
  /** The files that are put together, of those that there are now. */
  readonly candidates: (files: readonly AddFile[]) => readonly AddFile[];
  /** The partitions that the files lie in, for the history. */
  readonly predicate: (files: readonly AddFile[]) => readonly string[];
}

const sizeKeys = {
  most: "spark.databricks.delta.optimize.maxFileSize",
  least: "spark.databricks.delta.optimize.minFileSize",
} as const;
const gibibyte = 1_073_741_824;

/**
 * Puts small files of each partition together; with `zOrderBy`, or in a table that is clustered, writes all of them anew
 * with rows of near values side by side; with `purges`, only writes files with deleted rows anew. The rows stay the same,
 * with the ids that they have: readers and appends are not disturbed.
 *
 * @param auto - what is compacted after a write, in place of what `options` say
 * @throws AnalysisError as `placingColumns` does
 * @throws ConcurrentModificationException where another commit has removed the files meanwhile
 */
export async function optimizeTable(
  location: string,
  options: OptimizeOptions,
  context: CommandContext,
  action: ActionOptions,
  auto?: AutoCompaction,
): Promise<Optimized> {
  const startTimeMs = Date.now();
  const open = await openTable(location, context);
  const layout = layoutOf(open);
  const merely = options.purges === true || auto !== undefined;
  const order = merely ? [] : placingColumns(options, open, layout);
  const files = new Numbers(await allFiles(open, context));
  const considered = auto?.candidates(files.all) ?? (await consideredFiles(files.all, options, open, context));
  const candidates = options.purges === true ? considered.filter(isMarked) : considered;
  const bins = binsOf(candidates, order.length > 0, auto?.bounds ?? boundsFrom(context));
  const removed = bins.flat();
  open.transaction.readsFiles(removed);
  const rows = bins.map((bin) => ({
    input: alongCurve(rowsOf(files.numbersOf(bin), open, context), order, isClustered(open) ? "hilbert" : "z"),
    further: rowIdFields(open.snapshot!),
    options: {},
    dataChange: false,
  }));
  const written = rows.length === 0 ? [] : await writeDataFiles(layout, rows, context, action);
  const added = written.flat().map((add) => withProvider(add, open));
  const made: Optimized = {
    added,
    removed,
    considered: considered.length,
    bins: bins.length,
    placed: order.length === 0 ? "as they were" : isClustered(open) ? "by clusters" : "by their curve",
    startTimeMs,
    columns: layout.schema.fields.length,
  };
  const parameters = auto === undefined ? parametersOf(options, open) : automatic(auto.predicate(removed));
  if (removed.length > 0) await commitFiles(open, made, { name: nameOf(options), parameters }, context);
  return made;
}

const nameOf = ({ purges }: OptimizeOptions): string => (purges === true ? "REORG" : "OPTIMIZE");

const filesOf = (open: OpenTable, { delta, configuration }: CommandContext, only?: ReadonlySet<number>) =>
  new NumberedFiles(open.snapshot!, delta, configuration.get("spark.sql.session.timeZone", "UTC"), only);

const allFiles = (open: OpenTable, context: CommandContext): Promise<ReadonlyMap<number, AddFile>> =>
  filesOf(open, context).adds();

/** The files of a snapshot with their numbers. */
class Numbers {
  readonly all: readonly AddFile[];
  readonly #numbers: ReadonlyMap<AddFile, number>;

  constructor(files: ReadonlyMap<number, AddFile>) {
    this.all = [...files.values()];
    this.#numbers = new Map([...files].map(([number, add]) => [add, number]));
  }

  numbersOf(files: readonly AddFile[]): ReadonlySet<number> {
    return new Set(files.map((file) => this.#numbers.get(file)!));
  }
}

const rowsOf = (numbers: ReadonlySet<number>, open: OpenTable, context: CommandContext): Relation =>
  keptRows(open, filesOf(open, context, numbers), context);

async function consideredFiles(
  all: readonly AddFile[],
  { condition }: OptimizeOptions,
  { snapshot }: OpenTable,
  context: CommandContext,
): Promise<readonly AddFile[]> {
  if (condition === undefined) return all;
  const meets = await partitionsMeeting(condition, snapshot!, all, context);
  return all.filter(meets);
}

const boundsFrom = ({ configuration }: CommandContext): FileBounds => ({
  most: Number(configuration.get(sizeKeys.most, String(gibibyte))),
  least: Number(configuration.get(sizeKeys.least, String(gibibyte))),
});

const isClustered = ({ transaction }: OpenTable): boolean => clusteringColumns(transaction.base.domains) !== undefined;

const withProvider = (add: AddFile, open: OpenTable): AddFile =>
  isClustered(open) ? { ...add, clusteringProvider: "liquid" } : add;

async function commitFiles(
  open: OpenTable,
  made: Optimized,
  operation: { readonly name: string; readonly parameters: Readonly<Record<string, unknown>> },
  context: CommandContext,
): Promise<void> {
  const actions: Action[] = [
    ...made.added.map((add): Action => ({ add })),
    ...made.removed.map((add): Action => ({ remove: removeOf(add, false) })),
  ];
  await committed(open, actions, { ...operation, metrics: historyMetrics(made), ...keptIds(open.snapshot!) }, context);
}

const automatic = (predicate: readonly string[]) => ({
  predicate: JSON.stringify(predicate),
  auto: true,
  clusterBy: "[]",
  zOrderBy: "[]",
});

function parametersOf({ condition, zOrderBy, isFull = false, purges }: OptimizeOptions, { snapshot }: OpenTable) {
  const predicate = JSON.stringify(condition === undefined ? [] : [printExpression(condition)]);
  if (purges === true) return { predicate, applyPurge: true };
  const clusters = namesOf(snapshot!);
  return {
    predicate,
    auto: false,
    clusterBy: JSON.stringify(clusters),
    ...(clusters.length === 0 ? {} : { isFull }),
    zOrderBy: JSON.stringify(zOrderBy),
  };
}
