/** The types that DDL names and Spark, or Lakewright, refuses, each with Spark's condition and a hint. */
import { listed, nearest, UnsupportedError } from "../errors.ts";
import { unknownCollation } from "./collation.ts";
import type { DataType } from "./data-type.ts";
import type { DdlCursor } from "./ddl-cursor.ts";
import type { Token } from "./ddl-token.ts";
import { unknownSrid } from "./shape-fault.ts";

/** The words that name types. */
export type TypeWord = (typeof typeWords)[number];

const typeWords = [
  "BOOLEAN",
  "TINYINT",
  "BYTE",
  "SMALLINT",
  "SHORT",
  "INT",
  "INTEGER",
  "BIGINT",
  "LONG",
  "FLOAT",
  "REAL",
  "DOUBLE",
  "DECIMAL",
  "DEC",
  "NUMERIC",
  "STRING",
  "CHAR",
  "CHARACTER",
  "VARCHAR",
  "BINARY",
  "DATE",
  "TIME",
  "TIMESTAMP",
  "TIMESTAMP_LTZ",
  "TIMESTAMP_NTZ",
  "INTERVAL",
  "VARIANT",
  "VOID",
  "ARRAY",
  "MAP",
  "STRUCT",
  "GEOMETRY",
  "GEOGRAPHY",
] as const;

/** What other systems call a type, for hints. */
const foreignNames: ReadonlyMap<string, string> = new Map([
  ["BOOL", "BOOLEAN"],
  ["TEXT", "STRING"],
  ["NUMBER", "DECIMAL"],
  ["DATETIME", "TIMESTAMP"],
  ["TIMESTAMPTZ", "TIMESTAMP"],
  ["BLOB", "BINARY"],
  ["BYTEA", "BINARY"],
  ["JSON", "VARIANT"],
  ["LIST", "ARRAY"],
  ["OBJECT", "STRUCT"],
]);

/** `UNSUPPORTED_DATATYPE`: a word that names no type, or a type with numbers that it does not take. */
export function refuseNumbered(cursor: DdlCursor, name: Token, numbers: readonly number[]): DataType {
  const base = name.value.toUpperCase();
  const type = `"${base}${numbers.length === 0 ? "" : `(${numbers.join(",")})`}"`;
  const fault = {
    condition: "UNSUPPORTED_DATATYPE",
    sqlState: "0A000",
    parameters: { typeName: type },
    hint: typeHint(base),
  };
  return cursor.refuse(cursor.fault(name, `Unsupported data type ${type}`, fault));
}

/** `INCOMPLETE_TYPE_DEFINITION`: ARRAY, MAP or STRUCT without what it holds. */
export function refuseIncomplete(cursor: DdlCursor, name: Token, parts: string, example: string): DataType {
  const sentence = `Incomplete complex type: The definition of "${name.value}" type is incomplete`;
  const fault = {
    condition: `INCOMPLETE_TYPE_DEFINITION.${name.value}`,
    sqlState: "42K01",
    hint: `You must provide ${parts}. For example: "${example}".`,
  };
  return cursor.refuse(cursor.fault(name, sentence, fault));
}

/** `DATATYPE_MISSING_SIZE`: CHAR or VARCHAR without a length. */
export function refuseUnsized(cursor: DdlCursor, name: Token): DataType {
  const type = `"${name.value}"`;
  const fault = {
    condition: "DATATYPE_MISSING_SIZE",
    sqlState: "42K01",
    parameters: { type },
    hint: "Please specify the length.",
  };
  const sentence = `DataType ${type} requires a length parameter, for example ${type}(10)`;
  return cursor.refuse(cursor.fault(name, sentence, fault));
}

/** `DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION`. */
export function refusePrecision(cursor: DdlCursor, name: Token, precision: number): DataType {
  const fault = {
    condition: "DECIMAL_PRECISION_EXCEEDS_MAX_PRECISION",
    sqlState: "22003",
    parameters: { precision: String(precision), maxPrecision: "38" },
  };
  return cursor.refuse(cursor.fault(name, `Decimal precision ${precision} exceeds max precision 38`, fault));
}

/** `UNSUPPORTED_TIME_PRECISION`. */
export function refuseSeconds(cursor: DdlCursor, name: Token, precision: number): DataType {
  const fault = {
    condition: "UNSUPPORTED_TIME_PRECISION",
    sqlState: "0A001",
    parameters: { precision: String(precision) },
  };
  const sentence = `The seconds precision ${precision} of the TIME data type is out of the supported range [0, 6]`;
  return cursor.refuse(cursor.fault(name, sentence, fault));
}

/** `COLLATION_INVALID_NAME`. */
export function refuseCollation(cursor: DdlCursor, at: Token, name: string): DataType {
  const { sentence, details } = unknownCollation(name);
  return cursor.refuse(cursor.fault(at, sentence, details));
}

/** A type with a collation that only STRING may have here. */
export function refuseCollated(cursor: DdlCursor, type: string, collation: string): DataType {
  const hint = `Use STRING COLLATE ${collation} instead.`;
  return cursor.refuse(new UnsupportedError(`${type} COLLATE ${collation} is not supported`, { hint }));
}

/** `ST_INVALID_SRID_VALUE`. */
export function refuseSrid(cursor: DdlCursor, name: Token, srid: number): DataType {
  const { sentence, details } = unknownSrid(srid);
  return cursor.refuse(cursor.fault(name, sentence, details));
}

function typeHint(name: string): string {
  if ((typeWords as readonly string[]).includes(name))
    return `Write ${name} without back-ticks and with the parameters that it has.`;
  const foreign = foreignNames.get(name);
  const similar = foreign === undefined ? nearest(name, typeWords) : [foreign];
  if (similar.length > 0) return `Did you mean ${similar.join(" or ")}?`;
  return `The types are ${listed(typeWords, 40)}.`;
}
