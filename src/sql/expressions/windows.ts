/** Windows: `OVER (PARTITION BY a ORDER BY b ROWS BETWEEN 1 PRECEDING AND CURRENT ROW)`, `OVER name`. */
import { AnalysisError } from "../../errors.ts";
import type { Expression, SortOrder, Window, WindowFrame } from "../../plan/expression.ts";
import type { SqlCursor } from "../cursor.ts";
import { isName, readIdentifier } from "../names.ts";
import { call, literal } from "./nodes.ts";
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
  const side = cursor.acceptAny("PRECEDING", "FOLLOWING");
  if (side === undefined) throw cursor.unexpected("PRECEDING or FOLLOWING");
  return side === "PRECEDING" ? before(offset) : offset;
}

const wrongEnd = (location: string, side: string): AnalysisError =>
  new AnalysisError(`The ${location} bound of a window frame cannot be UNBOUNDED ${side}`, {
    condition: "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
    sqlState: "42K09",
    hint: "A frame begins with UNBOUNDED PRECEDING and ends with UNBOUNDED FOLLOWING at most.",
  });

// An offset before the row is a negative one.
function before(offset: Expression): Expression {
  if (offset.kind !== "literal") return { ...call("-", offset) };
  const { type, value } = offset;
  return typeof value === "number" || typeof value === "bigint" ? literal(type, -value) : call("-", offset);
}
