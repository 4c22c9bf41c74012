/** What the history says of statements about rows, by Delta's names. */
import type { AddFile } from "../../../delta/actions.ts";
import type { ChangeCounts } from "./change-rows.ts";
import { clausesOf, type RowChange, type RowClause } from "./row-change.ts";

const texts = (metrics: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [name, String(value)]));

const sum = (values: readonly number[]): number => values.reduce((left, right) => left + right, 0);

const bytesOf = (files: readonly AddFile[]): number => sum(files.map(({ size }) => size));

// A file that only has a new vector is neither written nor gone.
const newFiles = ({ added, removed }: ChangeCounts): readonly AddFile[] =>
  added.filter(({ path }) => !removed.some((file) => file.path === path));

const goneFiles = ({ added, removed }: ChangeCounts): readonly AddFile[] =>
  removed.filter(({ path }) => !added.some((file) => file.path === path));

/** @param rows - the name of the count of changed rows */
export function statementMetrics(
  counts: ChangeCounts,
  rows: "numDeletedRows" | "numUpdatedRows",
): Readonly<Record<string, string>> {
  const [added, removed] = [newFiles(counts), goneFiles(counts)];
  return texts({
    numRemovedFiles: removed.length,
    numRemovedBytes: bytesOf(removed),
    numCopiedRows: counts.copied,
    numDeletionVectorsAdded: counts.vectorsAdded,
    numDeletionVectorsRemoved: counts.vectorsRemoved,
    numDeletionVectorsUpdated: counts.vectorsUpdated,
    numAddedChangeFiles: counts.changeFiles,
    numAddedFiles: added.length,
    numAddedBytes: bytesOf(added),
    [rows]: sum(counts.byClause),
    executionTimeMs: counts.scanTime + counts.rewriteTime,
    scanTimeMs: counts.scanTime,
    rewriteTimeMs: counts.rewriteTime,
  });
}

export interface MergeCounts {
  readonly updated: number;
  readonly deleted: number;
  readonly inserted: number;
}

/** How many rows fell under clauses that do something. */
function rowsUnder(
  change: RowChange,
  { byClause }: ChangeCounts,
  action: RowClause["action"],
  of?: "matched" | "unmatched",
): number {
  const counted = clausesOf(change).map((clause, index) => {
    const isMatched = index < change.matched.length;
    const fits = of === undefined || isMatched === (of === "matched");
    return clause.action === action && fits ? byClause[index]! : 0;
  });
  return sum(counted);
}

export const mergeCounts = (change: RowChange, counts: ChangeCounts): MergeCounts => ({
  updated: rowsUnder(change, counts, "update"),
  deleted: rowsUnder(change, counts, "delete"),
  inserted: counts.inserted,
});

export function mergeMetrics(change: RowChange, counts: ChangeCounts): Readonly<Record<string, string>> {
  const { updated, deleted, inserted } = mergeCounts(change, counts);
  const [added, removed] = [newFiles(counts), goneFiles(counts)];
  return texts({
    numSourceRows: counts.sourceRows,
    numTargetRowsInserted: inserted,
    numTargetRowsUpdated: updated,
    numTargetRowsDeleted: deleted,
    numTargetRowsMatchedUpdated: rowsUnder(change, counts, "update", "matched"),
    numTargetRowsMatchedDeleted: rowsUnder(change, counts, "delete", "matched"),
    numTargetRowsNotMatchedBySourceUpdated: rowsUnder(change, counts, "update", "unmatched"),
    numTargetRowsNotMatchedBySourceDeleted: rowsUnder(change, counts, "delete", "unmatched"),
    numTargetRowsCopied: counts.copied,
    numOutputRows: counts.copied + updated + inserted,
    numTargetFilesAdded: added.length,
    numTargetFilesRemoved: removed.length,
    numTargetBytesAdded: bytesOf(added),
    numTargetBytesRemoved: bytesOf(removed),
    numTargetChangeFilesAdded: counts.changeFiles,
    numTargetDeletionVectorsAdded: counts.vectorsAdded,
    numTargetDeletionVectorsRemoved: counts.vectorsRemoved,
    numTargetDeletionVectorsUpdated: counts.vectorsUpdated,
    executionTimeMs: counts.scanTime + counts.rewriteTime,
    scanTimeMs: counts.scanTime,
    rewriteTimeMs: counts.rewriteTime,
  });
}
