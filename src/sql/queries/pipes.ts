/** Pipe syntax: `FROM t |> WHERE a > 1 |> AGGREGATE sum(b) GROUP BY c`. */
import type { Alias, Expression } from "../../plan/expression.ts";
import type { Relation, SetOperation } from "../../plan/relation.ts";
import type { SqlCursor } from "../cursor.ts";
import { readIdentifier, readQualifiedName } from "../names.ts";
import { readLateralViews } from "./from.ts";
import { readGrouping } from "./grouping.ts";
import { acceptJoin } from "./joins.ts";
import { readListOf } from "./lists.ts";
import { acceptLimits, acceptOrder } from "./organization.ts";
import { acceptPivot } from "./pivot.ts";
import { acceptSample } from "./sample.ts";
import { readNamedExpressions } from "./select-list.ts";
import { acceptUnpivot } from "./unpivot.ts";

type ReadPrimary = (cursor: SqlCursor) => Relation;
type Pipe = (cursor: SqlCursor, input: Relation, readPrimary: ReadPrimary) => Relation;

/** Reads the steps behind a query. */
export function acceptPipes(cursor: SqlCursor, query: Relation, readPrimary: ReadPrimary): Relation {
  let input = query;
  while (cursor.accept("|>")) input = readPipe(cursor, input, readPrimary);
  return input;
}

function readPipe(cursor: SqlCursor, input: Relation, readPrimary: ReadPrimary): Relation {
  const { start } = cursor.peek();
  const word = cursor.word() ?? "";
  if (Object.hasOwn(pipes, word)) return cursor.placed(start, { ...pipes[word]!(cursor, input, readPrimary) });
  const joined = acceptJoin(cursor, input);
  if (joined === undefined) throw cursor.unexpected(`one of ${Object.keys(pipes).join(", ")} or a join`);
  return cursor.placed(start, { ...joined });
}

const setOperation =
  (operation: SetOperation["operation"]): Pipe =>
  (cursor, left, readPrimary) => {
    cursor.take();
    const all = cursor.acceptAny("ALL", "DISTINCT") === "ALL";
    const right = readPrimary(cursor);
    return { kind: "set operation", left, right, operation, all, byName: false, allowMissingColumns: false };
  };

const needed =
  (accept: (cursor: SqlCursor, input: Relation) => Relation | undefined): Pipe =>
  (cursor, input) => {
    const output = accept(cursor, input);
    if (output === undefined || output === input) throw cursor.unexpected("the rest of the step");
    return output;
  };

const pipes: Readonly<Record<string, Pipe>> = {
  SELECT: (cursor, input) => {
    cursor.take();
    const isDistinct = cursor.acceptAny("DISTINCT", "ALL") === "DISTINCT";
    const selected: Relation = { kind: "project", input, expressions: readNamedExpressions(cursor) };
    return isDistinct ? { kind: "deduplicate", input: selected, withinWatermark: false } : selected;
  },
  EXTEND: (cursor, input) => {
    cursor.take();
    return { kind: "project", input, expressions: [{ kind: "star" }, ...readNamedExpressions(cursor)] };
  },
  SET: (cursor, input) => {
    cursor.take();
    return { kind: "with columns", input, columns: readListOf(cursor, readAssignment) };
  },
  DROP: (cursor, input) => {
    cursor.take();
    return { kind: "drop", input, columns: readListOf(cursor, readColumn) };
  },
  AS: (cursor, input) => {
    cursor.take();
    return { kind: "subquery alias", input, name: readIdentifier(cursor) };
  },
  WHERE: (cursor, input) => {
    cursor.take();
    return { kind: "filter", input, condition: cursor.expression() };
  },
  AGGREGATE: readAggregate,
  PIVOT: needed(acceptPivot),
  UNPIVOT: needed(acceptUnpivot),
  TABLESAMPLE: needed(acceptSample),
  ORDER: needed(acceptOrder),
  SORT: needed(acceptOrder),
  CLUSTER: needed(acceptOrder),
  DISTRIBUTE: needed(acceptOrder),
  LIMIT: needed(acceptLimits),
  OFFSET: needed(acceptLimits),
  LATERAL: needed(readLateralViews),
  UNION: setOperation("union"),
  EXCEPT: setOperation("except"),
  MINUS: setOperation("except"),
  INTERSECT: setOperation("intersect"),
};

function readAggregate(cursor: SqlCursor, input: Relation): Relation {
  cursor.take();
  const aggregates = cursor.word() === "GROUP" ? [] : readNamedExpressions(cursor);
  const grouping = cursor.sees("GROUP", "BY") ? readPipeGrouping(cursor) : { type: "group by" as const, grouping: [] };
  return { kind: "aggregate", input, ...grouping, aggregates };
}

// Groups of a step may have names: GROUP BY year(a) AS y.
function readPipeGrouping(cursor: SqlCursor): Pick<Extract<Relation, { kind: "aggregate" }>, "type" | "grouping"> {
  const { position } = cursor;
  const plain = readGrouping(cursor)!;
  if (plain.type !== "group by" || !cursor.sees("AS")) return plain;
  cursor.rewind(position);
  cursor.expectAll("GROUP", "BY");
  return { type: "group by", grouping: readNamedExpressions(cursor) };
}

function readAssignment(cursor: SqlCursor): Alias {
  const { start } = cursor.peek();
  const name = readIdentifier(cursor, "a column");
  cursor.expect("=");
  return cursor.placed(start, { kind: "alias", input: cursor.expression(), names: [name] });
}

function readColumn(cursor: SqlCursor): Expression {
  const { start } = cursor.peek();
  return cursor.placed(start, { kind: "attribute", name: readQualifiedName(cursor, "a column") });
}
