/** The relations that FROM and joins are made of: tables, queries, VALUES, table functions. */
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { isRelation } from "../../plan/rewrite.ts";
import type { SqlCursor } from "../cursor.ts";
import { readArguments } from "../expressions/calls.ts";
import { rowValues } from "../expressions/rows.ts";
import { afterItem } from "../keywords.ts";
import { opensQuery, seesAlias } from "../lookahead.ts";
import { isName, readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { readListOf } from "./lists.ts";
import { acceptSample } from "./sample.ts";
import { acceptChanges, tableChanges } from "./table-changes.ts";
import { readTableName } from "./tables.ts";

/** Reads a relation with its sample and its name. */
export function readPrimaryRelation(cursor: SqlCursor): Relation {
  const { start } = cursor.peek();
  if (cursor.seesSign("(")) return readParenthesised(cursor, start);
  const hole = cursor.hole();
  if (hole !== undefined && isRelation(hole)) {
    cursor.take();
    return readAlias(cursor, start, hole);
  }
  if (cursor.word() === "VALUES") return readAlias(cursor, start, readValues(cursor));
  if (cursor.word() === "TABLE" && cursor.seesSign("(", 1))
    return readAlias(cursor, start, readTableCall(cursor, start));
  if (cursor.word() === "STREAM") return readStream(cursor, start);
  return readNamed(cursor, start);
}

function readParenthesised(cursor: SqlCursor, start: number): Relation {
  const isQuery = opensQuery(cursor);
  cursor.take();
  const inner = isQuery ? cursor.query() : cursor.joined();
  cursor.expect(")");
  const named = readAlias(cursor, start, acceptSample(cursor, inner) ?? inner);
  return isQuery && named === inner
    ? cursor.placed(start, { kind: "subquery alias", input: inner, name: unnamedQuery })
    : named;
}

/** What Spark calls a query in FROM that has no name. */
const unnamedQuery = "__auto_generated_subquery_name";

function readNamed(cursor: SqlCursor, start: number): Relation {
  const { position } = cursor;
  const name = readQualifiedName(cursor, "a table, a query in parentheses or VALUES");
  if (cursor.seesSign("(")) return readAlias(cursor, start, readTableFunction(cursor, start, name));
  cursor.rewind(position);
  const table = readTableName(cursor, start);
  return readAlias(cursor, start, acceptSample(cursor, table) ?? table);
}

function readTableFunction(cursor: SqlCursor, start: number, name: readonly string[]): Relation {
  cursor.expect("(");
  const args = cursor.seesSign(")") ? [] : readArguments(cursor);
  cursor.expect(")");
  return cursor.placed(start, tableChanges(name, args) ?? { kind: "table function", name, arguments: args });
}

/** `TABLE(name(…))`. */
function readTableCall(cursor: SqlCursor, start: number): Relation {
  cursor.expectAll("TABLE", "(");
  const inner = readTableFunction(cursor, start, readQualifiedName(cursor, "a table function"));
  cursor.expect(")");
  return inner;
}

function readStream(cursor: SqlCursor, start: number): Relation {
  if (!isName(cursor, 1) && !cursor.seesSign("(", 1)) return readNamed(cursor, start);
  if (afterItem.has(cursor.word(1) ?? "")) return readNamed(cursor, start);
  cursor.take();
  const inParentheses = cursor.accept("(");
  const name = readQualifiedName(cursor, "a table");
  if (inParentheses) cursor.expect(")");
  const changes = inParentheses ? undefined : acceptChanges(cursor);
  const read = { name, options: {}, ...changes, isStreaming: true };
  const kind = changes === undefined ? "read table" : "relation changes";
  return readAlias(cursor, start, cursor.placed(start, { kind, ...read }));
}

/** Reads `VALUES (1, 'a'), (2, 'b')`. */
export function readValues(cursor: SqlCursor): Relation {
  const { start } = cursor.take();
  return cursor.placed(start, { kind: "inline table", rows: readListOf(cursor, readRow) });
}

const readRow = (cursor: SqlCursor): readonly Expression[] => rowValues(cursor.expression());

/** Reads `AS t (a, b)`, `t` or `AS (a, b)`, if one of them stands here. */
export function readAlias(cursor: SqlCursor, start: number, input: Relation): Relation {
  const isStated = cursor.accept("AS");
  if (cursor.seesSign("(") && isStated) return renamed(cursor, start, input, readNames(cursor));
  if (!isStated && !seesAlias(cursor)) return input;
  const name = readIdentifier(cursor);
  const columns = cursor.seesSign("(") ? { columns: readNames(cursor) } : {};
  return cursor.placed(start, { kind: "subquery alias", input, name, ...columns });
}

const renamed = (cursor: SqlCursor, start: number, input: Relation, names: readonly string[]): Relation =>
  cursor.placed(start, { kind: "to columns", input, names });
