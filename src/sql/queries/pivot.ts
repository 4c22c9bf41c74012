/** PIVOT. */
import type { Alias, Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { call } from "../expressions/nodes.ts";
import { readQualifiedName } from "../names.ts";
import { readListOf } from "./lists.ts";
import { readAlias } from "./relations.ts";
import { readNamedExpression, readNamedExpressions } from "./select-list.ts";

/** Reads `PIVOT (sum(a) FOR b IN (1 AS x, 2))`, if it stands here. */
export function acceptPivot(cursor: SqlCursor, input: Relation): Relation | undefined {
  const { start } = cursor.peek();
  if (!cursor.sees("PIVOT", "(")) return undefined;
  cursor.expectAll("PIVOT", "(");
  const aggregates = readNamedExpressions(cursor);
  cursor.expect("FOR");
  const column = readPivotColumn(cursor);
  cursor.expectAll("IN", "(");
  const values = readListOf(cursor, readNamedExpression) as (Expression | Alias)[];
  cursor.expectAll(")", ")");
  const pivot = { column, values };
  return readAlias(
    cursor,
    start,
    cursor.placed(start, {
      kind: "aggregate",
      input,
      type: "pivot",
      grouping: [],
      aggregates,
      pivot,
      groupsByRest: true,
    }),
  );
}

function readPivotColumn(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  if (!cursor.accept("(")) return readColumn(cursor);
  const columns = readListOf(cursor, readColumn);
  cursor.expect(")");
  return columns.length === 1 ? columns[0]! : cursor.placed(start, { ...call("struct", ...columns) });
}

function readColumn(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  return cursor.placed(start, { kind: "attribute", name: readQualifiedName(cursor, "a column") });
}
