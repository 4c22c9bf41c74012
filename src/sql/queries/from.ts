/** FROM: relations, their joins and what may follow a relation. */
import type { Call } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readCall } from "../expressions/calls.ts";
import { isName, readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { acceptJoin, commaJoin } from "./joins.ts";
import { readListOf } from "./lists.ts";
import { acceptPivot } from "./pivot.ts";
import { readPrimaryRelation } from "./relations.ts";
import { acceptUnpivot } from "./unpivot.ts";

/** Reads what stands behind FROM: relations with commas between, each with its joins. */
export function readFrom(cursor: SqlCursor): Relation {
  const { start } = cursor.peek();
  // The first relation has none before it that it could read.
  cursor.accept("LATERAL");
  let relation = readJoined(cursor);
  while (cursor.accept(",")) {
    const isLateral = cursor.accept("LATERAL");
    relation = cursor.placed(start, commaJoin(relation, readJoined(cursor), isLateral));
  }
  return readSuffixes(cursor, readLateralViews(cursor, relation));
}

/** Reads a relation and the joins behind it. */
export function readJoined(cursor: SqlCursor): Relation {
  const { start } = cursor.peek();
  let relation = readSuffixes(cursor, readPrimaryRelation(cursor));
  for (let next = acceptJoin(cursor, relation); next !== undefined; next = acceptJoin(cursor, relation)) {
    relation = readSuffixes(cursor, cursor.placed(start, next));
  }
  return relation;
}

function readSuffixes(cursor: SqlCursor, relation: Relation): Relation {
  let suffixed = relation;
  for (;;) {
    const next = acceptPivot(cursor, suffixed) ?? acceptUnpivot(cursor, suffixed);
    if (next === undefined) return suffixed;
    suffixed = next;
  }
}

/** Reads `LATERAL VIEW [OUTER] explode(xs) t AS x`, as often as it stands here. */
export function readLateralViews(cursor: SqlCursor, relation: Relation): Relation {
  let input = relation;
  while (cursor.sees("LATERAL", "VIEW")) input = readLateralView(cursor, input);
  return input;
}

function readLateralView(cursor: SqlCursor, input: Relation): Relation {
  const { start } = cursor.peek();
  cursor.expectAll("LATERAL", "VIEW");
  const outer = cursor.accept("OUTER");
  const called = cursor.peek().start;
  const generator = readCall(cursor, called, readQualifiedName(cursor, "a generator")) as Call;
  const name = isName(cursor) && cursor.word() !== "AS" ? readIdentifier(cursor) : undefined;
  const columns = cursor.accept("AS") ? readColumnNames(cursor) : [];
  return cursor.placed(start, {
    kind: "generate",
    input,
    generator,
    outer,
    ...(name === undefined ? {} : { name }),
    columns,
  });
}

const readColumnNames = (cursor: SqlCursor): string[] =>
  cursor.seesSign("(") ? readNames(cursor) : readListOf(cursor, readIdentifier);
