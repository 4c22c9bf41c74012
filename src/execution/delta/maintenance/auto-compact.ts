/** Compaction that follows a write (`delta.autoOptimize.autoCompact`). */
import type { ActionOptions } from "../../../dataframe/session-state.ts";
import type { AddFile } from "../../../delta/actions.ts";
import { physicalName } from "../../../delta/column-mapping.ts";
import { simpleString } from "../../../types/index.ts";
import type { CommandContext } from "../../commands/context.ts";
import { layoutOf } from "../data-files.ts";
import { partitionKey } from "../matching-partitions.ts";
import type { OpenTable } from "../open-table.ts";
import { isAutomatic } from "../write-options.ts";
import { type FileBounds, isMarked } from "./file-bins.ts";
import { optimizeTable } from "./optimize.ts";

const prefix = "spark.databricks.delta.autoCompact";

/** The share of deleted rows from which a file is written anew, as in Delta. */
const mostDeleted = 0.05;

/** In how many partitions files are put together at once, as in Delta. */
const mostPartitions = 128;

/**
 * Puts the small files of the partitions that a commit has added files to together, where the table or the session asks
 * for it and there are enough of them. The commit stands whatever becomes of this.
 *
 * Spark: Delta's `AutoCompact`; it counts the small files of a partition since the program began, here all of them count.
 */
export async function compactAfter(
  table: OpenTable,
  added: readonly AddFile[],
  context: CommandContext,
  action: ActionOptions,
): Promise<void> {
  if (added.length === 0 || !isAsked(table, context)) return;
  const changed = new Set(added.map(keyOf));
  const bounds = boundsFrom(context);
  const enough = Number(context.configuration.get(`${prefix}.minNumFiles`, "50"));
  const auto = {
    bounds,
    candidates: (files: readonly AddFile[]) =>
      candidatesIn(
        files.filter((file) => changed.has(keyOf(file))),
        enough,
        bounds,
      ),
    predicate: (files: readonly AddFile[]) => predicateOf(files, table),
  };
  await optimizeTable(table.location, { zOrderBy: [] }, context, action, auto).catch(() => undefined);
}

const isAsked = ({ transaction }: OpenTable, context: CommandContext): boolean =>
  isAutomatic(
    `${prefix}.enabled`,
    "delta.autoOptimize.autoCompact",
    transaction.metadata?.configuration ?? {},
    context,
  );

function boundsFrom({ configuration }: CommandContext): FileBounds {
  const most = Number(configuration.get(`${prefix}.maxFileSize`, "134217728"));
  const least = configuration.get(`${prefix}.minFileSize`, "");
  return { most, least: least === "" ? most / 2 : Number(least) };
}

const keyOf = ({ partitionValues }: AddFile): string => partitionKey(partitionValues);

function candidatesIn(files: readonly AddFile[], enough: number, { least }: FileBounds): readonly AddFile[] {
  const worn = (file: AddFile): boolean => isMarked(file) && deletedShare(file) > mostDeleted;
  const small = files.filter(({ size }) => size <= least);
  const full = [...Map.groupBy(small, keyOf)].filter(([, own]) => own.length >= enough).map(([key]) => key);
  const partitions = new Set([...full, ...files.filter(worn).map(keyOf)].slice(0, mostPartitions));
  return files.filter((file) => partitions.has(keyOf(file)) && (file.size <= least || worn(file)));
}

function deletedShare({ deletionVector, stats }: AddFile): number {
  const rows: unknown = stats === undefined ? undefined : JSON.parse(stats).numRecords;
  return typeof rows === "number" ? Number(deletionVector!.cardinality) / rows : 0;
}

/** The partitions in the words in which Delta's history tells of them. */
function predicateOf(files: readonly AddFile[], table: OpenTable): readonly string[] {
  const { schema, partitionBy } = layoutOf(table);
  if (partitionBy.length === 0) return [];
  const columns = partitionBy.map((name) => schema.fields.find((field) => field.name === name)!);
  const partitions = new Map(files.map((file) => [keyOf(file), file.partitionValues]));
  const told = [...partitions.values()].map((values) =>
    joined(
      columns.map((column) => {
        const name = physicalName(column);
        return `('${name} <=> cast(${values[name] ?? "null"} as ${simpleString(column.type)}))`;
      }),
      "AND",
    ),
  );
  return [joined(told, "OR")];
}

const joined = (parts: readonly string[], word: string): string =>
  parts.reduce((left, right) => `(${left} ${word} ${right})`);
