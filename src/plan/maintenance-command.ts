/** Commands that look after tables with a log of their own: what the tables hold stays the same, or is what it was. */
import type { ObjectName } from "./catalogue-command.ts";
import type { Expression } from "./expression.ts";
import type { NodeOrigin } from "./node.ts";

/** Small files put together, or rows put beside their likes: `OPTIMIZE`. Gives the path and the metrics. */
export interface OptimizeTable extends NodeOrigin {
  readonly kind: "optimize table";
  readonly table: ObjectName;
  /** On partition columns. */
  readonly condition?: Expression;
  readonly zOrderBy: readonly string[];
}

/** Files that no version within the retention needs deleted: `VACUUM`. Gives the files of a dry run, or the path. */
export interface VacuumTable extends NodeOrigin {
  readonly kind: "vacuum table";
  readonly table: ObjectName;
  readonly retainHours?: number;
  readonly dryRun: boolean;
}

/** A table as it was at a version: `RESTORE`. Gives the metrics. */
export interface RestoreTable extends NodeOrigin {
  readonly kind: "restore table";
  readonly table: ObjectName;
  readonly to: { readonly version: number } | { readonly timestamp: string };
}

export type MaintenanceCommand = OptimizeTable | VacuumTable | RestoreTable;
