/** `OPTIMIZE` and `REORG`: small files put together, rows with near values side by side, deleted rows left out. */
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import { type Action, type AddFile, fileKey } from "../../../delta/actions.ts";
import { addsOf, removeOf } from "../../../delta/write/file-actions.ts";
import { AnalysisError, listed, UnsupportedError } from "../../../errors.ts";
import type { Expression } from "../../../plan/expression.ts";
import type { OptimizeTable } from "../../../plan/maintenance-command.ts";
import { printExpression } from "../../../plan/print.ts";
import type { CommandContext } from "../../commands/context.ts";
import { committed } from "../after-commit.ts";
import { clusteringColumns } from "../clustering.ts";
import { type FileLayout, writeDataFiles } from "../data-files.ts";
import { loggedSchema, type OpenTable, openTable } from "../open-table.ts";
import { partitionsMeeting } from "../replaced-files.ts";
import { layoutOf } from "../write-rows.ts";
import { readOfFiles } from "./picked-files.ts";
import { alongCurve } from "./z-order.ts";

export type OptimizeOptions = Pick<OptimizeTable, "condition" | "zOrderBy" | "isFull" | "purges">;

/** What was taken away of deleted rows. */
export interface VectorCounts {
  readonly vectors: number;
  readonly rows: number;
}

export interface FileSizes {
  readonly min: number | undefined;
  readonly max: number | undefined;
  readonly totalFiles: number;
  readonly totalSize: number;
}

export interface OptimizeMetrics {
  readonly numFilesAdded: number;
  readonly numFilesRemoved: number;
  readonly filesAdded: FileSizes;
  readonly filesRemoved: FileSizes;
  readonly partitionsOptimized: number;
  readonly numBins: number;
  readonly numBatches: number;
  readonly totalConsideredFiles: number;
  readonly totalFilesSkipped: number;
  readonly preserveInsertionOrder: boolean;
  readonly startTimeMs: number;
  readonly endTimeMs: number;
  /** Undefined where no file had deleted rows. */
  readonly deletionVectorStats: VectorCounts | undefined;
  readonly numTableColumns: number;
  readonly numTableColumnsWithStats: number;
}

/** How large a file may grow, and below which size one counts as small, in bytes: Delta's defaults. */
const sizeKeys = {
  most: "spark.databricks.delta.optimize.maxFileSize",
  least: "spark.databricks.delta.optimize.minFileSize",
} as const;
const gibibyte = 1_073_741_824;

/**
 * Puts small files of each partition together; with `zOrderBy`, or in a table that is clustered, writes all of them anew
 * with rows of near values side by side; with `purges`, only writes files with deleted rows anew. The rows stay the same: readers and appends are not disturbed.
 *
 * @throws AnalysisError for columns that there are not, that part the table, or beside CLUSTER BY;
 *   `DELTA_OPTIMIZE_FULL_NOT_SUPPORTED`, `DELTA_CLUSTERING_WITH_PARTITION_PREDICATE`
 * @throws ConcurrentModificationException where another commit has removed the files meanwhile
 */
export async function optimizeTable(
  location: string,
  options: OptimizeOptions,
  context: CommandContext,
  action: ActionOptions,
): Promise<OptimizeMetrics> {
  const startTimeMs = Date.now();
  const open = await openTable(location, context);
  const layout = layoutOf(location, open.transaction.metadata!);
  const order = options.purges === true ? [] : orderOf(options, open, layout);
  if (layout.configuration["delta.enableRowTracking"] === "true") throw tracksRows();
  const considered = await consideredFiles(open, options.condition, context);
  const candidates = options.purges === true ? considered.filter(isMarked) : considered;
  const bins = binsOf(candidates, order.length > 0, sizesFrom(context));
  const removed = bins.flat();
  open.transaction.readsFiles(removed);
  const rows = bins.map((bin) => ({
    input: alongCurve(readOfFiles(open.snapshot!, new Set(bin.map(fileKey)), context), order),
    options: {},
    dataChange: false,
  }));
  const written = rows.length === 0 ? [] : await writeDataFiles(layout, rows, context, action);
  const added = written.flat().map((add) => withProvider(add, open));
  const metrics: OptimizeMetrics = {
    numFilesAdded: added.length,
    numFilesRemoved: removed.length,
    filesAdded: sizesOf(added),
    filesRemoved: sizesOf(removed),
    partitionsOptimized: new Set(removed.map(partitionOf)).size,
    numBins: bins.length,
    numBatches: 1,
    totalConsideredFiles: considered.length,
    totalFilesSkipped: considered.length - removed.length,
    preserveInsertionOrder: order.length === 0,
    startTimeMs,
    endTimeMs: Date.now(),
    deletionVectorStats: vectorsOf(removed),
    numTableColumns: layout.schema.fields.length,
    numTableColumnsWithStats: Math.min(layout.schema.fields.length - layout.partitionBy.length, 32),
  };
  if (removed.length > 0) await commitFiles(open, { added, removed }, options, context);
  return metrics;
}

/** The columns by which rows are placed, as paths; none for mere compaction. */
function orderOf(
  { zOrderBy, condition, isFull = false }: OptimizeOptions,
  open: OpenTable,
  { schema, partitionBy }: FileLayout,
): readonly string[] {
  const clusters = clusteringColumns(open.transaction.base.domains);
  if (clusters !== undefined) {
    if (zOrderBy.length > 0) throw clustered();
    if (condition !== undefined) throw partly(condition);
    return clusters.map(
      ([first]) => schema.fields.find((field) => physical(field.name, open) === first)?.name ?? first!,
    );
  }
  if (isFull) throw notClustered();
  for (const name of zOrderBy) {
    const field = schema.fields.find((each) => each.name.toLowerCase() === name.split(".")[0]!.toLowerCase());
    if (field === undefined)
      throw noColumn(
        name,
        schema.fields.map((each) => each.name),
      );
    if (partitionBy.includes(field.name)) throw onPartition(name);
  }
  return zOrderBy;
}

function physical(name: string, { snapshot }: OpenTable): string {
  const field = loggedSchema(snapshot!).fields.find((each) => each.name === name)!;
  return String(field.metadata?.["delta.columnMapping.physicalName"] ?? name);
}

async function consideredFiles(
  { snapshot }: OpenTable,
  condition: Expression | undefined,
  context: CommandContext,
): Promise<readonly AddFile[]> {
  const all = await Array.fromAsync(addsOf(snapshot!));
  if (condition === undefined) return all;
  const meets = await partitionsMeeting(condition, snapshot!, all, context);
  return all.filter(meets);
}

const isMarked = ({ deletionVector }: AddFile): boolean => deletionVector !== undefined;

function vectorsOf(files: readonly AddFile[]): VectorCounts | undefined {
  const marked = files.filter(isMarked);
  const rows = marked.reduce((sum, { deletionVector }) => sum + Number(deletionVector!.cardinality), 0);
  return marked.length === 0 ? undefined : { vectors: marked.length, rows };
}

const partitionOf = ({ partitionValues }: AddFile): string => JSON.stringify(Object.entries(partitionValues).sort());

interface Sizes {
  readonly most: number;
  readonly least: number;
}

const sizesFrom = ({ configuration }: CommandContext): Sizes => ({
  most: Number(configuration.get(sizeKeys.most, String(gibibyte))),
  least: Number(configuration.get(sizeKeys.least, String(gibibyte))),
});

/** Files of one partition that become one: small ones until they are large enough, or all that are to be ordered anew. */
function binsOf(files: readonly AddFile[], reorders: boolean, { most, least }: Sizes): readonly (readonly AddFile[])[] {
  const wanted = files.filter(({ size, deletionVector }) => reorders || size < least || deletionVector !== undefined);
  return [...Map.groupBy(wanted, partitionOf).values()].flatMap((partition) => {
    const bins: AddFile[][] = [];
    let room = 0;
    for (const file of partition.toSorted((left, right) => left.size - right.size)) {
      if (bins.length === 0 || file.size > room) {
        bins.push([]);
        room = most;
      }
      bins.at(-1)!.push(file);
      room -= file.size;
    }
    return bins.filter((bin) => bin.length > 1 || reorders || bin[0]!.deletionVector !== undefined);
  });
}

function withProvider(add: AddFile, { transaction }: OpenTable): AddFile {
  return clusteringColumns(transaction.base.domains) === undefined ? add : { ...add, clusteringProvider: "liquid" };
}

async function commitFiles(
  open: OpenTable,
  { added, removed }: { readonly added: readonly AddFile[]; readonly removed: readonly AddFile[] },
  options: OptimizeOptions,
  context: CommandContext,
): Promise<void> {
  const actions: Action[] = [
    ...added.map((add): Action => ({ add })),
    ...removed.map((add): Action => ({ remove: removeOf(add, false) })),
  ];
  const ordered = added.map(({ size }) => size).sort((left, right) => left - right);
  const quantile = (share: number): string => String(ordered[Math.floor((ordered.length - 1) * share)] ?? 0);
  await committed(
    open,
    actions,
    {
      name: options.purges === true ? "REORG" : "OPTIMIZE",
      parameters: parametersOf(options, open),
      metrics: {
        numRemovedFiles: String(removed.length),
        numRemovedBytes: String(sizesOf(removed).totalSize),
        numAddedFiles: String(added.length),
        numAddedBytes: String(sizesOf(added).totalSize),
        numDeletionVectorsRemoved: String(removed.filter(isMarked).length),
        minFileSize: quantile(0),
        p25FileSize: quantile(0.25),
        p50FileSize: quantile(0.5),
        p75FileSize: quantile(0.75),
        maxFileSize: quantile(1),
      },
    },
    context,
  );
}

function parametersOf({ condition, zOrderBy, isFull = false, purges }: OptimizeOptions, { transaction }: OpenTable) {
  const predicate = JSON.stringify(condition === undefined ? [] : [printExpression(condition)]);
  if (purges === true) return { predicate, applyPurge: true };
  const clusters = (clusteringColumns(transaction.base.domains) ?? []).map((path) => path.join("."));
  return {
    predicate,
    auto: false,
    clusterBy: JSON.stringify(clusters),
    ...(clusters.length === 0 ? {} : { isFull }),
    zOrderBy: JSON.stringify(zOrderBy),
  };
}

function sizesOf(files: readonly AddFile[]): FileSizes {
  const all = files.map(({ size }) => size);
  return {
    min: all.length === 0 ? undefined : Math.min(...all),
    max: all.length === 0 ? undefined : Math.max(...all),
    totalFiles: all.length,
    totalSize: all.reduce((left, right) => left + right, 0),
  };
}

const tracksRows = (): UnsupportedError =>
  new UnsupportedError("OPTIMIZE of a table that tracks its rows would give them other ids", {
    hint: "Set delta.enableRowTracking to false first, or compact the table with Spark.",
  });

const clustered = (): AnalysisError =>
  new AnalysisError("OPTIMIZE command for Delta table with clustering doesn't support ZORDER BY", {
    condition: "DELTA_CLUSTERING_WITH_ZORDER_BY",
    sqlState: "42613",
    hint: "Leave ZORDER BY out: rows lie by the columns of CLUSTER BY.",
  });

const partly = (condition: Expression): AnalysisError =>
  new AnalysisError(
    `OPTIMIZE command for Delta table with clustering doesn't support partition predicates. Please remove the predicates: ${printExpression(condition)}`,
    {
      condition: "DELTA_CLUSTERING_WITH_PARTITION_PREDICATE",
      sqlState: "0A000",
      parameters: { predicates: printExpression(condition) },
      hint: "Leave WHERE out: rows lie by the columns of CLUSTER BY, wherever they are.",
    },
  );

const notClustered = (): AnalysisError =>
  new AnalysisError("OPTIMIZE FULL is only supported for clustered tables with non-empty clustering columns", {
    condition: "DELTA_OPTIMIZE_FULL_NOT_SUPPORTED",
    sqlState: "42601",
    hint: "Leave FULL out, or give the table columns: ALTER TABLE … CLUSTER BY (…).",
  });

const onPartition = (name: string): AnalysisError =>
  new AnalysisError(`${name} is a partition column. Z-Ordering can only be performed on data columns`, {
    condition: "DELTA_ZORDERING_ON_PARTITION_COLUMN",
    sqlState: "42P10",
    parameters: { colName: name },
  });

const noColumn = (name: string, names: readonly string[]): AnalysisError =>
  new AnalysisError(`Z-Ordering column ${name} does not exist in data schema`, {
    condition: "DELTA_ZORDERING_COLUMN_DOES_NOT_EXIST",
    sqlState: "42703",
    parameters: { columnName: name },
    hint: `The columns are: ${listed(names)}.`,
  });
