/** `EXECUTE IMMEDIATE`: a statement that is a text. */
import type { Statement } from "../../functions/parsers.ts";
import type { SqlCursor } from "../cursor.ts";
import { readQualifiedName } from "../names.ts";
import { readListOf } from "../queries/lists.ts";
import { readNamedExpressions } from "../queries/select-list.ts";

/** Reads `EXECUTE IMMEDIATE text [INTO variable, …] [USING value [AS name], …]`. */
export function readExecuteImmediate(cursor: SqlCursor): Statement | undefined {
  cursor.take();
  if (!cursor.accept("IMMEDIATE")) return undefined;
  const text = cursor.expression();
  const into = cursor.accept("INTO") ? readListOf(cursor, (inner) => readQualifiedName(inner, "a variable")) : [];
  return { kind: "execute immediate", text, into, values: cursor.accept("USING") ? readValues(cursor) : [] };
}

/** Whether a query in parentheses comes: a value that Spark refuses, and no list of values. */
const isQuery = (cursor: SqlCursor): boolean =>
  cursor.sees("(") && ["SELECT", "WITH", "FROM", "VALUES"].includes(cursor.word(1) ?? "");

function readValues(cursor: SqlCursor) {
  const inParentheses = !isQuery(cursor) && cursor.accept("(");
  const values = readNamedExpressions(cursor);
  if (inParentheses) cursor.expect(")");
  return values;
}
