/** The columns of checkpoints that hold other actions than files. */
import {
  arrayType,
  bigintType,
  booleanType,
  type DataType,
  intType,
  mapType,
  type StructType,
  stringType,
  structField,
  structType,
} from "../../types/data-type.ts";
import type { ActionKind } from "../actions.ts";

const textMap = mapType(stringType, stringType);
const texts = arrayType(stringType);

const fields = (columns: Readonly<Record<string, DataType>>): StructType =>
  structType(Object.entries(columns).map(([name, type]) => structField(name, type)));

/** The actions of a checkpoint that are about the whole table, with the types of their fields. */
export const tableActions = {
  protocol: fields({
    minReaderVersion: intType,
    minWriterVersion: intType,
    readerFeatures: texts,
    writerFeatures: texts,
  }),
  metaData: fields({
    id: stringType,
    name: stringType,
    description: stringType,
    format: fields({ provider: stringType, options: textMap }),
    schemaString: stringType,
    partitionColumns: texts,
    configuration: textMap,
    createdTime: bigintType,
  }),
  txn: fields({ appId: stringType, version: bigintType, lastUpdated: bigintType }),
  domainMetadata: fields({ domain: stringType, configuration: stringType, removed: booleanType }),
  checkpointMetadata: fields({ version: bigintType, tags: textMap }),
  sidecar: fields({ path: stringType, sizeInBytes: bigintType, modificationTime: bigintType, tags: textMap }),
} satisfies Partial<Record<ActionKind, StructType>>;

/** Tombstones, for those who write the next checkpoint. */
export const removeType = fields({
  path: stringType,
  deletionTimestamp: bigintType,
  dataChange: booleanType,
  extendedFileMetadata: booleanType,
  partitionValues: textMap,
  size: bigintType,
  tags: textMap,
  deletionVector: fields({
    storageType: stringType,
    pathOrInlineDv: stringType,
    offset: intType,
    sizeInBytes: intType,
    cardinality: bigintType,
  }),
  baseRowId: bigintType,
  defaultRowCommitVersion: bigintType,
});
