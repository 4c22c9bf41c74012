/** The files that a scan of a snapshot reads. */
import type { FileGroup, ListedFile, ListedFiles } from "../plan/listed-files.ts";
import { physicalName } from "./column-mapping.ts";
import { dataPath } from "./data-path.ts";
import { deletedRows, type VectorFiles } from "./deletion-vectors/deletion-vector.ts";
import { type FileChunk, fileColumns, rowsIn } from "./file-chunk.ts";
import type { LogStorage } from "./handlers.ts";
import { readPartitionValue } from "./partition-value.ts";
import type { Snapshot } from "./snapshot.ts";
import { columnSources, tableSchema } from "./table-schema.ts";

export interface ScanOptions {
  readonly storage: Pick<LogStorage, "open">;
  /** Of moments in partition values that name no zone. */
  readonly timeZone: string;
}

/**
 * The files of a snapshot as engines read them.
 *
 * @param chunks - those of the snapshot, or what is left of them
 */
export async function listedFiles(
  snapshot: Pick<Snapshot, "table" | "metadata">,
  chunks: readonly FileChunk[],
  options: ScanOptions,
): Promise<ListedFiles> {
  const { table, metadata } = snapshot;
  const reader = fileReader(table, metadata, options);
  const files: ListedFile[] = [];
  for (const chunk of chunks) {
    const columns = fileColumns(chunk);
    for (const row of rowsIn(chunk)) files.push(await reader(columns, row));
  }
  const group: FileGroup = { files, columns: columnSources(metadata) };
  return { groups: files.length === 0 ? [] : [group] };
}

/** Makes files of rows of a chunk. */
export function fileReader(
  table: string,
  metadata: Snapshot["metadata"],
  { storage, timeZone }: ScanOptions,
): (columns: ReturnType<typeof fileColumns>, row: number) => Promise<ListedFile> {
  const partitions = tableSchema(metadata).partitionColumns.map((field) => ({
    name: physicalName(field),
    logical: field.name,
    type: field.type,
  }));
  const vectors: VectorFiles = new Map();
  return async (columns, row) => {
    const vector = columns.deletionVector(row);
    const file = {
      path: dataPath(table, columns.path[row]!),
      size: Number(columns.size[row]!),
      modifiedAt: Number(columns.modificationTime[row]!),
      values: partitions.map(({ name, logical, type }) =>
        readPartitionValue(columns.partitionValue(row, name) ?? columns.partitionValue(row, logical), type, timeZone),
      ),
    };
    if (vector === undefined) return file;
    return { ...file, rows: { are: "left out", numbers: await deletedRows(vector, table, storage, vectors) } };
  };
}
