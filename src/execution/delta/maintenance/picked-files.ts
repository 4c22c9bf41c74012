/** Some files of a table as a relation. */

import { fileKey } from "../../../delta/actions.ts";
import type { FileChunk } from "../../../delta/file-chunk.ts";
import { fileColumns, rowsIn, withRows } from "../../../delta/file-chunk.ts";
import { listedFiles } from "../../../delta/scan.ts";
import type { Snapshot } from "../../../delta/snapshot.ts";
import { tableSchema } from "../../../delta/table-schema.ts";
import type { ListedFiles } from "../../../plan/listed-files.ts";
import type { Read, Relation } from "../../../plan/relation.ts";
import type { CommandContext } from "../../commands/context.ts";
import type { DeltaTables } from "../../tables/delta/delta-tables.ts";
import { ListedSource } from "../../tables/listed-source.ts";

/**
 * The rows of some files of a snapshot.
 *
 * @param keys - of the files, as `fileKey` makes them
 */
export function readOfFiles(
  snapshot: Snapshot,
  keys: ReadonlySet<string>,
  { delta, configuration }: CommandContext,
): Relation {
  const { visible, partitionColumns } = tableSchema(snapshot.metadata);
  const read: Read = { kind: "read", format: "delta", paths: [snapshot.table], options: {}, isStreaming: false };
  const timeZone = configuration.get("spark.sql.session.timeZone", "UTC");
  delta.pin(read, {
    leaf: {
      schema: visible,
      format: "parquet",
      paths: [snapshot.table],
      options: {},
      partitionColumns: partitionColumns.map(({ name }) => name),
      details: new PickedFiles(snapshot, keys, delta, timeZone),
    },
    metadataColumns: [],
  });
  return read;
}

class PickedFiles extends ListedSource {
  readonly #snapshot: Snapshot;
  readonly #keys: ReadonlySet<string>;
  readonly #tables: DeltaTables;
  readonly #timeZone: string;

  constructor(snapshot: Snapshot, keys: ReadonlySet<string>, tables: DeltaTables, timeZone: string) {
    super();
    this.#snapshot = snapshot;
    this.#keys = keys;
    this.#tables = tables;
    this.#timeZone = timeZone;
  }

  override list(): Promise<ListedFiles> {
    const chunks = this.#snapshot.chunks.map((chunk) => picked(chunk, this.#keys));
    return listedFiles(this.#snapshot, chunks, {
      storage: this.#tables.handlers.storage,
      timeZone: this.#timeZone,
    });
  }
}

function picked(chunk: FileChunk, keys: ReadonlySet<string>): FileChunk {
  const { path, deletionVector } = fileColumns(chunk);
  const rows = rowsIn(chunk).filter((row) => {
    const vector = deletionVector(row);
    return keys.has(fileKey({ path: path[row]!, ...(vector === undefined ? {} : { deletionVector: vector }) }));
  });
  return withRows(chunk, rows);
}
