/** `CREATE FUNCTION … RETURN …`, `DROP FUNCTION`. */
import { ParseError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { CreateFunction, FunctionParameter } from "../../plan/catalogue-command.ts";
import { originContext } from "../../plan/node.ts";
import { textType } from "../../types/collation.ts";
import { type StructField, structField, structType } from "../../types/data-type.ts";
import { readType } from "../../types/ddl-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { startsQuery } from "../lookahead.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { ifExists, ifNotExists, readCollation, readComment, readExpressionText, writtenSince } from "./clauses.ts";

/** Reads a SQL function; undefined for one of a class, and any other thing that is created. */
export function readCreateFunction(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  const replace = cursor.accept("OR", "REPLACE");
  const temporary = cursor.acceptAny("TEMPORARY", "TEMP") !== undefined;
  if (!cursor.accept("FUNCTION")) return undefined;
  const isTolerant = ifNotExists(cursor);
  const name = readQualifiedName(cursor, "the name of a function");
  if (!cursor.seesSign("(")) return undefined;
  const { position } = cursor;
  const node = { kind: "create function", name, temporary, replace, ifNotExists: isTolerant } as const;
  const described = readDescribed(cursor, name.at(-1)!);
  if (described.collation === undefined) return { ...node, ...described };
  // What stands behind the parameters says what their texts are.
  cursor.rewind(position);
  return { ...node, ...cursor.withTexts(textType(described.collation), () => readDescribed(cursor, name.at(-1)!)) };
}

/** Reads `(parameters) [RETURNS …] [notes] RETURN body`. */
function readDescribed(cursor: SqlCursor, name: string) {
  const parameters = readParameters(cursor);
  const result = cursor.accept("RETURNS") ? readResult(cursor) : { table: false };
  const notes = readNotes(cursor);
  cursor.expect("RETURN");
  const body = result.table ? readTableBody(cursor, name) : readScalarBody(cursor);
  return { parameters, ...result, ...notes, body };
}

function readParameters(cursor: SqlCursor): readonly FunctionParameter[] {
  cursor.expect("(");
  if (cursor.accept(")")) return [];
  const parameters = readListOf(cursor, readParameter);
  cursor.expect(")");
  return parameters;
}

function readParameter(cursor: SqlCursor): FunctionParameter {
  const { start } = cursor.peek();
  let parameter: FunctionParameter = { name: readIdentifier(cursor, "a parameter"), type: readType(cursor) };
  for (;;) {
    if (cursor.accept("DEFAULT")) parameter = { ...parameter, default: readExpressionText(cursor) };
    else if (cursor.accept("COMMENT")) parameter = { ...parameter, comment: readString(cursor) };
    else if (cursor.accept("NOT", "NULL")) throw notNull(cursor, start);
    else if (cursor.sees("GENERATED")) throw noColumn(cursor, start, "GENERATED_COLUMNS_AS_PARAMETERS");
    else if (constraints.has(cursor.word() ?? "")) throw noColumn(cursor, start, "COLUMN_CONSTRAINTS");
    else return parameter;
  }
}

const constraints: ReadonlySet<string> = new Set(["CHECK", "CONSTRAINT", "FOREIGN", "PRIMARY", "REFERENCES", "UNIQUE"]);

const notNull = (cursor: SqlCursor, start: number): ParseError => {
  const input = writtenSince(cursor, start);
  return new ParseError(`User defined function is invalid: Cannot specify NOT NULL on function parameters: ${input}`, {
    condition: "USER_DEFINED_FUNCTIONS.NOT_NULL_ON_FUNCTION_PARAMETERS",
    sqlState: "42601",
    parameters: { input },
    hint: "Leave NOT NULL out: parameters and columns of functions may be null.",
    context: originContext(cursor.origin(start)),
  });
};

function noColumn(cursor: SqlCursor, start: number, what: keyof typeof columnNotes): ParseError {
  return new ParseError(`Invalid SQL syntax: CREATE FUNCTION with ${columnNotes[what]} is not allowed`, {
    condition: `INVALID_SQL_SYNTAX.CREATE_FUNC_WITH_${what}`,
    sqlState: "42000",
    hint: "A parameter has a name, a type, a DEFAULT and a COMMENT.",
    context: originContext(cursor.origin(start)),
  });
}

const columnNotes = {
  GENERATED_COLUMNS_AS_PARAMETERS: "generated columns as parameters",
  COLUMN_CONSTRAINTS: "constraints on parameters",
} as const;

function readResult(cursor: SqlCursor): Pick<CreateFunction, "table" | "returns" | "columns"> {
  if (!cursor.accept("TABLE")) return { table: false, returns: readType(cursor) };
  if (!cursor.seesSign("(")) return { table: true };
  cursor.expect("(");
  const columns = readListOf(cursor, readResultColumn);
  cursor.expect(")");
  return { table: true, columns: structType(columns) };
}

function readResultColumn(cursor: SqlCursor): StructField {
  const { start } = cursor.peek();
  const name = readIdentifier(cursor, "a column");
  const type = readType(cursor);
  if (cursor.accept("NOT", "NULL")) throw notNull(cursor, start);
  const comment = readComment(cursor);
  return structField(name, type, true, comment === undefined ? undefined : { comment });
}

type Notes = Pick<Partial<CreateFunction>, "comment" | "collation" | "deterministic" | "access">;

function readNotes(cursor: SqlCursor): Notes {
  let notes: Notes = {};
  for (;;) {
    if (cursor.accept("COMMENT")) notes = { ...notes, comment: readString(cursor) };
    else if (cursor.accept("DEFAULT", "COLLATION")) notes = { ...notes, ...readCollation(cursor) };
    else if (cursor.accept("DETERMINISTIC")) notes = { ...notes, deterministic: true };
    else if (cursor.accept("NOT", "DETERMINISTIC")) notes = { ...notes, deterministic: false };
    else if (cursor.accept("CONTAINS", "SQL")) notes = { ...notes, access: "contains" };
    else if (cursor.accept("READS", "SQL", "DATA")) notes = { ...notes, access: "reads" };
    else if (!cursor.accept("LANGUAGE", "SQL")) return notes;
  }
}

/** Reads the body of a table function. */
function readTableBody(cursor: SqlCursor, name: string): string {
  const { start } = cursor.peek();
  if (startsQuery(cursor)) return readBody(cursor);
  readBody(cursor);
  throw new ParseError(`User defined function is invalid: SQL table function ${name} body must be a query`, {
    condition: "USER_DEFINED_FUNCTIONS.SQL_TABLE_UDF_BODY_MUST_BE_A_QUERY",
    sqlState: "42601",
    parameters: { name },
    hint: "Write RETURN SELECT ….",
    context: originContext(cursor.origin(start)),
  });
}

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
