/** Delta tables as objects, and dimensions that keep their history: the entry point `lakewright/delta`. */
export {
  ConcurrentAppendException,
  ConcurrentDeleteDeleteException,
  ConcurrentDeleteReadException,
  ConcurrentModificationException,
  ConcurrentTransactionException,
  MetadataChangedException,
  ProtocolChangedException,
} from "../delta/write/conflict-errors.ts";
export { type CloneOptions, DeltaTable, type DeltaTableOptions } from "./delta-table.ts";
export { type AssignmentsTo, DeltaMergeBuilder, type MergeMetrics } from "./merge-builder.ts";
export { DeltaOptimizeBuilder } from "./optimize-builder.ts";
export type { ColumnOf, Scd2Columns, Scd2Options } from "./scd2/options.ts";
export { scd2AsOf, scd2History } from "./scd2/point-in-time.ts";
export { scd2 } from "./scd2/scd2.ts";
export { type ColumnOptions, DeltaTableBuilder } from "./table-builder.ts";
