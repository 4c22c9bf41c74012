/** Rough sizes of relations, to decide which side of a join is built. */

import type { ResolvedRelation, Scan } from "../../../plan/resolved.ts";
import { inputsOf } from "../../../plan/resolved-rewrite.ts";

/** What is known of a scan's size, in bytes of its files. */
export type ScanBytes = (scan: Scan) => number;

const bytesPerRow = 50;
/** A group has several rows. */
const shareOfGroups = 0.1;

/** The bytes that a relation may give, as far as its sources tell. */
export function estimatedBytes(relation: ResolvedRelation, scanBytes: ScanBytes): number {
  switch (relation.kind) {
    case "scan":
      return scanBytes(relation);
    case "local rows":
      return relation.batches.reduce((rows, batch) => rows + batch.rows, 0) * bytesPerRow;
    case "range rows":
      return (Number(relation.end - relation.start) / Number(relation.step)) * bytesPerRow;
    case "value rows":
      return relation.rows.length * bytesPerRow;
    case "slice":
      return Math.min(
        Number(relation.count ?? Number.MAX_SAFE_INTEGER) * bytesPerRow,
        estimatedBytes(relation.input, scanBytes),
      );
    case "aggregate":
    case "distinct":
      return estimatedBytes(relation.input, scanBytes) * shareOfGroups;
    case "join":
      return Math.max(estimatedBytes(relation.left, scanBytes), estimatedBytes(relation.right, scanBytes));
    default:
      return inputsOf(relation).reduce((bytes, input) => bytes + estimatedBytes(input, scanBytes), 0);
  }
}
