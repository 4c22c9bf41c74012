/** Ids of rows in tables that track them: where a reader finds them. */
import type { ColumnOfFiles, FileGroup, ListedColumn } from "../plan/listed-files.ts";
import { bigintType } from "../types/data-type.ts";
import type { TableMetadata } from "./actions.ts";
import { type FileChunk, fileColumns, rowsIn } from "./file-chunk.ts";

/** Whether the rows of a table have ids that stay. */
export const tracksRows = ({ configuration = {} }: TableMetadata): boolean =>
  configuration["delta.enableRowTracking"] === "true";

/** The columns of the files in which rows that were written anew keep their id and their version; none without ids. */
export function keptIdNames({ configuration = {} }: TableMetadata): readonly string[] {
  const names = ["Id", "CommitVersion"].map(
    (what) => configuration[`delta.rowTracking.materializedRow${what}ColumnName`],
  );
  return names.filter((name) => name !== undefined);
}

/** What rows of files are called that do not say it themselves: from which id on, and since which version. */
export function fileIds(chunk: FileChunk): readonly (readonly [bigint | null, bigint | null])[] {
  const columns = fileColumns(chunk);
  return Array.from(rowsIn(chunk), (row) => [columns.baseRowId(row), columns.defaultRowCommitVersion(row)]);
}

/** Where the id of a row and its version lie. */
export interface RowIds {
  readonly id: ListedColumn;
  readonly version: ListedColumn;
}

/**
 * Where ids lie of rows of files whose values have those of `fileIds` from a place on; undefined where rows are not
 * tracked.
 */
export function rowIds(metadata: TableMetadata, at: number): RowIds | undefined {
  const [id, version] = keptIdNames(metadata);
  if (id === undefined || version === undefined) return undefined;
  const kept = (name: string, otherwise: NonNullable<ColumnOfFiles["otherwise"]>): ListedColumn => ({
    from: "file",
    path: [name],
    type: bigintType,
    otherwise,
  });
  return {
    id: kept(id, { from: "position", index: at }),
    version: kept(version, { from: "list", index: at + 1 }),
  };
}

/** Files with what `_metadata` tells of rows that are tracked besides, in the order of its fields. */
export function withRowIds(
  { files, columns }: FileGroup,
  chunks: readonly FileChunk[],
  metadata: TableMetadata,
): FileGroup {
  const at = files[0]?.values.length ?? 0;
  const ids = rowIds(metadata, at);
  if (ids === undefined) return { files, columns };
  const all = chunks.flatMap(fileIds);
  return {
    files: files.map((file, index) => ({ ...file, values: [...file.values, ...all[index]!] })),
    columns,
    metadata: [{ from: "position" }, ids.id, { from: "list", index: at }, { from: "list", index: at + 1 }, ids.version],
  };
}
