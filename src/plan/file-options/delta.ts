import type { FileOptions } from "./option.ts";
import { placing } from "./shared.ts";

/** The options of Delta tables; `delta.…` are properties of a table that is made. */
export const delta = {
  versionAsOf: { kind: "whole number", on: "read", says: "the version that is read" },
  timestampAsOf: { kind: "text", on: "read", says: "the moment whose version is read" },
  readChangeFeed: { kind: "flag", on: "read", default: "false", says: "reads the changes of rows, not the rows" },
  startingVersion: { kind: "whole number", on: "read", says: "the version of the first changes" },
  endingVersion: { kind: "whole number", on: "read", default: "the newest", says: "the version of the last changes" },
  startingTimestamp: { kind: "text", on: "read", says: "the moment of the first changes" },
  endingTimestamp: { kind: "text", on: "read", says: "the moment of the last changes" },
  startingBoundInclusive: {
    kind: "flag",
    on: "read",
    default: "true",
    says: "whether the changes of the first version or moment itself are read",
  },
  endingBoundInclusive: {
    kind: "flag",
    on: "read",
    default: "true",
    says: "whether the changes of the last version or moment itself are read",
  },
  deduplicationMode: {
    kind: "text",
    on: "read",
    default: "dropCarryovers",
    says: "none and dropCarryovers, which are the same for Delta tables; netChanges is refused",
  },
  computeUpdates: { kind: "flag", on: "read", default: "false", says: "updates are told as such with and without it" },
  mergeSchema: { kind: "flag", on: "write", default: "false", says: "whether new columns are added to the table" },
  overwriteSchema: {
    kind: "flag",
    on: "write",
    default: "false",
    says: "whether overwriting replaces the columns and the partitioning too",
  },
  replaceWhere: { kind: "text", on: "write", says: "the condition on partition columns by which rows are overwritten" },
  txnAppId: { kind: "text", on: "write", says: "the program whose numbered batch this is" },
  txnVersion: { kind: "whole number", on: "write", says: "the number of the batch, which is written once" },
  userMetadata: { kind: "text", on: "write", says: "a note in the history of the table" },
  dataChange: {
    kind: "flag",
    on: "write",
    default: "true",
    says: "false for rows that the table has already, only placed otherwise",
  },
  compression: {
    kind: "text",
    on: "write",
    default: "delta.parquet.compression.codec, or snappy",
    says: "the codec of the files: none, snappy, gzip, zstd, lz4_raw or brotli",
  },
  ...placing,
} as const satisfies FileOptions;
