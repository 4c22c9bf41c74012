import { tracksRows, withRowIds } from "../../../delta/row-ids.ts";
import { listedFiles } from "../../../delta/scan.ts";
import { fileCount, type Snapshot } from "../../../delta/snapshot.ts";
import type { EngineSettings } from "../../../engine/engine.ts";
import type { LeafFilters } from "../../../plan/leaf-filters.ts";
import type { ListedFiles } from "../../../plan/listed-files.ts";
import { wantedFiles } from "../../delta/generated-partitions.ts";
import { ListedSource } from "../listed-source.ts";
import type { DeltaTables } from "./delta-tables.ts";

/** The rows of a version of a Delta table. */
export class SnapshotSource extends ListedSource {
  readonly snapshot: Snapshot;
  readonly #tables: DeltaTables;
  readonly #settings: EngineSettings;

  constructor(snapshot: Snapshot, tables: DeltaTables, settings: EngineSettings) {
    super();
    this.snapshot = snapshot;
    this.#tables = tables;
    this.#settings = settings;
  }

  override get fileCount(): number {
    return fileCount(this.snapshot);
  }

  override async list(filters: LeafFilters = []): Promise<ListedFiles> {
    const { storage } = this.#tables.handlers;
    const { timeZone } = this.#settings;
    const chunks = await wantedFiles(this.snapshot, filters, timeZone);
    const { groups } = await listedFiles(this.snapshot, chunks, { storage, timeZone });
    const { metadata } = this.snapshot;
    return { groups: tracksRows(metadata) ? groups.map((group) => withRowIds(group, chunks, metadata)) : groups };
  }
}
