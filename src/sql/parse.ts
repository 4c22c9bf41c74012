/** The parser: SQL text to plans. */
import { ParseError } from "../errors.ts";
import type { SqlOptions, SqlParser, SqlTemplate, Statement } from "../functions/parsers.ts";
import type { Expression } from "../plan/expression.ts";
import type { Relation } from "../plan/relation.ts";
import { type Token, tokensOf } from "../types/ddl-token.ts";
import { type Grammar, SqlCursor } from "./cursor.ts";
import { readExpression, readValue } from "./expressions/operators.ts";
import { printQuery, printSqlExpression } from "./print/print.ts";
import { readJoined } from "./queries/from.ts";
import { readQuery } from "./queries/query.ts";
import { readNamedExpression } from "./queries/select-list.ts";
import { endsOfStatements } from "./scripts/ends.ts";
import { readScript, seesScript } from "./scripts/script.ts";
import { readStatement } from "./statements/statement.ts";
import { filledTemplate } from "./template.ts";

const grammar: Grammar = { expression: readExpression, value: readValue, query: readQuery, joined: readJoined };

/**
 * Parses an expression, with or without a name: `amount * 2 AS double`.
 *
 * @param text - the expression
 * @param options - what its meaning depends on
 * @throws ParseError when the text is no expression
 */
export const parseExpression = (text: string, options?: SqlOptions): Expression =>
  parsed({ text }, options, readNamedExpression);

/**
 * Parses a query.
 *
 * @param text - the query
 * @param options - what its meaning depends on
 * @throws ParseError when the text is no query
 */
export const parseQuery = (text: string, options?: SqlOptions): Relation => parsed({ text }, options, readQuery);

/**
 * Parses one statement: a query or a command.
 *
 * @param text - the statement, perhaps with a semicolon behind it, or its pieces with what stands between them
 * @param options - what its meaning depends on
 * @throws ParseError when the text is no statement
 * @throws UnsupportedError for a statement of Spark's that there is not, by its name
 */
export const parseStatement = (text: string | SqlTemplate, options?: SqlOptions): Statement =>
  parsed(typeof text === "string" ? { text } : filledTemplate(text), options, (cursor) => {
    const statement = seesScript(cursor) ? readScript(cursor) : readStatement(cursor);
    while (cursor.accept(";"));
    return statement;
  });

/**
 * The texts of the statements of a script, without the semicolons between them. From the statement on that cannot be
 * split into words, the rest is one, whose parsing tells why.
 *
 * @param text - statements with semicolons between
 */
export function splitStatements(text: string): readonly string[] {
  const ends = endsOf(text);
  const starts = [0, ...ends.map((end) => end + 1)];
  const pieces = starts.map((start, index) => text.slice(start, ends[index] ?? text.length));
  return pieces.map((piece) => piece.trim()).filter((piece) => piece !== "" && !isBlank(piece));
}

function isComplete(text: string): boolean {
  try {
    const tokens = tokensOf(text);
    return tokens.length === 1 || endsOfStatements(tokens).at(-1) === tokens.at(-2)!.start;
  } catch {
    return false;
  }
}

function endsOf(text: string): readonly number[] {
  const tokens: Token[] = [];
  try {
    tokensOf(text, tokens);
  } catch {
    // Those before the fault tell where statements end.
  }
  return endsOfStatements(tokens);
}

// Comments alone are no statement.
function isBlank(piece: string): boolean {
  if (!/^(?:--|\/\*)/.test(piece)) return false;
  try {
    return tokensOf(piece).length === 1;
  } catch {
    return false;
  }
}

/** What `index.ts` binds. */
export const sparkSql: SqlParser = {
  expression: parseExpression,
  query: parseQuery,
  statement: parseStatement,
  split: splitStatements,
  isComplete,
  print: printQuery,
  printExpression: printSqlExpression,
};

type Source = ConstructorParameters<typeof SqlCursor>[0];

/** Reads a whole text. */
function parsed<Result>(source: Source, options: SqlOptions = {}, read: (cursor: SqlCursor) => Result): Result {
  const cursor = new SqlCursor(source, grammar, options);
  if (cursor.peek().kind === "end") throw emptyStatement();
  try {
    const result = read(cursor);
    cursor.finish();
    return result;
  } catch (error) {
    throw error instanceof RangeError ? tooComplex(error) : error;
  }
}

const emptyStatement = (): ParseError =>
  new ParseError("Syntax error, unexpected empty statement", {
    condition: "PARSE_EMPTY_STATEMENT",
    sqlState: "42617",
    hint: "Write a statement or an expression.",
  });

const tooComplex = (cause: RangeError): ParseError =>
  new ParseError("The statement, including potential SQL functions and referenced views, was too complex to parse", {
    condition: "FAILED_TO_PARSE_TOO_COMPLEX",
    sqlState: "54001",
    cause,
    hint: "Divide it into several, less nested statements, or use common table expressions.",
  });
