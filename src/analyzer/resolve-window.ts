/** Window functions: their frame made explicit, its bounds checked. */
import { lookupFunction } from "../functions/catalogue.ts";
import type { Expression, Window, WindowFrame } from "../plan/expression.ts";
import type { FrameBound, ResolvedExpression, ResolvedFrame, ResolvedOrder, ResolvedWindow } from "../plan/resolved.ts";
import { intType } from "../types/data-type.ts";
import { converted } from "./conversion.ts";
import { misplaced } from "./errors.ts";
import { type ExpressionContext, resolveIn } from "./expression-context.ts";
import { prettyText } from "./names.ts";

/** The window with its call, partition and order resolved. */
export function resolveWindow(window: Window, context: ExpressionContext): ResolvedExpression {
  const call = windowCall(window, context);
  const orderBy = window.orderBy.map((order) => resolveOrder(order, context));
  if (needsOrder(call) && orderBy.length === 0) throw missingOrder(window);
  const resolved: ResolvedWindow = {
    kind: "window",
    call,
    partitionBy: window.partitionBy.map((expression) => resolveIn(context, expression)),
    orderBy,
    type: call.type,
    nullable: call.nullable,
  };
  const frame = frameOf(window, call, orderBy, context);
  return frame === undefined ? resolved : { ...resolved, frame };
}

/** One entry of an order; a plain expression sorts ascending, nulls first. */
export function resolveOrder(expression: Expression, context: ExpressionContext): ResolvedOrder {
  const resolved = resolveIn(context, expression);
  if (expression.kind !== "sort order") return { expression: resolved, direction: "ascending", nulls: "first" };
  return { expression: resolved, direction: expression.direction, nulls: expression.nulls };
}

function windowCall(window: Window, context: ExpressionContext): ResolvedExpression {
  const call = resolveIn(context, window.call);
  if (call.kind === "call" && call.aggregate !== undefined) return call;
  throw misplaced(
    "UNSUPPORTED_EXPR_FOR_WINDOW",
    "42P20",
    `Expression "${prettyText(window.call)}" not supported within a window function`,
    "Use an aggregate or a window function such as row_number().",
  );
}

const ownFrames = new Set(["row_number", "rank", "dense_rank", "percent_rank", "ntile", "cume_dist", "lag", "lead"]);

const needsOrder = (call: ResolvedExpression): boolean => call.kind === "call" && ownFrames.has(call.name);

function missingOrder(window: Window): Error {
  return misplaced(
    "WINDOW_FUNCTION_WITHOUT_ORDER_BY",
    "42601",
    `Window function ${prettyText(window.call)} requires window to be ordered`,
    `Add .orderBy(…) to its window, for example Window.partitionBy("key").orderBy("time").`,
  );
}

function frameOf(
  { frame }: Window,
  call: ResolvedExpression,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): ResolvedFrame | undefined {
  if (call.kind === "call" && ownFrames.has(call.name) && lookupFunction(call.name)?.class === "window") return undefined;
  if (frame === undefined) return defaultFrame(orderBy.length > 0);
  checkRange(frame, orderBy);
  return {
    unit: frame.unit,
    lower: boundOf(frame.lower, frame, orderBy, context),
    upper: boundOf(frame.upper, frame, orderBy, context),
  };
}

const defaultFrame = (ordered: boolean): ResolvedFrame =>
  ordered
    ? { unit: "range", lower: { at: "unbounded" }, upper: { at: "current row" } }
    : { unit: "rows", lower: { at: "unbounded" }, upper: { at: "unbounded" } };

function checkRange(frame: WindowFrame, orderBy: readonly ResolvedOrder[]): void {
  const offset = typeof frame.lower !== "string" || typeof frame.upper !== "string";
  if (frame.unit === "rows" || !offset || orderBy.length === 1) return;
  const condition = orderBy.length === 0 ? "RANGE_FRAME_WITHOUT_ORDER" : "RANGE_FRAME_MULTI_ORDER";
  throw misplaced(
    `DATATYPE_MISMATCH.${condition}`,
    "42K09",
    "A range window frame with value boundaries needs exactly one order by expression",
    "Use rowsBetween(…), or order by one column.",
  );
}

function boundOf(
  bound: WindowFrame["lower"],
  frame: WindowFrame,
  orderBy: readonly ResolvedOrder[],
  context: ExpressionContext,
): FrameBound {
  if (bound === "unbounded") return { at: "unbounded" };
  if (bound === "current row") return { at: "current row" };
  const resolved = resolveIn(context, bound);
  const value = resolved.kind === "constant" ? (resolved.value as number | bigint) : undefined;
  if (value === undefined) {
    throw misplaced(
      "DATATYPE_MISMATCH.SPECIFIED_WINDOW_FRAME_INVALID_BOUND",
      "42K09",
      `Window frame bound "${prettyText(bound)}" is not a constant`,
      "Use a literal number or interval.",
    );
  }
  if (Number(value) === 0) return { at: "current row" };
  const size = typeof value === "bigint" ? (value < 0n ? -value : value) : Math.abs(value);
  const constant: ResolvedExpression = { kind: "constant", type: resolved.type, value: size, nullable: false };
  const target = frame.unit === "rows" ? intType : offsetType(orderBy[0]!.expression, constant);
  const direction = Number(value) < 0 ? "preceding" : "following";
  return { at: "offset", direction, offset: target === undefined ? constant : converted(constant, target) };
}

// Days before a date and intervals before a timestamp keep their own type.
function offsetType(order: ResolvedExpression, offset: ResolvedExpression): ResolvedExpression["type"] | undefined {
  return order.type.kind === "date" || order.type.kind === "timestamp" || order.type.kind === "timestamp_ntz" || offset.type.kind.includes("interval")
    ? undefined
    : order.type;
}
