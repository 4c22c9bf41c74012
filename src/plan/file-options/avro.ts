import type { FileOptions } from "./option.ts";
import { listing, placing } from "./shared.ts";

/** Spark's options of Avro. */
export const avro = {
  avroSchema: { kind: "text", on: "both", says: "a schema of Avro, in JSON, to read or to write by" },
  avroSchemaUrl: {
    kind: "text",
    on: "both",
    says: "a file that holds such a schema",
    refused: "give its content as avroSchema",
  },
  recordName: { kind: "text", on: "write", default: "topLevelRecord", says: "the name of the record" },
  recordNamespace: { kind: "text", on: "write", default: "empty", says: "the name space of the record" },
  ignoreExtension: {
    kind: "flag",
    on: "read",
    default: "true",
    says: "whether files are read whose names do not end in .avro",
  },
  compression: {
    kind: "text",
    on: "write",
    default: "snappy",
    says: "the codec of the blocks: uncompressed, deflate, snappy or zstandard",
  },
  mode: {
    kind: "text",
    on: "read",
    default: "FAILFAST",
    says: "what becomes of malformed values",
    noEffect: "from_avro has it; files are refused at the first malformed block, as in Spark",
  },
  datetimeRebaseMode: {
    kind: "text",
    on: "read",
    choices: ["EXCEPTION", "CORRECTED", "LEGACY"],
    default: "CORRECTED",
    says: "how days before 1582 of Spark 2 are read",
    noEffect: "dates are those of the proleptic Gregorian calendar, as Spark has written them since 3.0",
  },
  positionalFieldMatching: {
    kind: "flag",
    on: "both",
    default: "false",
    says: "matches fields with columns by their places, not by their names",
  },
  enableStableIdentifiersForUnionType: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "names the fields of a union after their types",
  },
  stableIdentifierPrefixForUnionType: {
    kind: "text",
    on: "read",
    default: "member_",
    says: "what those names begin with",
  },
  recursiveFieldMaxDepth: {
    kind: "whole number",
    on: "read",
    most: 15,
    default: "-1, for none",
    says: "how often a record may stand in itself, the outermost one counted; what lies deeper is left out",
  },
  ...listing,
  ...placing,
} as const satisfies FileOptions;
