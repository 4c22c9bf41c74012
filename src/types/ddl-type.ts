/** The grammar of types and fields in DDL. */
import { collationName, textType } from "./collation.ts";
import {
  arrayType,
  bigintType,
  binaryType,
  booleanType,
  type DataType,
  dateType,
  decimalType,
  doubleType,
  floatType,
  intType,
  mapType,
  type StructField,
  smallintType,
  structField,
  structType,
  timestampNtzType,
  timestampType,
  tinyintType,
  variantType,
  voidType,
} from "./data-type.ts";
import type { DdlCursor } from "./ddl-cursor.ts";
import { readInterval } from "./ddl-interval.ts";
import { readList, readName, readNumbers, readStrings } from "./ddl-part.ts";
import {
  refuseCollated,
  refuseCollation,
  refuseIncomplete,
  refuseNumbered,
  refusePrecision,
  refuseSeconds,
  refuseSrid,
  refuseUnsized,
  type TypeWord,
} from "./ddl-refusal.ts";
import type { Token } from "./ddl-token.ts";
import { isSrid } from "./spatial-reference.ts";

/**
 * Reads a type.
 *
 * @param cursor - before the type; after it on return
 * @throws ParseError, UnsupportedError as `parseType` does
 */
export function readType(cursor: DdlCursor): DataType {
  const name = cursor.peek();
  if (name.kind !== "word" && name.kind !== "quoted") throw cursor.unexpected("a type");
  cursor.take();
  return (readerOf(name) ?? refuseType)(cursor, name);
}

/**
 * Reads a column or a field of a struct: its name, a colon or not, its type, nullability and comment.
 *
 * @param cursor - before the name; after the field on return
 * @throws ParseError, UnsupportedError as `parseDdl` does
 */
export function readField(cursor: DdlCursor): StructField {
  const name = readName(cursor);
  cursor.accept(":");
  const type = readType(cursor);
  const required = cursor.accept("NOT") || cursor.accept("!");
  if (required) cursor.expect("NULL");
  const comment = cursor.accept("COMMENT") ? readStrings(cursor) : undefined;
  return structField(name, type, !required, comment === undefined ? undefined : { comment });
}

type TypeReader = (cursor: DdlCursor, name: Token) => DataType;

const plain =
  (type: DataType): TypeReader =>
  (cursor, name) =>
    cursor.sees("(") ? refuseType(cursor, name) : type;

const typeReaders: Readonly<Record<TypeWord, TypeReader>> = {
  BOOLEAN: plain(booleanType),
  TINYINT: plain(tinyintType),
  BYTE: plain(tinyintType),
  SMALLINT: plain(smallintType),
  SHORT: plain(smallintType),
  INT: plain(intType),
  INTEGER: plain(intType),
  BIGINT: plain(bigintType),
  LONG: plain(bigintType),
  FLOAT: plain(floatType),
  REAL: plain(floatType),
  DOUBLE: plain(doubleType),
  DECIMAL: readDecimal,
  DEC: readDecimal,
  NUMERIC: readDecimal,
  STRING: readString,
  CHAR: readBoundedString,
  CHARACTER: readBoundedString,
  VARCHAR: readBoundedString,
  BINARY: plain(binaryType),
  DATE: plain(dateType),
  TIME: readTime,
  TIMESTAMP: readTimestamp,
  TIMESTAMP_LTZ: plain(timestampType),
  TIMESTAMP_NTZ: plain(timestampNtzType),
  INTERVAL: (cursor, name) => (cursor.sees("(") ? refuseType(cursor, name) : readInterval(cursor, name)),
  VARIANT: plain(variantType),
  VOID: plain(voidType),
  ARRAY: readArray,
  MAP: readMap,
  STRUCT: readStruct,
  GEOMETRY: readShape,
  GEOGRAPHY: readShape,
};

const readerOf = (name: Token): TypeReader | undefined =>
  name.kind === "word" && Object.hasOwn(typeReaders, name.value) ? typeReaders[name.value as TypeWord] : undefined;

function readArray(cursor: DdlCursor, name: Token): DataType {
  if (!opens(cursor)) return refuseIncomplete(cursor, name, "an element type", "ARRAY<INT>");
  const element = readType(cursor);
  cursor.expect(">");
  return arrayType(element);
}

function readMap(cursor: DdlCursor, name: Token): DataType {
  if (!opens(cursor)) return refuseIncomplete(cursor, name, "a key type and a value type", "MAP<TIMESTAMP, INT>");
  const key = readType(cursor);
  cursor.expect(",");
  const value = readType(cursor);
  cursor.expect(">");
  return mapType(key, value);
}

function readStruct(cursor: DdlCursor, name: Token): DataType {
  const example = "STRUCT<name STRING, phone DECIMAL(10, 0)>";
  if (cursor.accept("<>")) return structType([]);
  if (!opens(cursor)) return refuseIncomplete(cursor, name, "at least one field type", example);
  if (cursor.accept(">")) return structType([]);
  const fields = readList(cursor, readField);
  cursor.expect(">");
  return structType(fields);
}

function opens(cursor: DdlCursor): boolean {
  if (cursor.sees("(")) throw cursor.unexpected("'<'");
  return cursor.accept("<");
}

function readString(cursor: DdlCursor, name: Token): DataType {
  if (cursor.sees("(")) return refuseType(cursor, name);
  const at = cursor.peek(1);
  const written = readCollation(cursor);
  return written === undefined ? cursor.stringType : collated(cursor, at, written);
}

/** The type of texts of a collation, named where a token stands. */
export function collated(cursor: DdlCursor, at: Token, written: string): DataType {
  const collation = collationName(written);
  if (collation === undefined) return refuseCollation(cursor, at, written);
  return textType(collation);
}

function readCollation(cursor: DdlCursor): string | undefined {
  if (!cursor.accept("COLLATE")) return undefined;
  const parts = [readName(cursor)];
  while (cursor.accept(".")) parts.push(readName(cursor));
  return parts.join(".");
}

function readBoundedString(cursor: DdlCursor, name: Token): DataType {
  const numbers = readNumbers(cursor);
  const [length, ...more] = numbers;
  if (more.length > 0) return refuseNumbered(cursor, name, numbers);
  if (length === undefined) return refuseUnsized(cursor, name);
  const collation = readCollation(cursor);
  if (collation === undefined) return { kind: name.value === "VARCHAR" ? "varchar" : "char", length };
  return refuseCollated(cursor, `${name.value}(${length})`, collation);
}

function readDecimal(cursor: DdlCursor, name: Token): DataType {
  const numbers = readNumbers(cursor);
  const [precision = 10, scale = 0, ...more] = numbers;
  if (more.length > 0) return refuseNumbered(cursor, name, numbers);
  if (scale > precision) {
    const sentence = `Decimal scale (${scale}) cannot be greater than precision (${precision})`;
    return cursor.refuse(cursor.fault(name, sentence, { condition: "_LEGACY_ERROR_TEMP_1228" }));
  }
  return precision > 38 ? refusePrecision(cursor, name, precision) : decimalType(precision, scale);
}

function readTimestamp(cursor: DdlCursor, name: Token): DataType {
  if (cursor.sees("(")) return refuseType(cursor, name);
  if (cursor.accept("WITHOUT")) return readTimeZone(cursor, timestampNtzType);
  if (!cursor.accept("WITH")) return cursor.timestampType;
  cursor.expect("LOCAL");
  return readTimeZone(cursor, timestampType);
}

function readTime(cursor: DdlCursor, name: Token): DataType {
  const numbers = readNumbers(cursor);
  const [precision = 6, ...more] = numbers;
  if (more.length > 0) return refuseNumbered(cursor, name, numbers);
  const type = precision > 6 ? refuseSeconds(cursor, name, precision) : ({ kind: "time", precision } as const);
  return cursor.accept("WITHOUT") ? readTimeZone(cursor, type) : type;
}

function readTimeZone(cursor: DdlCursor, type: DataType): DataType {
  cursor.expect("TIME");
  cursor.expect("ZONE");
  return type;
}

function refuseType(cursor: DdlCursor, name: Token): DataType {
  return refuseNumbered(cursor, name, readNumbers(cursor));
}

function readShape(cursor: DdlCursor, name: Token): DataType {
  const kind = name.value === "GEOMETRY" ? "geometry" : "geography";
  if (cursor.peek(1).kind === "word" && cursor.accept("(")) {
    cursor.expect("ANY");
    cursor.expect(")");
    return { kind, srid: "any" };
  }
  const numbers = readNumbers(cursor);
  const [srid, ...more] = numbers;
  if (srid === undefined || more.length > 0) return refuseNumbered(cursor, name, numbers);
  return isSrid(kind, srid) ? { kind, srid } : refuseSrid(cursor, name, srid);
}
