/** `DESCRIBE …`. */
import { UnsupportedError } from "../../errors.ts";
import type { Statement } from "../../functions/parsers.ts";
import type { CatalogueQuestion } from "../../plan/catalogue-query.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readString } from "../expressions/literals.ts";
import { startsQuery } from "../lookahead.ts";
import { isName, readOwnName, readQualifiedName } from "../names.ts";
import { acceptNamespaceWord, readPartition } from "./clauses.ts";

/** Reads `DESCRIBE | DESC …`. */
export function readDescribe(cursor: SqlCursor): Statement {
  const { start } = cursor.take();
  const asked = (question: CatalogueQuestion, input?: Relation): Statement =>
    cursor.placed(start, { kind: "catalogue query", question, ...(input === undefined ? {} : { input }) });
  if (cursor.accept("FUNCTION")) {
    const extended = cursor.accept("EXTENDED");
    return asked({ ask: "describe function", name: readFunctionName(cursor), extended });
  }
  if (cursor.accept("QUERY") || (startsQuery(cursor) && !cursor.sees("TABLE")))
    return asked({ ask: "describe query" }, cursor.query());
  const ofDelta = readDeltaQuestion(cursor);
  if (ofDelta !== undefined) return asked(ofDelta);
  if (isName(cursor, 1) && acceptNamespaceWord(cursor)) {
    const extended = cursor.accept("EXTENDED");
    return asked({ ask: "describe namespace", name: readQualifiedName(cursor, "a namespace"), extended });
  }
  return asked(readTable(cursor));
}

// HISTORY and DETAIL are names of tables too, where no name or path follows.
function readDeltaQuestion(cursor: SqlCursor): CatalogueQuestion | undefined {
  if (!isName(cursor, 1) && cursor.peek(1).kind !== "string") return undefined;
  const word = cursor.acceptAny("HISTORY", "DETAIL");
  if (word === undefined) return undefined;
  const table = cursor.peek().kind === "string" ? [readString(cursor)] : readQualifiedName(cursor, "a Delta table");
  if (word === "DETAIL") return { ask: "delta detail", table };
  return cursor.accept("LIMIT")
    ? { ask: "delta history", table, limit: readCount(cursor) }
    : { ask: "delta history", table };
}

function readCount(cursor: SqlCursor): number {
  const value = cursor.expression();
  if (value.kind === "literal" && typeof value.value === "number") return value.value;
  throw cursor.unexpected("a number of commits");
}

// Operators are functions too: DESCRIBE FUNCTION +.
function readFunctionName(cursor: SqlCursor): readonly string[] {
  if (cursor.peek().kind === "string") return [readString(cursor)];
  return cursor.peek().kind === "sign" ? [cursor.take().text] : readQualifiedName(cursor, "a function");
}

function readTable(cursor: SqlCursor): CatalogueQuestion {
  if (isName(cursor, 1)) cursor.accept("TABLE");
  const extended = isName(cursor, 1) && cursor.acceptAny("EXTENDED", "FORMATTED") !== undefined;
  const table = readQualifiedName(cursor, "the name of a table");
  const partition = cursor.accept("PARTITION") ? readPartition(cursor) : undefined;
  if (cursor.sees("AS", "JSON")) throw asJson();
  if (partition !== undefined) return { ask: "describe table", table, extended, partition };
  if (isName(cursor)) return { ask: "describe column", table, column: readOwnName(cursor, "a column"), extended };
  return { ask: "describe table", table, extended };
}

const asJson = (): UnsupportedError =>
  new UnsupportedError("DESCRIBE … AS JSON is not supported", {
    hint: "Ask for rows, DESCRIBE TABLE EXTENDED, and write them as JSON with to_json(struct(*)).",
  });
