/** Options that several formats have. */
import type { FileOptions } from "./option.ts";

/** Of every source of files. */
export const listing = {
  path: { kind: "text", on: "both", says: "the path, where the method is given none" },
  basePath: { kind: "text", on: "read", says: "the folder below which folders are partitions" },
  recursiveFileLookup: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "takes files at every depth, and folders for no partitions",
  },
  pathGlobFilter: { kind: "text", on: "read", says: "takes only files whose name matches this pattern" },
  modifiedBefore: { kind: "text", on: "read", says: "takes only files modified before, such as 2025-02-01T12:00:00" },
  modifiedAfter: { kind: "text", on: "read", says: "takes only files modified after, such as 2025-02-01T12:00:00" },
  ignoreCorruptFiles: { kind: "flag", on: "read", default: "false", says: "passes over files that cannot be read" },
  ignoreMissingFiles: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "passes over files that are gone since they were listed",
  },
} as const satisfies FileOptions;

/** Of every write of files. */
export const placing = {
  maxRecordsPerFile: { kind: "whole number", on: "write", default: "0, for no limit", says: "the most rows of a file" },
  partitionOverwriteMode: {
    kind: "text",
    on: "write",
    choices: ["static", "dynamic"],
    default: "spark.sql.sources.partitionOverwriteMode",
    says: "whether overwriting replaces the folder, or only the partitions that are written",
  },
} as const satisfies FileOptions;

/** Of formats that hold dates and times as text. */
export const temporal = {
  dateFormat: { kind: "pattern", on: "both", default: "yyyy-MM-dd", says: "the pattern of DATE" },
  timestampFormat: {
    kind: "pattern",
    on: "both",
    default: "yyyy-MM-dd'T'HH:mm:ss[.SSS][XXX]",
    says: "the pattern of TIMESTAMP",
  },
  timestampNTZFormat: {
    kind: "pattern",
    on: "both",
    default: "yyyy-MM-dd'T'HH:mm:ss[.SSS]",
    says: "the pattern of TIMESTAMP_NTZ",
  },
  timeFormat: {
    kind: "pattern",
    on: "both",
    default: "HH:mm:ss[.SSSSSS]",
    says: "the pattern of TIME",
  },
  timeZone: {
    kind: "time zone",
    on: "both",
    default: "spark.sql.session.timeZone",
    says: "the zone of times that name none",
  },
  locale: { kind: "text", on: "both", default: "en-US", says: "the language of month and day names; English only" },
} as const satisfies FileOptions;

/** Of formats whose records may be malformed. */
export const records = {
  mode: {
    kind: "text",
    on: "read",
    default: "PERMISSIVE",
    says: "what becomes of malformed records: PERMISSIVE keeps, DROPMALFORMED drops, FAILFAST refuses them; any other is PERMISSIVE",
  },
  columnNameOfCorruptRecord: {
    kind: "text",
    on: "read",
    default: "_corrupt_record",
    says: "the column that takes the text of a malformed record, where the schema has it",
  },
  badRecordsPath: {
    kind: "text",
    on: "read",
    says: "a folder to which malformed records go with file and reason; Databricks has it, Spark does not",
  },
  samplingRatio: {
    kind: "number",
    on: "read",
    default: "1.0",
    says: "the share of records from which a schema is inferred",
    noEffect: "all records are read, so that no column is missed by chance",
  },
} as const satisfies FileOptions;

export const compression = {
  kind: "text",
  on: "write",
  default: "none",
  alias: "codec",
  says: "the codec of the files: none, gzip, deflate, snappy or lz4; bzip2 is refused",
} as const;

export const encoding = {
  kind: "charset",
  on: "both",
  default: "UTF-8",
  alias: "charset",
  says: "the character set of the files",
} as const;
