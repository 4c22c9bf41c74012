/** Queries: WITH, set operations, ORDER BY, LIMIT. */
import type { Relation, SetOperation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { opensQuery } from "../lookahead.ts";
import { readCommonTables } from "./common-tables.ts";
import { readFrom, readLateralViews } from "./from.ts";
import { acceptOrganization } from "./organization.ts";
import { acceptPipes } from "./pipes.ts";
import { readAlias, readValues } from "./relations.ts";
import { readSelect, readWhere } from "./select.ts";
import { readTableName } from "./tables.ts";

/** Reads a query. */
export function readQuery(cursor: SqlCursor): Relation {
  const { start } = cursor.peek();
  if (cursor.word() !== "WITH") return readTerms(cursor);
  const { recursive, tables, names } = readCommonTables(cursor);
  const input = cursor.withCommonTables(names, () => readTerms(cursor));
  return cursor.placed(start, { kind: "with", input, tables, recursive });
}

function readTerms(cursor: SqlCursor): Relation {
  const term = acceptOrganization(cursor, readSetOperations(cursor, unions));
  const piped = acceptPipes(cursor, term, (inner) => readSetOperations(inner, primaries));
  return piped === term ? term : acceptOrganization(cursor, piped);
}

type Level = readonly (readonly [word: string, operation: SetOperation["operation"]])[];
const unions: Level = [
  ["UNION", "union"],
  ["EXCEPT", "except"],
  ["MINUS", "except"],
  ["SETMINUS", "except"],
];
const intersections: Level = [["INTERSECT", "intersect"]];
const primaries: Level = [];

// INTERSECT binds more tightly than the others, which bind to the left.
function readSetOperations(cursor: SqlCursor, level: Level): Relation {
  const { start } = cursor.peek();
  const next = level === unions ? intersections : primaries;
  const read = (): Relation => (level === primaries ? readQueryPrimary(cursor) : readSetOperations(cursor, next));
  let left = read();
  for (;;) {
    const found = level.find(([word]) => cursor.word() === word);
    if (found === undefined) return left;
    cursor.take();
    const all = cursor.acceptAny("ALL", "DISTINCT") === "ALL";
    const byName = cursor.accept("BY", "NAME");
    const right = read();
    left = cursor.placed(start, {
      kind: "set operation",
      left,
      right,
      operation: found[1],
      all,
      byName,
      allowMissingColumns: false,
    });
  }
}

/** Reads a query without set operations: SELECT, VALUES, TABLE, FROM or a query in parentheses. */
function readQueryPrimary(cursor: SqlCursor): Relation {
  const { start } = cursor.peek();
  const word = cursor.word();
  if (word === "SELECT") return readSelect(cursor);
  if (word === "FROM") return readFromFirst(cursor);
  if (word === "VALUES") return readAlias(cursor, start, readValues(cursor));
  if (word === "TABLE") {
    cursor.take();
    return readTableName(cursor, start);
  }
  if (!cursor.seesSign("(") || !(opensQuery(cursor) || cursor.seesSign("(", 1))) {
    throw cursor.unexpected("a query: SELECT, FROM, WITH, VALUES or TABLE");
  }
  cursor.take();
  const query = readQuery(cursor);
  cursor.expect(")");
  return query;
}

/** `FROM t`, `FROM t SELECT …`. */
function readFromFirst(cursor: SqlCursor): Relation {
  const { start } = cursor.take();
  const from = readLateralViews(cursor, readFrom(cursor));
  const input = readWhere(cursor, from);
  if (cursor.word() === "SELECT") return readSelect(cursor, input);
  return input === from ? cursor.placed(start, { kind: "project", input, expressions: [{ kind: "star" }] }) : input;
}
