import type { FileOptions } from "./option.ts";
import { compression, encoding, listing, placing, records, temporal } from "./shared.ts";

/** Spark's options of XML. */
export const xml = {
  rowTag: { kind: "text", on: "both", says: "the element that is a row; it has to be given" },
  rootTag: {
    kind: "text",
    on: "write",
    default: "ROWS",
    says: "the element that holds the rows, with attributes if any",
  },
  declaration: {
    kind: "text",
    on: "write",
    default: 'version="1.0" encoding="UTF-8" standalone="yes"',
    says: "the XML declaration; empty for none",
  },
  arrayElementName: { kind: "text", on: "write", default: "item", says: "the element of an array within an array" },
  attributePrefix: { kind: "text", on: "both", default: "_", says: "what the columns of attributes begin with" },
  valueTag: { kind: "text", on: "both", default: "_VALUE", says: "the column of text beside attributes or elements" },
  nullValue: { kind: "text", on: "both", default: "null, which writes nothing", says: "the text of null" },
  inferSchema: { kind: "flag", on: "read", default: "true", says: "whether types are inferred; all are STRING else" },
  excludeAttribute: { kind: "flag", on: "read", default: "false", says: "leaves out attributes" },
  ignoreSurroundingSpaces: { kind: "flag", on: "read", default: "true", says: "leaves out white space around texts" },
  ignoreNamespace: { kind: "flag", on: "read", default: "false", says: "leaves out the prefixes of names" },
  prefersDecimal: { kind: "flag", on: "read", default: "false", says: "infers DECIMAL for fractions that fit" },
  preferDate: { kind: "flag", on: "read", default: "true", says: "whether texts of days are inferred as DATE" },
  wildcardColName: {
    kind: "text",
    on: "read",
    default: "xs_any",
    says: "the column of the schema that takes elements which no other takes",
  },
  rowValidationXSDPath: {
    kind: "text",
    on: "read",
    says: "an XSD file against which each row is validated",
    refused: "there is no validator for XSD; check the columns instead",
  },
  multiLine: {
    kind: "flag",
    on: "read",
    default: "true",
    says: "whether rows may span lines",
    noEffect: "rows end where their element does",
  },
  indent: {
    kind: "text",
    on: "write",
    default: "four spaces",
    says: "what each level is moved in by; empty for rows on a line",
  },
  useLegacyXMLParser: {
    kind: "flag",
    on: "read",
    default: "false",
    says: "reads records as the parser of Spark 4.0 did",
    refused: "records are found by the parser that Spark has used since 4.1",
  },
  validateName: { kind: "flag", on: "write", default: "true", says: "refuses names that no element may have" },
  encoding,
  compression,
  singleVariantColumn: {
    kind: "text",
    on: "read",
    says: "the column of type VARIANT that takes each row as a whole",
  },
  ...records,
  ...temporal,
  ...listing,
  ...placing,
} as const satisfies FileOptions;
