/** Commands that look after tables with a log of their own: what the tables hold stays the same, or is what it was. */
import type { StructType } from "../types/data-type.ts";
import type { ObjectName } from "./catalogue-command.ts";
import type { Expression } from "./expression.ts";
import type { NodeOrigin } from "./node.ts";

/** Small files put together, or rows put beside their likes: `OPTIMIZE`, `REORG`. Gives the path and the metrics. */
export interface OptimizeTable extends NodeOrigin {
  readonly kind: "optimize table";
  readonly table: ObjectName;
  /** On partition columns. */
  readonly condition?: Expression;
  readonly zOrderBy: readonly string[];
  /** Whether all files of a clustered table are ordered anew: `OPTIMIZE … FULL`. */
  readonly isFull?: boolean;
  /** Whether only files with deleted rows are written anew, without these: `REORG … APPLY (PURGE)`. */
  readonly purges?: boolean;
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

/** A table made of another one's files: named where they lie (`SHALLOW CLONE`) or copied (`DEEP CLONE`). Gives the metrics. */
export interface CloneTable extends NodeOrigin {
  readonly kind: "clone table";
  readonly name: ObjectName;
  readonly source: ObjectName;
  readonly isShallow: boolean;
  /** Of the source; the newest when absent. */
  readonly version?: number;
  readonly path?: string;
  readonly ifNotExists: boolean;
}

/** A folder of Parquet files made a table with a log: `CONVERT TO DELTA`. */
export interface ConvertTable extends NodeOrigin {
  readonly kind: "convert table";
  /** A format and a path. */
  readonly table: ObjectName;
  /** The columns that are folders. */
  readonly partitions?: StructType;
}

/** Files that a log names and that are gone taken out of the table, a wrong checksum mended: `FSCK REPAIR TABLE`. */
export interface RepairFiles extends NodeOrigin {
  readonly kind: "repair files";
  readonly table: ObjectName;
  readonly dryRun: boolean;
}

/** Lists of a table's files for engines that do not read its log: `GENERATE`. */
export interface GenerateManifest extends NodeOrigin {
  readonly kind: "generate manifest";
  readonly table: ObjectName;
  /** The form of the lists; there is `symlink_format_manifest` alone. */
  readonly mode: string;
}

export type MaintenanceCommand =
  | OptimizeTable
  | VacuumTable
  | RestoreTable
  | CloneTable
  | ConvertTable
  | RepairFiles
  | GenerateManifest;
