/** Delta tables as objects, and dimensions that keep their history: the entry point `lakewright/delta`. */
export { type CloneOptions, DeltaTable, type DeltaTableOptions } from "./delta-table.ts";
export { type AssignmentsTo, DeltaMergeBuilder, type MergeMetrics } from "./merge-builder.ts";
export { DeltaOptimizeBuilder } from "./optimize-builder.ts";
export { type ColumnOptions, DeltaTableBuilder } from "./table-builder.ts";
