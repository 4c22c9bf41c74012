import type { FileOptions } from "./option.ts";
import { listing, placing } from "./shared.ts";

const noRebase = "dates are those of the proleptic Gregorian calendar, as Spark has written them since 3.0";

/** Spark's options of Parquet. */
export const parquet = {
  mergeSchema: { kind: "flag", on: "both", default: "false", says: "gives the columns of all files, not of one" },
  compression: {
    kind: "text",
    on: "write",
    default: "snappy",
    alias: "parquet.compression",
    says: "the codec of the pages: none, snappy, gzip, zstd or lz4_raw",
  },
  datetimeRebaseMode: {
    kind: "text",
    on: "read",
    choices: ["EXCEPTION", "CORRECTED", "LEGACY"],
    default: "CORRECTED",
    says: "how days before 1582 of Spark 2 are read",
    noEffect: noRebase,
  },
  int96RebaseMode: {
    kind: "text",
    on: "read",
    choices: ["EXCEPTION", "CORRECTED", "LEGACY"],
    default: "CORRECTED",
    says: "how INT96 times before 1900 of Spark 2 are read",
    noEffect: noRebase,
  },
  ...listing,
  ...placing,
} as const satisfies FileOptions;
