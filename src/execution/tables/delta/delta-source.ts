/** Reads of Delta tables: which version, which columns, and later which files. */
import { listedFiles } from "../../../delta/scan.ts";
import { matchingFiles } from "../../../delta/skipping/matching-files.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { tableSchema } from "../../../delta/table-schema.ts";
import type { EngineSettings, SourceDescription } from "../../../engine/engine.ts";
import { metadataColumns } from "../../../engine/metadata-column.ts";
import type { ListedFiles } from "../../../plan/listed-files.ts";
import type { Read } from "../../../plan/relation.ts";
import { resolveUri } from "../../../storage/path.ts";
import type { LeafFilters } from "../leaf-filters.ts";
import { ListedSource } from "../listed-source.ts";
import { readOptions } from "./delta-options.ts";
import type { DeltaTables } from "./delta-tables.ts";

export const isDelta = ({ format }: Pick<Read, "format">): boolean => format?.toLowerCase() === "delta";

/**
 * The columns of a Delta table at the version that a read asks for; its files are found once the plan is analysed.
 *
 * @throws AnalysisError for options that cannot be, and as `readSnapshot` throws it
 */
export async function describeDelta(
  read: Read,
  settings: EngineSettings,
  tables: DeltaTables,
): Promise<SourceDescription> {
  const options = readOptions(read);
  const snapshot = await tables.snapshot(resolveUri(options.path), options.version);
  const { visible, partitionColumns } = tableSchema(snapshot.metadata);
  return {
    leaf: {
      schema: visible,
      format: "parquet",
      paths: [options.path],
      options: read.options,
      partitionColumns: partitionColumns.map(({ name }) => name),
      details: new SnapshotSource(snapshot, tables, settings),
    },
    metadataColumns,
  };
}

class SnapshotSource extends ListedSource {
  readonly snapshot: Snapshot;
  readonly #tables: DeltaTables;
  readonly #settings: EngineSettings;

  constructor(snapshot: Snapshot, tables: DeltaTables, settings: EngineSettings) {
    super();
    this.snapshot = snapshot;
    this.#tables = tables;
    this.#settings = settings;
  }

  override async list(filters: LeafFilters = []): Promise<ListedFiles> {
    const { storage } = this.#tables.handlers;
    const { timeZone } = this.#settings;
    const chunks = await matchingFiles(this.snapshot, filters, timeZone);
    return listedFiles(this.snapshot, chunks, { storage, timeZone });
  }
}
