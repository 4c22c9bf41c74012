/** `CREATE FUNCTION … RETURN …`, `DROP FUNCTION`. */
import type { Statement } from "../../functions/parsers.ts";
import type { CreateFunction, FunctionParameter } from "../../plan/catalogue-command.ts";
import { structType } from "../../types/data-type.ts";
import { readType } from "../../types/ddl-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { startsQuery } from "../lookahead.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { ifExists, ifNotExists, readColumns, readExpressionText, writtenSince } from "./clauses.ts";

/** Reads a SQL function; undefined for one of a class, and any other thing that is created. */
export function readCreateFunction(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  const temporary = cursor.acceptAny("TEMPORARY", "TEMP") !== undefined;
  if (!cursor.accept("FUNCTION")) return undefined;
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a function");
  if (!cursor.seesSign("(")) return undefined;
  const parameters = readParameters(cursor);
  const result = cursor.accept("RETURNS") ? readResult(cursor) : { table: false };
  const notes = readNotes(cursor);
  cursor.expect("RETURN");
  const body = result.table ? readBody(cursor) : readScalarBody(cursor);
  const node = { kind: "create function", name, temporary, replace, ifNotExists: isTolerant } as const;
  return { ...node, parameters, ...result, ...notes, body };
}

function readParameters(cursor: SqlCursor): readonly FunctionParameter[] {
  cursor.expect("(");
  if (cursor.accept(")")) return [];
  const parameters = readListOf(cursor, readParameter);
  cursor.expect(")");
  return parameters;
}

function readParameter(cursor: SqlCursor): FunctionParameter {
  let parameter: FunctionParameter = { name: readIdentifier(cursor, "a parameter"), type: readType(cursor) };
  for (;;) {
    if (cursor.accept("DEFAULT")) parameter = { ...parameter, default: readExpressionText(cursor) };
    else if (cursor.accept("COMMENT")) parameter = { ...parameter, comment: readString(cursor) };
    else if (!cursor.accept("NOT", "NULL")) return parameter;
  }
}

function readResult(cursor: SqlCursor): Pick<CreateFunction, "table" | "returns" | "columns"> {
  if (!cursor.accept("TABLE")) return { table: false, returns: readType(cursor) };
  return cursor.seesSign("(") ? { table: true, columns: structType(readColumns(cursor)) } : { table: true };
}

function readNotes(cursor: SqlCursor): Pick<Partial<CreateFunction>, "comment" | "deterministic"> {
  let notes: Pick<Partial<CreateFunction>, "comment" | "deterministic"> = {};
  for (;;) {
    if (cursor.accept("COMMENT")) notes = { ...notes, comment: readString(cursor) };
    else if (cursor.accept("DETERMINISTIC")) notes = { ...notes, deterministic: true };
    else if (cursor.accept("NOT", "DETERMINISTIC")) notes = { ...notes, deterministic: false };
    else if (!acceptSilent(cursor)) return notes;
  }
}

const acceptSilent = (cursor: SqlCursor): boolean =>
  cursor.accept("LANGUAGE", "SQL") || cursor.accept("CONTAINS", "SQL") || cursor.accept("READS", "SQL", "DATA");

function readBody(cursor: SqlCursor): string {
  const { start } = cursor.peek();
  if (startsQuery(cursor)) cursor.query();
  else cursor.expression();
  return writtenSince(cursor, start);
}

/** Reads the body of a scalar function; a query that is one is the expression in parentheses. */
function readScalarBody(cursor: SqlCursor): string {
  const isQuery = startsQuery(cursor);
  const body = readBody(cursor);
  return isQuery ? `(${body})` : body;
}

/** Reads `DROP [TEMPORARY] FUNCTION [IF EXISTS] name`. */
export function readDropFunction(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const temporary = cursor.acceptAny("TEMPORARY", "TEMP") !== undefined;
  if (!cursor.accept("FUNCTION")) return undefined;
  const isTolerant = ifExists(cursor);
  return { kind: "drop function", name: readQualifiedName(cursor, "a function"), temporary, ifExists: isTolerant };
}
