/** The hidden `_metadata` column of every file source. */
import { bigintType, type DataType, stringType, structField, structType, timestampType } from "../types/data-type.ts";

/** Its fields, in Spark's order. */
export const metadataType = structType([
  structField("file_path", stringType, false),
  structField("file_name", stringType, false),
  structField("file_size", bigintType, false),
  structField("file_block_start", bigintType, false),
  structField("file_block_length", bigintType, false),
  structField("file_modification_time", timestampType, false),
]);

export const metadataName = "_metadata";

export const metadataColumns: readonly { readonly name: string; readonly type: DataType }[] = [
  { name: metadataName, type: metadataType },
];
