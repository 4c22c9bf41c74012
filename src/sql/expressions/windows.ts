/** Windows: `OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`, `OVER name`. */
import { AnalysisError } from "../../errors.ts";
import type { Expression, SortOrder, Window, WindowFrame } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName, readIdentifier } from "../names.ts";
import { call } from "./nodes.ts";
import { readSortOrders } from "./sort-orders.ts";

/** Which rows a window function sees, or the name of a window that says so. */
export type WindowSpecification = Pick<Window, "partitionBy" | "orderBy" | "frame" | "reference">;

/** Reads `OVER …` behind a call. */
export function readOver(cursor: SqlCursor, start: number, call: Expression): Expression {
  cursor.expect("OVER");
  return cursor.placed(start, { kind: "window", call, ...readSpecification(cursor) });
}

/** Reads a window: a name, or a specification in parentheses. */
export function readSpecification(cursor: SqlCursor): WindowSpecification {
  if (!cursor.accept("(")) return named(cursor);
  if (isName(cursor) && cursor.seesSign(")", 1)) {
    const reference = named(cursor);
    cursor.expect(")");
    return reference;
  }
  const partitionBy = readPartition(cursor);
  const orderBy = readOrder(cursor);
  const frame = readFrame(cursor);
  cursor.expect(")");
  return { partitionBy, orderBy, ...(frame === undefined ? {} : { frame }) };
}

const named = (cursor: SqlCursor): WindowSpecification => ({
  reference: readIdentifier(cursor, "a window in parentheses or its name"),
  partitionBy: [],
  orderBy: [],
});

function readPartition(cursor: SqlCursor): Expression[] {
  if (cursor.acceptAny("PARTITION", "DISTRIBUTE", "CLUSTER") === undefined) return [];
  cursor.expect("BY");
  const expressions = [cursor.expression()];
  while (cursor.accept(",")) expressions.push(cursor.expression());
  return expressions;
}

function readOrder(cursor: SqlCursor): SortOrder[] {
  if (cursor.acceptAny("ORDER", "SORT") === undefined) return [];
  cursor.expect("BY");
  return readSortOrders(cursor);
}

type Bound = WindowFrame["lower"];

function readFrame(cursor: SqlCursor): WindowFrame | undefined {
  const { start } = cursor.peek();
  const unit = cursor.acceptAny("ROWS", "RANGE");
  if (unit === undefined) return undefined;
  const isBetween = cursor.accept("BETWEEN");
  const lower = readBound(cursor, "PRECEDING");
  if (isBetween) cursor.expect("AND");
  const upper: Bound = isBetween ? readBound(cursor, "FOLLOWING") : "current row";
  return cursor.placed(start, { kind: "window frame", unit: unit === "ROWS" ? "rows" : "range", lower, upper });
}

function readBound(cursor: SqlCursor, end: "PRECEDING" | "FOLLOWING"): Bound {
  if (cursor.accept("UNBOUNDED")) {
    const side = cursor.acceptAny("PRECEDING", "FOLLOWING");
    if (side === undefined) throw cursor.unexpected("PRECEDING or FOLLOWING");
    if (side !== end) throw wrongEnd(end === "PRECEDING" ? "lower" : "upper", side);
    return "unbounded";
  }
  if (cursor.accept("CURRENT", "ROW")) return "current row";
  const offset = cursor.expression();
  if (!isLiteral(offset)) throw notLiteral();
  const side = cursor.acceptAny("PRECEDING", "FOLLOWING");
  if (side === undefined) throw cursor.unexpected("PRECEDING or FOLLOWING");
  return side === "PRECEDING" ? call("-", offset) : offset;
}

const wrongEnd = (location: string, side: string): AnalysisError =>
  new AnalysisError(`The ${location} bound of a window frame cannot be UNBOUNDED ${side}`, {
    condition: "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
    sqlState: "42K09",
    hint: "A frame begins with UNBOUNDED PRECEDING and ends with UNBOUNDED FOLLOWING at most.",
  });

// Spark looks at a bound before any function has its meaning: only operators over literals are values by then.
function isLiteral(bound: Expression): boolean {
  if (bound.kind === "cast") return isLiteral(bound.input);
  if (bound.kind === "call") return !/^\w/.test(bound.name[0]!) && bound.arguments.every(isLiteral);
  return bound.kind === "literal";
}

const notLiteral = (): AnalysisError =>
  new AnalysisError("Frame bound value must be a literal.", {
    condition: "_LEGACY_ERROR_TEMP_0064",
    parameters: { msg: "Frame bound value must be a literal." },
    hint: "Write a number or an interval.",
  });
