/** Statements, by the word that they begin with. */
import { UnsupportedError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { SqlCursor } from "../cursor.ts";
import { readExplain } from "./explain.ts";
import { refusedStatements } from "./refused.ts";
import { readCreateView, readDropView } from "./views.ts";

/** Reads a statement from its first word on; undefined where the word begins another statement too, and that is meant. */
export type StatementReader = (cursor: SqlCursor) => Statement | undefined;

/** Every reader of statements that begin with a word; the first that knows the statement reads it. */
const readers: Readonly<Record<string, readonly StatementReader[]>> = {
  EXPLAIN: [readExplain(readStatement)],
  CREATE: [readCreateView],
  DROP: [readDropView],
};

/** Words that begin a query. */
const queryWords: ReadonlySet<string> = new Set(["SELECT", "WITH", "VALUES", "FROM", "TABLE"]);

/**
 * Reads a statement.
 *
 * @throws ParseError where it is none
 * @throws UnsupportedError for a statement of Spark's that there is not
 */
export function readStatement(cursor: SqlCursor): Statement {
  const word = cursor.word();
  if (word === undefined || queryWords.has(word)) return cursor.query();
  const { position } = cursor;
  for (const reader of Object.hasOwn(readers, word) ? readers[word]! : []) {
    const statement = reader(cursor);
    if (statement !== undefined) return statement;
    cursor.rewind(position);
  }
  throw refusedStatement(cursor) ?? cursor.unexpected("a statement");
}

function refusedStatement(cursor: SqlCursor): Error | undefined {
  const found = refusedStatements.find((words) => cursor.sees(...words.split(" ")));
  if (found === undefined) return undefined;
  return new UnsupportedError(`the statement ${found} is not supported`, { parameters: { statement: found } });
}
