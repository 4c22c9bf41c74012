/** Files of a snapshot as actions again: for those who take them out of the table or write them anew. */
import {
  bigintType,
  booleanType,
  type DataType,
  intType,
  mapType,
  stringType,
  structField,
  structType,
} from "../../types/data-type.ts";
import { vectorValues } from "../../types/vector-values.ts";
import type { AddFile, RemoveFile } from "../actions.ts";
import { physicalName } from "../column-mapping.ts";
import { type FileChunk, fileColumns, furtherSchema, rowsIn } from "../file-chunk.ts";
import type { Snapshot } from "../snapshot.ts";
import { tableSchema } from "../table-schema.ts";

const textMap = mapType(stringType, stringType);

const fields = (columns: Readonly<Record<string, DataType>>): DataType =>
  structType(Object.entries(columns).map(([name, type]) => structField(name, type)));

/** The fields of an `add` in checkpoints. */
export const addType = fields({
  path: stringType,
  partitionValues: textMap,
  size: bigintType,
  modificationTime: bigintType,
  dataChange: booleanType,
  tags: textMap,
  deletionVector: fields({
    storageType: stringType,
    pathOrInlineDv: stringType,
    offset: intType,
    sizeInBytes: intType,
    cardinality: bigintType,
    maxRowIndex: bigintType,
  }),
  baseRowId: bigintType,
  defaultRowCommitVersion: bigintType,
  clusteringProvider: stringType,
  stats: stringType,
});

/** The files of a snapshot, a chunk at a time in memory. */
export async function* addsOf(
  snapshot: Pick<Snapshot, "chunks" | "metadata">,
  chunks: readonly FileChunk[] = snapshot.chunks,
): AsyncGenerator<AddFile, void, void> {
  const partitions = tableSchema(snapshot.metadata).partitionColumns.map(physicalName);
  for (const chunk of chunks) {
    const columns = fileColumns(chunk);
    const further = await chunk.further(furtherSchema.fields.map(({ name, type }) => ({ path: [name], type })));
    const [stats, tags, provider] = further.columns.map((column) => vectorValues(column));
    for (const row of rowsIn(chunk)) {
      const vector = columns.deletionVector(row);
      const [rowId, rowVersion] = [columns.baseRowId(row), columns.defaultRowCommitVersion(row)];
      yield {
        path: columns.path[row]!,
        partitionValues: Object.fromEntries(
          partitions.map((name) => [name, columns.partitionValue(row, name) ?? null]),
        ),
        size: Number(columns.size[row]),
        modificationTime: Number(columns.modificationTime[row]),
        dataChange: true,
        ...(stats![row] === null ? {} : { stats: String(stats![row]) }),
        ...(tags![row] === null ? {} : { tags: textsOf(tags![row]) }),
        ...(vector === undefined ? {} : { deletionVector: vector }),
        ...(rowId === null ? {} : { baseRowId: Number(rowId) }),
        ...(rowVersion === null ? {} : { defaultRowCommitVersion: Number(rowVersion) }),
        ...(provider![row] === null ? {} : { clusteringProvider: String(provider![row]) }),
      };
    }
  }
}

const textsOf = (value: unknown): Readonly<Record<string, string | null>> =>
  Object.fromEntries(value instanceof Map ? value : Object.entries(value as object));

/** The action that takes a file out of its table. */
export function removeOf(add: AddFile, dataChange: boolean, now = Date.now()): RemoveFile {
  const { path, partitionValues, size, tags, deletionVector, baseRowId, defaultRowCommitVersion } = add;
  return {
    path,
    deletionTimestamp: now,
    dataChange,
    extendedFileMetadata: true,
    partitionValues,
    size,
    ...(tags === undefined ? {} : { tags }),
    ...(deletionVector === undefined ? {} : { deletionVector }),
    ...(baseRowId === undefined ? {} : { baseRowId }),
    ...(defaultRowCommitVersion === undefined ? {} : { defaultRowCommitVersion }),
  };
}
