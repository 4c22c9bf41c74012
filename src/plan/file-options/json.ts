import type { FileOptions } from "./option.ts";
import { compression, encoding, listing, placing, records, temporal } from "./shared.ts";

/** Spark's options of JSON. */
export const json = {
  multiLine: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "whether a whole file is one record or an array of them",
  },
  primitivesAsString: { kind: "flag", on: "read", default: "false", says: "infers STRING for every single value" },
  prefersDecimal: { kind: "flag", on: "read", default: "false", says: "infers DECIMAL for fractions that fit" },
  inferTimestamp: { kind: "flag", on: "read", default: "false", says: "infers TIMESTAMP for texts that are times" },
  dropFieldIfAllNull: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "leaves out columns that are null, or empty, in all records",
  },
  allowComments: { kind: "flag", on: "read", default: "false", says: "takes comments as in Java" },
  allowUnquotedFieldNames: { kind: "flag", on: "read", default: "false", says: "takes names without quotes" },
  allowSingleQuotes: { kind: "flag", on: "read", default: "true", says: "takes single quotes as well" },
  allowNumericLeadingZeros: {
    kind: "flag",
    on: "read",
    default: "false",
    alias: "allowNumericLeadingZero",
    says: "takes numbers such as 007",
  },
  allowNonNumericNumbers: { kind: "flag", on: "read", default: "true", says: "takes NaN, INF and Infinity as numbers" },
  allowBackslashEscapingAnyCharacter: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "takes a backslash before any character",
  },
  allowUnquotedControlChars: { kind: "flag", on: "read", default: "false", says: "takes control characters in texts" },
  lineSep: {
    kind: "text",
    on: "both",
    default: "\\r, \\r\\n and \\n to read, \\n to write",
    says: "what ends a record",
  },
  encoding,
  ignoreNullFields: { kind: "flag", on: "write", default: "true", says: "leaves out members that are null" },
  pretty: {
    kind: "flag",
    on: "write",
    default: "false",
    says: "spreads objects over lines",
    noEffect: "to_json has it; Spark's files do not",
  },
  writeNonAsciiCharacterAsCodePoint: {
    kind: "flag",
    on: "write",
    default: "false",
    says: "writes characters beyond ASCII as \\u escapes",
  },
  compression,
  enableDateTimeParsingFallback: {
    kind: "flag",
    on: "read",
    default: "true, where no pattern is given",
    says: "whether texts that a pattern refuses are read as CAST reads them",
  },
  singleVariantColumn: {
    kind: "text",
    on: "read",
    says: "reads each record as one VARIANT",
    refused: "read the lines with the text source and parse them with parseJson",
  },
  ...records,
  ...temporal,
  ...listing,
  ...placing,
} as const satisfies FileOptions;
