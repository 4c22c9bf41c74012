/** Spark's DDL strings: schemas and types as text, both ways. */
import { ParseError } from "../errors.ts";
import { type DataType, type StructType, structType } from "./data-type.ts";
import { DdlCursor } from "./ddl-cursor.ts";
import { readList } from "./ddl-part.ts";
import { readField, readType } from "./ddl-type.ts";
import { fieldSql } from "./type-name.ts";

/**
 * The schema that a DDL string states: `user STRING NOT NULL COMMENT 'who', tags ARRAY<STRING>`.
 *
 * The grammar is that of Spark's `StructType.fromDDL`. As in PySpark a colon may stand after a name, and the whole may be
 * one `STRUCT<…>`.
 *
 * @param text - the DDL string
 * @throws ParseError with line, column and Spark's condition: `PARSE_SYNTAX_ERROR`, `UNSUPPORTED_DATATYPE`, …
 * @throws UnsupportedError for collated CHAR and VARCHAR
 * @example
 * ```ts
 * console.log(parseDdl("id INT, name STRING").fields.length); // 2
 * ```
 */
export function parseDdl(text: string): StructType {
  return parsed(text, (cursor) =>
    cursor.sees("STRUCT", "<") ? (readType(cursor) as StructType) : structType(readList(cursor, readField)),
  );
}

/**
 * The type that a text states: `ARRAY<DECIMAL(10, 2)>`. The grammar is that of Spark's `DataTypeParser.parseDataType`.
 *
 * @param text - the name of a type with its parameters
 * @throws ParseError with line, column and Spark's condition
 * @throws UnsupportedError for collated CHAR and VARCHAR
 * @example
 * ```ts
 * console.log(parseType("long").kind); // bigint
 * ```
 */
export const parseType = (text: string): DataType => parsed(text, readType);

/**
 * A schema as a DDL string, as Spark's `StructType.toDDL` writes it: it parses back to the same names, types,
 * nullability and comments.
 *
 * Whether elements of arrays and maps may be null, and metadata other than comments, have no place in DDL.
 *
 * @param schema - the schema
 * @example
 * ```ts
 * console.log(toDdl(structType([structField("unit price", intType, false)]))); // `unit price` INT NOT NULL
 * ```
 */
export const toDdl = (schema: StructType): string => schema.fields.map((field) => fieldSql(field, " ")).join(",");

function parsed<Result>(text: string, read: (cursor: DdlCursor) => Result): Result {
  if (text.trim() === "") {
    const sentence = "Syntax error, unexpected empty statement";
    throw new ParseError(sentence, { condition: "PARSE_EMPTY_STATEMENT", sqlState: "42617" });
  }
  const cursor = new DdlCursor(text);
  const result = read(cursor);
  cursor.finish();
  return result;
}
