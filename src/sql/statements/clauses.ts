/** Clauses that several statements of the catalogue have. */
import type { PartitionSpecification } from "../../plan/catalogue-command.ts";
import type { Expression } from "../../plan/expression.ts";
import type { StructField } from "../../types/data-type.ts";
import { structField } from "../../types/data-type.ts";
import { collated, readType } from "../../types/ddl-type.ts";
import type { Metadata } from "../../types/metadata.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { isName, readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { readGeneration } from "./generated-columns.ts";

export const ifExists = (cursor: SqlCursor): boolean => cursor.accept("IF", "EXISTS");
export const ifNotExists = (cursor: SqlCursor): boolean => cursor.accept("IF", "NOT", "EXISTS");

/** Reads the name of a collation behind `DEFAULT COLLATION`. */
export function readCollation(cursor: SqlCursor): { readonly collation: string } {
  const at = cursor.peek();
  const type = collated(cursor, at, readQualifiedName(cursor, "the name of a collation").join("."));
  return { collation: (type.kind === "string" ? type.collation : undefined) ?? "UTF8_BINARY" };
}

/** Reads `COMMENT 'text'` where it stands. */
export const readComment = (cursor: SqlCursor): string | undefined =>
  cursor.accept("COMMENT") ? readString(cursor) : undefined;

/** Reads `[LIKE] 'pattern'` where it stands. */
export function readLike(cursor: SqlCursor): { readonly like?: string } {
  const isNamed = cursor.accept("LIKE");
  return isNamed || cursor.peek().kind === "string" ? { like: readString(cursor) } : {};
}

/** Reads `FROM | IN namespace` where it stands. */
export const readNamespace = (cursor: SqlCursor): { readonly namespace?: readonly string[] } =>
  cursor.acceptAny("FROM", "IN") === undefined ? {} : { namespace: readQualifiedName(cursor, "a namespace") };

/** What was written from an offset on up to here. */
export function writtenSince(cursor: SqlCursor, start: number): string {
  const last = cursor.peek(-1);
  return cursor.text.slice(start, last.start + last.text.length);
}

/** The word of a namespace: `NAMESPACE`, `DATABASE` or `SCHEMA`. */
export const acceptNamespaceWord = (cursor: SqlCursor): boolean =>
  cursor.acceptAny("NAMESPACE", "DATABASE", "SCHEMA") !== undefined;

/** Reads `(day = '2025-01-01', hour)`. */
export function readPartition(cursor: SqlCursor): PartitionSpecification {
  cursor.expect("(");
  const entries = readListOf(cursor, (inner): [string, string | null] => {
    const name = readIdentifier(inner, "a partition column");
    return inner.accept("=") ? [name, readConstant(inner)] : [name, null];
  });
  cursor.expect(")");
  return Object.fromEntries(entries);
}

/** The folder name of a value that is null. */
const nullText = "__HIVE_DEFAULT_PARTITION__";

/** The text of a constant: of a string, a number, `DATE'…'`, TRUE, NULL. */
function readConstant(cursor: SqlCursor): string {
  const sign = cursor.accept("-") ? "-" : "";
  const token = cursor.peek();
  if (token.kind === "string") return readString(cursor);
  if (token.kind === "word" && cursor.peek(1).kind === "string") {
    cursor.take();
    return readString(cursor);
  }
  if (token.kind !== "number" && token.kind !== "word") throw cursor.unexpected("a constant");
  cursor.take();
  if (token.kind === "word") return token.value === "NULL" ? nullText : token.text.toLowerCase();
  return sign + token.text;
}

/** Reads a column of a table: its name, its type, and what is noted of it in any order. */
export function readColumn(cursor: SqlCursor): StructField {
  const name = readIdentifier(cursor, "a column");
  cursor.accept(":");
  const type = readType(cursor);
  let notes: Metadata = {};
  let nullable = true;
  for (;;) {
    if (cursor.accept("NOT", "NULL")) nullable = false;
    else if (cursor.accept("DEFAULT")) notes = { ...notes, CURRENT_DEFAULT: readExpressionText(cursor) };
    else if (cursor.accept("COMMENT")) notes = { ...notes, comment: readString(cursor) };
    else if (cursor.sees("GENERATED")) notes = { ...notes, ...readGeneration(cursor) };
    else break;
  }
  return structField(name, type, nullable, Object.keys(notes).length === 0 ? undefined : notes);
}

/** The text of an expression, which is read so that it is known to be one. */
export function readExpressionText(cursor: SqlCursor): string {
  const { start } = cursor.peek();
  cursor.expression();
  return writtenSince(cursor, start);
}

/** Reads columns in parentheses. */
export function readColumns(cursor: SqlCursor): StructField[] {
  cursor.expect("(");
  const columns = readListOf(cursor, readColumn);
  cursor.expect(")");
  return columns;
}

/** Reads columns of files in parentheses: a name and a type each, with NOT NULL and a comment. */
export function readFields(cursor: SqlCursor): StructField[] {
  cursor.expect("(");
  const fields = readListOf(cursor, readField);
  cursor.expect(")");
  return fields;
}

function readField(cursor: SqlCursor): StructField {
  const name = readIdentifier(cursor, "a column");
  cursor.accept(":");
  const type = readType(cursor);
  const nullable = !cursor.accept("NOT", "NULL");
  const comment = cursor.accept("COMMENT") ? { comment: readString(cursor) } : undefined;
  return structField(name, type, nullable, comment);
}

/** Reads `column = value, …`. */
export const readAssignments = (cursor: SqlCursor): { readonly column: Expression; readonly value: Expression }[] =>
  readListOf(cursor, (inner) => {
    const column = { kind: "attribute", name: readQualifiedName(inner, "a column") } as const;
    inner.expect("=");
    return { column, value: inner.expression() };
  });

/** Whether a name stands here that none of these words is. */
export const seesNameBut = (cursor: SqlCursor, ...words: readonly string[]): boolean =>
  isName(cursor) && !words.includes(cursor.word() ?? "");
