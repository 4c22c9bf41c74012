/** SELECT: its clauses in the order in which they work. */
import { UnsupportedError } from "../../errors.ts";
import type { Expression } from "../../plan/expression.ts";
import type { Relation } from "../../plan/relation.ts";
import { booleanType } from "../../types/data-type.ts";
import type { SqlCursor } from "../cursor.ts";
import { readFrom, readLateralViews } from "./from.ts";
import { type Clauses, isGrouped, readGrouping } from "./grouping.ts";
import { acceptHints, hinted } from "./hints.ts";
import { readNamedWindows, withNamedWindows } from "./named-windows.ts";
import { readNamedExpressions } from "./select-list.ts";

/** Reads SELECT and its clauses; `from` is what stands before it in `FROM t SELECT …`. */
export function readSelect(cursor: SqlCursor, from?: Relation): Relation {
  const { start } = cursor.peek();
  cursor.expect("SELECT");
  const hints = acceptHints(cursor);
  const isDistinct = acceptQuantifier(cursor);
  const expressions = readNamedExpressions(cursor);
  if (cursor.sees("USING")) rejectPrograms(expressions);
  const source = from ?? (cursor.accept("FROM") ? readFrom(cursor) : oneRow(cursor, start));
  const input = readWhere(cursor, readLateralViews(cursor, source));
  const clauses = readClauses(cursor);
  const selected = withNamedWindows(select(cursor, start, input, expressions, clauses), clauses.windows);
  const unique: Relation = isDistinct
    ? cursor.placed(start, { kind: "deduplicate", input: selected, withinWatermark: false })
    : selected;
  return hinted(cursor, start, unique, hints);
}

// DISTINCT may be the name of a column.
function acceptQuantifier(cursor: SqlCursor): boolean {
  const next = cursor.peek(1);
  if (next.kind === "end" || (next.kind === "sign" && (next.value === "," || next.value === "."))) return false;
  return cursor.acceptAny("DISTINCT", "ALL") === "DISTINCT";
}

// What follows a list of columns without a FROM is a program for the rows, or a mistake.
function rejectPrograms(expressions: readonly Expression[]): void {
  if (!expressions.some((expression) => expression.kind === "call" && /^transform$/i.test(expression.name.at(-1)!)))
    return;
  throw new UnsupportedError("SELECT TRANSFORM (…) USING runs programs of the machine, and is not supported", {
    hint: "Compute it with functions of SQL, or register a function of the program's.",
  });
}

const oneRow = (cursor: SqlCursor, start: number): Relation => cursor.placed(start, { kind: "one row" });

/** Reads WHERE, if it stands here. */
export function readWhere(cursor: SqlCursor, input: Relation): Relation {
  const { start } = cursor.peek();
  if (!cursor.accept("WHERE")) return input;
  return cursor.placed(start, { kind: "filter", input, condition: cursor.expression() });
}

function readClauses(cursor: SqlCursor): Clauses {
  const grouping = readGrouping(cursor);
  const having = cursor.accept("HAVING") ? cursor.expression() : undefined;
  const qualify = acceptQualify(cursor);
  const windows = cursor.accept("WINDOW") ? readNamedWindows(cursor) : new Map();
  return {
    windows,
    ...(grouping === undefined ? {} : { grouping }),
    ...(having === undefined ? {} : { having }),
    ...(qualify === undefined ? {} : { qualify }),
  };
}

const acceptQualify = (cursor: SqlCursor): Expression | undefined =>
  cursor.accept("QUALIFY") ? cursor.expression() : undefined;

function select(
  cursor: SqlCursor,
  start: number,
  input: Relation,
  expressions: readonly Expression[],
  clauses: Clauses,
): Relation {
  const { having, qualify } = clauses;
  const grouped: Relation = isGrouped(clauses)
    ? cursor.placed(start, {
        kind: "aggregate",
        input,
        type: "group by",
        grouping: [],
        aggregatesOnly: true,
        ...clauses.grouping,
        aggregates: expressions,
      })
    : cursor.placed(start, { kind: "project", input, expressions });
  const kept: Relation =
    having === undefined
      ? grouped
      : cursor.placed(start, { kind: "filter", input: grouped, condition: asCondition(having) });
  return qualify === undefined
    ? kept
    : cursor.placed(start, { kind: "qualify", input: kept, condition: asCondition(qualify) });
}

// As in Spark, HAVING and QUALIFY of what is no predicate by its form ask whether it is true.
const asCondition = (written: Expression): Expression =>
  isPredicate(written) ? written : { kind: "cast", input: written, type: booleanType, mode: "ansi" };

function isPredicate(written: Expression): boolean {
  if (written.kind === "cast") return written.type.kind === "boolean";
  if (written.kind === "subquery") return written.form !== "scalar";
  return written.kind === "call" && predicates.has(written.name[0]!);
}

const predicates: ReadonlySet<string> = new Set([
  ...["OR", "AND", "NOT", "=", "<=>", "!=", "<", "<=", ">", ">="],
  ...["between", "in", "isnull", "isnotnull", "like", "ilike", "rlike"],
]);
