/** What `OPTIMIZE` tells of itself: Delta's columns and the metrics of the history. */
import type { AddFile } from "../../../delta/actions.ts";
import {
  bigintType,
  booleanType,
  type DataType,
  doubleType,
  type StructType,
  stringType,
  structField,
  structType,
} from "../../../types/data-type.ts";
import type { StoredValue } from "../../../types/stored-value.ts";
import { partitionKey } from "../matching-partitions.ts";
import { isMarked } from "./file-bins.ts";

/** What was done to the files of a table. */
export interface Optimized {
  readonly added: readonly AddFile[];
  readonly removed: readonly AddFile[];
  /** How many files were looked at. */
  readonly considered: number;
  readonly bins: number;
  /** By what rows were placed. */
  readonly placed: "by their curve" | "by clusters" | "as they were";
  readonly startTimeMs: number;
  readonly columns: number;
}

export const columnsOf = (of: Readonly<Record<string, DataType>>): StructType =>
  structType(Object.entries(of).map(([name, type]) => structField(name, type)));

const sizes = columnsOf({
  min: bigintType,
  max: bigintType,
  avg: doubleType,
  totalFiles: bigintType,
  totalSize: bigintType,
});
const num = columnsOf({ num: bigintType, size: bigintType });
const numFiles = columnsOf({ numFiles: bigintType, size: bigintType });

/** Of each column its type and its value. */
const columns: Readonly<Record<string, readonly [type: DataType, value: (made: Optimized) => StoredValue]>> = {
  numFilesAdded: [bigintType, ({ added }) => BigInt(added.length)],
  numFilesRemoved: [bigintType, ({ removed }) => BigInt(removed.length)],
  filesAdded: [sizes, ({ added }) => sizesOf(added)],
  filesRemoved: [sizes, ({ removed }) => sizesOf(removed)],
  partitionsOptimized: [bigintType, ({ removed }) => BigInt(new Set(removed.map(keyOf)).size)],
  zOrderStats: [
    columnsOf({
      strategyName: stringType,
      inputCubeFiles: num,
      inputOtherFiles: num,
      inputNumCubes: bigintType,
      mergedFiles: num,
      numOutputCubes: bigintType,
      mergedNumCubes: bigintType,
    }),
    ({ placed, removed, bins }) =>
      placed === "by their curve" ? ["all", nothing, countOf(removed), 0n, countOf(removed), BigInt(bins), null] : null,
  ],
  clusteringStats: [
    columnsOf({
      inputZCubeFiles: numFiles,
      inputOtherFiles: numFiles,
      inputNumZCubes: bigintType,
      mergedFiles: numFiles,
      numOutputZCubes: bigintType,
    }),
    ({ placed, removed, bins }) =>
      placed === "by clusters" ? [nothing, countOf(removed), 0n, countOf(removed), BigInt(bins)] : null,
  ],
  numBins: [bigintType, ({ bins }) => BigInt(bins)],
  numBatches: [bigintType, () => 1n],
  totalConsideredFiles: [bigintType, ({ considered }) => BigInt(considered)],
  totalFilesSkipped: [bigintType, ({ considered, removed }) => BigInt(considered - removed.length)],
  preserveInsertionOrder: [booleanType, () => false],
  numFilesSkippedToReduceWriteAmplification: [bigintType, () => 0n],
  numBytesSkippedToReduceWriteAmplification: [bigintType, () => 0n],
  startTimeMs: [bigintType, ({ startTimeMs }) => BigInt(startTimeMs)],
  endTimeMs: [bigintType, () => BigInt(Date.now())],
  totalClusterParallelism: [bigintType, () => BigInt(navigator.hardwareConcurrency)],
  totalScheduledTasks: [bigintType, () => 0n],
  autoCompactParallelismStats: [
    columnsOf({
      maxClusterActiveParallelism: bigintType,
      minClusterActiveParallelism: bigintType,
      maxSessionActiveParallelism: bigintType,
      minSessionActiveParallelism: bigintType,
    }),
    () => null,
  ],
  deletionVectorStats: [
    columnsOf({ numDeletionVectorsRemoved: bigintType, numDeletionVectorRowsRemoved: bigintType }),
    ({ removed }) => vectorsOf(removed),
  ],
  numTableColumns: [bigintType, (made) => BigInt(made.columns)],
  numTableColumnsWithStats: [bigintType, (made) => BigInt(Math.min(made.columns, 32))],
};

/** The type of the answer's column `metrics`. */
export const optimizeMetricsType: StructType = columnsOf(
  Object.fromEntries(Object.entries(columns).map(([name, [type]]) => [name, type])),
);

/** The value of the answer's column `metrics`. */
export const optimizeMetrics = (made: Optimized): readonly StoredValue[] =>
  Object.values(columns).map(([, value]) => value(made));

/** What the history tells. */
export function historyMetrics({ added, removed }: Pick<Optimized, "added" | "removed">): Record<string, string> {
  const ordered = added.map(({ size }) => size).sort((left, right) => left - right);
  const quantile = (share: number): string => String(ordered[Math.floor((ordered.length - 1) * share)] ?? 0);
  return {
    numRemovedFiles: String(removed.length),
    numRemovedBytes: String(sizeOf(removed)),
    numAddedFiles: String(added.length),
    numAddedBytes: String(sizeOf(added)),
    numDeletionVectorsRemoved: String(removed.filter(isMarked).length),
    minFileSize: quantile(0),
    p25FileSize: quantile(0.25),
    p50FileSize: quantile(0.5),
    p75FileSize: quantile(0.75),
    maxFileSize: quantile(1),
  };
}

const keyOf = ({ partitionValues }: AddFile): string => partitionKey(partitionValues);

const sizeOf = (files: readonly AddFile[]): number => files.reduce((sum, { size }) => sum + size, 0);

const nothing: StoredValue = [0n, 0n];

const countOf = (files: readonly AddFile[]): StoredValue => [BigInt(files.length), BigInt(sizeOf(files))];

function sizesOf(files: readonly AddFile[]): StoredValue {
  const all = files.map(({ size }) => size);
  const total = sizeOf(files);
  const [min, max] = all.length === 0 ? [null, null] : [BigInt(Math.min(...all)), BigInt(Math.max(...all))];
  return [min, max, all.length === 0 ? 0 : total / all.length, BigInt(all.length), BigInt(total)];
}

function vectorsOf(files: readonly AddFile[]): StoredValue {
  const marked = files.filter(isMarked);
  const rows = marked.reduce((sum, { deletionVector }) => sum + Number(deletionVector!.cardinality), 0);
  return marked.length === 0 ? null : [BigInt(marked.length), BigInt(rows)];
}
