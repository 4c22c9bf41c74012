/** UNPIVOT. */
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier, readNames, readQualifiedName } from "../names.ts";
import { readListOf } from "./lists.ts";
import { readAlias } from "./relations.ts";

/** Reads `UNPIVOT (value FOR name IN (a, b AS c))`, if it stands here. */
export function acceptUnpivot(cursor: SqlCursor, input: Relation): Relation | undefined {
  const { start } = cursor.peek();
  if (
    cursor.word() !== "UNPIVOT" ||
    !(cursor.seesSign("(", 1) || ["INCLUDE", "EXCLUDE"].includes(cursor.word(1) ?? ""))
  )
    return undefined;
  cursor.take();
  const includeNulls = cursor.acceptAny("INCLUDE", "EXCLUDE") === "INCLUDE";
  cursor.accept("NULLS");
  cursor.expect("(");
  const valueColumns = cursor.seesSign("(") ? readNames(cursor) : [readIdentifier(cursor)];
  cursor.expect("FOR");
  const variableColumn = readIdentifier(cursor);
  cursor.expectAll("IN", "(");
  const groups = readListOf(cursor, readGroup);
  cursor.expectAll(")", ")");
  const aliases = groups.some(({ alias }) => alias !== null) ? { aliases: groups.map(({ alias }) => alias) } : {};
  return readAlias(
    cursor,
    start,
    cursor.placed(start, {
      kind: "unpivot",
      input,
      identifiersAreRest: true,
      identifiers: [],
      values: groups.map(({ columns }) => columns),
      variableColumn,
      valueColumns,
      includeNulls,
      ...aliases,
    }),
  );
}

interface Group {
  readonly columns: readonly Expression[];
  readonly alias: string | null;
}

function readGroup(cursor: SqlCursor): Group {
  const isSet = cursor.accept("(");
  const columns = isSet ? readListOf(cursor, readColumn) : [readColumn(cursor)];
  if (isSet) cursor.expect(")");
  const isNamed = cursor.accept("AS") || (!cursor.seesSign(",") && !cursor.seesSign(")"));
  return { columns, alias: isNamed ? readIdentifier(cursor) : null };
}

function readColumn(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  return cursor.placed(start, { kind: "attribute", name: readQualifiedName(cursor, "a column") });
}
