/** Reads of Delta tables: which version, which columns, and later which files. */
import { changeColumns } from "../../../delta/change-feed.ts";
import { tracksRows } from "../../../delta/row-ids.ts";
import { tableSchema } from "../../../delta/table-schema.ts";
import type { EngineSettings, SourceDescription } from "../../../engine/engine.ts";
import { metadataColumns, metadataName, metadataType } from "../../../engine/metadata-column.ts";
import { AnalysisError } from "../../../errors.ts";
import type { Read } from "../../../plan/relation.ts";
import { resolveUri } from "../../../storage/path.ts";
import { bigintType, structField, structType } from "../../../types/data-type.ts";
import { ChangeFeedSource, rangeOf } from "./change-feed-source.ts";
import { readOptions } from "./delta-options.ts";
import type { DeltaTables } from "./delta-tables.ts";
import { SnapshotSource } from "./snapshot-source.ts";
import { snapshotAt } from "./time-travel.ts";

export const isDelta = ({ format }: Pick<Read, "format">): boolean => format?.toLowerCase() === "delta";

/**
 * The columns of a Delta table at the version that a read asks for, or of its change feed; the files are found once the
 * plan is analysed.
 *
 * @throws AnalysisError for options that cannot be, and as `readSnapshot` throws it
 */
export async function describeDelta(
  read: Read,
  settings: EngineSettings,
  tables: DeltaTables,
): Promise<SourceDescription> {
  const { path, at, changes } = readOptions(read);
  const table = resolveUri(path);
  const range = changes === undefined ? undefined : await rangeOf(table, changes, tables, settings);
  const snapshot =
    range === undefined ? await snapshotAt(table, at, tables, settings) : await tables.snapshot(table, range.to);
  const { visible, partitionColumns } = tableSchema(snapshot.metadata);
  if (visible.fields.length === 0) throw withoutColumns(path);
  const details =
    range === undefined
      ? new SnapshotSource(snapshot, tables, settings)
      : new ChangeFeedSource(snapshot, range, tables, settings);
  return {
    leaf: {
      schema: range === undefined ? visible : structType([...visible.fields, ...changeColumns]),
      format: "parquet",
      paths: [path],
      options: read.options,
      partitionColumns: partitionColumns.map(({ name }) => name),
      details,
    },
    metadataColumns: range === undefined && tracksRows(snapshot.metadata) ? trackedMetadata : metadataColumns,
  };
}

const withoutColumns = (table: string): AnalysisError =>
  new AnalysisError(`You are trying to read a Delta table ${table} that does not have any columns`, {
    condition: "DELTA_READ_TABLE_WITHOUT_COLUMNS",
    sqlState: "428GU",
    parameters: { tableName: table },
    hint: "Write rows into it with the option mergeSchema first.",
  });

/** `_metadata` of tables that track their rows. */
const trackedMetadata = [
  {
    name: metadataName,
    type: structType([
      ...metadataType.fields,
      ...["row_index", "row_id", "base_row_id", "default_row_commit_version", "row_commit_version"].map((name) =>
        structField(name, bigintType, false),
      ),
    ]),
  },
];
